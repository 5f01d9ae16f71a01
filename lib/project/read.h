/* Texts become trees, by the form that the ending of their path says. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_READ_H
#define PROJECT_READ_H

#include "project/project.h"
#include "tree/tree.h"

/* Reads the text of an import or of the built-in rules: a NUL follows it, and it stays. */
const struct tree *read_tree(struct project *project, struct slice path, struct slice text);
/* Reads a file that the caller has named. `to_compile`: a text that reads as items and declares
 * nothing is refused too. */
const struct tree *read_named(struct project *project, const struct named_text *input,
                              bool to_compile);

#endif
