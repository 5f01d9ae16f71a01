/* Planning: a view's elements and the flows between them, the boundary that each label lies in, and
 * which flows are laid out backwards so that the rest points one way. Every pass is linear in
 * elements, flows and the depth of boundaries. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"

/* With more neighbours than this a view would show little else. */
#define MOST_STUBS 60

const struct color palette[] = {
#define COLOR(name, light, dark) {#name, light, dark},
#include "emit/palette.def"
#undef COLOR
};
const size_t palette_count = sizeof palette / sizeof *palette;

struct slice light_color(struct slice name) {
    for (size_t i = 0; i < palette_count; i++)
        if (slice_is(name, palette[i].name))
            return slice_of(palette[i].light);
    return (struct slice){0};
}

struct zone *picture_zone(struct picture *picture, const struct decl *decl) {
    const struct decl *boundary = decl->parent;
    while (boundary && boundary_is_hidden(boundary))
        boundary = boundary->parent;
    return boundary ? &picture->zones[boundary->index] : &picture->outside;
}

struct zone *drawn_zone(struct picture *picture, const struct decl *decl) {
    struct zone *zone = picture_zone(picture, decl);
    while (zone->boundary && !zone->shown)
        zone = zone->parent;
    return zone;
}

bool is_pale(const struct picture *picture, const struct decl *element) {
    const struct decl *original = original_of(picture, element);
    return picture->stub[element->number] || (original && decl_out_of_scope(original));
}

struct slice drawable_title(struct arena *arena, const struct decl *decl) {
    struct slice title = drawable_text(arena, decl_title(decl));
    return title.length ? title : decl_id(decl);
}

struct slice flow_text(const struct decl *flow) {
    bool named = flow->item && word_text(&flow->item->head->name).length;
    return decl_label(flow).length || !named ? decl_label(flow) : decl_id(flow);
}

bool flow_crosses(const struct picture *picture, const struct decl *flow) {
    return flow_passage(picture->emission->analysis, flow)->step_count != 0;
}

/* ---- what is shown ----------------------------------------------------------------------- */

static void show_zone(struct zone *zone) {
    for (; zone->boundary && !zone->shown; zone = zone->parent)
        zone->shown = true;
}

static bool is_included(const struct decl *decl, const bool *boundaries) {
    for (const struct decl *around = decl->parent; around; around = around->parent)
        if (boundaries[around->index])
            return true;
    return false;
}

static void include(struct picture *picture, struct slice id, bool *boundaries) {
    const struct decl *decl = model_find(picture->model, id);
    if (decl && decl->kind == KIND_BOUNDARY)
        boundaries[decl->index] = true;
    else if (decl && decl_is_element(decl))
        picture->shown[decl->number] = true;
}

static void show_view(struct picture *picture, const struct decl *view) {
    const struct decl_list *all = &picture->model->of[KIND_BOUNDARY];
    const struct attribute *list = decl_attribute(view, ATTRIBUTE_include);
    bool *boundaries = ARENA_ARRAY(picture->arena, bool, all->count);
    if (list && list->item->value->word.kind != VALUE_LIST)
        include(picture, word_text(&list->item->value->word), boundaries);
    for (const struct value *item = list ? value_items(list->item->value) : NULL; item;
         item = item->next)
        include(picture, word_text(&item->word), boundaries);
    for (size_t i = 0; i < picture->model->elements.count; i++) {
        const struct decl *element = picture->model->elements.items[i];
        picture->shown[element->number] |= is_included(element, boundaries);
        if (picture->shown[element->number])
            show_zone(picture_zone(picture, element));
    }
    for (size_t i = 0; i < all->count; i++)
        if (!boundary_is_hidden(all->items[i]) &&
            (boundaries[i] || is_included(all->items[i], boundaries)))
            show_zone(&picture->zones[i]);
}

static void show_all(struct picture *picture) {
    const struct decl_list *all = &picture->model->of[KIND_BOUNDARY];
    for (size_t i = 0; i < picture->model->elements.count; i++) {
        const struct decl *element = picture->model->elements.items[i];
        picture->shown[element->number] = !is_foreign(picture, element);
    }
    for (size_t i = 0; i < all->count; i++)
        picture->zones[i].shown = !boundary_is_hidden(all->items[i]);
}

/* What a flow that leaves the view leads to. */
static void show_stub(struct picture *picture, const struct decl *flow) {
    const struct decl *end = picture->shown[flow->from->number] ? flow->to : flow->from;
    picture->stub_count += !picture->stub[end->number];
    picture->stub[end->number] = true;
}

static void show_stubs(struct picture *picture) {
    for (size_t i = 0; i < picture->model->elements.count; i++) {
        const struct decl *element = picture->model->elements.items[i];
        bool stub = picture->stub[element->number];
        picture->dims |= picture->shown[element->number] && !stub && is_pale(picture, element);
        picture->shown[element->number] |= stub;
    }
}

static void find_stubs(struct picture *picture) {
    const struct decl_list *flows = &picture->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++)
        if (picture->shown[flows->items[i]->from->number] !=
            picture->shown[flows->items[i]->to->number])
            show_stub(picture, flows->items[i]);
    picture->leaves_out = picture->stub_count > MOST_STUBS && !picture->emission->excerpt;
    if (!picture->leaves_out)
        return;
    for (size_t i = 0; i < picture->model->elements.count; i++)
        picture->stub[picture->model->elements.items[i]->number] = false;
    picture->stub_count = 0;
}

/* A flow or crossing is shown with the elements that it is at. */
static void show_between(struct picture *picture) {
    const struct decl_list *flows = &picture->model->of[KIND_FLOW];
    find_stubs(picture);
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        bool from = picture->shown[flow->from->number], to = picture->shown[flow->to->number];
        bool shown = picture->leaves_out ? from && to : from || to;
        picture->shown[flow->number] = shown;
        picture->flow_count += shown;
        picture->crossing_flow_count += shown && flow_crosses(picture, flow);
    }
    show_stubs(picture);
}

/* ---- where it lies ----------------------------------------------------------------------- */

static void number_zones(struct picture *picture) {
    const struct decl_list *all = &picture->model->of[KIND_BOUNDARY];
    size_t number = 0;
    picture->zones = ARENA_ARRAY(picture->arena, struct zone, all->count);
    for (size_t i = 0; i < all->count; i++) {
        struct zone *zone = &picture->zones[i];
        zone->boundary = all->items[i];
        zone->parent = picture_zone(picture, zone->boundary);
        zone->number = boundary_is_hidden(zone->boundary) ? 0 : ++number;
        if (picture->emission->excerpt)
            zone->number = picture->emission->excerpt->zone_numbers[i];
    }
}

static void nest_zones(struct picture *picture) {
    for (size_t i = 0; i < picture->model->of[KIND_BOUNDARY].count; i++) {
        struct zone *zone = &picture->zones[i], *parent = zone->parent;
        if (!zone->shown)
            continue;
        if (parent->last)
            parent->last->next = zone;
        else
            parent->first = zone;
        parent->last = zone;
        picture->zone_count++;
    }
}

struct zone *next_zone(struct zone *zone, size_t *left) {
    *left = 0;
    if (zone->first)
        return zone->first;
    for (; zone->boundary; zone = zone->parent) {
        ++*left;
        if (zone->next)
            return zone->next;
    }
    return NULL;
}

static int zone_depth(const struct zone *zone) {
    return zone->boundary ? (int)zone->boundary->depth : -1;
}

/* The innermost zone around both; a parent's depth is always less than its child's. */
static struct zone *common_zone(struct zone *a, struct zone *b) {
    while (a != b) {
        int depth_a = zone_depth(a), depth_b = zone_depth(b);
        if (depth_a >= depth_b)
            a = a->parent;
        if (depth_b >= depth_a)
            b = b->parent;
    }
    return a;
}

static void add_member(struct picture *picture, struct zone *zone, const struct decl *decl) {
    struct member *member = ARENA_NEW(picture->arena, struct member);
    member->decl = decl;
    if (zone->last_member)
        zone->last_member->next = member;
    else
        zone->members = member;
    zone->last_member = member;
}

/* Elements first: their order is what the layout starts from. A line's label lies where that of its
 * first flow would. */
static void place_members(struct picture *picture) {
    const struct model *model = picture->model;
    for (size_t i = 0; i < model->elements.count; i++) {
        const struct decl *element = model->elements.items[i];
        if (!picture->shown[element->number])
            continue;
        add_member(picture, drawn_zone(picture, element), element);
        picture->element_count++;
    }
    for (size_t i = 0; i < model->of[KIND_FLOW].count; i++) {
        const struct decl *flow = model->of[KIND_FLOW].items[i];
        if (picture->shown[flow->number] && bundle_of(picture, flow)->leader == flow)
            add_member(picture,
                       common_zone(drawn_zone(picture, flow->from), drawn_zone(picture, flow->to)),
                       flow);
    }
}

/* ---- flows that share a line ------------------------------------------------------------- */

static void add_to_bundle(struct picture *picture, struct bundle *bundle, const struct decl *flow) {
    struct member *member = ARENA_NEW(picture->arena, struct member);
    member->decl = flow;
    if (bundle->last)
        bundle->last->next = member;
    else
        bundle->flows = member;
    bundle->last = member;
    bundle->count++;
    picture->bundled_count += bundle->count == 2;
    bundle->forth |= flow->from == bundle->leader->from;
    bundle->back |= flow->from != bundle->leader->from;
    picture->bundles[flow->index] = bundle;
    const struct stand_in *several = stand_in_for(picture, flow);
    if (several) {
        bundle->forth = several->forth > 0;
        bundle->back = several->back > 0;
    }
}

static const struct decl *lower_end(const struct decl *flow) {
    return flow->from->number < flow->to->number ? flow->from : flow->to;
}

static const struct decl *higher_end(const struct decl *flow) {
    return flow->from->number < flow->to->number ? flow->to : flow->from;
}

/* The flows in a list have the same lower end. `partners` has the bundle of that and each other
 * element; it is empty before and after. */
static void bundle_list(struct picture *picture, const struct member *list,
                        struct bundle **partners) {
    for (const struct member *member = list; member; member = member->next) {
        struct bundle **bundle = &partners[higher_end(member->decl)->number];
        if (!*bundle) {
            *bundle = ARENA_NEW(picture->arena, struct bundle);
            (*bundle)->leader = member->decl;
            picture->line_count++;
        }
        add_to_bundle(picture, *bundle, member->decl);
    }
    for (const struct member *member = list; member; member = member->next)
        partners[higher_end(member->decl)->number] = NULL;
}

static void bundle_flows(struct picture *picture) {
    const struct decl_list *flows = &picture->model->of[KIND_FLOW];
    size_t count = picture->emission->analysis->model->subjects.count;
    struct member **lists = ARENA_ARRAY(picture->arena, struct member *, count);
    struct bundle **partners = ARENA_ARRAY(picture->arena, struct bundle *, count);
    picture->bundles = ARENA_ARRAY(picture->arena, struct bundle *, flows->count);
    for (size_t i = flows->count; i-- > 0;) {
        if (!picture->shown[flows->items[i]->number])
            continue;
        struct member **list = &lists[lower_end(flows->items[i])->number];
        struct member *member = ARENA_NEW(picture->arena, struct member);
        *member = (struct member){flows->items[i], *list};
        *list = member;
    }
    for (size_t i = 0; i < count; i++)
        bundle_list(picture, lists[i], partners);
}

const struct bundle *bundle_of(const struct picture *picture, const struct decl *flow) {
    return picture->bundles[flow->index];
}

static void place_chips(struct picture *picture) {
    const struct decl_list *crossings = &picture->model->of[KIND_CROSSING];
    picture->chips = ARENA_ARRAY(picture->arena, struct member *, picture->model->subjects.count);
    for (size_t i = crossings->count; i-- > 0;) {
        const struct decl *crossing = crossings->items[i];
        const struct decl *at = more_of(crossing)->at;
        if (!at || !picture->shown[at->number] || picture->stub[at->number])
            continue;
        struct member *member = ARENA_NEW(picture->arena, struct member);
        *member = (struct member){crossing, picture->chips[more_of(crossing)->at->number]};
        picture->chips[more_of(crossing)->at->number] = member;
        picture->chip_count++;
    }
}

/* ---- which way it points ----------------------------------------------------------------- */

enum visit { NOT_SEEN, ON_PATH, DONE };

struct step {
    const struct decl *element;
    size_t next; /* of its flows */
};

/* Follows one element's flows; a flow back to the path that led here is laid out reversed. */
static void walk(struct picture *picture, struct step *stack, unsigned char *visits) {
    for (size_t depth = 1; depth;) {
        struct step *top = &stack[depth - 1];
        if (top->next == decl_flow_count(top->element)) {
            visits[top->element->number] = DONE;
            depth--;
            continue;
        }
        const struct decl *flow = top->element->flows[top->next++];
        if (flow->from != top->element || flow->to == flow->from || !picture->shown[flow->number])
            continue;
        if (visits[flow->to->number] == ON_PATH)
            picture->reversed[flow->index] = true;
        if (visits[flow->to->number] != NOT_SEEN)
            continue;
        visits[flow->to->number] = ON_PATH;
        stack[depth++] = (struct step){flow->to, 0};
    }
}

static void reverse_back_flows(struct picture *picture) {
    const struct decl_list *elements = &picture->model->elements;
    struct step *stack = ARENA_ARRAY(picture->arena, struct step, elements->count);
    unsigned char *visits = ARENA_ARRAY(picture->arena, unsigned char, elements->count);
    picture->reversed = ARENA_ARRAY(picture->arena, bool, picture->model->of[KIND_FLOW].count);
    for (size_t i = 0; i < elements->count; i++) {
        if (visits[elements->items[i]->number] != NOT_SEEN)
            continue;
        visits[elements->items[i]->number] = ON_PATH;
        stack[0] = (struct step){elements->items[i], 0};
        walk(picture, stack, visits);
    }
}

/* A view has the direction that it states, or else that of the model. A choice is of one picture.
 */
static void pin_layout(struct picture *picture) {
    const struct decl *view = picture->emission->options.view, *model = picture->model->system;
    struct slice layout = {0};
    picture->across = true;
    if (view)
        layout = decl_text(view, ATTRIBUTE_layout);
    if (!layout.length && model)
        layout = decl_text(model, ATTRIBUTE_layout);
    picture->pinned = slice_is(layout, "across") || slice_is(layout, "down");
    picture->across = !slice_is(layout, "down");
    if (picture->emission->excerpt)
        picture->choice = picture->emission->excerpt->choice;
    else if (view || model)
        picture->choice = decl_text(view ? view : model, ATTRIBUTE_layout_choice);
}

struct picture *plan_picture(const struct emission *emission) {
    struct picture *picture = ARENA_NEW(emission->arena, struct picture);
    picture->emission = emission;
    picture->model = emission->model;
    picture->arena = emission->arena;
    pin_layout(picture);
    picture->shown = ARENA_ARRAY(emission->arena, bool, emission->analysis->model->subjects.count);
    picture->stub = ARENA_ARRAY(emission->arena, bool, emission->analysis->model->subjects.count);
    number_zones(picture);
    if (emission->options.view)
        show_view(picture, emission->options.view);
    else
        show_all(picture);
    show_between(picture);
    nest_zones(picture);
    bundle_flows(picture);
    place_members(picture);
    place_chips(picture);
    reverse_back_flows(picture);
    return picture;
}
