/* Answers and the requests that they belong to (the design's section 3). */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_EXCHANGES_H
#define ANALYSIS_EXCHANGES_H

#include "analysis/crossings.h"

/* Finds the requests of all answers, from the passages. */
void find_exchanges(struct arena *arena, struct analysis *analysis);

#endif
