/* Finds additions of two sides that contradict each other although they stand apart: a merge of
 * their lines would be clean and wrong. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_MERGE_CLAIMS_H
#define SYNTAX_MERGE_CLAIMS_H

#include "syntax/merge_order.h"

/* Sets `against` of each entry that contradicts one before it in the result to the first such one,
 * whose `mate` they become: two decisions of different kinds, or two dismissals, on a pattern; two
 * decisions about the risk of a threat; two kinds of things with one id. What one side says all by
 * itself is not looked at. */
void find_contradictions(struct arena *arena, struct entry *first);

#endif
