/* What the first screen and the section about reviews both tell. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DOCUMENT_REVIEW_H
#define EMIT_DOCUMENT_REVIEW_H

#include "analysis/review.h"
#include "analysis/seen.h"
#include "emit/document_decisions.h"

/* The places of the bits of `standing`, as in standing_words. */
enum standing_place {
    STANDING_orphan,
    STANDING_asleep,
    STANDING_stale,
    STANDING_nearer,
    STANDING_unconfirmed,
    STANDING_resolved,
    STANDING_gone,
    STANDING_elsewhere,
    STANDING_COUNT
};

#define STANDINGS_NAMED 3

/* How many decisions stand in each way, and the first of them. */
struct standings {
    size_t count[STANDING_COUNT], all;
    const struct decision *first[STANDING_COUNT][STANDINGS_NAMED];
};
struct standings count_standings(const struct emission *emission);
/* "passed, outdated" */
void put_verdict(struct document *document, const struct decl *review);

#endif
