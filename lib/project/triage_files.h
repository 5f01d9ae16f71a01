/* The decisions that stand beside a model: NAME.triage.dfd, and the files in NAME.triage. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_TRIAGE_FILES_H
#define PROJECT_TRIAGE_FILES_H

#include "project/units.h"

/* Reads those of each model that was read. Where there is none, nobody has decided yet. */
void read_triage_files(struct project *project);
/* "pay.triage.dfd" of "pay.dfd" or "pay.yaml"; empty where the path is no model's. */
struct slice triage_path(struct arena *arena, struct slice model);

#endif
