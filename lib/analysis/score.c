/* The figures are stridec's own (design, section 4): an order to read in, not a measurement. */
// SPDX-License-Identifier: MIT
#include "analysis/score.h"

#include "analysis/patterns.h"
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
        write_format(tally->writer, ", +%d %s", points, reason);
}

static int find_likelihood(const struct spot *spot, const struct row *row, struct writer *writer) {
    bool unsafe = false, specific = false;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        unsafe |= pattern->unsafe;
        specific |= pattern->specific && pattern->state != PATTERN_POSSIBLE;
    }
    struct tally tally = {writer, 1};
    if (writer)
        write_string(writer, "likelihood: 1");
    if (spot->calls == 1)
        add(&tally, 2, "one step from outside");
    else if (spot->calls == 2)
        add(&tally, 1, "two steps from outside");
    if (spot->crosses)
        add(&tally, 1, "at a crossing");
    if (unsafe)
        add(&tally, 1, "a fact is stated unsafe");
    if (specific && spot->crosses)
        add(&tally, 1, "a known attack on such a spot");
    if (writer && tally.points > LEVEL_LIMIT)
        write_format(writer, ", at most %d", LEVEL_LIMIT);
    return tally.points > LEVEL_LIMIT ? LEVEL_LIMIT : tally.points;
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

void suggest_score(struct arena *arena, const struct rows *rows, struct row *row) {
    int likelihood = find_likelihood(subject_spot(rows->analysis, row->subject), row, NULL);
    int impact = impact_in(arena, rows, row);
    row->likelihood = (unsigned char)likelihood;
    row->impact = (unsigned char)impact;
    row->score = (unsigned char)(likelihood * impact);
}

struct slice score_reason(struct arena *arena, const struct rows *rows, const struct row *row) {
    const struct stakes *stakes = stakes_in(arena, rows, row);
    int worst = worst_rating(row->letter, stakes);
    struct memory_writer why;
    memory_writer_open(&why, arena);
    find_likelihood(subject_spot(rows->analysis, row->subject), row, &why.writer);
    if (worst < 0)
        write_format(&why.writer, "; impact: %d, as no asset with a rating is known here",
                     UNKNOWN_IMPACT);
    else
        write_format(&why.writer, "; impact: %d, %s of %.*s", row->impact,
                     attribute_rows[rating_attributes[worst]].name,
                     SLICE_ARGS(short_title(arena, stakes->asset[worst])));
    return memory_writer_close(&why);
}
