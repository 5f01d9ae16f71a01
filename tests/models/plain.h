/* What becomes of decisions by the design's section 6, worked out a second time: plainly, by the
 * texts of ids and values, from a sketch and from the questions of the model alone. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_PLAIN_H
#define TESTS_PLAIN_H

#include "analysis/decisions.h"
#include "models/decided.h"

/* A world, and what is asked of its model before anybody decides. */
struct plain {
    struct arena *arena;
    const struct world *world;
    const struct rows *rows;
};

/* Lines of a report, in which both ways of working it out are compared. */
struct report {
    struct arena *arena;
    struct words lines;
    bool brief;                      /* without what a decision would rest on */
    size_t conflicts, orphans, gone; /* that are reported */
};

struct told_threat {
    struct slice id, state, priority, component, letter;
    int score, residual;
    size_t mitigations, risks;
};
void tell_row(struct report *report, const struct row *row, enum row_state state, int tier);
void tell_question(struct report *report, const struct row *row, const struct pattern *pattern,
                   enum answer answer, bool pending, bool waits);
void tell_threat(struct report *report, const struct told_threat *threat);
/* `changes`: "webhook.auth: signature -> none"; `basis`: what it rests on now; both in any order.
 */
void tell_target(struct report *report, struct slice word, struct slice names, unsigned standing,
                 struct words changes, struct words basis);
void tell_decision(struct report *report, enum kind kind, struct slice id, unsigned standing);

/* Adds all that follows from the decisions. */
void plain_report(const struct plain *plain, struct report *report);
/* What a decision about this row or pattern rests on now, as the tool writes it; `keeps_reach`: of
 * a dismissal or an acceptance. */
struct words plain_basis(const struct plain *plain, struct slice word, bool imported,
                         bool keeps_reach);

#endif
