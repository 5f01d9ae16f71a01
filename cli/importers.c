/* Finds the models that import a file. Whoever imports it writes its name, so no file is compiled
 * that does not have it. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* memmem */
#include "importers.h"

#include "endings.h"
#include "input.h"
#include "paths.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEEPEST 64

struct search {
    const char *folder, *name; /* of the file, without its folder */
    bool deep;
    struct paths found;
};

static bool has_name(const struct search *search, const char *path) {
    struct text text = {0};
    bool has = input_read(path, search->folder, NULL, text_append, &text) == INPUT_READ &&
               text.length &&
               memmem(text.at, text.length, search->name, strlen(search->name)) != NULL;
    text_free(&text);
    return has;
}

static void add(struct search *search, const char *path) {
    size_t count = search->found.count;
    char **more = realloc(search->found.at, (count + 1) * sizeof *more);
    if (!more)
        return;
    search->found.at = more;
    more[count] = path_seen_from("", path);
    search->found.count++;
}

static void search_folder(struct search *search, const char *folder, int depth) {
    DIR *listing = opendir(folder);
    struct dirent *entry;
    while (listing && (entry = readdir(listing))) {
        struct stat file;
        if (*entry->d_name == '.')
            continue;
        char *inside = text_joined(folder, "/"), *path = text_joined(inside, entry->d_name);
        bool known = lstat(path, &file) == 0;
        if (known && S_ISDIR(file.st_mode) && search->deep && depth < DEEPEST)
            search_folder(search, path, depth + 1);
        else if (known && S_ISREG(file.st_mode) && form_of_ending(path) && has_name(search, path))
            add(search, path);
        free(inside);
        free(path);
    }
    if (listing)
        closedir(listing);
}

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct paths find_importers(const char *folder, bool deep, const char *file) {
    struct search search = {.folder = folder, .name = path_base(file), .deep = deep};
    search_folder(&search, folder, 0);
    if (search.found.count)
        qsort(search.found.at, search.found.count, sizeof *search.found.at, compare);
    return search.found;
}

void paths_free(struct paths *paths) {
    for (size_t i = 0; i < paths->count; i++)
        free(paths->at[i]);
    free(paths->at);
}
