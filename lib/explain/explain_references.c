/* Explains entries of public lists: which rules ask about them, and for which none does. */
// SPDX-License-Identifier: MIT
#include "explain/explainer.h"

#define COLUMN 18 /* where the titles of entries stand */

static bool refers_to(const struct rule *rule, const struct reference_row *row) {
    for (size_t i = 0; i < rule->ref_count; i++)
        if (rule->refs[i] == row)
            return true;
    return false;
}

/* "foreign_object, bearer_url"; "no rule". */
static struct slice rules_about(struct explainer *explainer, const struct reference_row *row) {
    const struct rule_pack *pack = explainer->project->pack;
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, &explainer->project->arena);
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        if (rule->disabled || !refers_to(rule, row))
            continue;
        write_format(&memory.writer, "%s%.*s", before, SLICE_ARGS(rule->id));
        before = ", ";
    }
    if (!*before)
        write_string(&memory.writer, "no rule");
    return memory_writer_close(&memory);
}

bool explain_reference(struct explainer *explainer) {
    const struct reference_row *row = reference_meant(explainer->topic);
    struct arena *arena = &explainer->project->arena;
    if (!row)
        return false;
    tell(explainer, 0, "", text_format(arena, "%s: %s", row->id, row->title));
    tell(explainer, 2, "",
         text_format(arena, "an entry of %s: %s", reference_lists[row->list].title,
                     reference_lists[row->list].home));
    tell_line(explainer);
    tell_entry(explainer, 10, SLICE("asked by"), rules_about(explainer, row));
    return true;
}

void list_refs(struct explainer *explainer) {
    for (size_t i = 0; i < reference_count; i++) {
        const struct reference_row *row = &reference_rows[i];
        if (!i || row->list != reference_rows[i - 1].list) {
            if (i)
                tell_line(explainer);
            tell(explainer, 0, "", slice_of(reference_lists[row->list].title));
        }
        tell_entry(explainer, COLUMN, slice_of(row->id), slice_of(row->title));
        tell(explainer, COLUMN, "", rules_about(explainer, row));
    }
}
