/* The two forms of the language: which one a file is in, and reading it in that. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_FORM_H
#define SYNTAX_FORM_H

#include "diag/diag.h"
#include "tree/tree.h"

/* By its ending: .yaml, .yml. */
bool is_yaml_path(struct slice path);
/* In the form that the path of the source says. Always gives a tree: of a file with mistakes it
 * holds what could be understood. */
struct tree *parse_either(struct diagnostics *diagnostics, struct source *source);

#endif
