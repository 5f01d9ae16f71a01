/* Whether the conditions of a rule can hold at all. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_CONSISTENT_H
#define SYNTAX_CONSISTENT_H

#include "diag/diag.h"
#include "model/rule.h"

struct consistency {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    const struct vocabulary *vocabulary;
    unsigned subject; /* ON_...: what the rule is tried on */
};

/* Whether it can be true at some declaration. True also where that would take too long to say. */
bool can_hold(const struct consistency *consistency, const struct condition *condition);
/* Reports, once, the innermost parts that never hold. False when there are any. */
bool check_holds(const struct consistency *consistency, const struct condition *condition);
/* Of a rule whose conditions hold somewhere each: reports that `unless` holds wherever `when` does,
 * or nowhere there. */
void check_together(const struct consistency *consistency, const struct condition *when,
                    const struct condition *unless);

#endif
