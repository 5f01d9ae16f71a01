/* Which parts of three versions are the same thing, what becomes of each, and in which order they
 * stand in the result. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_MERGE_ORDER_H
#define SYNTAX_MERGE_ORDER_H

#include "base/table.h"
#include "syntax/merge_parts.h"

enum version { BASE, OURS, THEIRS, VERSIONS };

/* One thing in up to three versions. */
struct entry {
    struct part *in[VERSIONS]; /* NULL: not there */
    struct entry *next;        /* in the result; NULL after the last one */
    bool placed;               /* it is in the result */
    size_t number;             /* there */
    struct entry *against;     /* what it cannot stand beside, see merge_claims.h; NULL: nothing */
    struct entry *mate;        /* the next one that is against the same; of that, the first */
    struct slice reason;       /* of that: what they disagree about */
};

/* A list of items in three versions. */
struct versions {
    struct parts in[VERSIONS];
    const struct table *threats[VERSIONS]; /* of a triage file, see sort.h; else NULL */
};

/* The entries of the result, in order. What only one side has changed or added is as that side has
 * it, also the order. What both have added at one place stands by subject and id where it is a
 * decision, else ours first; comments lead what stands below them. An entry that one side has
 * removed and the other changed is in the result too. */
struct entry *order_entries(struct arena *arena, struct versions *versions);
/* The side whose order the result has. */
enum version main_side(const struct versions *versions);

#endif
