/* Where an element stands among those of its network. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_PLACE_H
#define PROGRAM_PLACE_H

#include <graphviz/cgraph.h>

#include <stddef.h>

struct place {
    Agrec_t record;
    size_t number;
};
#define NO_PLACE ((size_t)-1)

size_t place_of(Agnode_t *node);

#endif
