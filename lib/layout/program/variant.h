/* See variant.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_VARIANT_H
#define PROGRAM_VARIANT_H

#include "network.h"
#include "ways.h"

/* The same picture as the network's graph, to be laid out in another way; `arranged`: with the
 * order of that way, else with one that takes no time. */
Agraph_t *make_variant(const struct network *network, const struct way *way, bool arranged);
/* From now on all variants have the title of this boundary at its bottom, or at its top. */
void put_title(const struct network *network, const char *boundary, bool low);
/* From now on they have this boundary at least so many points wide. */
void ask_for_room(const struct network *network, const char *boundary, long width);
/* From top to bottom. */
bool runs_down(Agraph_t *graph);
/* The direction is the model's, and no way goes in the other. */
bool is_pinned(Agraph_t *graph);

#endif
