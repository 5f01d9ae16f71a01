/* Explains values of attributes, formats, and the words of the documents. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "explain/explainer.h"

#define COLUMN 20

/* ---- values ------------------------------------------------------------------------------ */

/* Whether a value means something by its name: numbers do not. */
static bool names_values(const struct attribute_row *row) {
    return attribute_lists_words(row->type) && *row->values;
}

static bool row_has(enum attribute_id id, struct slice value, bool *safe) {
    return names_values(&attribute_rows[id]) && value_is_known(id, value, safe);
}

/* Not by another word for it. */
static bool lists_value(enum attribute_id id, struct slice value, bool *safe) {
    return names_values(&attribute_rows[id]) &&
           slice_equal(attribute_meaning(id, value, safe), value);
}

struct slice kinds_of(struct arena *arena, unsigned kinds) {
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, arena);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, kinds)) {
            write_format(&memory.writer, "%s%s", before, kind_rows[kind].word);
            before = ", ";
        }
    return memory_writer_close(&memory);
}

struct slice synonyms_of(struct arena *arena, enum attribute_id id, struct slice value) {
    const char *rest = value_synonyms(id, value), *before = "";
    struct memory_writer memory;
    struct slice word;
    memory_writer_open(&memory, arena);
    for (; next_synonym(&rest, &word); before = ", ")
        write_format(&memory.writer, "%s%.*s", before, SLICE_ARGS(word));
    return memory_writer_close(&memory);
}

static void tell_value(struct explainer *explainer, enum attribute_id id, bool safe) {
    const struct attribute_row *row = &attribute_rows[id];
    struct slice on = kinds_of(&explainer->project->arena, row->kinds);
    const char *judged = safe ? ": safe" : attribute_answers(id) ? ": not safe" : "";
    tell(explainer, 2, "",
         text_format(&explainer->project->arena, "of `%s` on %.*s%s", row->name, SLICE_ARGS(on),
                     judged));
    bool ignored;
    struct slice value = attribute_meaning(id, explainer->topic, &ignored);
    if (!slice_equal(value, explainer->topic))
        tell(explainer, 4, "the same as ", value);
    if (*value_synonyms(id, value))
        tell(explainer, 4, "also     ", synonyms_of(&explainer->project->arena, id, value));
    struct reader reader = {id, value};
    tell_readers(explainer, 4, &reader);
}

/* Writes only the names of the facts that take yes or no, as nearly every fact does. */
static void tell_yes_or_no(struct explainer *explainer, bool safe) {
    struct memory_writer memory;
    const char *before = "";
    bool is_safe;
    memory_writer_open(&memory, &explainer->project->arena);
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
        if (attribute_rows[id].type != TYPE_YESNO ||
            !row_has((enum attribute_id)id, explainer->topic, &is_safe) || is_safe != safe)
            continue;
        write_format(&memory.writer, "%s%s", before, attribute_rows[id].name);
        before = ", ";
    }
    tell(explainer, 2, safe ? "safe for " : "not safe for ", memory_writer_close(&memory));
}

bool explain_value(struct explainer *explainer) {
    bool safe, any = false, yes_or_no = false;
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
        if (!row_has((enum attribute_id)id, explainer->topic, &safe))
            continue;
        if (!any)
            tell(explainer, 0, "",
                 text_format(&explainer->project->arena, "%.*s: a value",
                             SLICE_ARGS(explainer->topic)));
        any = true;
        if (attribute_rows[id].type == TYPE_YESNO)
            yes_or_no = true;
        else
            tell_value(explainer, (enum attribute_id)id, safe);
    }
    for (int safely = 1; yes_or_no && safely >= 0; safely--)
        tell_yes_or_no(explainer, safely);
    return any;
}

void find_value_names(struct arena *arena, struct value_names *names) {
    struct table known = {0};
    struct slice value;
    bool safe;
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++)
        for (const char *rest = names_values(&attribute_rows[id]) ? attribute_rows[id].values : "";
             attribute_next_value(&rest, &value, &safe);)
            if (table_intern(arena, &known, value, names) && known.count > names->count)
                *ARRAY_ADD(arena, names) = value;
}

void list_values(struct explainer *explainer) {
    struct arena *arena = &explainer->project->arena;
    struct value_names values = {0};
    find_value_names(arena, &values);
    for (size_t i = 0; i < values.count; i++) {
        struct memory_writer memory;
        const char *before = "";
        bool safe;
        memory_writer_open(&memory, arena);
        for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
            if (!lists_value((enum attribute_id)id, values.items[i], &safe))
                continue;
            write_format(&memory.writer, "%s%s%s", before, attribute_rows[id].name,
                         safe ? " (safe)" : "");
            before = ", ";
        }
        tell_entry(explainer, COLUMN, values.items[i], memory_writer_close(&memory));
    }
}

/* ---- formats ----------------------------------------------------------------------------- */

bool explain_format(struct explainer *explainer) {
    for (size_t i = 0; i < format_count; i++) {
        if (!slice_is(explainer->topic, formats[i].name))
            continue;
        tell(explainer, 0, "",
             text_format(&explainer->project->arena, "%s: an output: %s", formats[i].name,
                         formats[i].about));
        tell(explainer, 2, "",
             text_format(&explainer->project->arena, "stridec threats --format %s FILE",
                         formats[i].name));
        return true;
    }
    return false;
}

void list_formats(struct explainer *explainer) {
    for (size_t i = 0; i < format_count; i++)
        tell_entry(explainer, COLUMN, slice_of(formats[i].name), slice_of(formats[i].about));
}

/* ---- words of the documents -------------------------------------------------------------- */

const struct term_row term_rows[] = {
#define TERM(word, page, about) {word, page, about},
#include "explain/terms.def"
#undef TERM
};
const size_t term_count = sizeof term_rows / sizeof *term_rows;

/* "out of scope" is out_of_scope in the JSON; `stride` and `STRIDE` are one. */
static bool is_term(struct slice topic, struct slice word) {
    bool same = topic.length == word.length;
    for (size_t i = 0; i < topic.length && same; i++) {
        char c = topic.at[i] == '_' || topic.at[i] == '-' ? ' ' : topic.at[i];
        same = lower_letter(c) == lower_letter(word.at[i]);
    }
    return same;
}

bool explain_word(struct explainer *explainer) {
    for (size_t i = 0; i < term_count; i++) {
        const struct term_row *row = &term_rows[i];
        if (!is_term(explainer->topic, slice_of(row->word)))
            continue;
        tell(explainer, 0, "",
             text_format(&explainer->project->arena, "%s: %s.", row->word, row->about));
        tell(explainer, 2, "",
             text_format(&explainer->project->arena, "More in doc/%s.md.", row->page));
        return true;
    }
    return false;
}

void list_words(struct explainer *explainer) {
    for (size_t i = 0; i < term_count; i++)
        tell_entry(explainer, COLUMN, slice_of(term_rows[i].word), slice_of(term_rows[i].about));
}
