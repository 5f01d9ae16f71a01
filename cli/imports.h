/* Reads what models import, inside of the root only. */
// SPDX-License-Identifier: MIT
#ifndef CLI_IMPORTS_H
#define CLI_IMPORTS_H

#include "stridec.h"

/* The folder that imports may not leave, without links: `named` by --root, or else the nearest
 * folder above the model that has .git, or else the model's own. NULL when it or the model's own is
 * not there: then nothing is inside of it. Freed by the caller. */
char *root_of(const char *named, const char *model);
/* Whether the folder is that of a repository. */
bool has_git(const char *folder);
/* The context of each is a `char *` that holds the root. */
stridec_loader load_import;
stridec_loader load_evidence; /* any ordinary file, by its path from the root */
stridec_locator locate_import;
stridec_lister list_folder;
/* Freed by the caller. */
char *path_of_evidence(const char *root, const char *path);

#endif
