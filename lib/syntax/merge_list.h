/* Joins two versions of a list in which each value stands for itself, as the patterns of a baseline
 * do: there an attribute that both sides have changed is no conflict. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_MERGE_LIST_H
#define SYNTAX_MERGE_LIST_H

#include "tree/tree.h"

/* An item, and the text that it stands in. */
struct sourced {
    const struct item *item;
    const struct source *source;
};
/* The attribute's text with ours and theirs joined, in the style of ours; what theirs has added
 * stands behind what stands before it there. False where it is no such attribute, or no list in all
 * versions, or has comments in it. */
bool merge_lists(struct arena *arena, struct sourced base, struct sourced ours,
                 struct sourced theirs, struct slice *merged);

#endif
