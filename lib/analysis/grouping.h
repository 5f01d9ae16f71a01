/* Patterns gathered by an attribute that they wait for, or rest on. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_GROUPING_H
#define ANALYSIS_GROUPING_H

#include "analysis/patterns.h"

struct pattern_group {
    struct reading reading;
    ARRAY_OF(const struct pattern *) patterns;
};

/* In order of the first pattern of each. */
struct pattern_groups {
    ARRAY_OF(struct pattern_group *) list;
    struct table by_reading;
};

void group_pattern(struct arena *arena, struct pattern_groups *groups,
                   const struct reading *reading, const struct pattern *pattern);

#endif
