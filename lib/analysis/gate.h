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

/* The rules of the gate are the codes of its group. A policy names them by their words: "no-plan". */
bool is_gate_rule(enum diag_code code);
struct slice gate_rule_word(struct arena *arena, enum diag_code code);
/* In order of the codes. */
size_t gate_rule_count(void);
enum diag_code gate_rule_at(size_t index);
/* By either spelling; DIAG_COUNT when there is none. */
enum diag_code find_gate_rule(struct slice word);
/* The words of those that the model's policies switch off. `decisions` may be NULL. */
struct slice_list disabled_gate_rules(struct arena *arena, const struct decisions *decisions);

#endif
