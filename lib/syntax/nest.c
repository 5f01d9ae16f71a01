/* Boundaries in order of declaration make the blocks: one is put into its parent's block while that
 * can still be open. Each place between two braces is a slot. The slots of a kind are then filled
 * from the front, never going back, so that a reader from top to bottom meets each kind in its
 * order. What finds no slot of its boundary any more stands outside of all and keeps its `in:`. */
// SPDX-License-Identifier: MIT
#include "syntax/nest.h"

#include "model/kind.h"

/* Blocks inside each other; the rest of NESTING_LIMIT is for their contents. */
#define DEEPEST (NESTING_LIMIT / 2)

struct zone {
    const struct item *item;
    struct zone *around; /* NULL: it stands on the outermost level */
    unsigned depth;
    ARRAY_OF(size_t) slots; /* ascending */
    size_t next;            /* the first of them that the kind being placed may still use */
};

struct slot {
    struct nest_steps steps;
    struct nest_step then; /* the brace after it */
};

struct nesting {
    struct arena *arena;
    const struct tree *tree;
    struct zone outside;
    struct zone *zones; /* of the boundaries, in order of declaration */
    size_t zone_count;
    struct table by_id;
    ARRAY_OF(struct slot) slots;
};

/* The boundary that `in:` names, or "". */
static struct slice place_of(const struct item *item) {
    for (const struct item *inner = items_inside(item); inner; inner = inner->next)
        if (inner->kind == ITEM_ATTRIBUTE && slice_is(word_text(&inner->word), "in"))
            return word_text(&inner->value->word);
    return (struct slice){"", 0};
}

static enum kind kind_of(const struct item *item) {
    return item->arrow ? KIND_FLOW : kind_find(word_text(&item->word));
}

static void open_slot(struct nesting *nesting, struct zone *zone) {
    *ARRAY_ADD(nesting->arena, &zone->slots) = nesting->slots.count;
    *ARRAY_ADD(nesting->arena, &nesting->slots) = (struct slot){0};
}

static void end_slot(struct nesting *nesting, enum nest_action action, const struct zone *zone) {
    nesting->slots.items[nesting->slots.count - 1].then =
        (struct nest_step){action, zone->item, zone->around != NULL};
}

/* Closes the blocks that are open inside of `zone`, NULL for the outermost level. */
static void close_down_to(struct nesting *nesting, struct zone *open, struct zone *zone) {
    while (open && open != zone) {
        end_slot(nesting, NEST_LEAVE, open);
        open = open->around;
        open_slot(nesting, open ? open : &nesting->outside);
    }
}

static bool is_open(const struct zone *open, const struct zone *zone) {
    while (open && open != zone)
        open = open->around;
    return open && open->depth < DEEPEST;
}

static void lay_out(struct nesting *nesting) {
    struct zone *open = NULL;
    open_slot(nesting, &nesting->outside);
    for (size_t i = 0; i < nesting->zone_count; i++) {
        struct zone *zone = &nesting->zones[i];
        struct zone *around = table_get(&nesting->by_id, place_of(zone->item));
        zone->around = around && is_open(open, around) ? around : NULL;
        zone->depth = zone->around ? zone->around->depth + 1 : 1;
        close_down_to(nesting, open, zone->around);
        end_slot(nesting, NEST_ENTER, zone);
        open_slot(nesting, zone);
        open = zone;
    }
    close_down_to(nesting, open, NULL);
}

/* The zone's first slot that is not before the cursor; false when all are. */
static bool find_slot(struct zone *zone, size_t cursor, size_t *slot) {
    while (zone->next < zone->slots.count && zone->slots.items[zone->next] < cursor)
        zone->next++;
    if (zone->next == zone->slots.count)
        return false;
    *slot = zone->slots.items[zone->next];
    return true;
}

/* All of one kind. */
static void place_elements(struct nesting *nesting, enum kind kind) {
    size_t cursor = 0;
    nesting->outside.next = 0;
    for (size_t i = 0; i < nesting->zone_count; i++)
        nesting->zones[i].next = 0;
    for (const struct item *item = nesting->tree->file.items; item; item = item->next) {
        if (kind_of(item) != kind)
            continue;
        struct zone *zone = table_get(&nesting->by_id, place_of(item));
        bool inside = zone && find_slot(zone, cursor, &cursor);
        if (!inside)
            find_slot(&nesting->outside, cursor, &cursor);
        *ARRAY_ADD(nesting->arena, &nesting->slots.items[cursor].steps) =
            (struct nest_step){NEST_ITEM, item, inside};
    }
}

static bool is_element(enum kind kind) {
    return kind != KIND_COUNT && kind_in(kind, ON_ELEMENT);
}

/* Each kind of element once, when its first one is met; the rest before or after the boundaries, in
 * its own order. */
static void place_all(struct nesting *nesting) {
    unsigned placed = 0;
    size_t slot = 0;
    for (const struct item *item = nesting->tree->file.items; item; item = item->next) {
        enum kind kind = kind_of(item);
        if (kind == KIND_BOUNDARY) {
            slot = nesting->slots.count - 1;
        } else if (!is_element(kind)) {
            *ARRAY_ADD(nesting->arena, &nesting->slots.items[slot].steps) =
                (struct nest_step){NEST_ITEM, item, false};
        } else if (!kind_in(kind, placed)) {
            place_elements(nesting, kind);
            placed |= 1u << kind;
        }
    }
}

static void find_zones(struct nesting *nesting) {
    size_t count = 0;
    for (const struct item *item = nesting->tree->file.items; item; item = item->next)
        count += kind_of(item) == KIND_BOUNDARY;
    nesting->zones = ARENA_ARRAY(nesting->arena, struct zone, count);
    for (const struct item *item = nesting->tree->file.items; item; item = item->next) {
        if (kind_of(item) != KIND_BOUNDARY)
            continue;
        struct zone *zone = &nesting->zones[nesting->zone_count++];
        zone->item = item;
        table_intern(nesting->arena, &nesting->by_id, word_text(&item->head->name), zone);
    }
}

struct nest_steps nest(struct arena *arena, const struct tree *tree) {
    struct nesting nesting = {.arena = arena, .tree = tree};
    struct nest_steps all = {0};
    find_zones(&nesting);
    lay_out(&nesting);
    place_all(&nesting);
    for (size_t i = 0; i < nesting.slots.count; i++) {
        const struct slot *slot = &nesting.slots.items[i];
        for (size_t j = 0; j < slot->steps.count; j++)
            *ARRAY_ADD(arena, &all) = slot->steps.items[j];
        struct nest_step *last = all.count ? &all.items[all.count - 1] : NULL;
        if (slot->then.action == NEST_LEAVE && last && last->action == NEST_ENTER)
            last->action = NEST_ITEM; /* nothing stands in its block */
        else if (i + 1 < nesting.slots.count)
            *ARRAY_ADD(arena, &all) = slot->then;
    }
    return all;
}
