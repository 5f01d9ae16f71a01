/* Follows links within a revision. A path of which git has the file itself has no links. Else the
 * first part of it that is a link gives way to its target, until there is none. */
// SPDX-License-Identifier: MIT
#include "revision_links.h"

#include "git.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>

#define MOST_LINKS 40   /* on the way to one file, as on a disk */
#define MOST_AT_ONCE 64 /* paths that one process of git is asked for */
#define LARGEST_LIST                                                                               \
    ((size_t)64 << 20) /* of what is staged, all that lies in a folder is listed                   \
                        */
#define LARGEST_LINK ((size_t)64 << 10)

bool straighten(char *path) {
    char *end = path;
    for (const char *at = path; *at;) {
        size_t length = strcspn(at, "/");
        const char *next = at + length + (at[length] == '/');
        if (length == 2 && at[0] == '.' && at[1] == '.') {
            if (end == path)
                return false;
            do
                end--;
            while (end > path && end[-1] != '/');
        } else if (length && !(length == 1 && at[0] == '.')) {
            memmove(end, at, (size_t)(next - at));
            end += next - at;
        }
        at = next;
    }
    *end = 0;
    return true;
}

/* ---- asking git --------------------------------------------------------------------------- */

enum entry { ENTRY_NONE, ENTRY_LINK, ENTRY_OTHER };

/* "120000 blob ID\tPATH", or "120000 ID 0\tPATH" of what is staged, for each entry. */
static enum entry entry_in(const struct text *list, const char *path) {
    const char *end = list->at + list->length;
    for (const char *at = list->at; at && at < end; at += strlen(at) + 1) {
        const char *listed = strchr(at, '\t');
        if (listed && strcmp(listed + 1, path) == 0)
            return strncmp(at, "120000 ", 7) == 0 ? ENTRY_LINK : ENTRY_OTHER;
    }
    return ENTRY_NONE;
}

/* Nothing where git does not tell. */
static void list_entries(const char *const *arguments, struct git_answer *answer) {
    bool listed = git_run(arguments, "", LARGEST_LIST, answer) && answer->status == 0;
    if (!listed)
        text_free(&answer->output);
}

/* A path and folders above it. */
struct way {
    char *paths[MOST_AT_ONCE];
    size_t count;
};

/* The path itself, and the folders above it from `*slash` on as far as there is room; where there
 * are more, `*slash` is at the next of them, else NULL. */
static struct way way_to(const char *path, const char **slash) {
    struct way way = {{text_copy(path)}, 1};
    for (; *slash && way.count < MOST_AT_ONCE; *slash = strchr(*slash + 1, '/'))
        way.paths[way.count++] = text_join(path, (size_t)(*slash - path), "");
    return way;
}

static void way_free(struct way *way) {
    while (way->count)
        free(way->paths[--way->count]);
}

/* One process for all: a file that is not there would else take one for each folder above it. */
static void list_tree(const char *name, const struct way *way, struct git_answer *answer) {
    const char *arguments[6 + MOST_AT_ONCE + 1] = {"git",         "ls-tree",          "-z",
                                                   "--full-tree", "--end-of-options", name};
    for (size_t i = 0; i < way->count; i++)
        arguments[6 + i] = way->paths[i];
    list_entries(arguments, answer);
}

/* The folder of what is staged is listed with all that lies in it, so each is asked for alone. */
static enum entry find_staged(const char *path) {
    char *staged = text_joined(":(top,literal)", path);
    const char *const arguments[] = {"git",         "ls-files", "-z",   "-s",
                                     "--full-name", "--",       staged, NULL};
    struct git_answer answer = {0};
    list_entries(arguments, &answer);
    enum entry entry = entry_in(&answer.output, path);
    git_free(&answer);
    free(staged);
    return entry;
}

/* The first part of the path that is a link, or NULL; freed by the caller. At most one is: behind
 * a link, git has nothing. */
static char *find_link(const char *name, const char *path) {
    const char *slash = strchr(path, '/');
    char *link = NULL;
    bool is_there = false;
    do {
        struct way way = way_to(path, &slash);
        struct git_answer answer = {0};
        if (*name)
            list_tree(name, &way, &answer);
        for (size_t i = 0; !link && !is_there && i < way.count; i++) {
            enum entry entry =
                *name ? entry_in(&answer.output, way.paths[i]) : find_staged(way.paths[i]);
            if (entry == ENTRY_LINK)
                link = text_copy(way.paths[i]);
            is_there = i == 0 && entry == ENTRY_OTHER;
        }
        git_free(&answer);
        way_free(&way);
    } while (slash && !link && !is_there);
    return link;
}

/* What the link says; NULL where git does not tell. */
static char *target_of(const char *name, const char *link) {
    char *head = text_joined(name, ":"), *object = text_joined(head, link);
    const char *const arguments[] = {"git", "cat-file", "blob", object, NULL};
    struct git_answer answer = {0};
    bool read = git_run(arguments, "", LARGEST_LINK, &answer) && answer.status == 0;
    char *target =
        read ? text_join(answer.output.at ? answer.output.at : "", answer.output.length, "") : NULL;
    git_free(&answer);
    free(head);
    free(object);
    return target;
}

/* ---- following ----------------------------------------------------------------------------- */

/* The path with the link's target in place of the link; takes it. NULL: it leads out. */
static char *replace_link(char *path, const char *link, const char *target) {
    const char *slash = strrchr(link, '/');
    char *folder = text_join(link, slash ? (size_t)(slash + 1 - link) : 0, "");
    char *there = text_joined(folder, target), *whole = text_joined(there, path + strlen(link));
    bool inside = *target != '/' && straighten(whole);
    free(folder);
    free(there);
    free(path);
    if (inside)
        return whole;
    free(whole);
    return NULL;
}

char *follow_links(const char *name, const char *path) {
    char *real = text_copy(path), *link = NULL;
    for (size_t left = MOST_LINKS; real && (link = find_link(name, real)); left--) {
        char *target = left ? target_of(name, link) : NULL;
        if (target) {
            real = replace_link(real, link, target);
        } else {
            free(real);
            real = NULL;
        }
        free(target);
        free(link);
    }
    return real;
}
