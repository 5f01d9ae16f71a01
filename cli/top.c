/* Finds the top folder of a repository, by its .git; without one, paths stay as the user sees them.
 */
// SPDX-License-Identifier: MIT
#include "top.h"

#include "imports.h"
#include "paths.h"

#include <stdlib.h>
#include <unistd.h>

#define LONGEST_PATH 4096

struct top top_of(const char *named, const char *file) {
    char folder[LONGEST_PATH];
    struct top top = {.root = root_of(named, file)};
    if (getcwd(folder, sizeof folder))
        top.folder = text_copy(folder);
    if (!named && top.root && !has_git(top.root)) {
        free(top.root);
        top.root = top.folder ? text_copy(top.folder) : NULL;
    }
    return top;
}

void top_close(struct top *top) {
    free(top->folder);
    free(top->root);
}
