/* Loads what models import. Links are followed before the root is looked at: what counts is where a
 * file really lies. Nothing that fails makes the root wider. */
// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 /* realpath */
#include "imports.h"

#include "input.h"
#include "links.h"
#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool has_git(const char *folder) {
    char *git = text_joined(folder, "/.git");
    bool found = access(git, F_OK) == 0;
    free(git);
    return found;
}

/* The nearest folder with .git, or the folder itself; takes the path. */
static char *repository_of(char *folder) {
    char *root = text_copy(folder);
    while (!has_git(root)) {
        char *slash = strrchr(root, '/');
        if (!slash || slash == root) {
            free(root);
            return folder;
        }
        *slash = 0;
    }
    free(folder);
    return root;
}

char *root_of(const char *named, const char *model) {
    char *folder = path_beside(model, "."), *real = realpath(folder, NULL);
    free(folder);
    if (!real || !named)
        return real ? repository_of(real) : NULL;
    free(real);
    return realpath(named, NULL);
}

stridec_loaded load_import(void *context, const char *path, stridec_sink *take, void *taker) {
    char *const *root = context;
    switch (input_read(path, *root, NULL, take, taker)) {
    case INPUT_READ:
        return STRIDEC_LOADED;
    case INPUT_OUTSIDE:
        return *root ? STRIDEC_OUTSIDE : STRIDEC_NOT_THERE;
    case INPUT_SPECIAL:
        return STRIDEC_NO_FILE;
    case INPUT_HIDDEN:
    case INPUT_RENAMED:
        return STRIDEC_NO_MODEL;
    case INPUT_LARGE:
        return STRIDEC_TOO_LARGE;
    case INPUT_FAILED:
    case INPUT_NOT_TAKEN:
        break;
    }
    return errno == ENOENT || errno == ENOTDIR ? STRIDEC_NOT_THERE : STRIDEC_UNREADABLE;
}

stridec_loaded load_evidence(void *context, const char *path, stridec_sink *take, void *taker) {
    char *const *root = context;
    char *whole = *root ? path_of_evidence(*root, path) : NULL;
    bool read = whole && input_read(whole, *root, NULL, take, taker) == INPUT_READ;
    free(whole);
    return read ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

char *path_of_evidence(const char *root, const char *path) {
    char *folder = text_joined(root, "/"), *whole = text_joined(folder, path);
    free(folder);
    return whole;
}

/* Spelled as the path is, from here or from the top, so that messages about what the file imports
 * name that alike. */
bool locate_import(void *root, const char *path, stridec_sink *take, void *taker) {
    (void)root;
    char *real = realpath(path, NULL);
    if (!real)
        return false;
    char *name = *path == '/' ? text_copy(real) : path_seen_from("", real);
    bool taken = take(taker, name, strlen(name));
    free(name);
    free(real);
    return taken;
}

/* Nothing of what is outside of the root is read, nor its names. */
static stridec_loaded may_list(const char *folder, const char *root) {
    char *real = realpath(folder, NULL);
    if (!real)
        return errno == ENOENT || errno == ENOTDIR ? STRIDEC_NOT_THERE : STRIDEC_UNREADABLE;
    bool may = root && lies_in(real, root) && !is_below_git(real);
    free(real);
    return may ? STRIDEC_LOADED : STRIDEC_OUTSIDE;
}

stridec_loaded list_folder(void *context, const char *folder, stridec_sink *take, void *taker) {
    char *const *root = context;
    stridec_loaded may = may_list(folder, *root);
    if (may != STRIDEC_LOADED)
        return may;
    DIR *opened = opendir(folder);
    if (!opened)
        return errno == ENOTDIR ? STRIDEC_NOT_THERE : STRIDEC_UNREADABLE;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(opened)); errno = 0)
        take(taker, entry->d_name, strlen(entry->d_name));
    bool whole = errno == 0;
    closedir(opened);
    return whole ? STRIDEC_LOADED : STRIDEC_UNREADABLE;
}
