/* Why a row is what it is, in words about this system. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_REASONS_H
#define ANALYSIS_REASONS_H

#include "analysis/rows.h"

/* For a row that is open, folded or covered: what crosses or calls, and what would settle it. */
struct slice explain_row(struct arena *arena, const struct rows *rows, const struct row *row);

#endif
