/* The documents of the two reference systems, whole: tables are found by their sections, columns by
 * their headers, and every row is compared with the facts in tests/reference/documents.json. Of
 * what the samples say in their own words, the document has what the decisions have. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CELLS 16
#define MOST_ROWS 64
#define FACTS "tests/reference/documents.json"

struct table {
    char *cells[MOST_ROWS][MOST_CELLS]; /* the header first */
    size_t rows, columns;
};

struct sample {
    const char *name;
    struct text document;
    json_t *compiled; /* the JSON of the model with its decisions */
};

static const char *string_of(const json_t *value, const char *key) {
    return json_string_value(key ? json_object_get(value, key) : value);
}

/* ---- reading Markdown -------------------------------------------------------------------- */

/* The text without its markup: what is marked as code or strong, linked, escaped or an anchor. */
static char *plain(const char *at, size_t length) {
    struct text text = {0};
    text_add(&text, "", 0);
    for (const char *end = at + length; at < end; at++) {
        if (*at == '<' && strchr("a/b!", at[1]))
            at = memchr(at, '>', (size_t)(end - at));
        else if (*at == ']' && at[1] == '(')
            at = memchr(at, ')', (size_t)(end - at));
        else if (*at == '\\')
            text_add(&text, ++at, 1);
        else if (!strncmp(at, "&lt;", 4) || !strncmp(at, "&amp;", 5))
            text_add(&text, at[1] == 'l' ? "<" : "&", 1), at += at[1] == 'l' ? 3 : 4;
        else if (!strchr("`*[", *at))
            text_add(&text, at, 1);
    }
    return text.at;
}

/* The line after the heading of a section, which has no number where its table has none. */
static const char *find_section(const struct sample *sample, const char *heading) {
    char *head = format("# %s\n", heading);
    const char *at = strstr(sample->document.at, head);
    if (!at)
        fail_msg("%s: no section '%s'", sample->name, heading);
    at += strlen(head);
    free(head);
    return at;
}

static const char *next_line(const char *at) {
    at += strcspn(at, "\n");
    return *at ? at + 1 : at;
}

/* A line that begins with `mark`, before the next heading. */
static const char *find_line(const char *at, const char *mark) {
    while (*at && *at != '#' && strncmp(at, mark, strlen(mark)) != 0)
        at = next_line(at);
    return *at && *at != '#' ? at : NULL;
}

static size_t read_cells(const char *line, char **cells) {
    size_t count = 0;
    const char *at = line + 1, *end = line + strcspn(line, "\n");
    while (at < end) {
        const char *stop = at;
        while (stop < end && *stop != '|')
            stop += *stop == '\\' ? 2 : 1;
        while (at < stop && *at == ' ')
            at++;
        size_t length = (size_t)(stop - at);
        while (length && at[length - 1] == ' ')
            length--;
        assert_true(count < MOST_CELLS);
        cells[count++] = plain(at, length);
        at = stop + 1;
    }
    return count;
}

/* The first table of a section whose header begins with this title. */
static struct table read_table(const struct sample *sample, const char *section,
                               const char *first) {
    struct table table = {0};
    char *head = format("| %s ", first);
    const char *line = find_line(find_section(sample, section), head);
    if (!line)
        fail_msg("%s: section '%s' has no table that begins with '%s'", sample->name, section,
                 first);
    for (size_t number = 0; *line == '|'; line = next_line(line), number++) {
        if (number == 1)
            continue; /* the line below the header */
        assert_true(table.rows < MOST_ROWS);
        size_t count = read_cells(line, table.cells[table.rows++]);
        if (number && count != table.columns)
            fail_msg("%s: '%s' has a row of %zu cells", sample->name, section, count);
        table.columns = count;
    }
    free(head);
    return table;
}

static void free_table(struct table *table) {
    for (size_t i = 0; i < table->rows; i++)
        for (size_t k = 0; k < table->columns; k++)
            free(table->cells[i][k]);
}

static size_t column_of(const struct sample *sample, const struct table *table, const char *title) {
    for (size_t i = 0; i < table->columns; i++)
        if (!strcmp(table->cells[0][i], title))
            return i;
    fail_msg("%s: no column '%s'", sample->name, title);
    return 0;
}

/* ---- comparing --------------------------------------------------------------------------- */

/* The fact itself, or a name with the fact as its id behind it. */
static bool says(const char *cell, const char *fact) {
    char *id = format("(%s)", fact);
    bool same = !strcmp(cell, fact) || (*fact && strstr(cell, id));
    free(id);
    return same;
}

static json_t *find_decl(const struct sample *sample, const char *list, const char *cell) {
    json_t *decl;
    size_t i;
    json_array_foreach(json_object_get(sample->compiled, list), i,
                       decl) if (says(cell, string_of(decl, "id"))) return decl;
    fail_msg("%s: there is nothing like '%s' among %s", sample->name, cell, list);
    return NULL;
}

/* What the team wrote, without the marks of code spans. */
static char *written_text(const json_t *decl, const char *name) {
    const char *text = string_of(decl, name);
    text = text ? text : string_of(json_object_get(decl, "attributes"), name);
    struct text bare = {0};
    text_add(&bare, "", 0);
    for (; text && *text; text++)
        if (*text != '`')
            text_add(&bare, text, 1);
    return bare.at;
}

static void check_texts(const struct sample *sample, const struct table *table,
                        const json_t *expected) {
    json_t *texts = json_object_get(expected, "texts"), *name;
    const char *title;
    json_object_foreach(texts, title, name) {
        size_t column = column_of(sample, table, title);
        for (size_t row = 1; row < table->rows; row++) {
            const json_t *decl =
                find_decl(sample, string_of(expected, "of"),
                          table->cells[row][0 + (strcmp(table->cells[0][0], "Priority") == 0)]);
            char *text = written_text(decl, string_of(name, NULL));
            if (strcmp(text, table->cells[row][column]) != 0)
                fail_msg("%s: '%s' where the decision says '%s'", sample->name,
                         table->cells[row][column], text);
            free(text);
        }
    }
}

static void check_columns(const struct sample *sample, const struct table *table,
                          const json_t *expected) {
    json_t *columns = json_object_get(expected, "columns"),
           *rows = json_object_get(expected, "rows"), *title;
    size_t i;
    json_array_foreach(columns, i, title) {
        size_t column = column_of(sample, table, string_of(title, NULL));
        for (size_t row = 1; row < table->rows; row++) {
            const char *fact = string_of(json_array_get(json_array_get(rows, row - 1), i), NULL);
            if (!says(table->cells[row][column], fact))
                fail_msg("%s: %s: row %zu has '%s' in '%s', not '%s'", sample->name,
                         string_of(expected, "section"), row, table->cells[row][column],
                         string_of(title, NULL), fact);
        }
    }
}

/* No column but those that are compared, and those that the sample fills as it likes. */
static void check_headers(const struct sample *sample, const struct table *table,
                          const json_t *expected) {
    json_t *own = json_object_get(expected, "own"), *title;
    size_t i, known = json_array_size(json_object_get(expected, "columns")) +
                      json_object_size(json_object_get(expected, "texts")) + json_array_size(own);
    json_array_foreach(own, i, title) column_of(sample, table, string_of(title, NULL));
    if (known != table->columns)
        fail_msg("%s: %s has %zu columns, not %zu", sample->name, string_of(expected, "section"),
                 table->columns, known);
}

static void check_table(const struct sample *sample, const json_t *expected) {
    const char *section = string_of(expected, "section");
    const char *first =
        !strcmp(section, "7 Mitigations") ? "Priority"
        : !strcmp(section, "Crossings")
            ? "#"
            : string_of(json_array_get(json_object_get(expected, "columns"), 0), NULL);
    struct table table = read_table(sample, section, first);
    size_t rows = json_array_size(json_object_get(expected, "rows"));
    if (table.rows - 1 != rows)
        fail_msg("%s: %s has %zu rows, not %zu", sample->name, section, table.rows - 1, rows);
    check_headers(sample, &table, expected);
    check_columns(sample, &table, expected);
    check_texts(sample, &table, expected);
    free_table(&table);
}

/* Each item of a list names one, before its first colon. */
static void check_list(const struct sample *sample, const json_t *expected) {
    const char *section = string_of(expected, "section");
    const char *line = find_line(find_section(sample, section), "- ");
    json_t *item;
    size_t i;
    json_array_foreach(json_object_get(expected, "items"), i, item) {
        if (!line || strncmp(line, "- ", 2) != 0)
            fail_msg("%s: %s has %zu items", sample->name, section, i);
        char *text = plain(line, strcspn(line, "\n"));
        char *task = format("- ] %s ", string_of(item, NULL)); /* the box begins with a bracket */
        if (!says(text, string_of(item, NULL)) && !strstr(text, task) &&
            strncmp(text + 5, string_of(item, NULL), strlen(string_of(item, NULL))) != 0)
            fail_msg("%s: %s: item %zu is %s", sample->name, section, i, text);
        free(text);
        free(task);
        line = next_line(line);
    }
    if (line && !strncmp(line, "- ", 2))
        fail_msg("%s: %s has more than %zu items", sample->name, section, i);
}

/* ---- the matrix and the map -------------------------------------------------------------- */

/* "T@pay" of a cell. */
static char *row_of_cell(const struct table *table, size_t row, size_t column) {
    const char *subject = table->cells[row][0], *id = strrchr(subject, '(');
    id = id ? id + 1 : subject;
    return format("%s@%.*s", table->cells[0][column], (int)strcspn(id, ")"), id);
}

static bool names_a_threat(const struct sample *sample, const char *cell) {
    json_t *threat;
    size_t i;
    json_array_foreach(json_object_get(sample->compiled, "threats"), i, threat) {
        const char *id = string_of(threat, "id");
        if (!strncmp(cell, id, strlen(id)) && strchr(" ,", cell[strlen(id)]) && cell[strlen(id)])
            return true;
    }
    return false;
}

/* No cell is blank, and threats stand in those cells that the facts name, no others. */
static void check_matrix(const struct sample *sample, const json_t *cells) {
    struct table table = read_table(sample, "Each element and letter", "Subject");
    size_t met = 0;
    for (size_t row = 1; row < table.rows; row++)
        for (size_t column = 1; column < table.columns; column++) {
            char *id = row_of_cell(&table, row, column);
            const char *cell = table.cells[row][column], *fact = string_of(cells, id);
            if (!*cell)
                fail_msg("%s: the cell of %s is blank", sample->name, id);
            if (fact ? strncmp(cell, fact, strlen(fact)) != 0 : names_a_threat(sample, cell))
                fail_msg("%s: the cell of %s says '%s', not '%s'", sample->name, id, cell,
                         fact ? fact : "no threat");
            met += fact != NULL;
            free(id);
        }
    assert_int_equal(met, json_object_size(cells));
    free_table(&table);
}

static void check_map(const struct sample *sample, const json_t *map) {
    struct table table = read_table(sample, "6 Risk scoring", "Likelihood");
    assert_int_equal(table.rows, 6);
    for (size_t row = 1; row < table.rows; row++)
        for (size_t column = 1; column < table.columns; column++) {
            char *place =
                format("%s %s", table.cells[row][0], strchr(table.cells[0][column], ' ') + 1);
            const char *fact = string_of(map, place);
            if (strcmp(table.cells[row][column], fact ? fact : "") != 0)
                fail_msg("%s: the map has '%s' at %s", sample->name, table.cells[row][column],
                         place);
            free(place);
        }
    free_table(&table);
}

/* ---- all of it --------------------------------------------------------------------------- */

static json_t *load_json(struct text text, const char *what) {
    json_error_t error;
    json_t *root = json_loads(text.at, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s: line %d: %s", what, error.line, error.text);
    free(text.at);
    return root;
}

static void check_sample(const json_t *facts) {
    struct sample sample = {.name = string_of(facts, "model")};
    char *path = format("samples/%s/THREAT-MODEL.md", sample.name);
    char *script = format("stridec threats --format json samples/%s/%%s.dfd", sample.name);
    sample.document = read_file(path);
    sample.compiled = load_json(output_of(script, sample.name), sample.name);
    json_t *part;
    size_t i;
    json_array_foreach(json_object_get(facts, "tables"), i, part) check_table(&sample, part);
    json_array_foreach(json_object_get(facts, "lists"), i, part) check_list(&sample, part);
    check_matrix(&sample, json_object_get(facts, "cells"));
    check_map(&sample, json_object_get(facts, "map"));
    json_decref(sample.compiled);
    free(sample.document.at);
    free(path);
    free(script);
}

static void documents_have_the_facts(void **state) {
    (void)state;
    json_t *all = load_json(read_file(FACTS), FACTS), *facts;
    size_t i;
    json_array_foreach(all, i, facts) check_sample(facts);
    assert_int_equal(i, 2);
    json_decref(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(documents_have_the_facts)};
    return cmocka_run_group_tests_name("reference documents", tests, NULL, NULL) != 0;
}
