/* The figures are stridec's own (design, section 4): an order to read in, not a measurement. */
// SPDX-License-Identifier: MIT
#include "analysis/score.h"

#include "analysis/patterns.h"
#include "base/writer.h"

#define UNKNOWN_IMPACT 3

static const struct {
    const char *word;
    int level;
} levels[] = {{"none", 1}, {"low", 2}, {"medium", 3}, {"high", 4}, {"critical", 5}};

static const enum attribute_id ratings[] = {ATTRIBUTE_confidentiality, ATTRIBUTE_integrity,
                                            ATTRIBUTE_availability};

static int level_of(struct slice word) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (slice_is(word, levels[i].word))
            return levels[i].level;
    return 0;
}

static void find_stakes(struct arena *arena, const struct decl *subject, struct stakes *stakes) {
    struct decl **assets;
    size_t count = decl_assets(arena, subject, &assets);
    *stakes = (struct stakes){.found = true, .first = count ? assets[0] : NULL};
    for (size_t i = 0; i < count; i++) {
        for (size_t rating = 0; rating < 3; rating++) {
            int level = level_of(decl_text(assets[i], ratings[rating]));
            if (level > stakes->level[rating]) {
                stakes->level[rating] = level;
                stakes->asset[rating] = assets[i];
            }
        }
    }
}

const struct stakes *stakes_of(struct arena *arena, struct stakes *all,
                               const struct decl *subject) {
    const struct decl *holder = subject->at ? subject->at : subject;
    struct stakes *stakes = &all[holder->number];
    if (!stakes->found)
        find_stakes(arena, holder, stakes);
    return stakes;
}

static void add(struct writer *writer, int *likelihood, int points, const char *reason) {
    *likelihood += points;
    write_format(writer, ", +%d %s", points, reason);
}

static void suggest_likelihood(struct writer *writer, const struct spot *spot, struct row *row) {
    bool unsafe = false, specific = false;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        unsafe |= pattern->unsafe;
        specific |= pattern->specific && pattern->state != PATTERN_POSSIBLE;
    }
    int likelihood = 1;
    write_string(writer, "likelihood: 1");
    if (spot->calls == 1)
        add(writer, &likelihood, 2, "called from outside");
    else if (spot->calls == 2)
        add(writer, &likelihood, 1, "two calls from outside");
    if (spot->crosses)
        add(writer, &likelihood, 1, "at a crossing");
    if (unsafe)
        add(writer, &likelihood, 1, "a fact is stated unsafe");
    if (specific && spot->crosses)
        add(writer, &likelihood, 1, "a known attack on such a spot");
    row->likelihood = likelihood > 5 ? 5 : likelihood;
    if (likelihood > 5)
        write_string(writer, ", at most 5");
}

static void suggest_impact(struct arena *arena, struct writer *writer, const struct stakes *stakes,
                           struct row *row) {
    int best = -1;
    for (int rating = 0; rating < 3; rating++)
        if (row->letter->impact[rating] && stakes->level[rating] &&
            (best < 0 || stakes->level[rating] > stakes->level[best]))
            best = rating;
    if (best < 0) {
        row->impact = UNKNOWN_IMPACT;
        write_string(writer, "; impact: 3, as no asset with a rating is known here");
        return;
    }
    row->impact = stakes->level[best];
    write_format(writer, "; impact: %d, %s of %.*s", row->impact,
                 attribute_rows[ratings[best]].name, S(short_title(arena, stakes->asset[best])));
}

void suggest_score(struct arena *arena, const struct analysis *analysis,
                   const struct stakes *stakes, struct row *row) {
    struct memory_writer why;
    memory_writer_open(&why, arena);
    suggest_likelihood(&why.writer, subject_spot(analysis, row->subject), row);
    suggest_impact(arena, &why.writer, stakes, row);
    row->why = memory_writer_close(&why);
    row->score = row->likelihood * row->impact;
}
