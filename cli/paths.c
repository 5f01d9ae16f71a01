/* Names of files made from names of files; the file system is asked where links decide. */
// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 /* realpath */
#include "paths.h"

#include "options.h"
#include "report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONGEST_PATH 4096

char *text_join(const char *a, size_t a_length, const char *b) {
    size_t b_length = strlen(b);
    char *joined = malloc(a_length + b_length + 1);
    if (!joined) {
        complain("no memory");
        exit(OUTCOME_FAILURE);
    }
    memcpy(joined, a, a_length);
    memcpy(joined + a_length, b, b_length + 1);
    return joined;
}

void *room_for(size_t count, size_t size) {
    void *room = calloc(count, size);
    if (!room) {
        complain("no memory");
        exit(OUTCOME_FAILURE);
    }
    return room;
}

char *text_copy(const char *text) {
    return text_join("", 0, text);
}

char *text_joined(const char *a, const char *b) {
    return text_join(a, strlen(a), b);
}

const char *path_base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_beside(const char *file, const char *name) {
    return text_join(file, (size_t)(path_base(file) - file), name);
}

/* The folder that a file stands in, absolute and without links, with a slash at its end; NULL when
 * there is no such folder. */
static char *folder_of(const char *file) {
    char *folder = path_beside(file, ".");
    char *real = realpath(folder, NULL);
    free(folder);
    if (!real || strcmp(real, "/") == 0)
        return real;
    char *closed = text_joined(real, "/");
    free(real);
    return closed;
}

/* The relative path from one folder to another, both ending in a slash. */
static char *way_between(const char *from, const char *to) {
    size_t common = 0;
    for (size_t i = 0; from[i] && from[i] == to[i]; i++)
        if (from[i] == '/')
            common = i + 1;
    char *way = text_copy("");
    for (const char *at = from + common; *at; at++)
        if (*at == '/') {
            char *longer = text_joined("../", way);
            free(way);
            way = longer;
        }
    char *whole = text_joined(way, to + common);
    free(way);
    return whole;
}

char *path_seen_from(const char *from_file, const char *path) {
    char *from = folder_of(from_file), *to = folder_of(path);
    char *seen;
    if (from && to) {
        char *way = way_between(from, to);
        seen = text_joined(way, path_base(path));
        free(way);
    } else {
        seen = text_copy(path);
    }
    free(from);
    free(to);
    return seen;
}

char *path_of_layout(const char *named) {
    static const char *const places[] = {"stridec-layout", "../libexec/stridec/stridec-layout"};
    char self[LONGEST_PATH];
    const char *chosen = named ? named : getenv("STRIDEC_LAYOUT");
    if (chosen && *chosen)
        return text_copy(chosen);
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = 0;
    for (size_t i = 0; length > 0 && i < COUNT(places); i++) {
        char *path = path_beside(self, places[i]);
        if (access(path, X_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

char *find_program(const char *name) {
    const char *path = getenv("PATH");
    for (const char *rest = path ? path : "/usr/local/bin:/usr/bin:/bin"; *rest;) {
        size_t length = strcspn(rest, ":");
        char *folder = text_join(rest, length, "/"), *program = text_joined(folder, name);
        free(folder);
        if (*rest == '/' && access(program, X_OK) == 0)
            return program;
        free(program);
        rest += length + (rest[length] == ':');
    }
    errno = ENOENT;
    return NULL;
}
