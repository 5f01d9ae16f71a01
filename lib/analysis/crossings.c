/* The zones of an element are its boundary and all boundaries around that one. A flow crosses the
 * boundaries that are a zone of one of its ends only: from its source outwards to the innermost
 * common zone, then inwards to its target. */
// SPDX-License-Identifier: MIT
#include "analysis/crossings.h"

#include "analysis/ahead.h"
#include "analysis/contents.h"
#include "analysis/exchanges.h"
#include "analysis/reach.h"
#include "model/union.h"

/* Out of the source's zones, then into the target's: the last step enters its own boundary. */
struct boundary_step find_step(const struct decl *subject, size_t index) {
    if (subject->kind == KIND_CROSSING)
        return (struct boundary_step){more_of(subject)->into, true};
    struct decl *from = subject->from->parent, *to = subject->to->parent;
    const struct decl *common = common_boundary(from, to);
    size_t left = boundary_depth(from) - boundary_depth(common);
    size_t entered = boundary_depth(to) - boundary_depth(common);
    struct decl *boundary = index < left ? from : to;
    for (size_t up = index < left ? index : left + entered - 1 - index; up; up--)
        boundary = boundary->parent;
    return (struct boundary_step){boundary, index >= left};
}

static void find_passage(const struct zones *zones, const struct decl *flow,
                         struct passage *passage) {
    const struct decl *common = common_boundary(flow->from->parent, flow->to->parent);
    const struct attribute *initiator = decl_attribute(flow, ATTRIBUTE_initiator);
    bool target_calls = initiator && initiator->stated &&
                        slice_is(word_text(&initiator->item->value->word), "target");
    const struct decl *caller = target_calls ? flow->to : flow->from;
    const struct decl *callee = target_calls ? flow->from : flow->to;
    /* Data and call go the same way where the source calls. */
    enum direction data = find_direction(zones, flow->from, flow->to);
    bool source_outside = comes_from_outside(zones, flow->from, flow->to);
    bool outside = target_calls ? comes_from_outside(zones, caller, callee) : source_outside;
    uint32_t step_count = boundary_depth(flow->from->parent) + boundary_depth(flow->to->parent) -
                          2 * boundary_depth(common);
    *passage = (struct passage){
        .step_count = step_count,
        .caller = caller->number,
        .callee = callee->number,
        .direction = (unsigned char)data,
        .call_direction =
            (unsigned char)(target_calls ? find_direction(zones, caller, callee) : data),
        .caller_outside = outside,
        .from_outside = outside && step_count,
        .source_outside = source_outside,
    };
}

static void mark_flow(struct analysis *analysis, const struct zones *zones,
                      const struct decl *flow) {
    const struct passage *passage = flow_passage(analysis, flow);
    struct spot *spot = &analysis->spots[flow->number];
    unsigned direction = passage->direction, call = passage->call_direction;
    spot->crosses = passage->step_count > 0;
    spot->inward = direction == DIRECTION_INWARD || direction == DIRECTION_UNKNOWN;
    spot->outward = direction == DIRECTION_OUTWARD || direction == DIRECTION_UNKNOWN;
    spot->called_inward = call == DIRECTION_INWARD || call == DIRECTION_UNKNOWN;
    spot->called_from_outside = passage->from_outside;
    spot->edge = spot->crosses &&
                 (is_stranger(zones, flow->from) || is_stranger(zones, flow->to) ||
                  passage->source_outside || comes_from_outside(zones, flow->to, flow->from) ||
                  direction == DIRECTION_UNKNOWN || call == DIRECTION_UNKNOWN);
    spot->by_hand = holds_in_hand(zones, flow->from, flow->to);
    spot->on_screen = holds_in_hand(zones, flow->to, flow->from);
    struct spot *from = &analysis->spots[flow->from->number];
    struct spot *to = &analysis->spots[flow->to->number];
    struct spot *callee = &analysis->spots[passage->callee];
    from->crosses |= spot->crosses;
    to->crosses |= spot->crosses;
    to->inward |= spot->inward;
    from->outward |= spot->outward;
    callee->called_inward |= spot->called_inward;
    callee->called_from_outside |= spot->called_from_outside;
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
        struct spot *process = &analysis->spots[more_of(crossing)->at->number];
        process->crossing_declared = true;
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
    const struct model *model = analysis->shown;
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

/* Whether the element is called from outside by the flow, or fetches data from outside by it. */
static bool is_way_in(const struct passage *passage, const struct decl *element, bool fetched) {
    if (!passage->step_count)
        return false;
    return fetched ? passage->caller == element->number && passage->source_outside &&
                         !passage->caller_outside
                   : passage->callee == element->number && passage->caller_outside;
}

static void add_ways_in(struct arena *arena, struct analysis *analysis, struct decl *element,
                        bool fetched, struct entries *entries) {
    for (size_t i = 0; i < decl_flow_count(element); i++) {
        struct decl *flow = element->flows[i];
        if (is_way_in(flow_passage(analysis, flow), element, fetched))
            *ARRAY_ADD(arena, entries) = (struct entry){element, flow};
    }
}

static void list_surface(struct arena *arena, struct analysis *analysis) {
    const struct decl_list *elements = &analysis->shown->elements;
    for (size_t i = 0; i < elements->count; i++) {
        struct decl *element = elements->items[i];
        prefetch_flows_of(analysis, elements, i);
        if (more_of(element)->origin || decl_out_of_scope(element))
            continue;
        add_ways_in(arena, analysis, element, false, &analysis->surface);
        if (decl_attribute(element, ATTRIBUTE_surface))
            *ARRAY_ADD(arena, &analysis->surface) = (struct entry){element, NULL};
        if (!decl_is_external(element))
            add_ways_in(arena, analysis, element, true, &analysis->fetched);
    }
}

struct analysis *analyse(struct arena *arena, struct model *shown) {
    struct analysis *analysis = ARENA_NEW(arena, struct analysis);
    const struct model *model = model_unite(arena, shown);
    const struct decl_list *flows = &model->of[KIND_FLOW];
    struct zones zones = find_zones(arena, model);
    analysis->shown = shown;
    analysis->model = model;
    analysis->passages = ARENA_ARRAY(arena, struct passage, flows->count);
    analysis->spots = ARENA_ARRAY(arena, struct spot, model->subjects.count);
    for (size_t i = 0; i < flows->count; i++) {
        arena_step(arena);
        prefetch_ends(flows, i);
        find_passage(&zones, flows->items[i], &analysis->passages[i]);
        mark_flow(analysis, &zones, flows->items[i]);
    }
    for (size_t i = 0; i < model->elements.count; i++) {
        const struct decl *element = model->elements.items[i];
        struct spot *spot = &analysis->spots[element->number];
        spot->called_from_outside |= decl_attribute(element, ATTRIBUTE_surface) != NULL;
        spot->person = zones.persons[element->number];
    }
    mark_near_crossings(analysis);
    mark_contents(arena, analysis);
    find_exchanges(arena, analysis);
    find_reach(arena, analysis);
    mark_crossings(analysis);
    list_crossings(arena, analysis);
    list_surface(arena, analysis);
    return analysis;
}

size_t badge_number(const struct analysis *analysis, const struct decl *subject) {
    const struct model *shown = analysis->shown;
    size_t before = subject->kind == KIND_CROSSING ? shown->of[KIND_FLOW].count : 0;
    return subject->index < shown->of[subject->kind].count ? before + subject->index + 1 : 0;
}
