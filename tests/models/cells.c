/* Cells between separators, with quotes that are written twice. */
// SPDX-License-Identifier: MIT
#include "models/cells.h"

#include "csv_cell.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ----------------------------------------------------------------------------- */

static struct line *add_line(struct table *table) {
    table->lines = realloc(table->lines, (table->count + 1) * sizeof *table->lines);
    assert_non_null(table->lines);
    table->lines[table->count] = (struct line){0};
    return &table->lines[table->count++];
}

struct table table_read(const char *text) {
    struct table table = {0};
    while (*text) {
        struct line *line = add_line(&table);
        size_t count = 0;
        for (bool more = true; more; text += more) {
            assert_true(count < MOST_CELLS);
            line->cells[count++] = read_cell(&text);
            more = *text == ',';
        }
        if (table.count == 1)
            table.width = count;
        assert_int_equal(count, table.width);
        assert_true(strncmp(text, "\r\n", 2) == 0);
        text += 2;
    }
    return table;
}

void table_free(struct table *table) {
    for (size_t i = 0; i < table->count; i++)
        for (size_t j = 0; j < table->width; j++)
            free(table->lines[i].cells[j]);
    free(table->lines);
    *table = (struct table){0};
}

/* ---- cells ------------------------------------------------------------------------------- */

size_t table_column(const struct table *table, const char *name) {
    for (size_t i = 0; i < table->width; i++)
        if (strcmp(table->lines[0].cells[i], name) == 0)
            return i;
    fail_msg("no column '%s'", name);
    return 0;
}

const char *table_cell(const struct table *table, size_t line, const char *name) {
    return table->lines[line].cells[table_column(table, name)];
}

void table_set(struct table *table, size_t line, const char *name, const char *value) {
    char **cell = &table->lines[line].cells[table_column(table, name)];
    free(*cell);
    *cell = format("%s", value);
}

/* ---- writing ----------------------------------------------------------------------------- */

static void write_cell(struct text *text, const char *cell, const struct dialect *dialect) {
    const char special[] = {'"', '\n', '\r', dialect->separator, 0};
    if (!dialect->quotes_all && !strpbrk(cell, special)) {
        text_add(text, cell, strlen(cell));
        return;
    }
    text_add(text, "\"", 1);
    for (; *cell; cell++) {
        if (*cell == '"')
            text_add(text, cell, 1);
        if (*cell == '\n' && dialect->crlf)
            text_add(text, "\r", 1);
        text_add(text, cell, 1);
    }
    text_add(text, "\"", 1);
}

struct text table_write(const struct table *table, const struct dialect *dialect) {
    struct text text = {0};
    text_add(&text, "\xef\xbb\xbf", dialect->bom ? 3 : 0);
    for (size_t i = 0; i < table->count; i++)
        for (size_t j = 0; j < table->width; j++) {
            size_t column = (j + dialect->rotated) % table->width;
            write_cell(&text, table->lines[i].cells[column], dialect);
            if (j + 1 < table->width)
                text_add(&text, &dialect->separator, 1);
            else
                text_add(&text, dialect->crlf ? "\r\n" : "\n", dialect->crlf ? 2 : 1);
        }
    return text;
}
