/* A table in CSV as spreadsheets and trackers write it: rows of cells, with whatever separator the
 * country has. Strict where a slip would move text into another cell. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SHEET_H
#define SYNTAX_SHEET_H

#include "diag/source.h"

struct sheet {
    struct arena *arena;
    const struct source *source; /* which check_source() has seen */
    uint32_t at;
    char separator;
    const char *problem; /* why nothing more can be read, in a sentence; NULL: nothing is wrong */
    uint32_t problem_at;
};

struct sheet_row {
    uint32_t start;
    struct slice *cells; /* without their quotes */
    size_t count;
};

/* Finds the separator: comma, semicolon or tab, whichever the first line has most of, or what a
 * line "sep=;" before it says. */
void sheet_open(struct sheet *sheet, struct arena *arena, const struct source *source);
/* The next row that has something in it. False at the end, and where there is a problem. */
bool sheet_next(struct sheet *sheet, struct sheet_row *row);

#endif
