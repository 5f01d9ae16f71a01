/* Follows a path name by name, as the system does, to see which link leads where. A pull request
 * can bring links along, but only into its repository: so a link that lies in the root counts,
 * where the path has come from outside it is the user's own word. */
// SPDX-License-Identifier: MIT
#include "links.h"

#include "paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST_PATH 4096
#define MOST_LINKS 40

struct walk {
    const char *root;
    char *at;   /* without links, and without a slash at its end; "" is the top */
    char *rest; /* yet to be followed */
    unsigned links;
    bool is_led;      /* by a link that stands in the root */
    size_t remaining; /* length of the rest after that link */
    bool has_left;    /* such a link has led elsewhere */
};

bool lies_in(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return strcmp(folder, "/") == 0 ||
           (strncmp(path, folder, length) == 0 && (path[length] == '/' || !path[length]));
}

bool is_below_git(const char *path) {
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
        if (strncasecmp(slash, "/.git", 5) == 0 && (slash[5] == '/' || !slash[5]))
            return true;
    return false;
}

static void replace_text(char **text, char *by) {
    free(*text);
    *text = by;
}

static bool is_in_root(const struct walk *walk) {
    return walk->root && lies_in(*walk->at ? walk->at : "/", walk->root);
}

/* A folder below .git is in the root, but no link may lead there. */
static bool is_home(const struct walk *walk) {
    return is_in_root(walk) && !is_below_git(walk->at + (walk->root[1] ? strlen(walk->root) : 0));
}

static void go_up(struct walk *walk) {
    char *slash = strrchr(walk->at, '/');
    if (slash)
        *slash = 0;
}

/* Puts where the link leads before what is left. */
static bool follow(struct walk *walk, const char *link) {
    if (++walk->links > MOST_LINKS) {
        errno = ELOOP;
        return false;
    }
    if (!walk->is_led && is_in_root(walk)) {
        walk->is_led = true;
        walk->remaining = strlen(walk->rest);
    }
    char *led = text_joined(link, "/");
    replace_text(&walk->rest, text_joined(led, walk->rest));
    free(led);
    if (*link == '/')
        *walk->at = 0;
    return true;
}

static bool step(struct walk *walk, const char *name) {
    char link[LONGEST_PATH];
    if (!*name || strcmp(name, ".") == 0)
        return true;
    if (strcmp(name, "..") == 0) {
        go_up(walk);
        return true;
    }
    char *folder = text_joined(walk->at, "/"), *next = text_joined(folder, name);
    free(folder);
    ssize_t length = readlink(next, link, sizeof link - 1);
    if (length < 0) { /* no link, or not there */
        replace_text(&walk->at, next);
        return true;
    }
    free(next);
    link[length] = 0;
    return follow(walk, link);
}

static bool walk_on(struct walk *walk) {
    bool fine = true;
    while (fine && *walk->rest) {
        size_t length = strcspn(walk->rest, "/");
        char *name = text_copy(walk->rest);
        name[length] = 0;
        replace_text(&walk->rest, text_copy(walk->rest + length + (walk->rest[length] == '/')));
        fine = step(walk, name);
        free(name);
        if (walk->is_led &&
            strlen(walk->rest) <= walk->remaining) { /* all of the link is followed */
            walk->has_left |= !is_home(walk);
            walk->is_led = false;
        }
    }
    return fine;
}

char *place_of(const char *path, const char *root, bool *strays) {
    char folder[LONGEST_PATH] = "";
    if (*path != '/' && !getcwd(folder, sizeof folder))
        return NULL;
    struct walk walk = {
        .root = root,
        .at = text_copy(strcmp(folder, "/") == 0 ? "" : folder),
        .rest = text_copy(path),
    };
    bool fine = walk_on(&walk);
    free(walk.rest);
    *strays = walk.has_left && !is_home(&walk);
    char *place = fine ? text_copy(*walk.at ? walk.at : "/") : NULL;
    free(walk.at);
    return place;
}

bool is_same_place(const char *a, const char *b) {
    struct stat first, second;
    if (stat(a, &first) == 0 && stat(b, &second) == 0)
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
    bool strays = false;
    char *here = place_of(a, NULL, &strays), *there = place_of(b, NULL, &strays);
    bool same = here && there && strcmp(here, there) == 0;
    free(here);
    free(there);
    return same;
}
