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

/* Whether the caller is outside: it lies in no boundary, or it is an external that is trusted less
 * than the callee. In a model without boundaries only externals are outside. */
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

/* The direction of trust from the caller to the callee. A call from outside is inward whatever the
 * zones; else a call into a deeper zone is; else the trust of the two branches decides. */
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
    int before = stated_trust(left), beyond = stated_trust(entered);
    if (before < 0 || beyond < 0 || before == beyond)
        return DIRECTION_UNKNOWN;
    return beyond > before ? DIRECTION_INWARD : DIRECTION_OUTWARD;
}

/* Data that the callee sends back goes the other way. */
static enum direction opposite(enum direction direction) {
    return direction == DIRECTION_INWARD    ? DIRECTION_OUTWARD
           : direction == DIRECTION_OUTWARD ? DIRECTION_INWARD
                                            : direction;
}

/* Out of the source's zones, then into the target's: the last step enters its own boundary. */
struct boundary_step find_step(const struct decl *subject, size_t index) {
    if (subject->kind == KIND_CROSSING)
        return (struct boundary_step){more_of(subject)->into, true};
    struct decl *from = subject->from->parent, *to = subject->to->parent;
    const struct decl *common = common_zone(from, to);
    size_t left = zone_depth(from) - zone_depth(common);
    size_t entered = zone_depth(to) - zone_depth(common);
    struct decl *boundary = index < left ? from : to;
    for (size_t up = index < left ? index : left + entered - 1 - index; up; up--)
        boundary = boundary->parent;
    return (struct boundary_step){boundary, index >= left};
}

static void find_passage(const struct model *model, const struct decl *flow,
                         struct passage *passage) {
    struct decl *common = common_zone(flow->from->parent, flow->to->parent);
    const struct attribute *initiator = decl_attribute(flow, ATTRIBUTE_initiator);
    bool target_calls = initiator && initiator->stated &&
                        slice_is(word_text(&initiator->item->value->word), "target");
    const struct decl *caller = target_calls ? flow->to : flow->from;
    const struct decl *callee = target_calls ? flow->from : flow->to;
    enum direction call = find_direction(model, caller, callee, common);
    bool outside = calls_from_outside(model, caller, callee);
    uint32_t step_count =
        zone_depth(flow->from->parent) + zone_depth(flow->to->parent) - 2 * zone_depth(common);
    *passage = (struct passage){
        .step_count = step_count,
        .caller = caller->number,
        .callee = callee->number,
        .direction = (unsigned char)(target_calls ? opposite(call) : call),
        .call_direction = (unsigned char)call,
        .caller_outside = outside,
        .from_outside = outside && step_count,
        .externals = decl_is_external(flow->from) && decl_is_external(flow->to),
        .stores = flow->from->kind == KIND_STORE && flow->to->kind == KIND_STORE,
    };
}

static bool has_stranger(const struct analysis *analysis, const struct decl *element) {
    return decl_is_external(element) ||
           (!element->parent && analysis->model->of[KIND_BOUNDARY].count);
}

static void mark_flow(struct analysis *analysis, const struct decl *flow) {
    const struct passage *passage = flow_passage(analysis, flow);
    struct spot *spot = &analysis->spots[flow->number];
    unsigned direction = passage->direction, call = passage->call_direction;
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
    struct spot *callee = &analysis->spots[passage->callee];
    from->begins = true;
    to->ends = true;
    from->crosses |= spot->crosses;
    to->crosses |= spot->crosses;
    to->inward |= spot->inward;
    from->outward |= spot->outward;
    callee->called_inward |= spot->called_inward;
    callee->called_from_outside |= spot->called_from_outside;
}

struct exposure {
    struct analysis *analysis;
    struct analysis *const *units; /* see analyse() */
    struct decl **queue;
    size_t count;
};

/* The number of calls between outside and an imported element, counted in its own file; 0 for any
 * other. */
static unsigned calls_abroad(const struct exposure *exposure, const struct decl *element) {
    const struct decl *origin = more_of(element)->origin;
    const struct analysis *own =
        origin && exposure->units ? exposure->units[decl_source(origin)->unit] : NULL;
    return own ? subject_spot(own, origin)->calls : 0;
}

/* The elements that a flow calls from outside, or that state to be open to it; where there are
 * none, crossings of unknown direction are the way in. */
static void find_called(struct exposure *exposure, bool by_unknown) {
    struct analysis *analysis = exposure->analysis;
    const struct model *model = analysis->model;
    for (size_t i = 0; i < model->of[KIND_FLOW].count; i++) {
        const struct passage *passage = &analysis->passages[i];
        if (by_unknown ? passage->call_direction == DIRECTION_UNKNOWN : passage->caller_outside)
            analysis->spots[passage->callee].calls = 1;
    }
    for (size_t i = 0; i < model->elements.count; i++) {
        struct decl *element = model->elements.items[i];
        struct spot *spot = &analysis->spots[element->number];
        if (!by_unknown && decl_attribute(element, ATTRIBUTE_surface))
            spot->calls = 1;
        if (calls_abroad(exposure, element) == 1)
            spot->calls = 1; /* as its own file says */
        if (spot->calls)
            exposure->queue[exposure->count++] = element;
    }
}

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
        if (calls_abroad(exposure, elements->items[i]) == calls)
            expose(exposure, elements->items[i], calls);
}

/* Breadth first from outside along the calls; each element and flow is seen once. */
static void find_exposure(struct arena *arena, struct analysis *analysis,
                          struct analysis *const *units) {
    const struct model *model = analysis->model;
    const struct decl_list *flows = &model->of[KIND_FLOW];
    struct exposure exposure = {.analysis = analysis, .units = units};
    exposure.queue = ARENA_ARRAY(arena, struct decl *, model->elements.count + 1);
    find_called(&exposure, false);
    if (!exposure.count)
        find_called(&exposure, true);
    expose_imported(&exposure, EXPOSED_CALLS);
    for (size_t first = 0; first < exposure.count; first++) {
        const struct decl *element = exposure.queue[first];
        for (size_t i = 0; i < decl_flow_count(element); i++) {
            const struct passage *passage = flow_passage(analysis, element->flows[i]);
            if (passage->caller == element->number)
                expose(&exposure, model->subjects.items[passage->callee],
                       analysis->spots[element->number].calls + 1);
        }
    }
    for (size_t i = 0; i < flows->count; i++)
        analysis->spots[flows->items[i]->number].calls =
            analysis->spots[analysis->passages[i].callee].calls;
}

static void mark_near_crossings(struct analysis *analysis) {
    const struct decl_list *flows = &analysis->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++) {
        struct spot *caller = &analysis->spots[analysis->passages[i].caller];
        struct spot *callee = &analysis->spots[analysis->passages[i].callee];
        caller->near_crossing |= caller->crosses || callee->crosses;
        callee->near_crossing |= caller->crosses || callee->crosses;
    }
}

/* A crossing is as exposed as the process it happens in. */
static void mark_crossings(struct analysis *analysis) {
    const struct decl_list *crossings = &analysis->model->of[KIND_CROSSING];
    for (size_t i = 0; i < crossings->count; i++) {
        const struct decl *crossing = crossings->items[i];
        const struct spot *process = &analysis->spots[more_of(crossing)->at->number];
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
                flows->items[i], passage->step_count, (enum direction)passage->direction};
    }
    for (size_t i = 0; i < model->of[KIND_CROSSING].count; i++) {
        struct decl *subject = model->of[KIND_CROSSING].items[i];
        *ARRAY_ADD(arena, &analysis->crossings) =
            (struct crossing){subject, more_of(subject)->into != NULL, DIRECTION_INWARD};
    }
}

static void list_surface(struct arena *arena, struct analysis *analysis) {
    const struct decl_list *elements = &analysis->model->elements;
    for (size_t i = 0; i < elements->count; i++) {
        struct decl *element = elements->items[i];
        if (more_of(element)->origin || !subject_spot(analysis, element)->called_from_outside ||
            decl_out_of_scope(element))
            continue;
        for (size_t j = 0; j < decl_flow_count(element); j++) {
            const struct passage *passage = flow_passage(analysis, element->flows[j]);
            if (passage->callee == element->number && passage->from_outside)
                *ARRAY_ADD(arena, &analysis->surface) = (struct entry){element, element->flows[j]};
        }
        if (decl_attribute(element, ATTRIBUTE_surface))
            *ARRAY_ADD(arena, &analysis->surface) = (struct entry){element, NULL};
    }
}

struct analysis *analyse(struct arena *arena, const struct model *model,
                         struct analysis *const *units) {
    struct analysis *analysis = ARENA_NEW(arena, struct analysis);
    const struct decl_list *flows = &model->of[KIND_FLOW];
    analysis->model = model;
    analysis->passages = ARENA_ARRAY(arena, struct passage, flows->count);
    analysis->spots = ARENA_ARRAY(arena, struct spot, model->subjects.count);
    for (size_t i = 0; i < flows->count; i++) {
        arena_step(arena);
        prefetch_ends(flows, i);
        find_passage(model, flows->items[i], &analysis->passages[i]);
        mark_flow(analysis, flows->items[i]);
    }
    for (size_t i = 0; i < model->elements.count; i++)
        if (decl_attribute(model->elements.items[i], ATTRIBUTE_surface))
            analysis->spots[model->elements.items[i]->number].called_from_outside = true;
    mark_near_crossings(analysis);
    find_exposure(arena, analysis, units);
    mark_crossings(analysis);
    list_crossings(arena, analysis);
    list_surface(arena, analysis);
    return analysis;
}

size_t badge_number(const struct analysis *analysis, const struct decl *subject) {
    size_t before = subject->kind == KIND_CROSSING ? analysis->model->of[KIND_FLOW].count : 0;
    return before + subject->index + 1;
}
