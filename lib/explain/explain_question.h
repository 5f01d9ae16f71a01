/* What is pending, in words. */
// SPDX-License-Identifier: MIT
#ifndef EXPLAIN_EXPLAIN_QUESTION_H
#define EXPLAIN_EXPLAIN_QUESTION_H

#include "analysis/agenda.h"
#include "project/project.h"

/* How it was decided before, and why that no longer holds; "" where it was not. */
struct slice told_before(struct arena *arena, const struct decisions *decisions,
                         const struct agenda_item *item);
/* One screen, in lines of 80 columns. */
void explain_question(struct project *project, struct writer *writer,
                      const struct agenda_item *item);

#endif
