/* What the parts of the gate share: how a finding is added, and days. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_GATE_RULES_H
#define ANALYSIS_GATE_RULES_H

#include "analysis/gate.h"

struct gate {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct decisions *decisions;
    struct rows *rows;
    const struct gate_options *options;
    int levels[DIAG_COUNT]; /* of the rules: enum level, or RULE_OFF */
    int today;              /* days; 0: not known */
};
#define RULE_OFF (-1)

/* Adds a finding of a rule, unless a policy has disabled it: NULL then. `key`: what it is about. */
struct diagnostic *gate_add(struct gate *gate, enum diag_code rule, const struct decl *at,
                            struct slice key, const struct slice *args);
/* The same on another level, where nothing requires more. */
struct diagnostic *gate_add_as(struct gate *gate, enum diag_code rule, enum level level,
                               const struct decl *at, struct slice key, const struct slice *args);

/* The same at a place that is no declaration. */
struct diagnostic *gate_add_at(struct gate *gate, enum diag_code rule, enum level level,
                               struct source *source, struct span span, struct slice key,
                               const struct slice *args);

/* The parts, each a file. */
void gate_questions(struct gate *gate);
void gate_threats(struct gate *gate);
void gate_decisions(struct gate *gate);
void gate_references(struct gate *gate);
void gate_reviews(struct gate *gate);
void gate_evidence(struct gate *gate);
void gate_checklist(struct gate *gate);

/* Days from a fixed one; 0 for what is no date. */
int day_number(struct slice date);
/* Whether the priority is high or critical. */
bool is_urgent(struct slice priority);

#endif
