/* An id of CWE or CAPEC is checked for its form, as these long lists are not at hand; one of a
 * shorter list is looked up. */
// SPDX-License-Identifier: MIT
#include "syntax/rule_references.h"

#include <string.h>

/* The lists that a rule refers to. */
static const struct id_list {
    enum attribute_id id;
    const char *prefix, *what, *example;
} id_lists[] = {
    {ATTRIBUTE_cwe, "CWE-", "a weakness", "CWE-306"},
    {ATTRIBUTE_capec, "CAPEC-", "an attack pattern", "CAPEC-151"},
};
#define REFERENCE_LISTS (sizeof id_lists / sizeof *id_lists)

/* One to five digits, the first of them no 0. */
static bool is_reference_number(struct slice text) {
    bool fine = text.length && text.length <= 5 && *text.at != '0';
    for (size_t i = 0; i < text.length && fine; i++)
        fine = is_digit(text.at[i]);
    return fine;
}

static bool is_reference(const struct id_list *list, struct slice text) {
    return slice_starts(text, list->prefix) &&
           is_reference_number(slice_part(text, strlen(list->prefix), text.length));
}

/* Whether it is an id of one of these lists; then that is hinted at. */
static bool hint_list(struct diagnostics *diagnostics, struct diagnostic *added,
                      struct slice text) {
    for (size_t i = 0; i < REFERENCE_LISTS; i++)
        if (is_reference(&id_lists[i], text)) {
            diag_hint(diagnostics, added, "that belongs in `%s`",
                      attribute_rows[id_lists[i].id].name);
            return true;
        }
    return false;
}

/* Hints at the right list or prefix for an id. */
static void hint_reference(struct diagnostics *diagnostics, struct diagnostic *added,
                           const struct id_list *list, struct slice text) {
    size_t digits = text.length;
    if (hint_list(diagnostics, added, text))
        return;
    while (digits && is_digit(text.at[digits - 1]))
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
                                     const struct id_list *list, size_t *count) {
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

/* Where the number of the edition was left away, or one of another edition stands. */
static const struct reference_row *same_entry(struct slice text) {
    struct slice rest = text, entry = text;
    if (slice_has(text, ':'))
        slice_cut(&rest, ':', &entry);
    for (size_t i = 0; i < reference_count; i++) {
        struct slice id = slice_of(reference_rows[i].id), head = id;
        slice_cut(&id, ':', &head);
        if (slice_equal_letters(head, entry))
            return &reference_rows[i];
    }
    return NULL;
}

static void report_unknown(struct diagnostics *diagnostics, const struct decl *decl,
                           const struct word *word) {
    struct slice text = word_text(word);
    struct diagnostic *added = diag_add(diagnostics, DIAG_unknown_reference, decl_source(decl),
                                        word_span(word), ARGS(text));
    const struct reference_row *same = same_entry(text);
    if (hint_list(diagnostics, added, text))
        return;
    if (same) {
        diag_hint(diagnostics, added, "did you mean '%s'?", same->id);
        return;
    }
    struct slice *ids = ARENA_ARRAY(diagnostics->arena, struct slice, reference_count);
    for (size_t i = 0; i < reference_count; i++)
        ids[i] = slice_of(reference_rows[i].id);
    if (text_nearest(text, ids, reference_count) < 0)
        diag_hint(diagnostics, added, "entries look like %s", reference_rows[0].id);
    else
        diag_suggest(diagnostics, added, text, ids, reference_count);
}

static void look_up_references(struct diagnostics *diagnostics, struct rule *rule) {
    const struct attribute *attribute = decl_attribute(rule->decl, ATTRIBUTE_rule_refs);
    ARRAY_OF(const struct reference_row *) found = {0};
    for (const struct value *value = stated_values(attribute); value;
         value = next_stated(attribute, value)) {
        const struct reference_row *row = reference_find(word_text(&value->word));
        if (row)
            *ARRAY_ADD(diagnostics->arena, &found) = row;
        else
            report_unknown(diagnostics, rule->decl, &value->word);
    }
    rule->refs = found.items;
    rule->ref_count = found.count;
}

static void list_names(struct arena *arena, struct rule *rule) {
    struct slice_list names = decl_words(arena, rule->decl, ATTRIBUTE_aka);
    rule->aka = names.items;
    rule->aka_count = names.count;
}

void build_references(struct diagnostics *diagnostics, struct rule *rule) {
    rule->cwe = find_references(diagnostics, rule->decl, &id_lists[0], &rule->cwe_count);
    rule->capec = find_references(diagnostics, rule->decl, &id_lists[1], &rule->capec_count);
    look_up_references(diagnostics, rule);
    list_names(diagnostics->arena, rule);
}
