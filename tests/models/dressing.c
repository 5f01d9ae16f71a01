/* What changes nothing, and what makes a world smaller. */
// SPDX-License-Identifier: MIT
#include "models/deciding.h"

static size_t at_place(const size_t *places, size_t part) {
    return part == NO_PART ? NO_PART : places[part];
}

/* Parts in another order; each reference follows. */
static void shuffle(struct sketch *sketch, struct dice *dice) {
    size_t *places = ARENA_ARRAY(sketch->arena, size_t, sketch->count + 1);
    struct part *parts = ARENA_ARRAY(sketch->arena, struct part, sketch->count + 4);
    for (size_t i = 0; i < sketch->count; i++)
        places[i] = i;
    for (size_t i = sketch->count; i > 1; i--) {
        size_t other = dice_below(dice, (uint32_t)i), kept = places[i - 1];
        places[i - 1] = places[other];
        places[other] = kept;
    }
    for (size_t i = 0; i < sketch->count; i++) {
        struct part part = sketch->parts[i];
        part.parent = at_place(places, part.parent);
        part.from = at_place(places, part.from);
        part.to = at_place(places, part.to);
        parts[places[i]] = part;
    }
    sketch->parts = parts;
}

struct world world_dressed(const struct world *world, uint64_t number) {
    struct world dressed = world_copy(world);
    struct dice dice = dice_new(number);
    struct sketch *sketch = &dressed.sketch;
    shuffle(sketch, &dice);
    for (size_t i = 0; i < sketch->count; i++) {
        if (dice_below(&dice, 2))
            sketch->parts[i].label = SLICE("\"Another: label\"");
        if (dice_below(&dice, 3) == 0)
            sketch_state(sketch, i, ATTRIBUTE_about, SLICE("\"\"\"\n    As it is.\n    \"\"\""));
    }
    for (size_t i = 0; i < dressed.count; i++)
        if (dressed.items[i].kind != KIND_POLICY && dice_below(&dice, 2))
            decided_say(&dressed.items[i], "note", SLICE("\"as we said\""));
    return dressed;
}

/* ---- smaller ----------------------------------------------------------------------------- */

/* Whether this is the way that is wanted; each is counted. */
static bool is_turn(size_t *left) {
    return (*left)-- == 0;
}

static bool drop_of_decision(struct world *smaller, struct decided *decided, size_t *left) {
    if (is_turn(left)) {
        decided->gone = true;
        return true;
    }
    for (size_t i = 0; i < decided->named_count && decided->named_count > 1; i++)
        if (is_turn(left)) {
            decided->named[i] = decided->named[--decided->named_count];
            return true;
        }
    for (size_t i = 0; i < decided->basis.count; i++)
        if (is_turn(left)) {
            decided->basis.items[i] = decided->basis.items[--decided->basis.count];
            return true;
        }
    for (size_t i = 0; i < decided->said_count; i++)
        if (is_turn(left)) {
            decided_say(decided, decided->said[i].name, SLICE(""));
            return true;
        }
    if ((decided->file || decided->imported) && is_turn(left)) {
        decided->file = 0;
        decided->imported = false;
        return true;
    }
    (void)smaller;
    return false;
}

static bool drop_of_part(struct world *smaller, size_t place, size_t *left) {
    struct part *part = &smaller->sketch.parts[place];
    if (is_turn(left)) {
        sketch_drop(&smaller->sketch, place);
        return true;
    }
    for (size_t i = 0; i < part->count; i++)
        if (is_turn(left)) {
            sketch_state(&smaller->sketch, place, part->stated[i].id, SLICE(""));
            return true;
        }
    if (part->parent != NO_PART && is_turn(left)) {
        part->parent = NO_PART;
        return true;
    }
    if (part->unnamed && is_turn(left)) {
        part->unnamed = false;
        return true;
    }
    if (part->imported && is_turn(left)) {
        part->imported = false;
        return true;
    }
    return false;
}

bool world_without(const struct world *world, size_t *place, struct world *smaller) {
    size_t left = (*place)++;
    *smaller = world_copy(world);
    for (size_t i = 0; i < world->count; i++)
        if (!world->items[i].gone && drop_of_decision(smaller, &smaller->items[i], &left))
            return true;
    for (size_t i = 0; i < world->sketch.count; i++)
        if (!world->sketch.parts[i].gone && drop_of_part(smaller, i, &left))
            return true;
    return false;
}
