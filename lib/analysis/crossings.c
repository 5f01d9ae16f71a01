/* The zones of an element are its boundary and all boundaries around that one. A flow crosses the
 * boundaries that are a zone of one of its ends only: from its source outwards to the innermost
 * common zone, then inwards to its target. */
// SPDX-License-Identifier: MIT
#include "analysis/crossings.h"

const char *const direction_words[] = {"", "inward", "outward", "unknown"};

static unsigned zone_depth(const struct decl *boundary) {
    return boundary ? boundary->depth : 0;
}

static struct decl *common_zone(struct decl *a, struct decl *b) {
    while (a != b) {
        if (zone_depth(a) >= zone_depth(b))
            a = a->parent;
        else
            b = b->parent;
    }
    return a;
}

/* The boundary around `zone` that lies directly in `common`; NULL when that is `zone` itself. */
static const struct decl *branch_below(const struct decl *zone, const struct decl *common) {
    if (zone == common)
        return NULL;
    while (zone->parent != common)
        zone = zone->parent;
    return zone;
}

/* -1: not stated. */
static int stated_trust(const struct decl *boundary) {
    const struct attribute *trust = decl_attribute(boundary, ATTRIBUTE_trust);
    return trust && trust->stated ? trust->number : -1;
}

/* The trust of the innermost zone that states one. */
static int zone_trust(const struct decl *boundary) {
    int trust = -1;
    for (; boundary && trust < 0; boundary = boundary->parent)
        trust = stated_trust(boundary);
    return trust;
}

/* Elements in no boundary, and externals anywhere unless they are trusted at least as much as the
 * callee; in a model without boundaries only externals. */
static bool calls_from_outside(const struct model *model, const struct decl *caller,
                               const struct decl *callee) {
    bool stranger = decl_is_external(caller) && !decl_is_external(callee);
    if (!model->of[KIND_BOUNDARY].count)
        return stranger;
    if (!caller->parent)
        return callee->parent || stranger;
    int trust = zone_trust(caller->parent), needed = zone_trust(callee->parent);
    return stranger && !(trust >= 0 && needed >= 0 && trust >= needed);
}

/* Which way trust goes from the caller to the callee. A call from outside is inward whatever the
 * zones; else deeper is; else the trust of the two branches decides. */
static enum direction find_direction(const struct model *model, const struct decl *caller,
                                     const struct decl *callee, struct decl *common) {
    const struct decl *left = branch_below(caller->parent, common);
    const struct decl *entered = branch_below(callee->parent, common);
    if (!left && !entered)
        return DIRECTION_NONE;
    if (calls_from_outside(model, caller, callee))
        return DIRECTION_INWARD;
    /* The other way round. NOLINTNEXTLINE(readability-suspicious-call-argument) */
    if (calls_from_outside(model, callee, caller))
        return DIRECTION_OUTWARD;
    if (!left || !entered)
        return left ? DIRECTION_OUTWARD : DIRECTION_INWARD;
    int before = stated_trust(left), behind = stated_trust(entered);
    if (before < 0 || behind < 0 || before == behind)
        return DIRECTION_UNKNOWN;
    return behind > before ? DIRECTION_INWARD : DIRECTION_OUTWARD;
}

/* Data that the callee sends back goes the other way. */
static enum direction opposite(enum direction direction) {
    return direction == DIRECTION_INWARD    ? DIRECTION_OUTWARD
           : direction == DIRECTION_OUTWARD ? DIRECTION_INWARD
                                            : direction;
}

static void find_steps(struct arena *arena, const struct decl *flow, const struct decl *common,
                       struct passage *passage) {
    struct decl *from = flow->from->parent, *to = flow->to->parent;
    size_t left = zone_depth(from) - zone_depth(common);
    size_t entered = zone_depth(to) - zone_depth(common);
    passage->step_count = (uint32_t)(left + entered);
    if (!passage->step_count)
        return;
    passage->steps = ARENA_ARRAY(arena, struct boundary_step, left + entered);
    struct boundary_step *step = passage->steps;
    for (; from != common; from = from->parent)
        *step++ = (struct boundary_step){from, false};
    step += entered;
    for (; to != common; to = to->parent)
        *--step = (struct boundary_step){to, true};
}

static void find_passage(struct arena *arena, const struct model *model, const struct decl *flow,
                         struct passage *passage) {
    struct decl *common = common_zone(flow->from->parent, flow->to->parent);
    const struct attribute *initiator = decl_attribute(flow, ATTRIBUTE_initiator);
    bool target_calls =
        initiator && initiator->stated && slice_is(initiator->value->word.text, "target");
    passage->caller = target_calls ? flow->to : flow->from;
    passage->callee = target_calls ? flow->from : flow->to;
    passage->caller_number = passage->caller->number;
    passage->callee_number = passage->callee->number;
    find_steps(arena, flow, common, passage);
    passage->call_direction = find_direction(model, passage->caller, passage->callee, common);
    passage->direction = target_calls ? opposite(passage->call_direction) : passage->call_direction;
    passage->caller_outside = calls_from_outside(model, passage->caller, passage->callee);
    passage->from_outside = passage->caller_outside && passage->step_count;
}

static bool has_stranger(const struct analysis *analysis, const struct decl *element) {
    return decl_is_external(element) ||
           (!element->parent && analysis->model->of[KIND_BOUNDARY].count);
}

static void mark_flow(struct analysis *analysis, const struct decl *flow) {
    const struct passage *passage = flow_passage(analysis, flow);
    struct spot *spot = &analysis->spots[flow->number];
    enum direction direction = passage->direction, call = passage->call_direction;
    spot->crosses = passage->step_count > 0;
    spot->inward = direction == DIRECTION_INWARD || direction == DIRECTION_UNKNOWN;
    spot->outward = direction == DIRECTION_OUTWARD || direction == DIRECTION_UNKNOWN;
    spot->called_inward = call == DIRECTION_INWARD || call == DIRECTION_UNKNOWN;
    spot->called_from_outside = passage->from_outside;
    spot->edge =
        spot->crosses && (has_stranger(analysis, flow->from) || has_stranger(analysis, flow->to) ||
                          direction == DIRECTION_UNKNOWN);
    struct spot *from = &analysis->spots[flow->from->number];
    struct spot *to = &analysis->spots[flow->to->number];
    struct spot *callee = &analysis->spots[passage->callee_number];
    from->crosses |= spot->crosses;
    to->crosses |= spot->crosses;
    to->inward |= spot->inward;
    from->outward |= spot->outward;
    callee->called_inward |= spot->called_inward;
    callee->called_from_outside |= spot->called_from_outside;
}

/* The elements that a flow calls from outside, or that state to be open to it; where there are
 * none, crossings of unknown direction are the way in. */
static size_t find_called(struct analysis *analysis, struct decl **queue, bool by_unknown) {
    const struct model *model = analysis->model;
    size_t count = 0;
    for (size_t i = 0; i < model->of[KIND_FLOW].count; i++) {
        const struct passage *passage = &analysis->passages[i];
        if (by_unknown ? passage->call_direction == DIRECTION_UNKNOWN : passage->caller_outside)
            analysis->spots[passage->callee_number].calls = 1;
    }
    for (size_t i = 0; i < model->elements.count; i++) {
        struct decl *element = model->elements.items[i];
        struct spot *spot = &analysis->spots[element->number];
        if (!by_unknown && decl_attribute(element, ATTRIBUTE_surface))
            spot->calls = 1;
        if (element->origin && element->calls == 1)
            spot->calls = 1; /* as its own file says */
        if (spot->calls)
            queue[count++] = element;
    }
    return count;
}

struct exposure {
    struct analysis *analysis;
    struct decl **queue;
    size_t count;
};

static void expose(struct exposure *exposure, struct decl *element, unsigned calls) {
    struct spot *spot = &exposure->analysis->spots[element->number];
    if (spot->calls)
        return;
    spot->calls = calls;
    exposure->queue[exposure->count++] = element;
}

/* Imported elements keep the distance that they have in their own file. */
static void expose_imported(struct exposure *exposure, unsigned calls) {
    const struct decl_list *elements = &exposure->analysis->model->elements;
    for (size_t i = 0; i < elements->count; i++)
        if (elements->items[i]->origin && elements->items[i]->calls == calls)
            expose(exposure, elements->items[i], calls);
}

/* Breadth first from outside along the calls; each element and flow is seen once. */
static void find_exposure(struct arena *arena, struct analysis *analysis) {
    const struct model *model = analysis->model;
    const struct decl_list *flows = &model->of[KIND_FLOW];
    struct exposure exposure = {analysis, NULL, 0};
    exposure.queue = ARENA_ARRAY(arena, struct decl *, model->elements.count + 1);
    exposure.count = find_called(analysis, exposure.queue, false);
    if (!exposure.count)
        exposure.count = find_called(analysis, exposure.queue, true);
    expose_imported(&exposure, EXPOSED_CALLS);
    for (size_t first = 0; first < exposure.count; first++) {
        const struct decl *element = exposure.queue[first];
        for (size_t i = 0; i < element->flow_count; i++) {
            const struct passage *passage = flow_passage(analysis, element->flows[i]);
            if (passage->caller == element)
                expose(&exposure, passage->callee, analysis->spots[element->number].calls + 1);
        }
    }
    for (size_t i = 0; i < flows->count; i++)
        analysis->spots[flows->items[i]->number].calls =
            analysis->spots[analysis->passages[i].callee_number].calls;
}

static void mark_near_crossings(struct analysis *analysis) {
    const struct decl_list *flows = &analysis->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++) {
        struct spot *caller = &analysis->spots[analysis->passages[i].caller_number];
        struct spot *callee = &analysis->spots[analysis->passages[i].callee_number];
        caller->near_crossing |= caller->crosses || callee->crosses;
        callee->near_crossing |= caller->crosses || callee->crosses;
    }
}

/* A crossing is as exposed as the process it happens in. */
static void mark_crossings(struct analysis *analysis) {
    const struct decl_list *crossings = &analysis->model->of[KIND_CROSSING];
    for (size_t i = 0; i < crossings->count; i++) {
        const struct decl *crossing = crossings->items[i];
        const struct spot *process = &analysis->spots[crossing->at->number];
        analysis->spots[crossing->number] = (struct spot){
            .crosses = true,
            .inward = true,
            .called_inward = true,
            .called_from_outside = process->called_from_outside,
            .edge = true,
            .near_crossing = true,
            .calls = process->calls,
        };
    }
}

static void list_crossings(struct arena *arena, struct analysis *analysis) {
    const struct model *model = analysis->model;
    const struct decl_list *flows = &model->of[KIND_FLOW];
    size_t count = model->of[KIND_CROSSING].count;
    for (size_t i = 0; i < flows->count; i++)
        count += analysis->passages[i].step_count > 0;
    ARRAY_RESERVE(arena, &analysis->crossings, count);
    for (size_t i = 0; i < flows->count; i++) {
        const struct passage *passage = &analysis->passages[i];
        if (passage->step_count)
            *ARRAY_ADD(arena, &analysis->crossings) = (struct crossing){
                i + 1, flows->items[i], passage->direction, passage->steps, passage->step_count};
    }
    for (size_t i = 0; i < model->of[KIND_CROSSING].count; i++) {
        struct decl *subject = model->of[KIND_CROSSING].items[i];
        struct crossing crossing = {flows->count + i + 1, subject, DIRECTION_INWARD, NULL, 0};
        if (subject->into) {
            crossing.steps = ARENA_NEW(arena, struct boundary_step);
            *crossing.steps = (struct boundary_step){subject->into, true};
            crossing.step_count = 1;
        }
        *ARRAY_ADD(arena, &analysis->crossings) = crossing;
    }
}

static void list_surface(struct arena *arena, struct analysis *analysis) {
    const struct decl_list *elements = &analysis->model->elements;
    for (size_t i = 0; i < elements->count; i++) {
        struct decl *element = elements->items[i];
        if (element->origin || !subject_spot(analysis, element)->called_from_outside ||
            decl_out_of_scope(element))
            continue;
        for (size_t j = 0; j < element->flow_count; j++) {
            const struct passage *passage = flow_passage(analysis, element->flows[j]);
            if (passage->callee == element && passage->from_outside)
                *ARRAY_ADD(arena, &analysis->surface) = (struct entry){element, element->flows[j]};
        }
        if (decl_attribute(element, ATTRIBUTE_surface))
            *ARRAY_ADD(arena, &analysis->surface) = (struct entry){element, NULL};
    }
}

struct analysis *analyse(struct arena *arena, const struct model *model) {
    struct analysis *analysis = ARENA_NEW(arena, struct analysis);
    const struct decl_list *flows = &model->of[KIND_FLOW];
    analysis->model = model;
    analysis->passages = ARENA_ARRAY(arena, struct passage, flows->count);
    analysis->spots = ARENA_ARRAY(arena, struct spot, model->subjects.count);
    for (size_t i = 0; i < flows->count; i++) {
        prefetch_ends(flows, i);
        find_passage(arena, model, flows->items[i], &analysis->passages[i]);
        mark_flow(analysis, flows->items[i]);
    }
    for (size_t i = 0; i < model->elements.count; i++)
        if (decl_attribute(model->elements.items[i], ATTRIBUTE_surface))
            analysis->spots[model->elements.items[i]->number].called_from_outside = true;
    mark_near_crossings(analysis);
    find_exposure(arena, analysis);
    mark_crossings(analysis);
    list_crossings(arena, analysis);
    list_surface(arena, analysis);
    return analysis;
}

size_t badge_number(const struct analysis *analysis, const struct decl *subject) {
    size_t before = subject->kind == KIND_CROSSING ? analysis->model->of[KIND_FLOW].count : 0;
    return before + subject->index + 1;
}
