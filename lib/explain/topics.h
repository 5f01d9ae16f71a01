/* All topics of `explain`, by number. */
// SPDX-License-Identifier: MIT
#ifndef EXPLAIN_TOPICS_H
#define EXPLAIN_TOPICS_H

#include "project/project.h"

struct value_names {
    struct slice *items;
    size_t count, capacity;
};

struct topics {
    struct project *project;
    struct value_names values; /* found on first use, as are */
    struct value_names names;  /* by which rules are also known */
    const struct rows *rows;   /* NULL without a model */
};

struct topic {
    const char *name, *group, *about; /* groups: see topics.def */
};

/* The built-in rules have been loaded. False after the last one. */
bool topic_at(struct topics *topics, size_t index, struct topic *topic);

#endif
