/* Shared by the sections of the document: names, stated values, links to rows. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"

void put_mention(struct document *document, struct slice text) {
    bool whole = text_fits(&text);
    put_text(document, text);
    put_between(document, !whole, "\u2026");
}

struct slice shape_anchor(const struct document *document, const struct decl *decl) {
    return text_format(document->emission->arena, "%s-%.*s", shape_prefix(decl->kind),
                       SLICE_ARGS(decl_id(decl)));
}

void put_id(struct document *document, const struct decl *decl) {
    bool linked = document->form->shows_all && kind_in(decl->kind, ON_SUBJECT | ON_BOUNDARY);
    if (linked)
        document->form->open_link(document, true, shape_anchor(document, decl));
    put_code(document, decl_id(decl));
    if (linked)
        close_part(document, PART_LINK);
}

/* The id in brackets after a label, or the id alone. */
static void put_id_after(struct document *document, const struct decl *decl) {
    put_between(document, decl_label(decl).length > 0, " (");
    put_id(document, decl);
    put_between(document, decl_label(decl).length > 0, ")");
}

void put_named(struct document *document, const struct decl *decl) {
    put_mention(document, decl_label(decl));
    put_id_after(document, decl);
}

void put_declared(struct document *document, const struct decl *decl) {
    put_text(document, decl_label(decl));
    put_id_after(document, decl);
}

void put_listed(struct document *document, bool later, struct slice code) {
    put_between(document, later, ", ");
    put_code(document, code);
}

static void write_words(struct writer *writer, const struct model *model,
                        const struct attribute *attribute) {
    for (size_t i = 0; i < attribute->word_count; i++) {
        write_string(writer, i ? ", " : "");
        write_slice(writer, symbol_word(model->vocabulary, attribute_words(attribute)[i]));
    }
}

static void write_items(struct writer *writer, const struct value *value) {
    if (value->word.kind != VALUE_LIST) {
        write_slice(writer, word_text(&value->word));
        return;
    }
    for (const struct value *item = value_items(value); item; item = item->next) {
        write_slice(writer, word_text(&item->word));
        write_string(writer, item->next ? ", " : "");
    }
}

struct slice value_text(const struct emission *emission, const struct attribute *attribute) {
    struct memory_writer memory;
    memory_writer_open(&memory, emission->arena);
    if (attribute_rows[attribute->id].type == TYPE_WORDS)
        write_words(&memory.writer, emission->model, attribute);
    else
        write_items(&memory.writer, attribute->item->value);
    return memory_writer_close(&memory);
}

void put_stated(struct document *document, const struct attribute *attribute) {
    if (attribute && attribute->stated)
        put_code(document, value_text(document->emission, attribute));
}

void put_note(struct document *document, const struct decl *decl, enum attribute_id id) {
    struct slice text = decl_text(decl, id);
    if (text.length)
        put_text(document, text);
}

void put_note_after(struct document *document, const struct decl *decl, enum attribute_id id) {
    put_between(document, decl_text(decl, id).length > 0, ": ");
    put_note(document, decl, id);
}

static const struct attribute *evidence_of(const struct decl *decl, enum attribute_id family) {
    const struct attribute *at = more_of(decl)->evidence;
    while (at && !(at->family == family && at->stated))
        at = at->next;
    return at;
}

bool has_evidence(const struct decl *decl, enum attribute_id family) {
    return evidence_of(decl, family) != NULL;
}

void put_proof(struct document *document, const struct decl *decl, enum attribute_id family) {
    const struct attribute *at = evidence_of(decl, family);
    struct slice place = at ? word_text(&at->item->value->word) : SLICE("");
    const char *fault = evidence_fault(document->emission->evidence, place);
    put_words(document, !at ? " (claimed)" : fault ? " (claimed; evidence " : " (shown in ");
    if (!at)
        return;
    put_evidence(document, place);
    put_words(document, ")");
}

void put_evidence(struct document *document, struct slice place) {
    const char *fault = evidence_fault(document->emission->evidence, place);
    bool whole = text_fits(&place);
    put_code(document, place);
    put_words(document, whole ? "" : "\u2026");
    put_between(document, fault != NULL, ": ");
    put_words(document, fault ? fault : "");
}

void put_reading(struct document *document, const struct reading *reading) {
    const struct emission *emission = document->emission;
    const char *name = attribute_rows[reading->family].name;
    bool stated = reading->attribute && reading->attribute->stated;
    if (stated) {
        struct slice value = text_cut(emission->arena, value_text(emission, reading->attribute));
        put_code(document, text_format(emission->arena, "%s: %.*s", name, SLICE_ARGS(value)));
    } else {
        put_code(document, slice_of(name));
    }
    put_words(document, " of ");
    put_code(document, decl_id(reading->decl));
    if (stated && attribute_rows[reading->family].role == ROLE_FACT)
        put_proof(document, reading->decl, reading->family);
}

/* Ids have no characters that an anchor could not have, and codes of letters have no '-'. */
static struct slice anchor_of(const struct document *document, const struct row *row) {
    if (document->form->shows_all)
        return row_id(document->emission->arena, row);
    return text_format(document->emission->arena, "row-%.*s-%.*s", SLICE_ARGS(row->letter->code),
                       SLICE_ARGS(decl_id(row->subject)));
}

void put_points(struct document *document, struct score score) {
    struct slice priority = priority_of(document->emission->rows->bands, score.points);
    put_words(document, " = ");
    put_number(document, (size_t)score.points);
    put_between(document, priority.length > 0, ", ");
    put_text(document, priority);
}

void put_row_anchor(struct document *document, const struct row *row) {
    document->form->anchor(document, anchor_of(document, row));
}

void open_row_link(struct document *document, const struct row *row) {
    document->form->open_link(document, true, anchor_of(document, row));
}

void put_row_id(struct document *document, const struct row *row) {
    put_code(document, row_id(document->emission->arena, row));
}

void put_question(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    put_text(document, row_question(emission->arena, emission->rows, row));
}

const struct decl *element_of(const struct decl *decl) {
    if (decl->kind == KIND_FLOW)
        return decl->to;
    return decl->kind == KIND_CROSSING && more_of(decl)->at ? more_of(decl)->at : decl;
}

bool shows_tier(const struct emission *emission, int tier) {
    return !emission->options.tier || emission->options.tier == tier;
}

bool row_is_open_in(const struct emission *emission, const struct row *row, int tier) {
    return row->state == ROW_OPEN && row->tier == tier && shows_tier(emission, tier);
}

bool shows_section(const struct emission *emission, enum document_section section) {
    return !emission->options.sections || emission->options.sections >> section & 1;
}
