/* Suggested likelihood and impact, with their derivation. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_SCORE_H
#define ANALYSIS_SCORE_H

#include "analysis/rows.h"

/* The highest rating of the assets touched, for confidentiality, integrity and availability. */
struct stakes {
    bool found;
    int level[3]; /* 1 none ... 5 critical; 0 not known */
    const struct decl *asset[3];
    const struct decl *first; /* of all, in order of declaration; NULL when there is none */
};

/* The stakes of a subject, found on first use and kept in `all` (by subject number); a crossing has
 * those of its process. */
const struct stakes *stakes_of(struct arena *arena, struct stakes *all, const struct decl *subject);
/* Sets likelihood, impact and score. */
void suggest_score(struct arena *arena, const struct rows *rows, struct row *row);
/* Explains how likelihood and impact came about. */
struct slice score_reason(struct arena *arena, const struct rows *rows, const struct row *row);

#endif
