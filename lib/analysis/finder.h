/* What the stages of finding rows share; see find_rows(). */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_FINDER_H
#define ANALYSIS_FINDER_H

#include "analysis/patterns.h"

/* What the method's table of tiers says of one row, by the standing of its patterns, for rules of
 * the pack that was asked about last; 0: not asked yet. See tiers.c. */
struct known_tiers {
    const struct row *row;
    unsigned char tiers[32];
    int since[32];
};

/* The rules that may fill the rows of a kind of subject, in order of the pack: those that are tried
 * on it, and, of an element, those that are tried on its flows. */
struct rules_of_kind {
    const struct rule **items;
    size_t count, capacity;
};

struct finder {
    struct arena *arena;
    struct rows *rows;
    const struct model *model;
    const struct method *method;
    const struct elsewhere *elsewhere; /* see find_rows() */
    bool *specific_near; /* by subject number: a specific pattern in tier 1 was tried at this flow,
                         or at a flow of this element */
    struct known_tiers known_tiers;
    size_t patterns;
    struct trial trial;
    struct rules_of_kind rules[SUBJECT_COUNT];
};

/* Has generic patterns of the row yield to specific ones about the same facts; sorts and counts. */
void yield_in_row(struct arena *arena, struct row *row);
/* The pattern of an answer's request that asks what this one of the answer asks, or NULL. */
const struct pattern *asked_in_request(const struct rows *rows, const struct pattern *pattern);
/* Sets the state of each row, after its patterns have yielded. */
void settle_states(struct finder *finder);
/* Sets the tiers of all rows, whose states are known. */
void settle_tiers(struct finder *finder);
/* Drops what the file of an imported subject asks itself; see find_rows(). Called when states and
 * tiers are known. False when there are too many patterns. */
bool leave_imported(struct finder *finder);
/* The last stage: a pattern that is asked in another row, or nowhere, stops being open. */
void yield_where_nothing_is_asked(const struct rows *rows);
/* Puts all rows in order, whose tiers and scores are known. */
void rank_rows(struct arena *arena, struct rows *rows);

#endif
