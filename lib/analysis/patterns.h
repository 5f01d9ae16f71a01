/* Trying rules at subjects: each that makes sense there becomes a pattern. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_PATTERNS_H
#define ANALYSIS_PATTERNS_H

#include "analysis/conditions.h"

/* NULL when the rule is out of scope at the subject. */
struct pattern *try_rule(struct judgement *judgement, const struct rule *rule);

/* A title, cut at LABEL_LIMIT characters. */
struct slice short_title(struct arena *arena, const struct decl *decl);

#endif
