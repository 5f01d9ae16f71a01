/* See arrange.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_ARRANGE_H
#define PROGRAM_ARRANGE_H

#include <graphviz/cgraph.h>

/* From now on Graphviz lays out what is in its layers in our order: `arranged` of a graph is
 * "first" where what is declared first is better off first in its layer, and "last" where it is
 * better off last. */
void arrange_layers(void);

#endif
