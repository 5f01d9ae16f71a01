/* The zones of an element are its boundary and all boundaries around that one. Trust is what the
 * innermost zone that states one says; where that decides nothing, depth does. */
// SPDX-License-Identifier: MIT
#include "analysis/outside.h"

const char *const direction_words[] = {"", "inward", "outward", "unknown"};

/* Kinds of what is in the hands of its user, who can do with it what they want. */
static const char *const kinds_in_other_hands[] = {"mobile", "browser", "desktop", "device", "cli"};
#define HELD_KINDS (sizeof kinds_in_other_hands / sizeof *kinds_in_other_hands)

/* The words that kinds are compared with. */
struct kind_words {
    symbol held[HELD_KINDS], person;
};

static struct kind_words find_kind_words(const struct vocabulary *vocabulary) {
    struct kind_words words = {.person = find_symbol(vocabulary, SLICE("person"))};
    for (size_t i = 0; i < HELD_KINDS; i++)
        words.held[i] = find_symbol(vocabulary, slice_of(kinds_in_other_hands[i]));
    return words;
}

/* 0 where none is stated. */
static symbol kind_word(const struct attribute *kind) {
    return kind && kind->stated ? *attribute_words(kind) : 0;
}

static bool is_held(const struct kind_words *words, const struct decl *element) {
    bool external = decl_is_external(element);
    symbol kind = kind_word(
        decl_attribute(element, external ? ATTRIBUTE_external_kind : ATTRIBUTE_process_kind));
    for (size_t i = 0; i < HELD_KINDS; i++)
        if (kind && kind == words->held[i])
            return true;
    return false;
}

/* An actor is one unless it says otherwise. */
static bool is_person(const struct kind_words *words, const struct decl *element) {
    if (!decl_is_external(element))
        return false;
    const struct attribute *kind = decl_attribute(element, ATTRIBUTE_external_kind);
    if (!kind)
        return element->kind == KIND_ACTOR;
    return words->person && kind_word(kind) == words->person;
}

bool holds_in_hand(const struct zones *zones, const struct decl *person, const struct decl *thing) {
    return zones->persons[person->number] && zones->held[thing->number];
}

/* A process on somebody else's machine. */
static bool is_in_other_hands(const struct zones *zones, const struct decl *element) {
    return element->kind == KIND_PROCESS && zones->held[element->number];
}

static void find_zone(const struct decl *boundary, struct trust_zone *zone) {
    const struct attribute *trust = decl_attribute(boundary, ATTRIBUTE_trust);
    if (!trust || !trust->stated)
        return;
    zone->trust = trust->number;
    zone->stated_by = boundary;
    if (!boundary_is_hidden(boundary))
        zone->outside = trust->number == 0;
}

/* Boundaries from the outside inwards, so that each starts with what its parent's zone is. */
static void fill_zones(struct arena *arena, const struct decl_list *boundaries,
                       struct trust_zone *zones) {
    struct arena_mark mark = arena_mark(arena);
    bool *done = ARENA_ARRAY(arena, bool, boundaries->count + 1);
    const struct decl **way = ARENA_ARRAY(arena, const struct decl *, boundaries->count + 1);
    for (size_t i = 0; i < boundaries->count; i++) {
        size_t length = 0;
        const struct decl *at = boundaries->items[i];
        for (; at && !done[at->index]; at = at->parent)
            way[length++] = at;
        while (length) {
            at = way[--length];
            zones[at->index] =
                at->parent ? zones[at->parent->index] : (struct trust_zone){-1, NULL, false};
            find_zone(at, &zones[at->index]);
            done[at->index] = true;
        }
    }
    arena_rewind(arena, mark);
}

struct zones find_zones(struct arena *arena, const struct model *model) {
    const struct decl_list *boundaries = &model->of[KIND_BOUNDARY];
    const struct decl_list *elements = &model->elements;
    struct zones zones = {.any = boundaries->count > 0};
    zones.of = ARENA_ARRAY(arena, struct trust_zone, boundaries->count + 1);
    zones.persons = ARENA_ARRAY(arena, bool, model->subjects.count + 1);
    zones.held = ARENA_ARRAY(arena, bool, model->subjects.count + 1);
    fill_zones(arena, boundaries, zones.of);
    struct kind_words words = find_kind_words(model->vocabulary);
    for (size_t i = 0; i < elements->count; i++) {
        const struct decl *element = elements->items[i];
        zones.persons[element->number] = is_person(&words, element);
        zones.held[element->number] = is_held(&words, element);
    }
    return zones;
}

static struct trust_zone zone_of(const struct zones *zones, const struct decl *element) {
    return element->parent ? zones->of[element->parent->index]
                           : (struct trust_zone){-1, NULL, false};
}

bool comes_from_outside(const struct zones *zones, const struct decl *caller,
                        const struct decl *callee) {
    bool ours = !decl_is_external(callee);
    if (!zones->any)
        return ours && decl_is_external(caller);
    if (ours && !decl_is_external(caller) && caller->parent == callee->parent)
        return false;
    if (!caller->parent)
        return ours || callee->parent;
    if (!ours)
        return false;
    struct trust_zone here = zone_of(zones, caller), there = zone_of(zones, callee);
    if (here.outside)
        return true;
    bool may_be_stranger = decl_is_external(caller) || is_in_other_hands(zones, caller);
    return may_be_stranger && !(here.stated_by && there.stated_by && here.trust >= there.trust);
}

bool is_stranger(const struct zones *zones, const struct decl *element) {
    return decl_is_external(element) || zone_of(zones, element).outside ||
           (!element->parent && zones->any);
}

const struct decl *common_boundary(const struct decl *a, const struct decl *b) {
    while (a != b) {
        if (a && (!b || a->depth >= b->depth))
            a = a->parent;
        else
            b = b->parent;
    }
    return a;
}

/* By the trust stated for both, in zones of their own; else by depth. */
static enum direction compare_zones(const struct zones *zones, const struct decl *caller,
                                    const struct decl *callee) {
    struct trust_zone here = zone_of(zones, caller), there = zone_of(zones, callee);
    if (here.stated_by && there.stated_by && here.stated_by != there.stated_by)
        return here.trust == there.trust  ? DIRECTION_UNKNOWN
               : here.trust < there.trust ? DIRECTION_INWARD
                                          : DIRECTION_OUTWARD;
    const struct decl *common = common_boundary(caller->parent, callee->parent);
    return common == caller->parent   ? DIRECTION_INWARD
           : common == callee->parent ? DIRECTION_OUTWARD
                                      : DIRECTION_UNKNOWN;
}

/* A call to a device, say, leaves the caller's trust and enters that of whoever holds the device:
 * its kind alone does not settle a direction that the boundaries leave open. */
static enum direction find_outward(const struct zones *zones, const struct decl *caller,
                                   const struct decl *callee) {
    bool by_kind =
        is_in_other_hands(zones, callee) && callee->parent && !zone_of(zones, callee).outside;
    return by_kind && compare_zones(zones, caller, callee) != DIRECTION_OUTWARD ? DIRECTION_UNKNOWN
                                                                                : DIRECTION_OUTWARD;
}

enum direction find_direction(const struct zones *zones, const struct decl *caller,
                              const struct decl *callee) {
    if (caller->parent == callee->parent)
        return DIRECTION_NONE;
    if (comes_from_outside(zones, caller, callee))
        return DIRECTION_INWARD;
    /* The other way round. NOLINTNEXTLINE(readability-suspicious-call-argument) */
    if (comes_from_outside(zones, callee, caller))
        return find_outward(zones, caller, callee);
    return compare_zones(zones, caller, callee);
}
