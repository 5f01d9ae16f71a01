/* Links are followed before the root is checked: what counts is where a file really lies. */
// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 /* realpath */
#include "imports.h"

#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *real_folder(const char *path) {
    char *real = realpath(path, NULL);
    return real ? real : text_copy("/");
}

static bool has_git(const char *folder) {
    char *git = text_joined(folder, "/.git");
    bool found = access(git, F_OK) == 0;
    free(git);
    return found;
}

char *root_of(const char *named, const char *model) {
    if (named)
        return real_folder(named);
    char *folder = path_beside(model, "."), *own = real_folder(folder), *root = text_copy(own);
    free(folder);
    while (!has_git(root)) {
        char *slash = strrchr(root, '/');
        if (!slash || slash == root) {
            free(root);
            return own;
        }
        *slash = 0;
    }
    free(own);
    return root;
}

static bool lies_in(const char *path, const char *root) {
    size_t length = strlen(root);
    return strcmp(root, "/") == 0 ||
           (strncmp(path, root, length) == 0 && (path[length] == '/' || !path[length]));
}

static stridec_loaded read_into(const char *path, stridec_sink *take, void *taker) {
    char part[65536];
    FILE *file = fopen(path, "rb");
    if (!file)
        return STRIDEC_NOT_THERE;
    bool taken = true;
    for (size_t length; taken && (length = fread(part, 1, sizeof part, file)) > 0;)
        taken = take(taker, part, length);
    bool failed = ferror(file) || !taken;
    (void)fclose(file); /* it was only read */
    return failed ? STRIDEC_NOT_THERE : STRIDEC_LOADED;
}

stridec_loaded load_import(void *root, const char *path, stridec_sink *take, void *taker) {
    char *real = realpath(path, NULL);
    if (!real)
        return STRIDEC_NOT_THERE;
    stridec_loaded loaded = lies_in(real, root) ? read_into(real, take, taker) : STRIDEC_OUTSIDE;
    free(real);
    return loaded;
}
