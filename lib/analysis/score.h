/* Suggested likelihood and impact, with their derivation. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_SCORE_H
#define ANALYSIS_SCORE_H

#include "analysis/rows.h"

/* Confidentiality, integrity, availability: the order of all that is kept for each of them. */
extern const enum attribute_id rating_attributes[3];

/* The highest rating of the assets touched, for confidentiality, integrity and availability. */
struct stakes {
    bool found;
    bool none[3]; /* there are assets, and each is rated none */
    int level[3]; /* 1 none ... 5 critical; 0 not known */
    const struct decl *asset[3];
    const struct decl *first; /* of all, in order of declaration; NULL when there is none */
    size_t count;
};

/* The stakes of a subject, found on first use and kept in `all` (by subject number); a crossing has
 * those of its process. */
const struct stakes *stakes_of(struct arena *arena, struct stakes *all, const struct decl *subject);
/* The highest rating that the letter counts, of what is at stake in the row. */
int impact_in(struct arena *arena, const struct rows *rows, const struct row *row);
/* Whether all assets of the subject are rated none in this; false for a rating of -1. */
bool lacks_stake(struct arena *arena, const struct rows *rows, const struct decl *subject,
                 int rating);
/* The asset that the words of a pattern tried at `subject` name: the one that gives the row its
 * impact, or else the first; `others` is set to how many more there are. NULL: none is known. */
const struct decl *asset_of(struct arena *arena, const struct rows *rows, const struct row *row,
                            const struct decl *subject, size_t *others);
/* Sets likelihood, impact and score. */
void suggest_score(struct arena *arena, const struct rows *rows, struct row *row);
/* Explains how likelihood and impact came about. */
struct slice score_reason(struct arena *arena, const struct rows *rows, const struct row *row);

#endif
