/* Writes a tree in house style. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_FORMATTER_H
#define SYNTAX_FORMATTER_H

#include "base/writer.h"
#include "tree/tree.h"

/* Two blanks a level; a block on one line stays so while it fits; comments stay where they are;
 * nothing is reordered, unless `sort` is true and it is a triage file: then decisions stand by the
 * subject of their row, a mitigation after its threat, and by id. BOM and CRLF of the source are
 * kept. The tree must not be damaged. */
void format_tree(struct arena *arena, struct writer *writer, const struct tree *tree, bool sort);

#endif
