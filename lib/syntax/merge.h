/* Joins two versions of a file that go back to a common one, by declarations and their attributes
 * instead of lines. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_MERGE_H
#define SYNTAX_MERGE_H

#include "base/writer.h"
#include "tree/tree.h"

/* Writes the result and returns the number of conflicts in it. The trees are those of texts in the
 * DSL that have no errors; `is_triage`: their additions are sorted, as those of a triage file. */
size_t merge_trees(struct arena *arena, const struct tree *base, const struct tree *ours,
                   const struct tree *theirs, bool is_triage, size_t marker_length,
                   struct writer *writer);

#endif
