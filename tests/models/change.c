/* What may be drawn or stated, so that the rest of the model has to stay as it was. */
// SPDX-License-Identifier: MIT
#include "models/change.h"

static struct change no_change(enum property property) {
    return (struct change){.property = property, .part = NO_PART, .id = ATTRIBUTE_COUNT};
}

/* False where the model has no room for it. */
static bool choose_adding(struct sketch *sketch, struct dice *dice, struct change *change) {
    *change = no_change(ADDING);
    change->added_count = 1;
    switch (dice_below(dice, 4)) {
    case 0:
        change->added[0] = random_element(sketch, dice);
        return true;
    case 1:
        change->added[0] = random_boundary(sketch, dice);
        for (size_t i = 0; i < sketch->count; i++)
            if (!sketch->parts[i].gone && sketch->parts[i].kind == KIND_BOUNDARY)
                return true;
        return false; /* the first one says what outside is */
    default:
        return random_flow(sketch, dice, &change->added[0]);
    }
}

static size_t choose_part(const struct sketch *sketch, struct dice *dice, unsigned kinds) {
    for (uint32_t left = 20; left; left--) {
        size_t part = dice_below(dice, (uint32_t)sketch->count);
        if (kind_in(sketch->parts[part].kind, kinds))
            return part;
    }
    return NO_PART;
}

/* An attribute of this role that the part could state. */
static enum attribute_id choose_attribute(const struct sketch *sketch, struct dice *dice,
                                          size_t part, enum attribute_role role) {
    enum attribute_id chosen = ATTRIBUTE_COUNT, id;
    uint32_t seen = 0;
    for (size_t i = 0; (id = attribute_of_kind(sketch->parts[part].kind, i)) != ATTRIBUTE_COUNT;
         i++)
        if (attribute_rows[id].role == role && dice_below(dice, ++seen) == 0)
            chosen = id;
    return chosen;
}

/* `trust` and `initiator` are claims, as are safe protocols and those on which nobody is, that a
 * boundary is mere identity, which makes nobody a stranger, and that an external entity is a
 * person, who floods nothing. */
static bool is_claim(enum attribute_id id, struct slice value) {
    bool safe = false;
    if (id == ATTRIBUTE_trust || id == ATTRIBUTE_initiator ||
        (id == ATTRIBUTE_boundary_kind && slice_is(value, "identity")) ||
        (id == ATTRIBUTE_external_kind && slice_is(value, "person")))
        return true;
    return id == ATTRIBUTE_protocol &&
           ((value_is_known(id, value, &safe) && safe) || slice_is(value, "ipc") ||
            slice_is(value, "syscall") || slice_is(value, "local") || slice_is(value, "file"));
}

static bool choose_trait(struct sketch *sketch, struct dice *dice, struct change *change) {
    *change = no_change(TRAITS);
    change->part = choose_part(sketch, dice, ON_BOUNDARY | ON_SUBJECT);
    if (change->part == NO_PART)
        return false;
    change->id = choose_attribute(sketch, dice, change->part, ROLE_TRAIT);
    if (change->id == ATTRIBUTE_COUNT || sketch_stated(sketch, change->part, change->id))
        return false;
    change->is = random_value(sketch->arena, dice, change->id, WANT_ANY);
    return !is_claim(change->id, change->is);
}

static bool choose_nearer(struct sketch *sketch, struct dice *dice, struct change *change) {
    *change = no_change(NEARER);
    bool call = dice_below(dice, 2);
    change->part = choose_part(sketch, dice, call ? ON_PROCESS | ON_STORE : ON_ELEMENT);
    if (change->part == NO_PART)
        return false;
    if (!call) {
        change->id = ATTRIBUTE_surface;
        change->is = SLICE("\"open\"");
        return !sketch_stated(sketch, change->part, change->id);
    }
    change->added[0] = (struct part){.kind = KIND_EXTERNAL,
                                     .id = SLICE("caller_"),
                                     .parent = NO_PART,
                                     .from = NO_PART,
                                     .to = NO_PART};
    change->added[1] = (struct part){.kind = KIND_FLOW,
                                     .id = SLICE("call_"),
                                     .parent = NO_PART,
                                     .from = sketch->count,
                                     .to = change->part};
    change->added_count = 2;
    return true;
}

static bool choose_fact(struct sketch *sketch, struct dice *dice, struct change *change) {
    *change = no_change(FACTS);
    change->part = choose_part(sketch, dice, ON_SUBJECT);
    if (change->part == NO_PART)
        return false;
    change->id = choose_attribute(sketch, dice, change->part, ROLE_FACT);
    if (change->id == ATTRIBUTE_COUNT)
        return false;
    struct slice safe = random_value(sketch->arena, dice, change->id, WANT_SAFE);
    switch (dice_below(dice, 3)) {
    case 0:
        change->was = random_value(sketch->arena, dice, change->id, WANT_UNSAFE);
        break;
    case 1:
        change->was = safe;
        return true;
    default:
        break;
    }
    change->is = safe;
    return true;
}

bool choose_change(enum property property, struct sketch *sketch, struct dice *dice,
                   struct change *change) {
    typedef bool choice(struct sketch * sketch, struct dice * dice, struct change * change);
    static choice *const choices[] = {choose_adding, choose_trait, choose_nearer, choose_fact};
    return choices[property](sketch, dice, change);
}

struct sketch sketch_changed(const struct sketch *sketch, const struct change *change, bool after) {
    struct sketch copy = sketch_copy(sketch);
    for (size_t i = 0; i < change->added_count && after; i++)
        sketch_add(&copy, change->added[i]);
    if (change->id != ATTRIBUTE_COUNT)
        sketch_state(&copy, change->part, change->id, after ? change->is : change->was);
    return copy;
}
