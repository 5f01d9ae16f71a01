/* How a review stands against the model and the decisions that it was about. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_REVIEW_H
#define ANALYSIS_REVIEW_H

#include "analysis/decisions.h"

enum review_bit {
    REVIEW_LATEST = 1,    /* it is the one that counts */
    REVIEW_BY_AUTHOR = 2, /* of the model, so that it does not count as a second look */
    REVIEW_OUTDATED = 4,  /* the latest one, and something is newer */
    REVIEW_UNSEEN = 8,    /* it does not say what it has seen */
};
extern const char *const review_words[]; /* by bit: "latest", ...; ends with NULL */

/* "Ana", "ana@shop.example" and "Ana <ana@shop.example>": by the name, or by the address. */
bool is_same_person(struct slice a, struct slice b);
bool is_author(const struct model *model, struct slice name);
/* Of enum review_bit. */
unsigned review_standing(struct arena *arena, const struct model *model,
                         const struct decisions *decisions, const struct decl *review);

#endif
