/* Groups patterns by the fact that would settle them. A table finds the group of each reading, so
 * that a row of a thousand flows takes no square. */
// SPDX-License-Identifier: MIT
#include "analysis/grouping.h"

void group_pattern(struct arena *arena, struct pattern_groups *groups,
                   const struct reading *reading, const struct pattern *pattern) {
    struct slice key = reading_key(arena, reading);
    struct pattern_group *group = table_get(&groups->by_reading, key);
    if (!group) {
        group = ARENA_NEW(arena, struct pattern_group);
        group->reading = *reading;
        table_intern(arena, &groups->by_reading, key, group);
        *ARRAY_ADD(arena, &groups->list) = group;
    }
    *ARRAY_ADD(arena, &group->patterns) = pattern;
}
