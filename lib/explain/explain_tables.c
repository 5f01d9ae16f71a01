/* Explains the program's own tables: codes, attributes, kinds and truths. */
// SPDX-License-Identifier: MIT
#include "analysis/gate.h"
#include "explain/explainer.h"

#include <string.h>

#define COLUMN 20 /* where the texts of a list stand */

/* ---- codes ------------------------------------------------------------------------------- */

/* A message with … for what is filled in. */
static struct slice message_of(struct explainer *explainer, const struct diag_kind *kind) {
    struct memory_writer memory;
    const char *at = kind->message;
    memory_writer_open(&memory, &explainer->project->arena);
    for (const char *gap; (gap = strstr(at, "{}")); at = gap + 2) {
        write_bytes(&memory.writer, at, (size_t)(gap - at));
        write_string(&memory.writer, "\u2026");
    }
    write_string(&memory.writer, at);
    return memory_writer_close(&memory);
}

/* What a policy can make of it. */
static void tell_policy(struct explainer *explainer, enum diag_code code) {
    struct arena *arena = &explainer->project->arena;
    struct slice word = gate_rule_word(arena, code);
    struct slice require = {"", 0};
    if (diag_kind(code)->level != LEVEL_ERROR)
        require = text_format(arena, "require: [%.*s] makes it an error, and ", SLICE_ARGS(word));
    tell_line(explainer);
    tell(explainer, 2, "",
         text_format(arena,
                     "A rule of the gate. In a policy, %.*sdisable: [%.*s] switches it off; the "
                     "gate and the document say so.",
                     SLICE_ARGS(require), SLICE_ARGS(word)));
}

static void tell_code(struct explainer *explainer, enum diag_code code) {
    const struct diag_kind *kind = diag_kind(code);
    tell(explainer, 0, "",
         text_format(&explainer->project->arena, "%s (%s): %.*s", kind->code,
                     level_words[kind->level], SLICE_ARGS(message_of(explainer, kind))));
    tell_line(explainer);
    tell(explainer, 2, "", slice_of(kind->about));
    if (is_gate_rule(code))
        tell_policy(explainer, code);
}

bool explain_code(struct explainer *explainer) {
    struct arena *arena = &explainer->project->arena;
    enum diag_code code = diag_find(explainer->topic);
    if (code == DIAG_COUNT)
        return false;
    const struct diag_kind *kind = diag_kind(code);
    tell_code(explainer, code);
    if (kind->level != LEVEL_WARNING)
        return true;
    tell_line(explainer);
    if (!strncmp(kind->code, "W04", 3))
        tell(explainer, 2, "",
             text_format(arena,
                         "Where it is not wanted: allow: [%s] on the declaration or the model.",
                         kind->code));
    tell(explainer, 2, "",
         text_format(arena,
                     "For a whole run: --allow %s silences it, --error %s makes it an error.",
                     kind->code, kind->code));
    return true;
}

void list_codes(struct explainer *explainer) {
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_kind *kind = diag_kind((enum diag_code)i);
        tell_entry(explainer, 9, slice_of(kind->code), message_of(explainer, kind));
    }
}

/* ---- rules of the gate ------------------------------------------------------------------- */

bool explain_demand(struct explainer *explainer) {
    enum diag_code code = find_gate_rule(explainer->topic);
    if (code == DIAG_COUNT)
        return false;
    tell_code(explainer, code);
    return true;
}

void list_gate(struct explainer *explainer) {
    for (size_t i = 0; i < gate_rule_count(); i++) {
        enum diag_code code = gate_rule_at(i);
        struct arena *arena = &explainer->project->arena;
        tell_entry(explainer, 24, gate_rule_word(arena, code),
                   text_format(arena, "%s, %s: %.*s", diag_kind(code)->code,
                               level_words[diag_kind(code)->level],
                               SLICE_ARGS(message_of(explainer, diag_kind(code)))));
    }
}

/* ---- attributes -------------------------------------------------------------------------- */

/* `safe`: only those. */
static struct slice values_of(struct explainer *explainer, enum attribute_id id, bool only_safe) {
    const char *rest = attribute_rows[id].values;
    struct memory_writer memory;
    struct slice value;
    bool safe, any = false;
    memory_writer_open(&memory, &explainer->project->arena);
    while (attribute_next_value(&rest, &value, &safe)) {
        if (only_safe && !safe)
            continue;
        write_format(&memory.writer, "%s%.*s", any ? ", " : "", SLICE_ARGS(value));
        any = true;
    }
    return memory_writer_close(&memory);
}

/* What else people may write for each of its values. */
static void tell_synonyms(struct explainer *explainer, enum attribute_id id) {
    struct arena *arena = &explainer->project->arena;
    const char *rest = attribute_rows[id].values, *before = "also     ";
    struct slice value;
    for (bool safe; attribute_next_value(&rest, &value, &safe);) {
        struct slice words = synonyms_of(arena, id, value);
        if (!words.length)
            continue;
        tell(explainer, 2, before,
             text_format(arena, "%.*s: %.*s", SLICE_ARGS(value), SLICE_ARGS(words)));
        before = "         ";
    }
}

static void tell_attribute(struct explainer *explainer, enum attribute_id id) {
    static const char *const roles[] = {
        "A trait: it decides which questions make sense.",
        "A fact: it answers questions. Not stated is never safe.",
        "A note: no rule reads it.",
    };
    const struct attribute_row *row = &attribute_rows[id];
    struct arena *arena = &explainer->project->arena;
    struct reader reader = {id, {0}};
    tell(explainer, 0, "", text_format(arena, "%s: %s.", row->name, row->about));
    tell(explainer, 2, "", slice_of(roles[row->role]));
    tell(explainer, 2, "on       ",
         row->kinds == ON_ANY ? SLICE("every kind of declaration") : kinds_of(arena, row->kinds));
    struct slice takes = slice_of(attribute_type_words[row->type]);
    int lowest, highest;
    if (row->type == TYPE_NUMBER && attribute_range(id, &lowest, &highest))
        takes = text_format(arena, "%.*s from %d to %d", SLICE_ARGS(takes), lowest, highest);
    tell(explainer, 2, "takes    ", takes);
    if (attribute_lists_words(row->type)) {
        tell(explainer, 2, "values   ", values_of(explainer, id, false));
        tell(explainer, 2, "safe     ", values_of(explainer, id, true));
        tell_synonyms(explainer, id);
    }
    tell_readers(explainer, 2, &reader);
}

bool explain_attribute(struct explainer *explainer) {
    const struct attribute_index *index = &explainer->project->vocabulary->attributes;
    enum attribute_id family = attribute_family(index, explainer->topic);
    if (family == ATTRIBUTE_COUNT)
        return false;
    for (enum attribute_id row = family; row != ATTRIBUTE_COUNT; row = index->next[row]) {
        if (row != family)
            tell_line(explainer);
        tell_attribute(explainer, row);
    }
    return true;
}

void list_attributes(struct explainer *explainer) {
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        tell_entry(explainer, COLUMN, slice_of(row->name),
                   text_format(&explainer->project->arena, "%s: %s",
                               attribute_role_words[row->role], row->about));
    }
}

/* ---- kinds and truths -------------------------------------------------------------------- */

static void tell_attributes_of(struct explainer *explainer, enum kind kind,
                               enum attribute_role role) {
    static const char *const heads[] = {"Traits: what it is", "Facts: what is safe about it",
                                        "Notes"};
    bool any = false;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        if (!kind_in(kind, row->kinds) || row->role != role || row->kinds == ON_ANY)
            continue;
        if (!any)
            write_format(explainer->writer, "\n%s\n", heads[role]);
        any = true;
        tell_entry(explainer, COLUMN, slice_of(row->name), slice_of(row->about));
    }
}

bool explain_kind(struct explainer *explainer) {
    struct arena *arena = &explainer->project->arena;
    enum kind kind = kind_find(explainer->topic);
    if (kind == KIND_COUNT)
        return false;
    const struct kind_row *row = &kind_rows[kind];
    tell(explainer, 0, "",
         text_format(arena, "%s: %s. In %s.", row->word, row->about, kind_files(kind)));
    for (size_t role = ROLE_TRAIT; role <= ROLE_NOTE; role++)
        tell_attributes_of(explainer, kind, (enum attribute_role)role);
    struct memory_writer everywhere;
    const char *before = "";
    memory_writer_open(&everywhere, arena);
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (attribute_rows[i].kinds == ON_ANY) {
            write_format(&everywhere.writer, "%s%s", before, attribute_rows[i].name);
            before = ", ";
        }
    tell_line(explainer);
    tell(explainer, 0, "And, as everywhere: ", memory_writer_close(&everywhere));
    return true;
}

bool explain_truth(struct explainer *explainer) {
    for (size_t i = 0; i < TRUTH_COUNT; i++) {
        if (!slice_is(explainer->topic, truth_rows[i].name))
            continue;
        write_format(explainer->writer, "%s: a computed truth, which conditions can test\n",
                     truth_rows[i].name);
        tell(explainer, 2, "", slice_of(truth_rows[i].about));
        return true;
    }
    return false;
}

void list_kinds(struct explainer *explainer) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        tell_entry(explainer, COLUMN, slice_of(kind_rows[i].word), slice_of(kind_rows[i].about));
}

void list_truths(struct explainer *explainer) {
    for (size_t i = 0; i < TRUTH_COUNT; i++)
        tell_entry(explainer, 22, slice_of(truth_rows[i].name), slice_of(truth_rows[i].about));
}
