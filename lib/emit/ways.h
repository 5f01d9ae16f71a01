/* The commands that decide a question, as somebody would type them. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_WAYS_H
#define EMIT_WAYS_H

#include "emit/emit.h"

/* A command, without a line break. */
struct way {
    struct slice command;
    size_t group; /* 0: it decides alone; else one of each group, from 1, is needed */
};
struct way_list {
    struct way *items;
    size_t count, capacity;
};

/* What decides a pending question, the row itself where `pattern` is NULL: the decision of before
 * is confirmed, a threat is recorded, it is dismissed, a fact is stated. Last come the first facts
 * that settle it only together. `path` is how the model's file is called. */
struct way_list find_ways(const struct emission *emission, struct slice path, const struct row *row,
                          const struct pattern *pattern);

#endif
