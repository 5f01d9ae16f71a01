/* The figures are stridec's own (design, section 4): an order to read in, not a measurement. */
// SPDX-License-Identifier: MIT
#include "analysis/score.h"

#include "base/writer.h"

#define UNKNOWN_IMPACT 3

const enum attribute_id rating_attributes[3] = {ATTRIBUTE_confidentiality, ATTRIBUTE_integrity,
                                                ATTRIBUTE_availability};

/* The place of the word among the known values: none is 1, critical 5; 0 when not stated. */
static int level_of(const struct decl *asset, enum attribute_id rating) {
    const char *rest = attribute_rows[rating].values;
    struct slice stated = decl_text(asset, rating), word;
    bool safe;
    for (int level = 1; attribute_next_value(&rest, &word, &safe); level++)
        if (slice_equal(stated, word))
            return level;
    return 0;
}

static void find_stakes(struct arena *arena, const struct decl *subject, struct stakes *stakes) {
    struct arena_mark mark = arena_mark(arena);
    struct decl **assets;
    size_t count = decl_assets(arena, subject, &assets);
    bool any = count > 0;
    *stakes = (struct stakes){
        .found = true, .none = {any, any, any}, .first = any ? assets[0] : NULL, .count = count};
    for (size_t i = 0; i < count; i++) {
        for (size_t rating = 0; rating < 3; rating++) {
            int level = level_of(assets[i], rating_attributes[rating]);
            stakes->none[rating] &= level == 1;
            if (level > stakes->level[rating]) {
                stakes->level[rating] = level;
                stakes->asset[rating] = assets[i];
            }
        }
    }
    arena_rewind(arena, mark);
}

const struct stakes *stakes_of(struct arena *arena, struct stakes *all,
                               const struct decl *subject) {
    const struct decl *holder = more_of(subject)->at ? more_of(subject)->at : subject;
    struct stakes *stakes = &all[holder->number];
    if (!stakes->found)
        find_stakes(arena, holder, stakes);
    return stakes;
}

/* A figure that is added up, and the sentence that explains it where one is wanted. */
struct tally {
    struct writer *writer; /* NULL: only the figure */
    int points;
};

static void add(struct tally *tally, int points, const char *reason) {
    tally->points += points;
    if (tally->writer)
        write_format(tally->writer, ", %s%d %s", points < 0 ? "" : "+", points, reason);
}

/* Writes when a limit changes the sum, and returns what is left. */
static int limited(struct tally *tally) {
    int level = tally->points > LEVEL_LIMIT ? LEVEL_LIMIT : tally->points < 1 ? 1 : tally->points;
    if (tally->writer && level != tally->points)
        write_format(tally->writer, ", at %s %d", level == 1 ? "least" : "most", level);
    return level;
}

/* What is asked about, and so where the attack begins: an external entity is outside itself. */
static int steps_to(const struct rows *rows, const struct decl *subject) {
    if (kind_in(subject->kind, ON_EXTERNALS))
        return 1;
    return (int)subject_spot(rows->analysis, subject)->calls;
}

static int find_likelihood(const struct rows *rows, const struct row *row,
                           const struct pattern *pattern, struct writer *writer) {
    int ease = pattern ? pattern->rule->ease : row->letter->ease;
    int calls = steps_to(rows, pattern ? pattern->subject : row->subject);
    struct tally tally = {writer, 1};
    if (writer)
        write_string(writer, "likelihood: 1");
    if (calls == 1)
        add(&tally, 2, "one step from outside");
    else if (calls == 2)
        add(&tally, 1, "two steps from outside");
    if (ease)
        add(&tally, ease,
            ease == 2 ? "by editing one request" : "by a ready tool or a crafted payload");
    if (pattern && (pattern->unsafe || pattern->takes_unsafe))
        add(&tally, 1, "a fact is stated unsafe");
    return limited(&tally);
}

/* The letter's highest known rating, the first on a tie; -1 if none is known. */
static int worst_rating(const struct letter *letter, const struct stakes *stakes) {
    int worst = -1;
    for (int rating = 0; rating < 3; rating++)
        if (letter->impact[rating] && stakes->level[rating] &&
            (worst < 0 || stakes->level[rating] > stakes->level[worst]))
            worst = rating;
    return worst;
}

/* What is at stake in the row: at its subject, or in an answer that folds into it. */
static const struct stakes *stakes_in(struct arena *arena, const struct rows *rows,
                                      const struct row *row) {
    const struct decl *subject =
        row->answer ? rows->analysis->model->subjects.items[row->answer - 1] : row->subject;
    return stakes_of(arena, rows->stakes, subject);
}

int impact_in(struct arena *arena, const struct rows *rows, const struct row *row) {
    const struct stakes *stakes = stakes_in(arena, rows, row);
    int worst = worst_rating(row->letter, stakes);
    return worst < 0 ? UNKNOWN_IMPACT : stakes->level[worst];
}

bool lacks_stake(struct arena *arena, const struct rows *rows, const struct decl *subject,
                 int rating) {
    return rating >= 0 && stakes_of(arena, rows->stakes, subject)->none[rating];
}

const struct decl *asset_of(struct arena *arena, const struct rows *rows, const struct row *row,
                            const struct decl *subject, size_t *others) {
    const struct stakes *stakes = stakes_in(arena, rows, row);
    if (!stakes->count)
        stakes = stakes_of(arena, rows->stakes, subject);
    int worst = worst_rating(row->letter, stakes);
    *others = stakes->count ? stakes->count - 1 : 0;
    return worst < 0 ? stakes->first : stakes->asset[worst];
}

/* The impact of what is at stake, less what the attack does not get. */
static int find_impact(struct arena *arena, const struct rows *rows, const struct row *row,
                       const struct pattern *pattern, struct writer *writer) {
    const struct stakes *stakes = stakes_in(arena, rows, row);
    int harm = pattern ? pattern->rule->harm : row->letter->harm;
    int worst = worst_rating(row->letter, stakes);
    struct tally tally = {writer, worst < 0 ? UNKNOWN_IMPACT : stakes->level[worst]};
    if (writer && worst < 0)
        write_format(writer, "; impact: %d, as no asset with a rating is known here", tally.points);
    else if (writer)
        write_format(writer, "; impact: %d, %s of %.*s", tally.points,
                     attribute_rows[rating_attributes[worst]].name,
                     SLICE_ARGS(short_title(arena, stakes->asset[worst])));
    if (harm)
        add(&tally, harm, harm == -1 ? "one object or one user" : "it only helps another attack");
    return limited(&tally);
}

struct score score_of(struct arena *arena, const struct rows *rows, const struct row *row,
                      const struct pattern *pattern) {
    struct score score = {.likelihood = find_likelihood(rows, row, pattern, NULL),
                          .impact = find_impact(arena, rows, row, pattern, NULL)};
    score.points = score.likelihood * score.impact;
    return score;
}

void take_score(struct arena *arena, const struct rows *rows, struct row *row,
                const struct pattern *pattern) {
    struct score score = score_of(arena, rows, row, pattern);
    row->scored = pattern;
    row->likelihood = (unsigned char)score.likelihood;
    row->impact = (unsigned char)score.impact;
    row->score = (unsigned char)score.points;
}

/* What the order of a row's questions goes by: first the better tier, then the higher score. */
static size_t place_of(int tier, int points) {
    return (size_t)(tier - 1) * (SCORE_LIMIT + 1) + (size_t)(SCORE_LIMIT - points);
}
#define PLACES ((size_t)3 * (SCORE_LIMIT + 1))

/* Sorts by counting those that the list begins with, in this state; equals stay in order. Returns
 * the first one with the highest score. */
static const struct pattern *sort_patterns(struct arena *arena, const struct rows *rows,
                                           struct row *row, enum pattern_state state) {
    struct pattern *first[PLACES] = {NULL}, **ends[PLACES], *at = row->patterns, *best = NULL;
    size_t best_place = 0;
    int most = 0;
    while (at && at->state == state) {
        struct pattern *next = at->next;
        int points = score_of(arena, rows, row, at).points;
        size_t place = place_of(at->tier ? at->tier : 3, points);
        if (points > most || (points == most && place < best_place)) {
            most = points;
            best_place = place;
            best = at;
        }
        if (!first[place])
            ends[place] = &first[place];
        *ends[place] = at;
        ends[place] = &at->next;
        at->next = NULL;
        at = next;
    }
    struct pattern **end = &row->patterns;
    for (size_t i = 0; i < PLACES; i++)
        if (first[i]) {
            *end = first[i];
            end = ends[i];
        }
    *end = at;
    return best;
}

void suggest_score(struct arena *arena, const struct rows *rows, struct row *row) {
    enum pattern_state counts = row->open ? PATTERN_OPEN : PATTERN_COVERED;
    size_t count = row->open ? row->open : row->covered;
    const struct pattern *best = count ? row->patterns : NULL;
    if (count > 1)
        best = sort_patterns(arena, rows, row, counts);
    take_score(arena, rows, row, best);
}

struct slice score_reason(struct arena *arena, const struct rows *rows, const struct row *row,
                          const struct pattern *pattern) {
    struct memory_writer why;
    memory_writer_open(&why, arena);
    find_likelihood(rows, row, pattern, &why.writer);
    find_impact(arena, rows, row, pattern, &why.writer);
    return memory_writer_close(&why);
}
