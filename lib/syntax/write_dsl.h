/* A model's tree from YAML as DSL. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_WRITE_DSL_H
#define SYNTAX_WRITE_DSL_H

#include "base/writer.h"
#include "tree/tree.h"

/* In house style, with boundaries as blocks; see nest.h. Comments, BOM and CRLF are kept. The tree
 * is that of a model in YAML without errors. */
void write_dsl(struct arena *arena, struct writer *writer, const struct tree *tree);

#endif
