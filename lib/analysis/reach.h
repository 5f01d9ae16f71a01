/* How many steps away from outside each element of ours and each flow is. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_REACH_H
#define ANALYSIS_REACH_H

#include "analysis/crossings.h"

/* Fills `calls` of all elements and flows, from the passages. */
void find_reach(struct arena *arena, struct analysis *analysis);

#endif
