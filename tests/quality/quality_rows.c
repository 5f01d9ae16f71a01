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

static unsigned char mark_of(const json_t *row, const struct diagram *diagram) {
    const char *state = json_string_value(json_object_get(row, "state"));
    if (!state)
        refuse("%s: a row has no state", diagram->path);
    if (strcmp(state, "not_applicable") == 0 || strcmp(state, "out_of_scope") == 0)
        return 0;
    if (strcmp(state, "folded") == 0)
        return FOUND;
    bool first = json_integer_value(json_object_get(row, "tier")) == 1;
    return first ? FOUND | SHOWN | FIRST : FOUND | SHOWN;
}

static void read_row(struct diagram *diagram, const json_t *row) {
    const char *letter = json_string_value(json_object_get(row, "letter"));
    const char *subject = json_string_value(json_object_get(row, "subject"));
    const char *place = letter && strlen(letter) == 1 ? strchr(LETTERS, *letter) : NULL;
    size_t number = subject ? find_subject(diagram, subject) : subject_count(diagram);
    if (!place || number == subject_count(diagram))
        refuse("%s: a row is about nothing in the diagram", diagram->path);
    diagram->rows[cell_of(number, (size_t)(place - LETTERS))] = mark_of(row, diagram);
}

static void read_rows(struct diagram *diagram, const char *text, size_t length) {
    json_error_t error;
    json_t *root = json_loadb(text, length, 0, &error), *row;
    json_t *rows = json_object_get(root, "candidates");
    size_t i;
    if (!json_is_array(rows))
        refuse("%s: the rows cannot be read: %s", diagram->path, error.text);
    diagram->rows = allocate(cell_of(subject_count(diagram), 0), 1);
    json_array_foreach(rows, i, row) read_row(diagram, row);
    json_decref(root);
}

/* An error is about the text that was made of the diagram: its line is of no use. */
static void compile(stridec *compilation, const struct diagram *diagram) {
    size_t length;
    char *text = write_model(diagram, &length);
    stridec_status status = stridec_compile(compilation, diagram->path, text, length);
    free(text);
    stridec_diagnostic found = {.size = sizeof found};
    for (size_t i = 0; status != STRIDEC_OK && stridec_diagnostic_at(compilation, i, &found); i++)
        if (found.level == STRIDEC_ERROR)
            refuse("%s: it does not compile: %s", diagram->path, found.message);
    if (status != STRIDEC_OK)
        refuse("%s: %s", diagram->path, stridec_status_text(status));
}

void find_rows(struct diagram *diagram) {
    stridec *compilation = stridec_new(NULL);
    if (!compilation)
        refuse("out of memory");
    compile(compilation, diagram);
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    if (!file || stridec_emit(compilation, "json", NULL, take, file) != STRIDEC_OK ||
        fclose(file) != 0)
        refuse("%s: its rows cannot be written", diagram->path);
    read_rows(diagram, text, length);
    free(text);
    stridec_free(compilation);
}
