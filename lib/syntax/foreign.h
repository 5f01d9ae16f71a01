/* Files of other tools, recognised by their contents and never by their names. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_FOREIGN_H
#define SYNTAX_FOREIGN_H

#include "diag/diag.h"
#include "tree/tree.h"

/* What file it looks like, and advice, in two phrases. */
struct foreign {
    const char *name, *advice;
};

/* Finds out which file of another tool the source is, after reading it as `tree` failed. False when
 * it may well be ours, with mistakes. `is_yaml`: it was read as the YAML form. */
bool find_foreign(struct arena *arena, const struct tree *tree, bool is_yaml,
                  struct foreign *foreign);
/* Whether anything in the tree is a declaration of ours. */
bool tree_is_ours(const struct tree *tree);
/* Whether it has at least as many of those as the source has mistakes. If not, and if somebody
 * other than the user chose the file's name, no line of it may be shown. */
bool tree_is_mostly_ours(const struct tree *tree, size_t mistakes);

#endif
