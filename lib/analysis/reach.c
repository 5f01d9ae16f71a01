/* Breadth first from outside. A call is a step to the one that is called, and data is a step to the
 * one that gets it: what a worker fetches from a queue reaches it as surely as a call would. */
// SPDX-License-Identifier: MIT
#include "analysis/reach.h"

#include "analysis/ahead.h"

struct search {
    struct analysis *analysis;
    struct decl_list queue;
};

/* External entities and actors are not ours, and nothing reaches anything through them. Most
 * elements are reached more than once: the spots lie closer together than the declarations. */
static void reach(struct search *search, uint32_t number, unsigned steps) {
    struct spot *spot = &search->analysis->spots[number];
    if (spot->calls)
        return;
    struct decl *element = search->analysis->model->subjects.items[number];
    if (decl_is_external(element))
        return;
    spot->calls = steps;
    search->queue.items[search->queue.count++] = element;
}

/* The number of the flow's target, without a look at it. */
static uint32_t target_number(const struct analysis *analysis, const struct decl *flow) {
    const struct passage *passage = flow_passage(analysis, flow);
    bool is_called = analysis->model->subjects.items[passage->callee] == flow->to;
    return is_called ? passage->callee : passage->caller;
}

/* The elements at one step. Whether the called end of a crossing of unknown direction is called
 * from outside nobody said, so it is. That rests on the flow alone: a rule about the whole model
 * would take questions away where something is drawn elsewhere. */
static void reach_first(struct search *search) {
    const struct analysis *analysis = search->analysis;
    const struct model *model = analysis->model;
    for (size_t i = 0; i < model->of[KIND_FLOW].count; i++) {
        const struct passage *passage = &analysis->passages[i];
        if (passage->caller_outside || passage->call_direction == DIRECTION_UNKNOWN)
            reach(search, passage->callee, 1);
        if (passage->source_outside)
            reach(search, target_number(analysis, model->of[KIND_FLOW].items[i]), 1);
    }
    for (size_t i = 0; i < model->elements.count; i++)
        if (decl_attribute(model->elements.items[i], ATTRIBUTE_surface))
            reach(search, model->elements.items[i]->number, 1);
}

static void reach_next(struct search *search, const struct decl *element) {
    struct analysis *analysis = search->analysis;
    unsigned steps = analysis->spots[element->number].calls + 1;
    for (size_t i = 0; i < decl_flow_count(element); i++) {
        struct decl *flow = element->flows[i];
        const struct passage *passage = flow_passage(analysis, flow);
        if (passage->caller == element->number)
            reach(search, passage->callee, steps);
        if (flow->from == element)
            reach(search, target_number(analysis, flow), steps);
    }
}

static unsigned nearer(unsigned a, unsigned b) {
    return !a || (b && b < a) ? b : a;
}

void find_reach(struct arena *arena, struct analysis *analysis) {
    const struct model *model = analysis->model;
    const struct decl_list *flows = &model->of[KIND_FLOW];
    struct search search = {.analysis = analysis};
    search.queue.items = ARENA_ARRAY(arena, struct decl *, model->elements.count + 1);
    reach_first(&search);
    for (size_t first = 0; first < search.queue.count; first++) {
        prefetch_flows_of(analysis, &search.queue, first);
        reach_next(&search, search.queue.items[first]);
    }
    for (size_t i = 0; i < flows->count; i++)
        analysis->spots[flows->items[i]->number].calls =
            nearer(analysis->spots[analysis->passages[i].callee].calls,
                   analysis->spots[target_number(analysis, flows->items[i])].calls);
}
