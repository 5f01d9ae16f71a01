/* The weaknesses (CWE) and attack patterns (CAPEC) that a rule refers to. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_RULE_REFERENCES_H
#define SYNTAX_RULE_REFERENCES_H

#include "diag/diag.h"
#include "model/rule.h"

/* Ids of the wrong form are reported. */
void build_references(struct diagnostics *diagnostics, struct rule *rule);

#endif
