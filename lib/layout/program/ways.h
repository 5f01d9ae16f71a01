/* See ways.def. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_WAYS_H
#define PROGRAM_WAYS_H

#include <stdbool.h>
#include <stddef.h>

/* Who decides what stands where in a layer: arrange.c, or Graphviz, whose first idea of it is the
 * order in which it meets what lies in a boundary. */
enum order { ORDER_arranged, ORDER_declared, ORDER_reversed, ORDER_inner_first };
/* Which flows are laid out from their end to their start, so that no circle is left: as the DOT has
 * it; few, as the most of them then point one way; or those that come back to what is nearer to the
 * outside. */
enum turning { TURN_given, TURN_least, TURN_from_outside };

struct way {
    bool other; /* from top to bottom where the DOT says from left to right, and the reverse */
    enum order order;
    enum turning turning;
    bool ports; /* lines meet labels in the middle of their sides */
    bool ranks; /* one set of ranks for all boundaries; without it Graphviz may fail */
    bool tight;
};

extern const struct way ways[];
extern const size_t way_count;

#endif
