/* Cells of CSV, with quotes that are written twice: read by nothing of the library. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_CSV_CELL_H
#define TESTS_CSV_CELL_H

#include "support.h"

#include <string.h>

/* Returns the cell at *at, without its quotes, and moves *at to the comma or line end behind it.
 * Free it. */
static inline char *read_cell(const char **at) {
    struct text cell = {0};
    bool quoted = **at == '"';
    text_add(&cell, "", 0);
    *at += quoted;
    while (**at && (quoted ? **at != '"' || (*at)[1] == '"' : !strchr(",\r\n", **at))) {
        *at += quoted && **at == '"';
        text_add(&cell, (*at)++, 1);
    }
    *at += quoted;
    return cell.at;
}

#endif
