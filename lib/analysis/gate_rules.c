/* Findings on the levels that policies give them, and days as numbers. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

struct slice gate_rule_word(struct arena *arena, enum diag_code code) {
    struct slice name = slice_of(diag_kind(code)->name);
    char *word = arena_copy(arena, name.at, name.length);
    for (size_t i = 0; i < name.length; i++)
        word[i] = name.at[i] == '_' ? '-' : name.at[i];
    return (struct slice){word, name.length};
}

struct diagnostic *gate_add_at(struct gate *gate, enum diag_code rule, enum level level,
                               struct source *source, struct span span, struct slice key,
                               const struct slice *args) {
    int of_policy = gate->levels[rule];
    if (of_policy == RULE_OFF)
        return NULL;
    if (of_policy == LEVEL_ERROR && diag_kind(rule)->level != LEVEL_ERROR)
        level = LEVEL_ERROR;
    struct diagnostic *added = diag_add_as(gate->diagnostics, rule, level, source, span, args);
    if (added == gate->diagnostics->unkept)
        return NULL;
    added->key = key;
    added->gate = slice_string(gate->arena, gate_rule_word(gate->arena, rule));
    return added;
}

/* By what it is known by, or by the declaration that it is reported at. Questions that wait are no
 * declarations, and what has no key is about the model as a whole. */
static bool is_meant(const struct gate *gate, enum diag_code rule, const struct decl *at,
                     struct slice key) {
    const struct table *about = gate->options->about;
    if (!about)
        return true;
    if (!key.length || rule == DIAG_undecided || rule == DIAG_new_question)
        return false;
    if (table_get(about, key))
        return true;
    const struct value *first = stated_values(decl_attribute(at, ATTRIBUTE_dismissed));
    return table_get(about, decl_id(at)) || (first && table_get(about, word_text(&first->word)));
}

struct diagnostic *gate_add_as(struct gate *gate, enum diag_code rule, enum level level,
                               const struct decl *at, struct slice key, const struct slice *args) {
    return is_meant(gate, rule, at, key)
               ? gate_add_at(gate, rule, level, decl_source(at), decl_span(at), key, args)
               : NULL;
}

struct diagnostic *gate_add(struct gate *gate, enum diag_code rule, const struct decl *at,
                            struct slice key, const struct slice *args) {
    return gate_add_as(gate, rule, diag_kind(rule)->level, at, key, args);
}

bool is_urgent(struct slice priority) {
    return slice_is(priority, "critical") || slice_is(priority, "high");
}

/* Civil days of the Gregorian calendar, by years that begin in March (H. Hinnant, "chrono-
 * Compatible Low-Level Date Algorithms"). */
int day_number(struct slice date) {
    int year, month, day;
    if (date.length != 10 || !slice_number(slice_part(date, 0, 4), &year) ||
        !slice_number(slice_part(date, 5, 2), &month) ||
        !slice_number(slice_part(date, 8, 2), &day))
        return 0;
    year -= month <= 2;
    int era = year / 400, of_era = year % 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year + 1;
}
