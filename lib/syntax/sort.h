/* The order of a sorted triage file. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SORT_H
#define SYNTAX_SORT_H

#include "base/table.h"
#include "model/kind.h"
#include "tree/tree.h"

/* Decisions by subject, a mitigation or risk after the first threat that it is for, then by id;
 * declarations about no row first, in their own order. The items are copies. */
struct block sort_decisions(struct arena *arena, const struct block *file);

/* Where an item of a triage file belongs in that order. */
struct sort_key {
    struct slice subject, threat;
    enum kind kind;
};
/* The threats of a file by id; when two have one id, the one that sorts first. */
void find_threats(struct arena *arena, const struct block *file, struct table *threats);
struct sort_key sort_key_of(const struct item *item, const struct table *threats);
/* 0 also where the order is the writer's own: of declarations about no row. */
int compare_sort_keys(const struct sort_key *a, const struct sort_key *b);

#endif
