/* Warnings about models that compile and are probably not what was meant. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_LINTS_H
#define ANALYSIS_LINTS_H

#include "diag/diag.h"
#include "model/model.h"

/* Whether the declaration states the code in its `allow:`; NULL does not. */
bool allows_code(const struct decl *decl, enum diag_code code);

/* `allow:` on a declaration, or on the model, silences them. `is_imported`: other files use what is
 * declared here, so that nothing is said of what only looks unused. */
void lint(struct diagnostics *diagnostics, const struct model *model, bool is_imported);

#endif
