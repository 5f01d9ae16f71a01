/* The rows that stridec finds, asked for as any program would: by the public header, as JSON. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include "stridec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool take(void *file, const char *at, size_t length) {
    return fwrite(at, 1, length, file) == length;
}

/* A model that was made of a diagram. */
struct source {
    const struct diagram *diagram;
    const struct twin *twin; /* NULL: of the bare one */
    const char *path;        /* for messages */
};

static char *copy_text(const char *text) {
    char *copy = allocate(strlen(text) + 1, 1);
    return strcpy(copy, text);
}

static void read_questions(const json_t *row, size_t cell, struct questions *asked) {
    const json_t *pattern;
    size_t i;
    json_array_foreach(json_object_get(row, "patterns"), i, pattern) {
        const char *state = json_string_value(json_object_get(pattern, "state"));
        const char *rule = json_string_value(json_object_get(pattern, "rule"));
        if (!state || !rule || strcmp(state, "open") != 0)
            continue;
        asked->items = realloc(asked->items, (asked->count + 1) * sizeof *asked->items);
        if (!asked->items)
            refuse("out of memory");
        bool specific = json_is_true(json_object_get(pattern, "specific"));
        asked->items[asked->count++] = (struct question){cell, copy_text(rule), specific};
    }
}

static void read_row(const struct source *source, unsigned char *cells, struct questions *asked,
                     const json_t *row) {
    const struct diagram *diagram = source->diagram;
    const char *state = json_string_value(json_object_get(row, "state"));
    const char *letter = json_string_value(json_object_get(row, "letter"));
    const char *subject = json_string_value(json_object_get(row, "subject"));
    const char *place = letter && strlen(letter) == 1 ? strchr(LETTERS, *letter) : NULL;
    size_t number = subject ? find_subject(diagram, subject) : subject_count(diagram);
    bool first = json_integer_value(json_object_get(row, "tier")) == 1;
    if (!state)
        refuse("%s: a row has no state", source->path);
    if (!place || number == subject_count(diagram))
        refuse("%s: a row is about nothing in the diagram", source->path);
    size_t cell = cell_of(number, (size_t)(place - LETTERS));
    cells[cell] = marks_of(state, first);
    if (cells[cell] & OPEN)
        read_questions(row, cell, asked);
}

static unsigned char *read_rows(const struct source *source, const char *text, size_t length,
                                struct questions *asked) {
    json_error_t error;
    json_t *root = json_loadb(text, length, 0, &error), *row;
    json_t *rows = json_object_get(root, "candidates");
    size_t i;
    if (!json_is_array(rows))
        refuse("%s: the rows cannot be read: %s", source->path, error.text);
    unsigned char *cells = allocate(cell_of(subject_count(source->diagram), 0), 1);
    json_array_foreach(rows, i, row) read_row(source, cells, asked, row);
    json_decref(root);
    return cells;
}

/* An error is about the text that was made of the diagram: its line is of no use. */
static void compile(stridec *compilation, const struct source *source) {
    size_t length;
    char *text = write_model(source->diagram, source->twin, &length);
    stridec_status status = stridec_compile(compilation, source->path, text, length);
    free(text);
    stridec_diagnostic found = {.size = sizeof found};
    for (size_t i = 0; status != STRIDEC_OK && stridec_diagnostic_at(compilation, i, &found); i++)
        if (found.level == STRIDEC_ERROR)
            refuse("%s: it does not compile: %s", source->path, found.message);
    if (status != STRIDEC_OK)
        refuse("%s: %s", source->path, stridec_status_text(status));
}

static unsigned char *rows_of(const struct source *source, struct questions *asked) {
    stridec *compilation = stridec_new(NULL);
    if (!compilation)
        refuse("out of memory");
    compile(compilation, source);
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    if (!file || stridec_emit(compilation, "json", NULL, take, file) != STRIDEC_OK ||
        fclose(file) != 0)
        refuse("%s: its rows cannot be written", source->path);
    unsigned char *cells = read_rows(source, text, length, asked);
    free(text);
    stridec_free(compilation);
    return cells;
}

void find_rows(struct diagram *diagram) {
    struct source bare = {diagram, NULL, diagram->path};
    struct source described = {diagram, &diagram->twin, diagram->twin.path};
    diagram->rows = rows_of(&bare, &diagram->asked);
    if (diagram->twin.root)
        diagram->described = rows_of(&described, &diagram->asked_described);
}
