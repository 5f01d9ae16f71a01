/* The commands that decide a question, as somebody would type them. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_WAYS_H
#define EMIT_WAYS_H

#include "emit/emit.h"

struct way_list {
    struct slice *items; /* of several lines, where only these together settle it */
    size_t count, capacity;
};

/* What decides a pending question, the row itself where `pattern` is NULL: the decision of before
 * is confirmed, a threat is recorded, it is dismissed, a fact is stated. The model's file is called
 * by its name from where the output stands. */
struct way_list find_ways(const struct emission *emission, const struct row *row,
                          const struct pattern *pattern);

#endif
