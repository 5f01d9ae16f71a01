/* Suggested traits of the model that compiled: listed, counted in a note, put into its text. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_DESCRIBING_H
#define PROJECT_DESCRIBING_H

#include "analysis/suggestions.h"
#include "project/edits.h"

/* Of the model's own file; found on first use. NULL unless the model compiled. */
const struct suggestions *project_suggestions(struct project *project);
/* The change that states one of them, as one piece of text. False where the text has no place for
 * it. */
bool suggestion_fix(struct project *project, const struct suggestion *suggestion,
                    struct text_change *fix);
/* States all of them, in place of the changes before. */
enum edited project_describe(struct project *project);
/* Adds a note that counts them, where there are some and nobody has silenced it. */
void project_tell_suggestions(struct project *project);

#endif
