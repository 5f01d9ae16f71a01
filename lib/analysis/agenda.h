/* What the team has to decide next: all that is pending, the most urgent first. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_AGENDA_H
#define ANALYSIS_AGENDA_H

#include "analysis/decisions.h"

struct agenda_item {
    const struct row *row;
    const struct pattern *pattern; /* NULL: the row itself */
    unsigned char tier;
    size_t order; /* among those of its tier */
};
struct agenda {
    struct agenda_item *items;
    size_t count, capacity;
};

/* By tier; within a tier by the rank of the rows. */
struct agenda find_agenda(struct arena *arena, const struct rows *rows,
                          const struct decisions *decisions);
/* The decision about it that no longer holds: a dismissal, a baseline, or the risk that took a
 * threat; NULL where there is none. */
const struct decision *decided_before(const struct decisions *decisions,
                                      const struct agenda_item *item);
/* Why that does not hold: "shop.kind was service, is system". */
struct slice reason_to_ask_again(struct arena *arena, const struct decision *decision);

#endif
