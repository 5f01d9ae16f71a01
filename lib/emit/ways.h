/* The commands that decide a question, as somebody would type them. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_WAYS_H
#define EMIT_WAYS_H

#include "analysis/remedies.h"
#include "emit/emit.h"

/* A fact that settles a question, alone where its group is 0; else one of each group, from 1, is
 * needed. Those that are enough alone come first. */
struct settling_fact {
    const struct remedy *fact;
    size_t group;
};
struct settling_facts {
    struct settling_fact *items;
    size_t count, capacity;
};
struct settling_facts find_settling_facts(const struct emission *emission,
                                          const struct pattern *pattern);

/* A command, without a line break. */
struct way {
    struct slice command;
    size_t group; /* as of a fact */
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
