/* Why a row is what it is, in words about this system. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_REASONS_H
#define ANALYSIS_REASONS_H

#include "analysis/rows.h"

/* For a row that does not apply or is out of scope: why; else what crosses or calls, and what would
 * settle it. */
struct slice row_reason(struct arena *arena, const struct rows *rows, const struct row *row);

#endif
