/* Excerpts. An element of the page is itself, or lies in a folded part. One of another page that
 * flows join to it is represented by the part that it lies in, as seen from here: parts are the
 * coarser the farther they are. Flows that have such an end are one line for all between the same
 * two boxes. Linear in what the page shows and in the flows at it. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"

#include "base/table.h"

#include <stdlib.h>

struct shown_flow {
    const struct decl *flow;
    struct decl *from, *to; /* boxes */
};

struct making {
    struct arena *arena;
    const struct division *division;
    const struct emission *whole;
    struct fold *page;
    enum detail detail;
    bool *folded;
    struct decl **boxes;      /* by number of a fold, then by subject number of an element */
    struct decl **boundaries; /* by index in the whole */
    struct decl *elsewhere;   /* all other pages in one */
    ARRAY_OF(struct shown_flow) flows;
    ARRAY_OF(struct stand_in) stand_ins; /* of elements, then of flows, then of crossings */
    ARRAY_OF(struct stand_in) lines;
    ARRAY_OF(struct decl *) flow_decls;
    ARRAY_OF(size_t) zone_numbers;
    ARRAY_OF(const struct decl *) crossings; /* that the crossings are copies of */
    struct model *model;
    struct passage *passages; /* by index of the excerpt's flows */
};

/* ---- declarations ------------------------------------------------------------------------ */

static void list(struct making *making, struct decl *decl) {
    struct decl_list *of = &making->model->of[decl->kind];
    decl->index = (uint32_t)of->count;
    *ARRAY_ADD(making->arena, of) = decl;
    table_intern(making->arena, &making->model->ids, decl_id(decl), decl);
}

static struct decl *copy_of(struct making *making, const struct decl *original) {
    struct decl *copy = ARENA_NEW(making->arena, struct decl);
    *copy = *original;
    return copy;
}

/* With an id that no declaration can have. */
static struct decl *invent(struct making *making, enum kind kind, struct slice id) {
    struct decl *decl = ARENA_NEW(making->arena, struct decl);
    struct item *item = ARENA_NEW(making->arena, struct item);
    item->kind = ITEM_DECLARATION;
    item->head = ARENA_NEW(making->arena, struct head);
    decl->item = item;
    decl->kind = (unsigned char)kind;
    own_more(making->arena, decl)->id = id;
    return decl;
}

/* The innermost boundary on the page around something. */
static struct decl *boundary_on_page(const struct making *making, const struct decl *boundary) {
    while (boundary && !making->boundaries[boundary->index])
        boundary = boundary->parent;
    return boundary ? making->boundaries[boundary->index] : NULL;
}

static void add_boundary(struct making *making, const struct decl *boundary) {
    if (!boundary || making->boundaries[boundary->index])
        return;
    struct decl *copy = copy_of(making, boundary);
    copy->parent = boundary_on_page(making, boundary->parent);
    copy->depth = copy->parent ? (uint16_t)(copy->parent->depth + 1) : 1;
    making->boundaries[boundary->index] = copy;
    *ARRAY_ADD(making->arena, &making->zone_numbers) =
        making->division->whole->zones[boundary->index].number;
    list(making, copy);
}

static struct decl *add_box(struct making *making, struct decl *box, const struct decl *boundary,
                            struct stand_in stand_in) {
    box->parent = boundary_on_page(making, boundary);
    box->flow_count = 0;
    box->number = (uint32_t)making->stand_ins.count;
    *ARRAY_ADD(making->arena, &making->stand_ins) = stand_in;
    *ARRAY_ADD(making->arena, &making->model->elements) = box;
    list(making, box);
    return box;
}

static struct decl *add_element(struct making *making, const struct decl *element, bool foreign) {
    struct decl **box = &making->boxes[making->division->folds.count + element->number];
    if (!*box)
        *box = add_box(making, copy_of(making, element), element->parent,
                       (struct stand_in){.original = element, .is_foreign = foreign});
    return *box;
}

/* Stays the same as long as the page has its id. */
static struct slice fold_id(const struct making *making, const struct fold *fold) {
    return fold->has_page ? text_format(making->arena, "fold.%.*s.", SLICE_ARGS(fold->id))
                          : text_format(making->arena, "fold..%zu.", fold->number);
}

static struct decl *add_folded(struct making *making, struct fold *fold) {
    struct decl **box = &making->boxes[fold->number];
    const struct decl *around =
        fold->is_piece || !fold->boundary ? fold->boundary : fold->boundary->parent;
    int worst = 0;
    for (int tier = 3; tier >= 1; tier--)
        if (fold->open[tier])
            worst = tier;
    if (!*box)
        *box = add_box(making, invent(making, KIND_EXTERNAL, fold_id(making, fold)), around,
                       (struct stand_in){.fold = fold,
                                         .elements = fold->end - fold->start,
                                         .flows = fold->flows,
                                         .is_foreign = !fold_is_in(fold, making->page),
                                         .worst = worst,
                                         .open = fold->open[worst]});
    return *box;
}

static struct decl *box_elsewhere(struct making *making) {
    if (!making->elsewhere)
        making->elsewhere = add_box(making, invent(making, KIND_EXTERNAL, SLICE("fold.all.")), NULL,
                                    (struct stand_in){.is_foreign = true});
    return making->elsewhere;
}

/* ---- boxes ------------------------------------------------------------------------------- */

/* The folded part of the page around an element, or NULL. */
static struct fold *folded_around(const struct making *making, struct fold *fold) {
    struct fold *found = NULL;
    for (; fold != making->page; fold = fold->parent)
        if (making->folded[fold->number])
            found = fold;
    return found;
}

static struct decl *box_within(struct making *making, const struct decl *element) {
    struct fold *folded = folded_around(making, making->division->fold_of[element->number]);
    return folded ? add_folded(making, folded) : add_element(making, element, false);
}

/* Seen from this page: the outermost part around it that is not around the page as well. */
static struct decl *box_outside(struct making *making, const struct decl *element) {
    struct fold *fold = making->division->fold_of[element->number];
    if (making->detail == DETAIL_inside)
        return box_elsewhere(making);
    const struct fold *common = common_fold(fold, making->page);
    if (fold == common)
        return add_element(making, element, true);
    while (fold->parent != common)
        fold = fold->parent;
    return fold->end - fold->start == 1 ? add_element(making, element, true)
                                        : add_folded(making, fold);
}

static bool is_within(const struct making *making, const struct decl *element) {
    return fold_is_in(making->division->fold_of[element->number], making->page);
}

static struct decl *box_for(struct making *making, const struct decl *element) {
    return is_within(making, element) ? box_within(making, element) : box_outside(making, element);
}

static void add_members(struct making *making) {
    const struct division *division = making->division;
    add_boundary(making, making->page->boundary);
    for (size_t i = 0; i < division->outward.count; i++) {
        struct fold *fold = division->outward.items[i];
        if (fold != making->page && fold_is_in(fold, making->page) && !folded_around(making, fold))
            add_boundary(making, fold->boundary);
    }
    for (size_t i = making->page->start; i < making->page->end; i++)
        box_within(making, division->order[i]);
}

/* ---- flows ------------------------------------------------------------------------------- */

static void gather_flows(struct making *making) {
    for (size_t i = making->page->start; i < making->page->end; i++) {
        const struct decl *element = making->division->order[i];
        for (size_t j = 0; j < decl_flow_count(element); j++) {
            const struct decl *flow = element->flows[j];
            if (flow->from != element && is_within(making, flow->from))
                continue; /* met there */
            struct decl *from = box_for(making, flow->from), *to = box_for(making, flow->to);
            if (from != to || flow->from == flow->to)
                *ARRAY_ADD(making->arena, &making->flows) = (struct shown_flow){flow, from, to};
        }
    }
}

static int by_index(const void *a, const void *b) {
    const struct shown_flow *left = a, *right = b;
    return left->flow->index < right->flow->index ? -1 : left->flow->index > right->flow->index;
}

static bool is_whole(const struct making *making, const struct decl *box) {
    return making->stand_ins.items[box->number].original != NULL;
}

static struct decl *add_flow(struct making *making, struct decl *flow,
                             const struct shown_flow *shown, struct stand_in line) {
    flow->from = shown->from;
    flow->to = shown->to;
    flow->parent = NULL;
    *ARRAY_ADD(making->arena, &making->flow_decls) = flow;
    *ARRAY_ADD(making->arena, &making->lines) = line;
    list(making, flow);
    flow->from->flow_count++;
    flow->to->flow_count += flow->to != flow->from;
    return flow;
}

static void add_to_line(const struct making *making, const struct decl *line,
                        const struct shown_flow *shown) {
    struct stand_in *stand_in = &making->lines.items[line->index];
    int worst = worst_tier(making->whole, shown->flow);
    if (stand_in->flows < FLOWS_NAMED)
        stand_in->named[stand_in->flows] = badge_number(making->whole->analysis, shown->flow);
    stand_in->forth += shown->from == line->from;
    stand_in->back += shown->from != line->from;
    stand_in->flows++;
    if (worst && (!stand_in->worst || worst < stand_in->worst))
        stand_in->worst = worst;
    if (flow_passage(making->whole->analysis, shown->flow)->step_count)
        making->passages[line->index].step_count = 1;
}

/* Flows between two elements are copied, all others share a line. */
static void add_flows(struct making *making) {
    struct table lines = {0};
    size_t count = making->flows.count;
    uint32_t(*keys)[2] = arena_array(making->arena, count + 1, sizeof *keys);
    making->passages = ARENA_ARRAY(making->arena, struct passage, count + 1);
    if (count)
        qsort(making->flows.items, count, sizeof *making->flows.items, by_index);
    for (size_t i = 0; i < count; i++) {
        const struct shown_flow *shown = &making->flows.items[i];
        uint32_t a = shown->from->number, b = shown->to->number;
        if (is_whole(making, shown->from) && is_whole(making, shown->to)) {
            struct decl *flow = add_flow(making, copy_of(making, shown->flow), shown,
                                         (struct stand_in){.original = shown->flow});
            making->passages[flow->index] = *flow_passage(making->whole->analysis, shown->flow);
            continue;
        }
        keys[i][0] = a < b ? a : b, keys[i][1] = a < b ? b : a;
        struct slice key = {(const char *)keys[i], sizeof keys[i]};
        struct decl *line = table_get(&lines, key);
        if (!line) {
            line =
                add_flow(making,
                         invent(making, KIND_FLOW,
                                text_format(making->arena, "line.%zu.", making->flow_decls.count)),
                         shown, (struct stand_in){.first = shown->flow});
            table_intern(making->arena, &lines, key, line);
        }
        add_to_line(making, line, shown);
    }
}

static void add_crossings(struct making *making) {
    const struct decl_list *crossings = &making->whole->model->of[KIND_CROSSING];
    for (size_t i = 0; i < crossings->count; i++) {
        const struct decl *at = more_of(crossings->items[i])->at;
        struct decl *box = at ? making->boxes[making->division->folds.count + at->number] : NULL;
        if (!box)
            continue;
        struct decl *copy = copy_of(making, crossings->items[i]);
        struct more *more = ARENA_NEW(making->arena, struct more);
        *more = *more_of(crossings->items[i]);
        more->at = box;
        copy->more = more;
        *ARRAY_ADD(making->arena, &making->crossings) = crossings->items[i];
        list(making, copy);
    }
}

/* ---- the whole of it --------------------------------------------------------------------- */

/* Elements, then flows, then crossings; boundaries are numbered after them. */
static void number(struct making *making) {
    struct model *model = making->model;
    struct arena *arena = making->arena;
    for (size_t i = 0; i < model->elements.count; i++)
        *ARRAY_ADD(arena, &model->subjects) = model->elements.items[i];
    for (size_t i = 0; i < making->flow_decls.count; i++) {
        making->flow_decls.items[i]->number = (uint32_t)model->subjects.count;
        *ARRAY_ADD(arena, &model->subjects) = making->flow_decls.items[i];
        *ARRAY_ADD(arena, &making->stand_ins) = making->lines.items[i];
    }
    for (size_t i = 0; i < model->of[KIND_CROSSING].count; i++) {
        struct decl *crossing = model->of[KIND_CROSSING].items[i];
        crossing->number = (uint32_t)model->subjects.count;
        *ARRAY_ADD(arena, &model->subjects) = crossing;
        *ARRAY_ADD(arena, &making->stand_ins) =
            (struct stand_in){.original = making->crossings.items[i]};
    }
    for (size_t i = 0; i < model->of[KIND_BOUNDARY].count; i++) {
        struct decl *boundary = model->of[KIND_BOUNDARY].items[i];
        boundary->number = (uint32_t)(model->subjects.count + i);
        *ARRAY_ADD(arena, &making->stand_ins) = (struct stand_in){.original = boundary};
    }
    model_list_flows(arena, model);
}

static size_t leaving_flows(const struct making *making) {
    size_t count = 0;
    for (size_t i = 0; i < making->flows.count; i++)
        count += !is_within(making, making->flows.items[i].flow->from) ||
                 !is_within(making, making->flows.items[i].flow->to);
    return count;
}

static struct slice caption(const struct making *making) {
    const struct fold *page = making->page;
    size_t elements = page->end - page->start, pages = making->division->pages.count - 1;
    if (!page->parent)
        return text_format(making->arena,
                           "Overview of %zu elements and %zu flows. Each dashed box is folded, "
                           "and has a page of its own: %zu in all.",
                           elements, page->flows, pages);
    return text_format(
        making->arena,
        "\xe2\x80\xb9 Overview \xc2\xb7 %.*s: %zu elements, %zu flows inside, %zu to "
        "other pages",
        SLICE_ARGS(page->title), elements, page->flows, leaving_flows(making));
}

static struct emission *new_emission(const struct making *making, const struct emission *emission) {
    struct emission *result = ARENA_NEW(making->arena, struct emission);
    struct analysis *analysis = ARENA_NEW(making->arena, struct analysis);
    *result = *emission;
    *analysis = *making->whole->analysis;
    analysis->shown = analysis->model = making->model;
    analysis->passages = making->passages;
    result->analysis = analysis;
    result->model = making->model;
    return result;
}

struct emission *make_excerpt(const struct emission *emission, struct division *division,
                              struct fold *page, enum detail detail, struct slice choice) {
    struct arena *arena = division->emission->arena;
    struct making making = {.arena = arena,
                            .division = division,
                            .whole = division->emission,
                            .page = page,
                            .detail = detail};
    making.folded = ARENA_ARRAY(arena, bool, division->folds.count);
    making.boxes =
        ARENA_ARRAY(arena, struct decl *,
                    division->folds.count + division->emission->analysis->model->subjects.count);
    making.boundaries =
        ARENA_ARRAY(arena, struct decl *, division->emission->model->of[KIND_BOUNDARY].count + 1);
    making.model = model_new(arena, division->emission->model->vocabulary);
    making.model->system = division->emission->model->system;
    choose_folded(division, page, making.folded);
    add_members(&making);
    gather_flows(&making);
    add_flows(&making);
    add_crossings(&making);
    struct excerpt *excerpt = ARENA_NEW(arena, struct excerpt);
    excerpt->division = division;
    excerpt->page = page;
    excerpt->detail = detail;
    excerpt->choice = choice;
    excerpt->caption = caption(&making);
    number(&making);
    excerpt->stand_ins = making.stand_ins.items;
    excerpt->zone_numbers = making.zone_numbers.items;
    struct emission *result = new_emission(&making, emission);
    result->excerpt = excerpt;
    return result;
}

const struct emission *whole_of(const struct picture *picture) {
    const struct excerpt *excerpt = picture->emission->excerpt;
    return excerpt ? excerpt->division->emission : picture->emission;
}

size_t picture_badge(const struct picture *picture, const struct decl *decl) {
    return badge_number(whole_of(picture)->analysis, original_of(picture, decl));
}
