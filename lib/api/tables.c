/* Functions that need no compilation: codes, schemas, text of others. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "diag/diag.h"
#include "emit/document_words.h"
#include "emit/schema.h"

bool stridec_code_at(size_t index, stridec_code_info *info) {
    if (!info || index >= DIAG_COUNT)
        return false;
    const struct diag_kind *kind = diag_kind((enum diag_code)index);
    const stridec_code_info known = {
        .code = kind->code,
        .message = kind->message,
        .about = kind->about,
        .level = (stridec_level)kind->level,
    };
    return hand_out(info, &known, sizeof known);
}

bool stridec_section_at(size_t index, stridec_section_info *info) {
    if (!info || index >= SECTION_COUNT)
        return false;
    const stridec_section_info known = {0, section_rows[index].word, section_rows[index].about};
    return hand_out(info, &known, sizeof known);
}

/* ---- kinds, attributes and values -------------------------------------------------------- */

bool stridec_kind_at(size_t index, stridec_kind_info *info) {
    if (!info || index >= KIND_COUNT)
        return false;
    const struct kind_row *row = &kind_rows[index];
    const stridec_kind_info known = {
        .word = row->word,
        .about = row->about,
        .section = row->section,
        .files = kind_files((enum kind)index),
    };
    return hand_out(info, &known, sizeof known);
}

bool stridec_attribute_at(const char *kind, size_t index, stridec_attribute_info *info) {
    enum kind on = kind_find(slice_of(kind));
    enum attribute_id id = on == KIND_COUNT ? ATTRIBUTE_COUNT : attribute_of_kind(on, index);
    if (!info || id == ATTRIBUTE_COUNT)
        return false;
    const struct attribute_row *row = &attribute_rows[id];
    stridec_attribute_info known = {
        .name = row->name,
        .about = row->about,
        .role = attribute_role_words[row->role],
        .takes = attribute_type_words[row->type],
        .takes_list = attribute_takes_list(row->type),
    };
    known.has_range = attribute_range(id, &known.lowest, &known.highest);
    return hand_out(info, &known, sizeof known);
}

/* ATTRIBUTE_COUNT where the kind has none of this name. */
static enum attribute_id find_attribute(enum kind kind, struct slice name) {
    for (size_t i = 0; kind != KIND_COUNT; i++) {
        enum attribute_id id = attribute_of_kind(kind, i);
        if (id == ATTRIBUTE_COUNT || slice_is(name, attribute_rows[id].name))
            return id;
    }
    return ATTRIBUTE_COUNT;
}

bool stridec_value_at(const char *kind, const char *attribute, size_t index,
                      stridec_value_info *info) {
    enum attribute_id id = find_attribute(kind_find(slice_of(kind)), slice_of(attribute));
    if (!info || id == ATTRIBUTE_COUNT || !attribute_lists_words(attribute_rows[id].type))
        return false;
    const char *rest = attribute_rows[id].values;
    struct slice value;
    bool safe;
    for (size_t i = 0; attribute_next_value(&rest, &value, &safe); i++)
        if (i == index) {
            const stridec_value_info known = {0, value.at, value.length, safe,
                                              value_synonyms(id, value)};
            return hand_out(info, &known, sizeof known);
        }
    return false;
}

/* ---- schemas ----------------------------------------------------------------------------- */

stridec_status stridec_write_schema(const char *name, stridec_sink *sink, void *context) {
    struct slice wanted = slice_of(name);
    struct writer writer;
    if (!sink)
        return STRIDEC_MISUSE;
    writer_open(&writer, sink, context);
    if (slice_is(wanted, "model"))
        write_model_schema(&writer);
    else if (slice_is(wanted, "output"))
        write_bytes(&writer, output_schema, output_schema_length);
    else if (slice_is(wanted, "diff"))
        write_bytes(&writer, diff_schema, diff_schema_length);
    else
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

/* ---- text of others ---------------------------------------------------------------------- */

stridec_status stridec_write_text(const char *form, const char *text, size_t length,
                                  stridec_sink *sink, void *context) {
    struct slice wanted = slice_of(form), slice = {text, length};
    struct writer writer;
    writer_open(&writer, sink, context);
    if (slice_is(wanted, "terminal"))
        write_file_name(&writer, slice);
    else if (slice_is(wanted, "shell"))
        write_shell_path(&writer, slice);
    else if (slice_is(wanted, "json"))
        write_json_string(&writer, slice);
    else if (slice_is(wanted, "markdown"))
        write_markdown(&writer, slice);
    else if (slice_is(wanted, "csv"))
        write_csv_cell(&writer, slice);
    else
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}
