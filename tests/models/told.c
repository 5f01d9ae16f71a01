/* The lines of a report about decisions, each the same whoever has worked it out. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "models/plain.h"

#include <stdlib.h>

static void tell(struct report *report, struct slice line) {
    *ARRAY_ADD(report->arena, &report->lines) = line;
}

void tell_row(struct report *report, const struct row *row, enum row_state state, int tier) {
    tell(report, text_format(report->arena, "row %.*s: %s, tier %d",
                             SLICE_ARGS(row_id(report->arena, row)), row_state_words[state], tier));
}

void tell_question(struct report *report, const struct row *row, const struct pattern *pattern,
                   enum answer answer, bool pending, bool waits) {
    static const char *const words[] = {"none", "threat", "dismissed", "baselined"};
    struct slice id = pattern ? pattern_id(report->arena, pattern) : SLICE("");
    tell(report, text_format(report->arena, "question %.*s/%.*s: %s%s%s",
                             SLICE_ARGS(row_id(report->arena, row)), SLICE_ARGS(id), words[answer],
                             pending ? ", pending" : "", waits ? ", new" : ""));
}

void tell_threat(struct report *report, const struct told_threat *threat) {
    tell(report,
         text_format(report->arena,
                     "threat %.*s: %.*s, priority %.*s, component %.*s, letter %.*s, score %d, "
                     "residual %d, %zu mitigations, %zu risks",
                     SLICE_ARGS(threat->id), SLICE_ARGS(threat->state),
                     SLICE_ARGS(threat->priority), SLICE_ARGS(threat->component),
                     SLICE_ARGS(threat->letter), threat->score, threat->residual,
                     threat->mitigations, threat->risks));
}

static struct slice standing_text(struct arena *arena, unsigned standing) {
    static const char *const words[] = {"orphan",      "asleep",   "stale", "nearer",
                                        "unconfirmed", "resolved", "gone",  "elsewhere"};
    struct slice text = SLICE("");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (standing >> i & 1)
            text = text_join(arena, text, SLICE(" "), slice_of(words[i]));
    return text;
}

static int compare_lines(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* Sorted, as their order says nothing. */
static struct slice add_all(struct arena *arena, struct slice text, const char *before,
                            struct words lines) {
    if (lines.count > 1)
        qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    for (size_t i = 0; i < lines.count; i++)
        text = text_join(arena, text, slice_of(before), lines.items[i]);
    return text;
}

void tell_target(struct report *report, struct slice word, struct slice names, unsigned standing,
                 struct words changes, struct words basis) {
    struct slice text =
        text_format(report->arena, "  %.*s is %.*s:%.*s", SLICE_ARGS(word), SLICE_ARGS(names),
                    SLICE_ARGS(standing_text(report->arena, standing)));
    text = add_all(report->arena, text, "; ", changes);
    if (!report->brief)
        text = add_all(report->arena, text, " | ", basis);
    tell(report, text);
}

void tell_decision(struct report *report, enum kind kind, struct slice id, unsigned standing) {
    tell(report, text_format(report->arena, "%s %.*s:%.*s", kind_rows[kind].word, SLICE_ARGS(id),
                             SLICE_ARGS(standing_text(report->arena, standing))));
}
