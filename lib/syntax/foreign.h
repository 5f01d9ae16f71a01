/* Files of other tools, recognised by what is in them and never by their names. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_FOREIGN_H
#define SYNTAX_FOREIGN_H

#include "diag/diag.h"
#include "tree/tree.h"

/* What the file looks like and what to do, in two phrases. */
struct foreign {
    const char *name, *advice;
};

/* The source has been read as `tree`, in vain: what is it instead? False when it may well be ours,
 * with mistakes. `is_yaml`: it was read as the YAML form. */
bool find_foreign(struct arena *arena, const struct tree *tree, bool is_yaml,
                  struct foreign *foreign);
/* Whether anything in the tree is a declaration of ours. */
bool tree_is_ours(const struct tree *tree);
/* Whether it has at least as many of those as the source has mistakes. Of one that has not, and whose
 * name was chosen by somebody else than who runs stridec, no line may be shown. */
bool tree_is_mostly_ours(const struct tree *tree, size_t mistakes);

#endif
