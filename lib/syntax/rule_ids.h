/* The ids of rules, which last. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_RULE_IDS_H
#define SYNTAX_RULE_IDS_H

#include "diag/diag.h"
#include "model/rule.h"

/* When the rule came, and under which ids it has been known. */
void build_history(struct diagnostics *diagnostics, const struct rule_pack *pack,
                   struct rule *rule);
/* Disables what `disable` of a method names, also by an id that a rule once had. */
void disable_rules(struct diagnostics *diagnostics, struct rule_pack *pack, const struct decl *decl,
                   struct uses *uses);
/* Reports each rule of this text that has the id of another one's past, and each whose past is
 * still there. */
void check_rule_ids(struct diagnostics *diagnostics, const struct rule_pack *pack,
                    struct source *source);
/* Looks up what `was` of the declared rules names: a rule that is still there and disabled. Mostly
 * there is none any more. */
void look_up_past_ids(struct arena *arena, const struct rule_pack *pack, const struct model *decls);

#endif
