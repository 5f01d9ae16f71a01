/* What `check --gate` demands of the decisions about a model: each finding is a coded diagnostic
 * whose name is that of its rule (the design's section 6). */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_GATE_H
#define ANALYSIS_GATE_H

#include "analysis/decisions.h"
#include "analysis/evidence.h"

/* A list that somebody keeps, with the open items of the model in it. */
struct gate_list {
    struct source *source;
    struct span place;  /* the line above its items; empty where there is none */
    struct slice model; /* as the list calls it */
    const char *fault;  /* what is wrong with them: "are not in this list"; NULL: nothing */
};

struct gate_options {
    struct slice today; /* "2026-11-30"; "": no date is compared */
    /* Questions that were pending in an older state of the model: they are left alone. By the id of
     * the row or pattern; NULL: none are. */
    const struct table *known;
    /* Names of declarations: only what is found about these is added, each by its id, or by the
     * first question that it names; NULL: all is. */
    const struct table *about;
    struct evidence *evidence;    /* NULL: nobody looks */
    const struct gate_list *list; /* NULL: none was named */
};

/* Tries all rules. */
void run_gate(struct diagnostics *diagnostics, struct decisions *decisions,
              const struct gate_options *options);
/* Reports unknown rules of a policy, and imported requirements that another one disables. */
void check_policies(struct diagnostics *diagnostics, const struct decisions *decisions);

#endif
