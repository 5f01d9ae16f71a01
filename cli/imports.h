/* Reads what models import, inside of the root only. */
// SPDX-License-Identifier: MIT
#ifndef CLI_IMPORTS_H
#define CLI_IMPORTS_H

#include "stridec.h"

/* The folder that imports may not leave: `named` by --root, or else the nearest folder above the
 * model that has .git, or else the model's own. Freed by the caller. */
char *root_of(const char *named, const char *model);
/* A stridec_loader; the context is the root. */
stridec_loaded load_import(void *root, const char *path, stridec_sink *take, void *taker);

#endif
