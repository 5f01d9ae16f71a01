/* Division into pages. Boundaries are the parts; where very many lie beside each other, and where
 * very many elements lie directly in one, runs of them in order of declaration. A page opens what
 * is in its parts, level by level, as long as there is room. */
// SPDX-License-Identifier: MIT
#include "emit/division.h"

#include "base/table.h"

#include <string.h>

/* Elements of a page that folds nothing: with their neighbours they fill it. */
#define DETAILED 26
#define FAN 32   /* parts beside each other */
#define RUN 16   /* of them in a piece, where there are more */
#define BOXES 20 /* on a page that folds, before parts are opened no more */
#define LINES 30 /* the same */
#define LOOSE 4  /* elements that stay beside folded parts */
#define LOOSE_OUTSIDE 8
#define TINY 2 /* elements that take no more room than their folded part */

struct list {
    const struct decl **elements;
    size_t count;
};

/* ---- the tree ---------------------------------------------------------------------------- */

static struct fold *add_fold(struct division *division, struct fold *parent,
                             const struct decl *boundary) {
    struct fold *fold = ARENA_NEW(division->emission->arena, struct fold);
    fold->boundary = boundary;
    fold->parent = parent;
    fold->depth = parent ? parent->depth + 1 : 0;
    fold->number = division->folds.count;
    *ARRAY_ADD(division->emission->arena, &division->folds) = fold;
    if (!parent)
        return fold;
    if (parent->last)
        parent->last->next = fold;
    else
        parent->first = fold;
    parent->last = fold;
    return fold;
}

static struct fold *add_piece(struct division *division, struct fold *parent) {
    struct fold *piece = add_fold(division, parent, parent->boundary);
    piece->is_piece = true;
    return piece;
}

static size_t pieces_of(size_t count, size_t most) {
    size_t pieces = (count + most - 1) / most;
    return pieces < RUN ? pieces : RUN;
}

static void place_loose(struct division *division, struct fold *fold, struct list list) {
    for (size_t i = 0; i < list.count; i++)
        division->fold_of[list.elements[i]->number] = fold;
}

/* Elements that lie directly in a boundary, cut into runs as long as there are too many. */
static void add_elements(struct division *division, struct fold *fold, struct list list) {
    size_t pieces = pieces_of(list.count, DETAILED), done = 0;
    if (list.count <= DETAILED) {
        place_loose(division, fold, list);
        return;
    }
    for (size_t i = 0; i < pieces; i++) {
        size_t count = (list.count - done) / (pieces - i);
        add_elements(division, add_piece(division, fold),
                     (struct list){list.elements + done, count});
        done += count;
    }
}

static struct list elements_in(struct division *division, const struct zone *zone) {
    struct list list = {0};
    for (const struct member *at = zone->members; at; at = at->next)
        list.count += decl_is_element(at->decl);
    list.elements = ARENA_ARRAY(division->emission->arena, const struct decl *, list.count);
    list.count = 0;
    for (const struct member *at = zone->members; at; at = at->next)
        if (decl_is_element(at->decl))
            list.elements[list.count++] = at->decl;
    return list;
}

/* Puts the boundaries inside of a fold into pieces where there are more than FAN. The elements that
 * lie directly in it are the first part, and stay apart. */
static void gather_parts(struct division *division, struct fold *fold) {
    size_t count = 0, pieces, done = 0;
    struct fold *direct = fold->first && fold->first->is_piece ? fold->first : NULL;
    struct fold *part = direct ? direct->next : fold->first;
    for (const struct fold *at = part; at; at = at->next)
        count++;
    if (count <= FAN)
        return;
    pieces = pieces_of(count, RUN);
    fold->first = fold->last = direct;
    if (direct)
        direct->next = NULL;
    for (size_t i = 0; i < pieces; i++) {
        size_t taken = (count - done) / (pieces - i);
        struct fold *piece = add_piece(division, fold);
        done += taken;
        for (piece->first = part; taken--; part = part->next) {
            part->parent = piece;
            piece->last = part;
        }
        piece->last->next = NULL;
    }
}

static void add_contents(struct division *division, struct fold *fold, const struct zone *zone) {
    struct list list = elements_in(division, zone);
    size_t loose = zone->boundary ? LOOSE : LOOSE_OUTSIDE;
    if (zone->first && list.count > loose)
        add_elements(division, add_piece(division, fold), list);
    else
        add_elements(division, fold, list);
}

/* Parents are made before what is in them. */
static void add_zones(struct division *division) {
    struct zone *outside = &division->whole->outside;
    size_t left, zones = division->whole->model->of[KIND_BOUNDARY].count;
    struct fold **folds = ARENA_ARRAY(division->emission->arena, struct fold *, zones + 1);
    division->by_boundary = folds;
    struct fold *root = add_fold(division, NULL, NULL);
    add_contents(division, root, outside);
    for (struct zone *zone = next_zone(outside, &left); zone; zone = next_zone(zone, &left)) {
        struct fold *parent = zone->parent->boundary ? folds[zone->parent->boundary->index] : root;
        struct fold *fold = add_fold(division, parent, zone->boundary);
        folds[zone->boundary->index] = fold;
        add_contents(division, fold, zone);
    }
    for (size_t i = 0; i < division->folds.count; i++) /* pieces are added */
        gather_parts(division, division->folds.items[i]);
}

/* ---- the order --------------------------------------------------------------------------- */

static struct fold *next_fold(struct fold *fold, const struct fold *within) {
    if (fold->first)
        return fold->first;
    while (fold != within && !fold->next)
        fold = fold->parent;
    return fold == within ? NULL : fold->next;
}

/* Each fold's elements stand together, those that lie in no part of it first. */
static void order_elements(struct division *division) {
    const struct decl_list *elements = &division->whole->model->elements;
    struct fold *root = division->folds.items[0];
    size_t at = 0;
    division->order =
        ARENA_ARRAY(division->emission->arena, const struct decl *, elements->count + 1);
    for (size_t i = 0; i < elements->count; i++)
        division->fold_of[elements->items[i]->number]->loose++;
    for (struct fold *fold = root; fold; fold = next_fold(fold, root)) {
        fold->depth = fold->parent ? fold->parent->depth + 1 : 0;
        fold->start = at;
        *ARRAY_ADD(division->emission->arena, &division->outward) = fold;
        at += fold->loose;
        fold->end = at;
        fold->loose = 0;
    }
    for (size_t i = division->outward.count; i-- > 0;) {
        struct fold *fold = division->outward.items[i];
        if (fold->last)
            fold->end = fold->last->end;
    }
    for (size_t i = 0; i < elements->count; i++) {
        struct fold *fold = division->fold_of[elements->items[i]->number];
        division->order[fold->start + fold->loose++] = elements->items[i];
    }
}

bool fold_is_in(const struct fold *fold, const struct fold *outer) {
    while (fold->depth > outer->depth)
        fold = fold->parent;
    return fold == outer;
}

struct fold *common_fold(struct fold *a, struct fold *b) {
    while (a != b) {
        bool deeper = a->depth > b->depth;
        if (b->depth >= a->depth)
            b = b->parent;
        else if (deeper)
            a = a->parent;
    }
    return a;
}

static size_t size_of(const struct fold *fold) {
    return fold->end - fold->start;
}

/* ---- what lies inside -------------------------------------------------------------------- */

int worst_tier(const struct emission *emission, const struct decl *subject) {
    const struct method *method = emission->rows->pack->method;
    int worst = 0;
    for (size_t i = 0; i < method->letter_count; i++) {
        const struct row *row = row_of(emission->rows, subject, &method->letters[i]);
        if (row->state == ROW_OPEN && (!worst || row->tier < worst))
            worst = row->tier;
    }
    return worst;
}

/* Counted where both ends are; then each fold's in the one around it. */
static void count_inside(struct division *division) {
    const struct emission *emission = division->emission;
    const struct decl_list *flows = &emission->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        struct fold *fold =
            common_fold(division->fold_of[flow->from->number], division->fold_of[flow->to->number]);
        fold->flows++;
        fold->open[worst_tier(emission, flow)]++;
    }
    for (size_t i = 0; i < emission->model->elements.count; i++) {
        const struct decl *element = emission->model->elements.items[i];
        division->fold_of[element->number]->open[worst_tier(emission, element)]++;
    }
    for (size_t i = division->outward.count; i-- > 1;) {
        const struct fold *fold = division->outward.items[i];
        struct fold *parent = fold->parent;
        parent->flows += fold->flows;
        for (size_t tier = 0; tier < 4; tier++)
            parent->open[tier] += fold->open[tier];
    }
}

/* ---- pages ------------------------------------------------------------------------------- */

/* How many boxes the parts of a fold take when it is opened. */
static size_t boxes_in(const struct fold *fold) {
    size_t boxes = fold->first ? fold->loose : size_of(fold);
    for (const struct fold *part = fold->first; part; part = part->next)
        boxes++;
    return boxes;
}

static void set_parts(struct fold *fold, bool *folded, bool value) {
    for (const struct fold *part = fold->first; part; part = part->next)
        folded[part->number] = value;
}

struct layer {
    ARRAY_OF(struct fold *) folds;
    size_t boxes; /* that they would take when opened */
};

/* What is opened next: all that is tiny; else all of the outermost that has parts, so that what is
 * alike is drawn alike. */
static struct layer next_layer(const struct division *division, const bool *folded) {
    struct layer layer = {.boxes = 0};
    bool tiny = false;
    for (size_t i = 0; i < division->outward.count; i++) {
        struct fold *fold = division->outward.items[i];
        bool is_tiny = size_of(fold) <= TINY;
        if (!folded[fold->number] || !(is_tiny || fold->first) || (tiny && !is_tiny))
            continue;
        if ((is_tiny && !tiny) || (layer.folds.count && layer.folds.items[0]->depth > fold->depth))
            layer = (struct layer){.boxes = 0};
        tiny |= is_tiny;
        if (layer.folds.count && !tiny && layer.folds.items[0]->depth < fold->depth)
            continue;
        *ARRAY_ADD(division->emission->arena, &layer.folds) = fold;
        layer.boxes += boxes_in(fold);
    }
    return layer;
}

/* What an element is drawn as on the page: itself, or the fold that it lies in. */
static size_t box_of(const struct division *division, const struct fold *page, const bool *folded,
                     const struct decl *element) {
    size_t box = division->folds.count + element->number;
    for (const struct fold *at = division->fold_of[element->number]; at != page; at = at->parent)
        if (folded[at->number])
            box = at->number;
    return box;
}

/* The lines between boxes of the page, at most `most`. */
static size_t count_lines(const struct division *division, const struct fold *page,
                          const bool *folded, size_t most) {
    struct arena *arena = division->emission->arena;
    struct table seen = {0};
    size_t pairs[2], *keys = ARENA_ARRAY(arena, size_t, 2 * (most + 1));
    for (size_t i = page->start; i < page->end; i++) {
        const struct decl *element = division->order[i];
        for (size_t j = 0; j < decl_flow_count(element) && seen.count < most; j++) {
            const struct decl *flow = element->flows[j];
            if (flow->from != element || !fold_is_in(division->fold_of[flow->to->number], page))
                continue;
            size_t a = box_of(division, page, folded, flow->from);
            size_t b = box_of(division, page, folded, flow->to);
            pairs[0] = a < b ? a : b, pairs[1] = a < b ? b : a;
            if (a == b || table_get(&seen, (struct slice){(const char *)pairs, sizeof pairs}))
                continue;
            memcpy(keys + 2 * seen.count, pairs, sizeof pairs);
            const char *key = (const char *)(keys + 2 * seen.count);
            table_intern(arena, &seen, (struct slice){key, sizeof pairs}, keys);
        }
    }
    return seen.count;
}

static void set_layer(const struct layer *layer, bool *folded, bool open) {
    for (size_t i = 0; i < layer->folds.count; i++) {
        folded[layer->folds.items[i]->number] = !open;
        set_parts(layer->folds.items[i], folded, open);
    }
}

static void open_layers(const struct division *division, const struct fold *page, bool *folded) {
    size_t boxes = boxes_in(page);
    for (;;) {
        struct layer layer = next_layer(division, folded);
        size_t wanted = boxes - layer.folds.count + layer.boxes;
        if (!layer.folds.count || (wanted > BOXES && boxes > 2 && wanted > boxes))
            return;
        set_layer(&layer, folded, true);
        if (boxes > 2 && wanted > boxes && count_lines(division, page, folded, LINES + 1) > LINES) {
            set_layer(&layer, folded, false);
            return;
        }
        boxes = wanted;
    }
}

void choose_folded(const struct division *division, const struct fold *page, bool *folded) {
    memset(folded, 0, division->folds.count * sizeof *folded);
    if (size_of(page) <= DETAILED)
        return;
    struct fold *open = division->folds.items[page->number];
    set_parts(open, folded, true);
    open_layers(division, open, folded);
}

struct fold *page_around(struct fold *fold) {
    while (!fold->has_page)
        fold = fold->parent;
    return fold;
}

static struct slice page_id(struct division *division, const struct fold *fold) {
    struct arena *arena = division->emission->arena;
    if (!fold->is_piece)
        return decl_id(fold->boundary);
    struct slice id = text_format(arena, "part-%zu", division->pages.count);
    while (model_find(division->emission->model, id)) /* somebody's own word */
        id = text_format(arena, "%.*s-", SLICE_ARGS(id));
    return id;
}

/* The first or last of what a run of boundaries or elements has. */
static struct slice end_title(const struct division *division, const struct fold *fold, bool last) {
    while (fold->is_piece && fold->first)
        fold = last ? fold->last : fold->first;
    const struct decl *end = fold->boundary;
    if (fold->is_piece)
        end = division->order[last ? fold->end - 1 : fold->start];
    return short_title(division->emission->arena, end);
}

static struct slice fold_title(const struct division *division, const struct fold *fold) {
    if (!fold->parent)
        return SLICE("Overview");
    struct slice first = end_title(division, fold, false), last = end_title(division, fold, true);
    return slice_equal(first, last)
               ? first
               : text_format(division->emission->arena, "%.*s \xe2\x80\xa6 %.*s", SLICE_ARGS(first),
                             SLICE_ARGS(last));
}

static void add_page(struct division *division, struct fold *fold) {
    fold->has_page = true;
    if (fold->parent)
        fold->id = page_id(division, fold);
    *ARRAY_ADD(division->emission->arena, &division->pages) = fold;
}

static void find_pages(struct division *division) {
    bool *folded = ARENA_ARRAY(division->emission->arena, bool, division->folds.count);
    add_page(division, division->folds.items[0]);
    for (size_t i = 0; i < division->pages.count; i++) {
        choose_folded(division, division->pages.items[i], folded);
        for (size_t j = 0; j < division->folds.count; j++)
            if (folded[j] && division->folds.items[j]->end > division->folds.items[j]->start)
                add_page(division, division->folds.items[j]);
    }
}

struct division *divide(const struct emission *emission) {
    struct division *division = ARENA_NEW(emission->arena, struct division);
    struct emission whole = *emission;
    whole.options.view = NULL;
    whole.excerpt = NULL;
    struct emission *kept = ARENA_NEW(emission->arena, struct emission);
    *kept = whole;
    division->emission = kept;
    division->whole = plan_picture(kept);
    division->fold_of =
        ARENA_ARRAY(emission->arena, struct fold *, emission->analysis->model->subjects.count);
    add_zones(division);
    order_elements(division);
    count_inside(division);
    find_pages(division);
    for (size_t i = 0; i < division->folds.count; i++)
        division->folds.items[i]->title =
            drawable_text(emission->arena, fold_title(division, division->folds.items[i]));
    return division->pages.count > 1 ? division : NULL;
}

struct fold *division_page(const struct division *division, struct slice id) {
    for (size_t i = 1; i < division->pages.count; i++)
        if (slice_equal(division->pages.items[i]->id, id))
            return division->pages.items[i];
    return NULL;
}

struct fold *fold_of_boundary(const struct division *division, const struct decl *boundary) {
    size_t count = division->whole->model->of[KIND_BOUNDARY].count;
    return boundary->index < count ? division->by_boundary[boundary->index] : NULL;
}
