/* Paths of imports. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_IMPORT_PATH_H
#define PROJECT_IMPORT_PATH_H

#include "base/text.h"

/* The import's path as seen from where the importing file's place is seen from: joined, and without
 * "." and "..", as far as that goes. */
const char *resolve_path(struct arena *arena, struct slice importer, struct slice path);
/* Whether it may be a model's path, so that no import shows what else lies there. */
bool is_model_path(struct slice path);

#endif
