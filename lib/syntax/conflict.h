/* Markers of a merge that nobody has finished: each of them, and what stands twice between them,
 * would be a mistake of its own. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_CONFLICT_H
#define SYNTAX_CONFLICT_H

#include "diag/source.h"

struct conflict {
    struct span marker; /* the first one */
    struct span last;   /* the one that ends it */
};

/* The first conflict of the text that begins at this offset or after it. */
bool find_conflict(struct slice text, uint32_t from, struct conflict *found);

#endif
