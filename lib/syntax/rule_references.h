/* What a rule is known as: weaknesses (CWE), attack patterns (CAPEC), entries of shorter lists, and
 * the names that people search for. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_RULE_REFERENCES_H
#define SYNTAX_RULE_REFERENCES_H

#include "diag/diag.h"
#include "model/rule.h"

/* Ids of the wrong form, and entries that no list has, are reported. */
void build_references(struct diagnostics *diagnostics, struct rule *rule);

#endif
