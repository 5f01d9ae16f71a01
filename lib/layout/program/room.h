/* See room.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_ROOM_H
#define PROGRAM_ROOM_H

#include <graphviz/cgraph.h>

/* The attribute of a boundary that says how wide it has to be at least, in points. */
#define ROOM_ATTRIBUTE "room"

/* Has boundaries made as wide as they ask for, when Graphviz finds where all lies; to be taken back
 * before it places their titles. */
void make_room(Agraph_t *graph);
void take_room_back(Agraph_t *graph);

#endif
