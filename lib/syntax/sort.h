/* The order of a sorted triage file. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SORT_H
#define SYNTAX_SORT_H

#include "base/table.h"
#include "model/kind.h"
#include "tree/tree.h"

/* Returns the file in sorted order, as copies of its items. Declarations about no row (policy,
 * review) come first and keep their order. Decisions follow by subject, and those about one subject
 * by id; a mitigation or risk stands after the first threat that it is for. */
struct block sort_decisions(struct arena *arena, const struct block *file);

/* Where an item of a triage file belongs in that order. */
struct sort_key {
    struct slice subject; /* "" of what is about no row */
    struct slice id;      /* of a mitigation or risk that of its threat; of a dismissal its row */
    enum kind kind;       /* puts a threat before its mitigations, and these before its risks */
};
/* Adds the threats of a file to a table by their ids. Of two with one id the one that sorts first
 * counts; an id that the table has already keeps its threat. */
void index_threats(struct arena *arena, const struct block *file, struct table *threats);
/* Returns the key of an item; `threats` tells the subjects of mitigations and risks. */
struct sort_key sort_key_of(const struct item *item, const struct table *threats);
/* Returns less than 0, 0 or more, as strcmp() does. It is 0 for any two declarations about no row:
 * they stay in the order in which the team wrote them. */
int compare_sort_keys(const struct sort_key *a, const struct sort_key *b);

#endif
