/* An id of a public list is checked for its form, as the list itself is not at hand. */
// SPDX-License-Identifier: MIT
#include "syntax/rule_references.h"

#include <string.h>

/* The lists that a rule refers to. */
static const struct reference_list {
    enum attribute_id id;
    const char *prefix, *what, *example;
} reference_lists[] = {
    {ATTRIBUTE_cwe, "CWE-", "a weakness", "CWE-306"},
    {ATTRIBUTE_capec, "CAPEC-", "an attack pattern", "CAPEC-151"},
};
#define REFERENCE_LISTS (sizeof reference_lists / sizeof *reference_lists)

/* One to five digits, the first of them no 0. */
static bool is_reference_number(struct slice text) {
    bool fine = text.length && text.length <= 5 && *text.at != '0';
    for (size_t i = 0; i < text.length && fine; i++)
        fine = text.at[i] >= '0' && text.at[i] <= '9';
    return fine;
}

static bool is_reference(const struct reference_list *list, struct slice text) {
    return slice_starts(text, list->prefix) &&
           is_reference_number(slice_part(text, strlen(list->prefix), text.length));
}

/* Hints at the right list or prefix for an id. */
static void hint_reference(struct diagnostics *diagnostics, struct diagnostic *added,
                           const struct reference_list *list, struct slice text) {
    size_t digits = text.length;
    for (size_t i = 0; i < REFERENCE_LISTS; i++)
        if (is_reference(&reference_lists[i], text)) {
            diag_hint(diagnostics, added, "that belongs in `%s`",
                      attribute_rows[reference_lists[i].id].name);
            return;
        }
    while (digits && text.at[digits - 1] >= '0' && text.at[digits - 1] <= '9')
        digits--;
    while (digits < text.length && text.at[digits] == '0')
        digits++;
    struct slice number = slice_part(text, digits, text.length);
    if (is_reference_number(number))
        diag_hint(diagnostics, added, "did you mean '%s%.*s'?", list->prefix, SLICE_ARGS(number));
    else
        diag_hint(diagnostics, added, "ids look like %s", list->example);
}

static struct slice *find_references(struct diagnostics *diagnostics, const struct decl *decl,
                                     const struct reference_list *list, size_t *count) {
    const struct attribute *attribute = decl_attribute(decl, list->id);
    ARRAY_OF(struct slice) words = {0};
    for (const struct value *value = stated_values(attribute); value;
         value = next_stated(attribute, value)) {
        struct slice text = word_text(&value->word);
        if (!is_reference(list, text))
            hint_reference(diagnostics,
                           diag_add(diagnostics, DIAG_malformed_reference, decl_source(decl),
                                    word_span(&value->word), ARGS(text, slice_of(list->what))),
                           list, text);
        *ARRAY_ADD(diagnostics->arena, &words) = text;
    }
    *count = words.count;
    return words.items;
}

void build_references(struct diagnostics *diagnostics, struct rule *rule) {
    rule->cwe = find_references(diagnostics, rule->decl, &reference_lists[0], &rule->cwe_count);
    rule->capec = find_references(diagnostics, rule->decl, &reference_lists[1], &rule->capec_count);
}
