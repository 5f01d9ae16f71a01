/* Finds the models that import a file. */
// SPDX-License-Identifier: MIT
#ifndef CLI_IMPORTERS_H
#define CLI_IMPORTERS_H

#include <stdbool.h>
#include <stddef.h>

struct paths {
    char **at; /* each and the list itself allocated */
    size_t count;
};

/* Files with a model's ending that lie in the folder, which is absolute and without links, or
 * anywhere below it when `deep`, and have the file's name in their text: all that import it, unless
 * by a link with another name, and maybe others. Links and what begins with a dot are not looked
 * at. Sorted, and spelled as seen from here. */
struct paths find_importers(const char *folder, bool deep, const char *file);
void paths_free(struct paths *paths);

#endif
