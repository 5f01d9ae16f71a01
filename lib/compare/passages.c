/* Flows that cross other boundaries than before, or in another direction. */
// SPDX-License-Identifier: MIT
#include "compare/compare.h"

static bool crosses(const struct analysis *analysis, const struct decl *flow) {
    return flow && flow_passage(analysis, flow)->step_count > 0;
}

static bool is_same_way(const struct pairs *pairs, const struct decl *old, const struct decl *now) {
    const struct passage *was = flow_passage(pairs->was, old), *is = flow_passage(pairs->is, now);
    if (was->step_count != is->step_count || was->direction != is->direction ||
        was->from_outside != is->from_outside)
        return false;
    for (size_t i = 0; i < is->step_count; i++) {
        struct boundary_step before = find_step(old, i), after = find_step(now, i);
        if (before.entered != after.entered ||
            what_became_of(pairs, before.boundary) != after.boundary)
            return false;
    }
    return true;
}

static void compare_ways(struct comparison *comparison, const struct decl *old,
                         const struct decl *now) {
    const struct pairs *pairs = comparison->pairs;
    bool before = crosses(pairs->was, old), after = crosses(pairs->is, now);
    if ((before || after) && !(before && after && is_same_way(pairs, old, now)))
        *ARRAY_ADD(comparison->arena, &comparison->crossings) =
            (struct crossing_change){before ? old : NULL, after ? now : NULL};
}

void compare_crossings(struct comparison *comparison) {
    const struct pairs *pairs = comparison->pairs;
    const struct decl_list *old = &pairs->was->model->of[KIND_FLOW];
    const struct decl_list *now = &pairs->is->model->of[KIND_FLOW];
    for (size_t i = 0; i < now->count; i++)
        compare_ways(comparison, what_was(pairs, now->items[i]), now->items[i]);
    for (size_t i = 0; i < old->count; i++)
        if (!what_became_of(pairs, old->items[i]))
            compare_ways(comparison, old->items[i], NULL);
}
