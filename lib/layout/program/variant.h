/* See variant.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_VARIANT_H
#define PROGRAM_VARIANT_H

#include "network.h"
#include "ways.h"

/* The same picture as the network's graph, to be laid out in another way. */
Agraph_t *make_variant(const struct network *network, const struct way *way);
/* From top to bottom. */
bool runs_down(Agraph_t *graph);

#endif
