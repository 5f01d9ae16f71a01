/* Shared by the sections of the document: names, counts, stated values, links to rows. Everything
 * that the user wrote goes through write_markdown or write_markdown_code. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

void write_mention(struct writer *writer, struct slice text) {
    bool whole = text_fits(&text);
    write_markdown(writer, text);
    write_string(writer, whole ? "" : "\u2026");
}

void write_named(struct writer *writer, const struct decl *decl) {
    write_mention(writer, decl->label);
    write_format(writer, decl->label.length ? " (`%.*s`)" : "`%.*s`", S(decl->id));
}

void write_declared(struct writer *writer, const struct decl *decl) {
    write_markdown(writer, decl->label);
    write_format(writer, decl->label.length ? " (`%.*s`)" : "`%.*s`", S(decl->id));
}

void write_count(struct writer *writer, size_t count, const char *one, const char *many) {
    write_format(writer, "%zu %s", count, count == 1 ? one : many);
}

static void write_words(struct emission *emission, const struct attribute *attribute) {
    for (size_t i = 0; i < attribute->word_count; i++) {
        write_string(emission->writer, i ? ", " : "");
        write_slice(emission->writer,
                    emission->model->vocabulary->words.items[attribute_words(attribute)[i] - 1]);
    }
}

static void write_items(struct writer *writer, const struct value *value) {
    if (value->kind != VALUE_LIST) {
        write_slice(writer, value->word.text);
        return;
    }
    for (const struct value *item = value->items; item; item = item->next) {
        write_slice(writer, item->word.text);
        write_string(writer, item->next ? ", " : "");
    }
}

/* The value as the user would write it, without brackets. */
static struct slice value_text(struct emission *emission, const struct attribute *attribute) {
    struct memory_writer memory;
    memory_writer_open(&memory, emission->arena);
    struct emission inner = *emission;
    inner.writer = &memory.writer;
    if (attribute_rows[attribute->id].type == TYPE_WORDS)
        write_words(&inner, attribute);
    else
        write_items(&memory.writer, attribute->value);
    return memory_writer_close(&memory);
}

void write_stated(struct emission *emission, const struct attribute *attribute) {
    if (attribute && attribute->stated)
        write_markdown_code(emission->writer, value_text(emission, attribute));
}

void write_note(struct writer *writer, const struct decl *decl, enum attribute_id id) {
    struct slice text = decl_text(decl, id);
    if (text.length)
        write_markdown(writer, text);
}

/* A fact with a place in the repository is shown there, one without is only claimed. */
static void write_proof(struct writer *writer, const struct decl *decl, enum attribute_id name) {
    const struct attribute *at = more_of(decl)->evidence;
    while (at && !(at->name == name && at->stated))
        at = at->next;
    if (at) {
        write_string(writer, " (shown in ");
        struct slice place = at->value->word.text;
        bool whole = text_fits(&place);
        write_markdown_code(writer, place);
        write_string(writer, whole ? ")" : "\u2026)");
    } else {
        write_string(writer, " (claimed)");
    }
}

void write_reading(struct emission *emission, const struct reading *reading) {
    struct writer *writer = emission->writer;
    const char *name = attribute_rows[reading->name].name;
    if (!reading->attribute || !reading->attribute->stated) {
        write_format(writer, "`%s` of `%.*s`", name, S(reading->decl->id));
        return;
    }
    struct slice value = text_cut(emission->arena, value_text(emission, reading->attribute));
    write_markdown_code(writer, text_format(emission->arena, "%s: %.*s", name, S(value)));
    write_format(writer, " of `%.*s`", S(reading->decl->id));
    if (attribute_rows[reading->name].role == ROLE_FACT)
        write_proof(writer, reading->decl, reading->name);
}

/* Ids have no characters that an anchor could not have, and codes of letters have no '-'. */
void write_row_anchor(struct writer *writer, const struct row *row) {
    write_format(writer, "row-%.*s-%.*s", S(row->letter->code), S(row->subject->id));
}

void write_question(struct emission *emission, const struct row *row) {
    write_markdown(emission->writer, row_question(emission->arena, emission->rows, row));
}

bool row_is_open_in(const struct emission *emission, const struct row *row, int tier) {
    return row->state == ROW_OPEN && row->tier == tier &&
           (!emission->options.tier || emission->options.tier == tier);
}
