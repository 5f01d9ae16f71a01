/* Which questions are answered by decisions, and what that makes of the rows. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_ANSWERS_H
#define ANALYSIS_ANSWERS_H

#include "analysis/decisions.h"

/* Notes a dismissal, or a place in a baseline, at all that it names. Two decisions of different
 * kinds about one question are reported, and so are two dismissals. */
void answer_targets(struct diagnostics *diagnostics, struct decisions *decisions,
                    struct decision *decision, enum answer answer);
/* The same for a threat, whose risks are known. */
void answer_threat(struct diagnostics *diagnostics, struct decisions *decisions,
                   struct threat *threat);
/* Sets states and tiers of the rows that somebody has decided about, and ranks all. */
void answer_rows(struct arena *arena, struct decisions *decisions);

#endif
