/* `explain`: one topic, told from the tables that the program itself works with. */
// SPDX-License-Identifier: MIT
#include "api/explain.h"

#include "emit/emit.h"
#include "emit/picture.h"

#include <string.h>

#define LIST_COLUMN 20

/* ---- text in lines ----------------------------------------------------------------------- */

static struct slice visible(struct explainer *explainer, struct slice text) {
    struct memory_writer memory;
    memory_writer_open(&memory, &explainer->self->arena);
    write_terminal(&memory.writer, text);
    return slice_trim(memory_writer_close(&memory));
}

void tell_line(struct explainer *explainer) {
    write_char(explainer->writer, '\n');
}

/* Goes on at a column where the cursor is already. */
static void tell_behind(struct explainer *explainer, size_t column, struct slice text) {
    struct slice rest = visible(explainer, text), line;
    while (wrap_next(&rest, EXPLAIN_WIDTH - column, &line)) {
        write_slice(explainer->writer, line);
        write_char(explainer->writer, '\n');
        if (rest.length)
            write_repeated(explainer->writer, ' ', column);
    }
}

void tell(struct explainer *explainer, size_t column, const char *head, struct slice text) {
    if (!slice_trim(text).length)
        return;
    write_repeated(explainer->writer, ' ', column);
    write_string(explainer->writer, head);
    tell_behind(explainer, column + strlen(head), text);
}

void tell_entry(struct explainer *explainer, size_t column, struct slice name, struct slice about) {
    write_string(explainer->writer, "  ");
    write_slice(explainer->writer, name);
    size_t used = 2 + name.length;
    if (used + 2 > column) {
        write_char(explainer->writer, '\n');
        used = 0;
    }
    write_repeated(explainer->writer, ' ', column - used);
    tell_behind(explainer, column, about);
}

/* ---- codes ------------------------------------------------------------------------------- */

/* A message with … for what is filled in. */
static struct slice message_of(struct explainer *explainer, const struct diag_kind *kind) {
    struct memory_writer memory;
    const char *at = kind->message;
    memory_writer_open(&memory, &explainer->self->arena);
    for (const char *gap; (gap = strstr(at, "{}")); at = gap + 2) {
        write_bytes(&memory.writer, at, (size_t)(gap - at));
        write_string(&memory.writer, "\u2026");
    }
    write_string(&memory.writer, at);
    return memory_writer_close(&memory);
}

static bool explain_code(struct explainer *explainer) {
    struct arena *arena = &explainer->self->arena;
    enum diag_code code = diag_find(explainer->topic);
    if (code == DIAG_COUNT)
        return false;
    const struct diag_kind *kind = diag_kind(code);
    bool warning = kind->level == LEVEL_WARNING;
    tell(explainer, 0, "",
         text_format(arena, "%s (%s): %.*s", kind->code, warning ? "warning" : "error",
                     S(message_of(explainer, kind))));
    tell_line(explainer);
    tell(explainer, 2, "", slice_of(kind->about));
    if (!warning)
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

/* ---- attributes -------------------------------------------------------------------------- */

static const char *const role_words[] = {"trait", "fact", "note"};

/* `safe`: only those. */
static struct slice values_of(struct explainer *explainer, enum attribute_id id, bool only_safe) {
    const char *rest = attribute_rows[id].values;
    struct memory_writer memory;
    struct slice value;
    bool safe, any = false;
    memory_writer_open(&memory, &explainer->self->arena);
    while (attribute_next_value(&rest, &value, &safe)) {
        if (only_safe && !safe)
            continue;
        write_format(&memory.writer, "%s%.*s", any ? ", " : "", S(value));
        any = true;
    }
    return memory_writer_close(&memory);
}

void write_safe_values(struct writer *writer, enum attribute_id id) {
    const struct attribute_row *row = &attribute_rows[id];
    const char *rest = row->values, *before = "";
    struct slice value;
    bool safe;
    write_format(writer, "`%s: ", row->name);
    while (attribute_next_value(&rest, &value, &safe))
        if (safe) {
            write_format(writer, "%s%.*s", before, S(value));
            before = "|";
        }
    write_char(writer, '`');
}

static void tell_attribute(struct explainer *explainer, enum attribute_id id) {
    static const char *const roles[] = {
        "A trait: it decides which questions make sense.",
        "A fact: it answers questions. Not stated is never safe.",
        "A note: no rule reads it.",
    };
    const struct attribute_row *row = &attribute_rows[id];
    struct arena *arena = &explainer->self->arena;
    struct reader reader = {id, {0}};
    tell(explainer, 0, "", text_format(arena, "%s: %s.", row->name, row->about));
    tell(explainer, 2, "", slice_of(roles[row->role]));
    tell(explainer, 2, "on       ",
         row->kinds == ON_ANY ? SLICE("every kind of declaration") : kinds_of(arena, row->kinds));
    struct slice takes = slice_of(attribute_type_words[row->type]);
    struct slice rest = slice_of(row->values), low, high;
    if (row->type == TYPE_NUMBER && slice_cut(&rest, ' ', &low) && slice_cut(&rest, ' ', &high))
        takes = text_format(arena, "%.*s from %.*s to %.*s", S(takes), S(low), S(high));
    tell(explainer, 2, "takes    ", takes);
    if (row->type != TYPE_NUMBER && row->type != TYPE_SCORE) {
        tell(explainer, 2, "values   ", values_of(explainer, id, false));
        tell(explainer, 2, "safe     ", values_of(explainer, id, true));
    }
    tell_readers(explainer, 2, &reader);
}

static bool explain_attribute(struct explainer *explainer) {
    const struct attribute_index *index = &explainer->self->vocabulary->attributes;
    enum attribute_id name = attribute_name(index, explainer->topic);
    if (name == ATTRIBUTE_COUNT)
        return false;
    for (enum attribute_id row = name; row != ATTRIBUTE_COUNT; row = index->next[row]) {
        if (row != name)
            tell_line(explainer);
        tell_attribute(explainer, row);
    }
    return true;
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
        tell_entry(explainer, LIST_COLUMN, slice_of(row->name), slice_of(row->about));
    }
}

static bool explain_kind(struct explainer *explainer) {
    struct arena *arena = &explainer->self->arena;
    enum kind kind = kind_find(explainer->topic);
    if (kind == KIND_COUNT)
        return false;
    const struct kind_row *row = &kind_rows[kind];
    tell(explainer, 0, "",
         text_format(arena, "%s: %s. In %s.", row->word, row->about,
                     row->files == IN_RULES    ? "rule packs"
                     : row->files == IN_TRIAGE ? "triage files"
                                               : "models"));
    for (size_t role = 0; role < sizeof role_words / sizeof *role_words; role++)
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

static bool explain_truth(struct explainer *explainer) {
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

/* ---- lists ------------------------------------------------------------------------------- */

static void list_codes(struct explainer *explainer) {
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_kind *kind = diag_kind((enum diag_code)i);
        tell_entry(explainer, 9, slice_of(kind->code), message_of(explainer, kind));
    }
}

static void list_rules(struct explainer *explainer) {
    const struct rule_pack *pack = &explainer->self->pack;
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        if (!rule->disabled)
            tell_entry(explainer, 28, rule->id,
                       text_format(&explainer->self->arena, "%.*s %s: %.*s", S(rule->letter->code),
                                   subject_rows[rule->on].word, S(rule->title)));
    }
}

static void list_attributes(struct explainer *explainer) {
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        tell_entry(
            explainer, LIST_COLUMN, slice_of(row->name),
            text_format(&explainer->self->arena, "%s: %s", role_words[row->role], row->about));
    }
}

static void list_kinds(struct explainer *explainer) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        tell_entry(explainer, LIST_COLUMN, slice_of(kind_rows[i].word),
                   slice_of(kind_rows[i].about));
}

static void list_letters(struct explainer *explainer) {
    const struct method *method = explainer->self->pack.method;
    for (size_t i = 0; i < method->letter_count; i++)
        tell_entry(explainer, 7, method->letters[i].code,
                   text_format(&explainer->self->arena, "%.*s: %.*s", S(method->letters[i].name),
                               S(method->letters[i].about)));
}

static void list_truths(struct explainer *explainer) {
    for (size_t i = 0; i < TRUTH_COUNT; i++)
        tell_entry(explainer, 22, slice_of(truth_rows[i].name), slice_of(truth_rows[i].about));
}

const struct topic_list topic_lists[] = {
    {"codes", "all diagnostics", list_codes},
    {"rules", "all rules", list_rules},
    {"attributes", "all attributes", list_attributes},
    {"kinds", "all kinds of declarations", list_kinds},
    {"letters", "all letters of the method", list_letters},
    {"truths", "all words that conditions can test besides attributes", list_truths},
    {"values", "all known values of attributes", list_values},
    {"formats", "all outputs", list_formats},
    {"words", "all words of the documents", list_terms},
};
const size_t topic_list_count = sizeof topic_lists / sizeof *topic_lists;

static bool explain_list(struct explainer *explainer) {
    for (size_t i = 0; i < topic_list_count; i++) {
        if (!slice_is(explainer->topic, topic_lists[i].name))
            continue;
        topic_lists[i].tell(explainer);
        return true;
    }
    return false;
}

/* ---- the public function ----------------------------------------------------------------- */

struct explain_task {
    const char *topic;
    stridec_sink *sink;
    void *context;
};

/* A word may be several: review is a kind and an attribute. False when it is none. */
static bool explain_all(struct stridec *self, struct writer *writer, struct slice topic) {
    static explanation *const explanations[] = {
        explain_list,  explain_code,      explain_letter, explain_row_of_model,
        explain_rule,  explain_attribute, explain_kind,   explain_truth,
        explain_value, explain_format,    explain_term,
    };
    bool found = false;
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
        struct memory_writer told;
        memory_writer_open(&told, &self->arena);
        struct explainer explainer = {self, &told.writer, topic};
        if (!explanations[i](&explainer))
            continue;
        write_string(writer, found ? "\n" : "");
        write_slice(writer, memory_writer_close(&told));
        found = true;
    }
    return found;
}

/* In small letters or capitals. */
static struct slice in_case(struct arena *arena, struct slice topic, bool capitals) {
    char *text = arena_copy(arena, topic.at, topic.length);
    for (char *c = text; *c; c++)
        if (capitals ? *c >= 'a' && *c <= 'z' : *c >= 'A' && *c <= 'Z')
            *c = (char)(*c ^ 0x20);
    return (struct slice){text, topic.length};
}

/* As it was typed, or else whatever its case: JWT, e0203. */
static stridec_status explain(struct stridec *self, void *context) {
    struct explain_task *task = context;
    struct slice topic = slice_of(task->topic);
    struct writer writer;
    if (!task->sink)
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(self))
        return STRIDEC_INVALID;
    writer_open(&writer, task->sink, task->context);
    if (!explain_all(self, &writer, topic) &&
        !explain_all(self, &writer, in_case(&self->arena, topic, false)) &&
        !explain_all(self, &writer, in_case(&self->arena, topic, true)))
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_explain(stridec *self, const char *topic, stridec_sink *sink,
                               void *context) {
    struct explain_task task = {topic, sink, context};
    return run_guarded(self, explain, &task);
}
