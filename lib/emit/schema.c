/* The JSON Schema of the YAML form, for editors and checkers that know nothing of stridec.
 * Sections, attributes, known values and sentences come from the tables; what only resolving of
 * names can find out is left to the compiler. */
// SPDX-License-Identifier: MIT
#include "emit/schema.h"

#include "diag/diag.h"
#include "emit/json_writer.h"
#include "model/kind.h"

/* ---- small pieces ------------------------------------------------------------------------ */

static void words(struct json *json, const char *name, const char *const *at, size_t count) {
    json_key(json, name);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++)
        json_word(json, at[i]);
    json_close(json, ']');
}

/* "$ref": "#/$defs/id" */
static void reference(struct json *json, const char *definition) {
    json_key(json, "$ref");
    json_open_words(json);
    write_format(json->writer, "#/$defs/%s", definition);
    json_close_words(json);
}

static void open_member(struct json *json, const char *name) {
    json_key(json, name);
    json_open(json, '{');
}

/* ---- values ------------------------------------------------------------------------------ */

/* The range stands in the table as "lowest highest". */
static void write_range(struct json *json, const char *values) {
    struct slice rest = slice_of(values), low, high;
    if (!slice_cut(&rest, ' ', &low) || !slice_cut(&rest, ' ', &high))
        return;
    json_member_word(json, "type", "integer");
    json_key(json, "minimum");
    write_slice(json->writer, low);
    json->more = true;
    json_key(json, "maximum");
    write_slice(json->writer, high);
    json->more = true;
}

/* First the known values, then all words that mean one of them. */
static void write_known_values(struct json *json, enum attribute_id id) {
    const char *rest = attribute_rows[id].values, *theirs;
    struct slice value, word;
    bool safe;
    json_key(json, "enum");
    json_open(json, '[');
    while (attribute_next_value(&rest, &value, &safe))
        json_string(json, value);
    for (rest = attribute_rows[id].values; attribute_next_value(&rest, &value, &safe);)
        for (theirs = value_synonyms(id, value); next_synonym(&theirs, &word);)
            json_string(json, word);
    json_close(json, ']');
}

/* allow: only warnings can be. */
static void write_warning_codes(struct json *json) {
    json_key(json, "enum");
    json_open(json, '[');
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (diag_kind((enum diag_code)i)->level == LEVEL_WARNING)
            json_word(json, diag_kind((enum diag_code)i)->code);
    json_close(json, ']');
}

static const char *definition_of(enum attribute_type type) {
    switch (type) {
    case TYPE_ID:
    case TYPE_IDS:
        return "any_id";
    case TYPE_BOUNDARY:
    case TYPE_PROCESS:
    case TYPE_ASSETS:
    case TYPE_PLACES:
        return "reference";
    case TYPE_TEXT:
    case TYPE_STRINGS:
        return "text";
    default:
        return "word";
    }
}

/* One value, without its list. */
static void write_value(struct json *json, enum attribute_id id) {
    const struct attribute_row *row = &attribute_rows[id];
    if (id == ATTRIBUTE_allow)
        write_warning_codes(json);
    else if (row->type == TYPE_NUMBER)
        write_range(json, row->values);
    else if (*row->values)
        write_known_values(json, id);
    else
        reference(json, definition_of(row->type));
}

static void write_description(struct json *json, const struct attribute_row *row) {
    const char *rest = row->values, *before = ". Safe: ";
    struct slice value;
    bool safe;
    json_key(json, "description");
    json_open_words(json);
    write_string(json->writer, row->about); /* sentences without anything to escape */
    while (row->type != TYPE_NUMBER && attribute_next_value(&rest, &value, &safe))
        if (safe) {
            write_format(json->writer, "%s%.*s", before, SLICE_ARGS(value));
            before = ", ";
        }
    json_close_words(json);
}

static void write_attribute(struct json *json, enum attribute_id id) {
    const struct attribute_row *row = &attribute_rows[id];
    open_member(json, row->name);
    write_description(json, row);
    if (attribute_takes_list(row->type)) {
        json_key(json, "anyOf");
        json_open(json, '[');
        json_open(json, '{');
        write_value(json, id);
        json_close(json, '}');
        json_open(json, '{');
        json_member_word(json, "type", "array");
        open_member(json, "items");
        write_value(json, id);
        json_close(json, '}');
        json_close(json, '}');
        json_close(json, ']');
    } else {
        write_value(json, id);
    }
    json_close(json, '}');
}

/* ---- declarations ------------------------------------------------------------------------ */

/* Whether the attribute can have evidence: all but notes can. */
static bool has_evidence(enum kind kind, enum attribute_id id) {
    return kind_in(kind, attribute_rows[id].kinds) && attribute_rows[id].role != ROLE_NOTE;
}

static void write_evidence(struct json *json, enum kind kind) {
    open_member(json, "evidence");
    json_member_word(json, "description", "For facts: the places in the repository that show them");
    json_member_word(json, "type", "object");
    open_member(json, "properties");
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (has_evidence(kind, (enum attribute_id)i)) {
            open_member(json, attribute_rows[i].name);
            reference(json, "text");
            json_close(json, '}');
        }
    json_close(json, '}');
    json_member_boolean(json, "additionalProperties", false);
    json_close(json, '}');
}

static void write_head_member(struct json *json, const char *name, const char *definition,
                              const char *about) {
    open_member(json, name);
    json_member_word(json, "description", about);
    reference(json, definition);
    json_close(json, '}');
}

static void write_properties(struct json *json, enum kind kind) {
    bool evidence = false;
    open_member(json, "properties");
    write_head_member(json, "label", "text", "What people call it");
    if (kind == KIND_MODEL)
        write_head_member(json, "id", "id", "The id of the model");
    if (kind == KIND_FLOW) {
        write_head_member(json, "from", "reference", "The element that data comes from");
        write_head_member(json, "to", "reference", "The element that data goes to");
    }
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (kind_in(kind, attribute_rows[i].kinds))
            write_attribute(json, (enum attribute_id)i);
        evidence |= has_evidence(kind, (enum attribute_id)i);
    }
    if (evidence)
        write_evidence(json, kind);
    json_close(json, '}');
}

static void write_declaration(struct json *json, enum kind kind) {
    static const char *const types[] = {"object", "string", "null"};
    static const char *const flow_needs[] = {"from", "to"}, *const crossing_needs[] = {"at"};
    bool flow = kind == KIND_FLOW, needs = flow || kind == KIND_CROSSING;
    json_key_line(json, kind_rows[kind].word);
    json_open(json, '{');
    json_member_word(json, "description", kind_rows[kind].about);
    words(json, "type", types, needs ? 1 : 3);
    if (needs)
        words(json, "required", flow ? flow_needs : crossing_needs, flow ? 2 : 1);
    write_properties(json, kind);
    json_member_boolean(json, "additionalProperties", false);
    json_close(json, '}');
}

/* A map keyed by id. */
static void write_map(struct json *json, const char *name, const char *about,
                      const char *definition) {
    static const char *const types[] = {"object", "null"};
    json_key_line(json, name);
    json_open(json, '{');
    json_member_word(json, "description", about);
    words(json, "type", types, 2);
    open_member(json, "propertyNames");
    reference(json, "id");
    json_close(json, '}');
    open_member(json, "additionalProperties");
    reference(json, definition);
    json_close(json, '}');
    json_close(json, '}');
}

static bool is_section(size_t kind) {
    return *kind_rows[kind].section != 0;
}

static void write_sections(struct json *json) {
    json_key_line(json, kind_rows[KIND_MODEL].section);
    json_open(json, '{');
    reference(json, kind_rows[KIND_MODEL].word);
    json_close(json, '}');
    write_map(json, "imports", "The paths of other models, by the alias that they have here",
              "text");
    for (size_t kind = KIND_MODEL + 1; kind < KIND_COUNT; kind++)
        if (is_section(kind))
            write_map(json, kind_rows[kind].section, kind_rows[kind].about, kind_rows[kind].word);
}

/* ---- the document ------------------------------------------------------------------------ */

static void write_pattern(struct json *json, const char *name, const char *pattern) {
    json_key_line(json, name);
    json_open(json, '{');
    json_member_word(json, "type", "string");
    json_member_word(json, "pattern", pattern);
    json_close(json, '}');
}

/* A number or a yes of YAML is text here like any other. */
static void write_scalar(struct json *json, const char *name) {
    static const char *const types[] = {"string", "number", "boolean"};
    json_key_line(json, name);
    json_open(json, '{');
    words(json, "type", types, 3);
    json_close(json, '}');
}

static void write_definitions(struct json *json) {
    json_key_line(json, "$defs");
    json_open(json, '{');
    write_pattern(json, "id", "^[A-Za-z_][A-Za-z0-9_-]*$");
    write_pattern(json, "any_id", "^[A-Za-z0-9_][A-Za-z0-9_-]*$");
    write_pattern(json, "reference", "^[A-Za-z_][A-Za-z0-9_.-]*$");
    write_scalar(json, "text");
    write_scalar(json, "word");
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        if (is_section(kind))
            write_declaration(json, (enum kind)kind);
    json_close(json, '}');
}

void write_model_schema(struct writer *writer) {
    struct json json = {.writer = writer};
    json_open(&json, '{');
    json_key_line(&json, "$schema");
    json_word(&json, "https://json-schema.org/draft/2020-12/schema");
    json_key_line(&json, "title");
    json_word(&json, "A model of stridec in the YAML form");
    json_key_line(&json, "type");
    json_word(&json, "object");
    json_key_line(&json, "properties");
    json_open(&json, '{');
    write_sections(&json);
    json_close(&json, '}');
    json_key_line(&json, "additionalProperties");
    json_boolean(&json, false);
    write_definitions(&json);
    json_close_lines(&json, '}');
    write_char(writer, '\n');
}
