/* Names to numbers, counted. Graphviz walks subgraphs in order of their ids; its own are addresses
 * of the heap, so that the same graph would come out differently. */
// SPDX-License-Identifier: MIT
#ifndef STRIDEC_LAYOUT_IDS_H
#define STRIDEC_LAYOUT_IDS_H

#include <graphviz/cgraph.h>

extern Agiddisc_t counted_ids;

#endif
