/* Decisions as data, beside a sketch of a model in one file or two: made up, changed, written out.
 */
// SPDX-License-Identifier: MIT
#ifndef TESTS_DECIDED_H
#define TESTS_DECIDED_H

#include "models/sketch.h"

#define MOST_NAMED ((size_t)6)
#define MOST_SAID ((size_t)12)
#define TRIAGE_FILES                                                                               \
    ((size_t)3) /* beside one model: m.triage.dfd, m.triage/a.dfd, m.triage/b.dfd */

struct words {
    struct slice *items;
    size_t count, capacity;
};

struct said {
    const char *name;
    struct slice value; /* as it is written */
};

struct decided {
    enum kind kind;
    struct slice id;                /* "" where it has none, and of a dismissal by its row's id */
    struct slice named[MOST_NAMED]; /* rows and patterns; of a mitigation or a risk threats */
    size_t named_count;
    struct words basis; /* "webhook.auth=signature" */
    struct said said[MOST_SAID];
    size_t said_count;
    size_t file;   /* below TRIAGE_FILES */
    bool imported; /* it stands beside lib.dfd */
    bool gone;
};

struct world {
    struct sketch sketch;
    struct decided *items;
    size_t count;
};

/* Changes of the copy leave the original as it is. */
struct world world_copy(const struct world *world);
void world_add(struct world *world, struct decided decided);
/* "" when it is not said. An empty value: it is no longer said. */
struct slice decided_says(const struct decided *decided, const char *name);
void decided_say(struct decided *decided, const char *name, struct slice value);
/* NULL when it has no attribute for rows, patterns or threats. */
const char *decided_names(const struct decided *decided);

/* The text of the file at this path, "m.dfd", "lib.dfd", "m.triage/a.dfd"; its `at` is NULL where
 * there is none. */
struct slice world_file(struct arena *arena, const struct world *world, const char *path);
/* All of them, each after its path. */
struct slice world_text(struct arena *arena, const struct world *world);
bool world_imports(const struct world *world);

#endif
