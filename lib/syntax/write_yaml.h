/* A model's tree as YAML. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_WRITE_YAML_H
#define SYNTAX_WRITE_YAML_H

#include "base/writer.h"
#include "tree/tree.h"

/* Sections in the order in which their kinds first appear, in each the declarations in theirs; a
 * declaration inside a boundary has `in:`. A comment stays before its declaration or attribute;
 * where YAML has no place for one it moves above. BOM and CRLF are kept. The tree is that of a
 * model without errors. */
void write_yaml(struct arena *arena, struct writer *writer, const struct tree *tree);

#endif
