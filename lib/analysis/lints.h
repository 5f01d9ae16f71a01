/* Warnings about models that compile and are probably not what was meant. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_LINTS_H
#define ANALYSIS_LINTS_H

#include "analysis/crossings.h"
#include "diag/diag.h"

/* `allow:` on a declaration, or on the model, silences them. */
void lint(struct diagnostics *diagnostics, const struct analysis *analysis);

#endif
