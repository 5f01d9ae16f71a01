/* Tokens to tree: the grammar of models, rules and triage files. Never looks at a name. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_PARSER_H
#define SYNTAX_PARSER_H

#include "diag/diag.h"
#include "tree/tree.h"

/* Always gives a tree: of a file with mistakes it holds what could be understood. */
struct tree *parse(struct diagnostics *diagnostics, struct source *source);

#endif
