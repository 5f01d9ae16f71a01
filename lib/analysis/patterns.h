/* Trying rules at subjects: each that makes sense there becomes a pattern. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_PATTERNS_H
#define ANALYSIS_PATTERNS_H

#include "analysis/conditions.h"

/* Where rules are tried, and room for what their tests read, used again by each. */
struct trial {
    struct judgement judgement;
    struct test_results read, failing;
};

/* NULL when the rule is out of scope at the subject of the judgement. */
struct pattern *try_rule(struct trial *trial, const struct rule *rule);

/* A reading as the key of a table. */
struct reading_key {
    const struct decl *decl;
    size_t name; /* as wide as the pointer: the key has no padding */
};
struct slice reading_key(struct arena *arena, const struct reading *reading);

/* "forged_caller", or "forged_caller/pay" on the row of an end of pay. */
struct slice pattern_id(struct arena *arena, const struct pattern *pattern);
/* The row that a rule's question stands in when it is tried at this subject: its own, or that of an
 * end of the flow. */
struct row *row_of_rule(const struct rows *rows, const struct rule *rule,
                        const struct decl *subject);
struct row *row_of_pattern(const struct rows *rows, const struct pattern *pattern);
/* Its label or id; the label with its id where another one has the same: "read (f2)". */
struct slice subject_title(struct arena *arena, const struct rows *rows,
                           const struct decl *subject);
/* A text of the pattern's rule, with the names of the spot where it was tried. */
struct slice pattern_text(struct arena *arena, const struct rows *rows,
                          const struct pattern *pattern, struct slice text);

#endif
