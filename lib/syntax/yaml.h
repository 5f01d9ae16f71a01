/* The YAML form to the same tree that the DSL gives. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_YAML_H
#define SYNTAX_YAML_H

#include "diag/diag.h"
#include "tree/tree.h"

/* Always gives a tree: of a file with mistakes it holds what could be understood. */
struct tree *parse_yaml(struct diagnostics *diagnostics, struct source *source);

#endif
