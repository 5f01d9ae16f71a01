/* Tree to rules: a method and rules bound to the attribute table, every mistake of a pack found
 * before it is used. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_RULE_BUILDER_H
#define SYNTAX_RULE_BUILDER_H

#include "base/writer.h"
#include "diag/diag.h"
#include "model/rule.h"

/* Adds the pack of the tree after those before: a rule of the same id is replaced in its place, a
 * method replaces the one before. `decls` is a new model, which gets the declarations of this pack,
 * and keeps what they name where it has `uses`. */
void build_rules(struct diagnostics *diagnostics, struct model *decls, struct rule_pack *pack,
                 const struct tree *tree);

#endif
