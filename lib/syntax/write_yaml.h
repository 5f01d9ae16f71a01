/* A model's tree as YAML. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_WRITE_YAML_H
#define SYNTAX_WRITE_YAML_H

#include "base/writer.h"
#include "tree/tree.h"

/* Sections in the order in which their kinds first appear, in each the declarations in theirs; what
 * stands in a boundary says so by `in:`. A comment stays with what it stands before; where YAML has
 * no place for one it moves above. BOM and CRLF are kept. The tree is that of a model without
 * errors. */
void write_yaml(struct arena *arena, struct writer *writer, const struct tree *tree);

#endif
