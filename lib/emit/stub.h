/* The stub of a question: what `triage seed` writes and the page shows to be copied. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_STUB_H
#define EMIT_STUB_H

#include "analysis/decisions.h"
#include "base/writer.h"

/* Comments with the question of this id, why it is asked, and drafts of the two answers, which
 * decide nothing until somebody takes the # from before one. `pattern` NULL: the row itself. No
 * line break at the end. */
struct slice stub_text(struct arena *arena, const struct rows *rows, const struct row *row,
                       const struct pattern *pattern, struct slice id);

#endif
