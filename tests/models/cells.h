/* A table in CSV for tests: read and written by nothing of the library. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_CELLS_H
#define TESTS_CELLS_H

#include "support.h"

#define MOST_CELLS ((size_t)64)

struct line {
    char *cells[MOST_CELLS]; /* owned */
};
struct table {
    struct line *lines; /* the first names the columns */
    size_t count, width;
};

/* Of commas and CRLF. Every line has as many cells as the first. */
struct table table_read(const char *text);
void table_free(struct table *table);
/* The column of this name; the test ends where there is none. */
size_t table_column(const struct table *table, const char *name);
const char *table_cell(const struct table *table, size_t line, const char *name);
void table_set(struct table *table, size_t line, const char *name, const char *value);

/* How a program writes it. */
struct dialect {
    char separator;
    bool bom, crlf, quotes_all;
    size_t rotated; /* columns that stand first, and were so far from there */
};
struct text table_write(const struct table *table, const struct dialect *dialect);

#endif
