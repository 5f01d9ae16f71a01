/* Text of explanations, broken into lines of 80 columns. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "emit/picture.h"
#include "explain/explainer.h"

#include <string.h>

static struct slice visible(struct explainer *explainer, struct slice text) {
    struct memory_writer memory;
    memory_writer_open(&memory, &explainer->project->arena);
    write_terminal(&memory.writer, text);
    return slice_trim(memory_writer_close(&memory));
}

void tell_line(struct explainer *explainer) {
    write_char(explainer->writer, '\n');
}

/* Writes text at a column where the cursor is already. */
static void tell_on(struct explainer *explainer, size_t column, struct slice text) {
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
    tell_on(explainer, column + strlen(head), text);
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
    tell_on(explainer, column, about);
}

void write_stated_value(struct writer *writer, const struct attribute *attribute) {
    const struct value *value = attribute->item->value;
    if (value->word.kind != VALUE_LIST) {
        write_slice(writer, word_text(&value->word));
        return;
    }
    write_char(writer, '[');
    for (const struct value *item = value_items(value); item; item = item->next) {
        write_slice(writer, word_text(&item->word));
        write_string(writer, item->next ? ", " : "");
    }
    write_char(writer, ']');
}
