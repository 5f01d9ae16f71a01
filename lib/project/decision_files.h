/* Files of decisions on their way to be changed, also those that are not there yet. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_DECISION_FILES_H
#define PROJECT_DECISION_FILES_H

#include "project/edits.h"

/* NAME.triage.dfd beside a model that was read; NULL where that has no path of its own. */
const struct unit *decision_file(struct project *project, const struct unit *owner);
/* The insertions of a file that is not there yet begin with what it is for. */
void begin_decision_file(const struct unit *file, struct edit *edit);

#endif
