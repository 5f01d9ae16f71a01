/* Asks the host for texts of imports and for the one names of files. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_LOADING_H
#define PROJECT_LOADING_H

#include "project/project.h"

/* The one name of the file at `path`. */
struct slice place_of(struct project *project, const char *path);
/* Reads an import into `text`. DIAG_COUNT, or the code that says why it cannot be read; `why` is set to
 * the reason of that code, as far as the host has told it, and where it was looked for, or "". */
enum diag_code load_text(struct project *project, const char *path, struct slice *text,
                         struct slice *why);
/* The same of decisions, where it is told apart whether there are none. */
enum diag_code load_decisions(struct project *project, const char *path, struct slice *text);

#endif
