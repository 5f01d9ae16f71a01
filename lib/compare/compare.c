/* Runs the parts of a comparison, and has the words for what they find. */
// SPDX-License-Identifier: MIT
#include "compare/compare.h"

const char *const change_words[] = {"added", "gone", "changed"};
const char *const question_change_words[QUESTION_CHANGE_COUNT] = {
    "new",         "open_again", "asked_again", "more_urgent",
    "less_urgent", "settled",    "answered",    "gone"};
const char *const question_state_words[QUESTION_STATE_COUNT] = {"absent",  "possible", "silenced",
                                                                "yielded", "covered",  "open",
                                                                "decided", "waiting",  "elsewhere"};

struct comparison *compare_models(struct arena *arena, const struct rows *was,
                                  const struct rows *is) {
    struct comparison *comparison = ARENA_NEW(arena, struct comparison);
    comparison->arena = arena;
    comparison->was = was;
    comparison->is = is;
    comparison->pairs = pair_models(arena, was->analysis, is->analysis);
    compare_declarations(comparison);
    compare_crossings(comparison);
    compare_questions(comparison);
    compare_decisions(comparison);
    return comparison;
}
