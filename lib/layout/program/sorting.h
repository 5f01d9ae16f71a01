/* See sorting.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_SORTING_H
#define PROGRAM_SORTING_H

#include "layers.h"

/* Moves knots, elements too or only lines, one at a time to where they cost least in their layer,
 * until none does better. */
void relax(struct layers *layers, bool elements);
/* Puts all in the order of the declarations, and sorts layer by layer by what is linked to it. */
void begin_order(struct layers *layers);

/* Places can be kept, and gone back to; what is gone back to counts as relaxed. */
size_t *keep_places(const struct layers *layers, size_t *kept);
void go_back(struct layers *layers, const size_t *kept);

#endif
