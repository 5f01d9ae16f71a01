/* The order of a sorted triage file. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SORT_H
#define SYNTAX_SORT_H

#include "tree/tree.h"

/* Decisions by subject, a mitigation or risk after the first threat that it is for, then by id;
 * declarations about no row first, in their own order. The items are copies. */
struct block sort_decisions(struct arena *arena, const struct block *file);

#endif
