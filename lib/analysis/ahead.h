/* Rows are listed in an order that is not that of memory. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_AHEAD_H
#define ANALYSIS_AHEAD_H

#include "analysis/rows.h"

/* For who writes the listed rows one after the other, before the one at this place: asks for what
 * those after it are made of. */
void prefetch_rows(const struct rows *rows, size_t place);

#endif
