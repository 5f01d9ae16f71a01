/* Suggested likelihood and impact, with their derivation. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_SCORE_H
#define ANALYSIS_SCORE_H

#include "analysis/rows.h"

/* The highest rating of the assets touched, for confidentiality, integrity and availability. */
struct stakes {
    int level[3]; /* 1 none ... 5 critical; 0 not known */
    const struct decl *asset[3];
};

void find_stakes(struct arena *arena, const struct decl *subject, struct stakes *stakes);
/* Sets likelihood, impact, score and why. */
void suggest_score(struct arena *arena, const struct analysis *analysis,
                   const struct stakes *stakes, struct row *row);

#endif
