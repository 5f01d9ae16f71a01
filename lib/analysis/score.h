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
struct score {
    int likelihood, impact; /* 1 to 5 */
    int points;             /* their product */
};
/* Of a question; `pattern` NULL: of the row as such, by what its letter says. */
struct score score_of(struct arena *arena, const struct rows *rows, const struct row *row,
                      const struct pattern *pattern);
/* Sets likelihood, impact and score of the row to those of the question. */
void take_score(struct arena *arena, const struct rows *rows, struct row *row,
                const struct pattern *pattern);
/* Sets them to the highest of what is open, or else of what is covered, and has the most urgent of
 * these come first. */
void suggest_score(struct arena *arena, const struct rows *rows, struct row *row);
/* Explains how likelihood and impact came about; those of the row by row->scored. */
struct slice score_reason(struct arena *arena, const struct rows *rows, const struct row *row,
                          const struct pattern *pattern);

#endif
