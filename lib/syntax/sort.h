/* The order of a sorted triage file. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SORT_H
#define SYNTAX_SORT_H

#include "tree/tree.h"

/* Decisions by subject, a mitigation or risk behind the first threat that it is for, then by id;
 * what is about no row first, as it stood. The items are copies. */
struct block sort_decisions(struct arena *arena, const struct block *file);

#endif
