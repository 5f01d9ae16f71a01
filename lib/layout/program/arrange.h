/* See arrange.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_ARRANGE_H
#define PROGRAM_ARRANGE_H

#include <graphviz/cgraph.h>

/* From now on Graphviz lays out what is in its layers in our order: `arranged` of a graph is
 * "first" where what is declared first is better off first in its layer, and "last" where it is
 * better off last. */
void arrange_layers(void);
/* From now on this is called when everything but the lines has its place; it need not return. */
typedef void position_looker(Agraph_t *graph);
void look_at_positions(position_looker *look);

#endif
