/* An element leaves a letter to its flows that cross a boundary, an answer its questions to its
 * requests: to all of them, as their order says nothing. */
// SPDX-License-Identifier: MIT
#include "analysis/folding.h"

#include "analysis/reasons.h"

/* `rule` NULL: whatever is asked there. */
static void add_open(struct arena *arena, const struct row *row, const struct rule *rule,
                     struct folded *folded) {
    for (struct pattern *at = row->patterns; at; at = at->next)
        if (at->state == PATTERN_OPEN && (!rule || at->rule == rule))
            *ARRAY_ADD(arena, folded) = at;
}

static void add_of_flows(struct arena *arena, const struct rows *rows, const struct row *row,
                         struct folded *folded) {
    size_t count = rows_to_see(rows, row, NULL, 0);
    const struct row **list = ARENA_ARRAY(arena, const struct row *, count);
    rows_to_see(rows, row, list, count);
    for (size_t i = 0; i < count; i++)
        add_open(arena, list[i], NULL, folded);
}

static void add_of_requests(struct arena *arena, const struct rows *rows,
                            const struct pattern *pattern, struct folded *folded) {
    const struct exchange *exchange = exchange_of(rows->analysis, pattern->subject);
    for (size_t i = 0; exchange && i < exchange->requests.count; i++)
        add_open(arena, row_of(rows, exchange->requests.items[i], pattern->rule->letter),
                 pattern->rule, folded);
}

struct folded find_folded(struct arena *arena, const struct rows *rows,
                          const struct target *target) {
    const struct row *row = row_of(rows, target->subject, target->letter);
    struct folded folded = {0};
    if (row->state != ROW_FOLDED)
        return folded;
    if (target->pattern && target->pattern->state == PATTERN_YIELDED)
        add_of_requests(arena, rows, target->pattern, &folded);
    else if (!target->rule && row->subject->kind != KIND_FLOW)
        add_of_flows(arena, rows, row, &folded);
    return folded;
}
