/* A value is compared with what was written, by its safety where it answers the question, word by
 * word where the scope rests on it. */
// SPDX-License-Identifier: MIT
#include "analysis/basis.h"

#include "analysis/folding.h"
#include "analysis/patterns.h"

#include <stdlib.h>

/* ---- what a pattern rests on ------------------------------------------------------------- */

/* So many items are compared one by one. The others, as of a process with a thousand flows, are
 * found by a table. */
#define FEW_ITEMS ((size_t)16)

struct gathering {
    struct arena *arena;
    struct basis *basis;
    struct table others;
};

static bool is_new(struct gathering *gathering, const struct decl *decl, enum attribute_id family) {
    const struct basis *basis = gathering->basis;
    for (size_t i = 0; i < basis->count && i < FEW_ITEMS; i++)
        if (basis->items[i].decl == decl && basis->items[i].family == family)
            return false;
    if (basis->count < FEW_ITEMS)
        return true;
    struct reading *reading = ARENA_NEW(gathering->arena, struct reading);
    *reading = (struct reading){decl, family, NULL};
    return table_intern(gathering->arena, &gathering->others,
                        reading_key(gathering->arena, reading), reading) == reading;
}

/* Makes each test of the condition, and adds what was read, each once. What an answer takes from
 * its requests is its own here: which of them says least may change. */
static void add_readings(struct judgement *judgement, const struct condition *condition,
                         enum basis_kind kind, struct gathering *gathering) {
    struct test_results results = {0};
    judgement->results = &results;
    judge(judgement, condition, NULL);
    judgement->results = NULL;
    for (size_t i = 0; i < results.count; i++) {
        const struct reading *reading = &results.items[i].reading;
        const struct decl *asked = results.items[i].asked;
        bool counts = kind == BASIS_TRAIT || attribute_answers(reading->family);
        if (!counts || !is_new(gathering, asked, reading->family))
            continue;
        *ARRAY_ADD(gathering->arena, gathering->basis) =
            (struct basis_item){kind, asked, reading->family, reading->attribute, {"", 0}};
    }
}

/* Whether it asks where the subject lies, or what its flow crosses. */
static bool asks_for_place(const struct condition *condition) {
    if (condition->kind == CONDITION_TRUTH)
        return truth_rows[condition->truth].of == TRUTH_OF_SPOT;
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (asks_for_place(part))
            return true;
    return false;
}

static int compare_slices(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* In order of the words, which says nothing. */
static struct slice join_sorted(struct arena *arena, struct slice *words, size_t count) {
    struct slice joined = {"", 0};
    if (count > 1)
        qsort(words, count, sizeof *words, compare_slices);
    for (size_t i = 0; i < count; i++)
        joined = i ? text_join(arena, joined, SLICE(","), words[i]) : words[i];
    return joined;
}

/* The boundaries that a flow crosses, or that an element lies in. */
static struct slice zone_of(struct arena *arena, const struct rows *rows,
                            const struct decl *subject) {
    const struct decl *place = more_of(subject)->at ? more_of(subject)->at : subject;
    if (subject->kind != KIND_FLOW)
        return place->parent ? decl_id(place->parent) : SLICE("");
    size_t count = flow_passage(rows->analysis, subject)->step_count;
    struct slice *ids = ARENA_ARRAY(arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = decl_id(find_step(subject, i).boundary);
    return join_sorted(arena, ids, count);
}

static const char *const reach_words[] = {"none", "far", "near"};

static int reach_of(const struct rows *rows, const struct decl *subject) {
    const struct spot *spot = subject_spot(rows->analysis, subject);
    return spot_exposed(spot) ? 2 : spot->calls ? 1 : 0;
}

/* All that is read there, whether it is stated or not. `rule` NULL: of a row without questions. */
static void gather_at(struct arena *arena, const struct rows *rows, const struct rule *rule,
                      const struct decl *subject, struct basis *basis) {
    bool placed = !rule;
    if (rule) {
        struct judgement judgement = judgement_at(arena, rows->analysis, subject);
        struct gathering gathering = {.arena = arena, .basis = basis};
        add_readings(&judgement, rule->unless, BASIS_FACT, &gathering);
        add_readings(&judgement, rule->when, BASIS_TRAIT, &gathering);
        placed = asks_for_place(rule->when);
    }
    if (placed)
        *ARRAY_ADD(arena, basis) = (struct basis_item){BASIS_ZONE, subject, ATTRIBUTE_COUNT, NULL,
                                                       zone_of(arena, rows, subject)};
    *ARRAY_ADD(arena, basis) = (struct basis_item){BASIS_REACH, subject, ATTRIBUTE_COUNT, NULL,
                                                   slice_of(reach_words[reach_of(rows, subject)])};
}

/* Beside the families of attributes. */
enum { NAME_UNKNOWN = ATTRIBUTE_COUNT, NAME_ZONE, NAME_REACH };

struct basis_key {
    const struct decl *decl;
    size_t name; /* as wide as the pointer: the key has no padding */
};

static struct slice as_key(const struct basis_key *key) {
    return (struct slice){(const char *)key, sizeof *key};
}

static struct basis_key key_of(const struct basis_item *item) {
    size_t name = item->kind == BASIS_REACH  ? (size_t)NAME_REACH
                  : item->kind == BASIS_ZONE ? (size_t)NAME_ZONE
                                             : item->family;
    return (struct basis_key){item->decl, name};
}

/* Adds what is not there yet. */
static void join(struct arena *arena, struct table *seen, const struct basis *more,
                 struct basis *basis) {
    for (size_t i = 0; i < more->count; i++) {
        struct basis_key *key = ARENA_NEW(arena, struct basis_key);
        *key = key_of(&more->items[i]);
        if (table_intern(arena, seen, as_key(key), key) == key)
            *ARRAY_ADD(arena, basis) = more->items[i];
    }
}

/* A trait that is not stated is nothing to rest on, while a fact that is not stated leaves its
 * question open. */
static void leave_out_unstated(struct basis *basis) {
    size_t kept = 0;
    for (size_t i = 0; i < basis->count; i++)
        if (basis->items[i].kind != BASIS_TRAIT || basis->items[i].attribute)
            basis->items[kept++] = basis->items[i];
    basis->count = kept;
}

/* A decision about what folds rests on what is read where that is asked. What is a trait to one of
 * these questions may be a fact to the next, so what is left out goes before they are joined. */
static void gather(struct arena *arena, const struct rows *rows, const struct target *target,
                   bool only_what_counts, struct basis *basis) {
    struct folded folded = find_folded(arena, rows, target);
    struct table seen = {0};
    gather_at(arena, rows, target->rule, target->rule ? target->spot : target->subject, basis);
    if (only_what_counts)
        leave_out_unstated(basis);
    if (!folded.count)
        return;
    struct basis own = *basis;
    *basis = (struct basis){0};
    join(arena, &seen, &own, basis);
    for (size_t i = 0; i < folded.count; i++) {
        struct basis more = {0};
        gather_at(arena, rows, folded.items[i]->rule, folded.items[i]->subject, &more);
        if (only_what_counts)
            leave_out_unstated(&more);
        join(arena, &seen, &more, basis);
    }
}

void find_basis(struct arena *arena, const struct rows *rows, const struct target *target,
                struct basis *basis) {
    gather(arena, rows, target, true, basis);
}

/* ---- as text ----------------------------------------------------------------------------- */

static struct slice attribute_value(struct arena *arena, const struct attribute *attribute) {
    size_t count = 0;
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at))
        count++;
    struct slice *words = ARENA_ARRAY(arena, struct slice, count);
    count = 0;
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at))
        words[count++] = word_text(&at->word);
    return join_sorted(arena, words, count);
}

static struct slice item_value(struct arena *arena, const struct basis_item *item) {
    return item->attribute ? attribute_value(arena, item->attribute) : item->value;
}

static struct slice name_of_item(struct arena *arena, const struct basis_item *item) {
    const char *name = item->kind == BASIS_REACH       ? "reach"
                       : item->kind != BASIS_ZONE      ? attribute_rows[item->family].name
                       : item->decl->kind == KIND_FLOW ? "crosses"
                                                       : "in";
    return text_join(arena, decl_id(item->decl), SLICE("."), slice_of(name));
}

struct slice basis_text(struct arena *arena, const struct basis_item *item) {
    return text_join(arena, name_of_item(arena, item), SLICE("="), item_value(arena, item));
}

/* ---- what was written -------------------------------------------------------------------- */

static size_t name_code(const struct naming *naming, const struct decl *decl, struct slice name) {
    const struct attribute_index *attributes = &naming->model->vocabulary->attributes;
    if (slice_is(name, decl->kind == KIND_FLOW ? "crosses" : "in"))
        return NAME_ZONE;
    return slice_is(name, "reach") ? (size_t)NAME_REACH : attribute_family(attributes, name);
}

/* "webhook.auth=signature"; what is of NAME_UNKNOWN is never looked up, and whatever else stands there says nothing. */
static void take_line(struct stated_basis *stated, struct slice line) {
    struct slice name, *value = ARENA_NEW(stated->arena, struct slice);
    if (!slice_has(line, '=') || !slice_cut(&line, '=', &name) || !slice_has(name, '.'))
        return;
    size_t dot = name.length;
    while (name.at[dot - 1] != '.')
        dot--;
    struct decl *decl =
        find_by_id(stated->naming, slice_part(name, 0, dot - 1), ON_SUBJECT | ON_BOUNDARY);
    if (!decl)
        return;
    struct basis_key *key = ARENA_NEW(stated->arena, struct basis_key);
    *key = (struct basis_key){decl,
                              name_code(stated->naming, decl, slice_part(name, dot, name.length))};
    *value = line;
    table_intern(stated->arena, &stated->values, as_key(key), value);
}

struct stated_basis read_basis(const struct naming *naming, const struct decl *decision) {
    struct stated_basis stated = {.arena = naming->arena, .naming = naming};
    const struct attribute *basis = decl_attribute(decision, ATTRIBUTE_basis);
    stated.stated = basis && basis->stated;
    for (const struct value *at = stated_values(basis); at; at = next_stated(basis, at))
        take_line(&stated, word_text(&at->word));
    return stated;
}

/* ---- comparing --------------------------------------------------------------------------- */

/* 0 stated and not safe, 1 not stated, 2 safe. */
static int safety_of(const struct basis_item *item, struct slice written,
                     const struct attribute_index *attributes) {
    enum attribute_id id =
        attribute_find(attributes, slice_of(attribute_rows[item->family].name), item->decl->kind);
    struct slice word;
    bool safe = false, all = true;
    if (!written.length || id == ATTRIBUTE_COUNT)
        return 1;
    while (slice_cut(&written, ',', &word)) {
        attribute_meaning(id, word, &safe);
        all &= safe;
    }
    return all ? 2 : 0;
}

static int reach_rank(struct slice word) {
    for (int i = 0; i < 3; i++)
        if (slice_is(word, reach_words[i]))
            return i;
    return -1;
}

/* Ids of boundaries, by what they mean now. */
static struct slice present_ids(const struct stated_basis *stated, struct slice written) {
    ARRAY_OF(struct slice) ids = {0};
    struct slice id;
    while (written.length && slice_cut(&written, ',', &id)) {
        const struct decl *boundary = find_by_id(stated->naming, id, ON_BOUNDARY);
        *ARRAY_ADD(stated->arena, &ids) = boundary ? decl_id(boundary) : id;
    }
    return join_sorted(stated->arena, ids.items, ids.count);
}

/* 0 when nothing follows from the difference, if there is one. */
static unsigned judge_change(const struct stated_basis *stated, const struct basis_item *item,
                             struct slice was, struct slice is) {
    const struct attribute_index *attributes = &stated->naming->model->vocabulary->attributes;
    switch (item->kind) {
    case BASIS_FACT:
        return safety_of(item, is, attributes) < safety_of(item, was, attributes) ? STANDS_STALE
                                                                                  : 0;
    case BASIS_TRAIT:
    case BASIS_ZONE:
        return slice_equal(was, is) ? 0 : STANDS_STALE;
    case BASIS_REACH:
        return reach_rank(was) >= 0 && reach_rank(is) > reach_rank(was) ? STANDS_NEARER : 0;
    }
    return 0;
}

/* False when nothing was written about it. */
static bool note_change(const struct stated_basis *stated, const struct basis_item *item,
                        struct target *target) {
    struct basis_key key = key_of(item);
    const struct slice *written = table_get(&stated->values, as_key(&key));
    if (!written)
        return false;
    struct slice was = item->kind == BASIS_ZONE ? present_ids(stated, *written) : *written;
    struct slice is = item_value(stated->arena, item);
    unsigned effect = judge_change(stated, item, was, is);
    if (!effect)
        return true;
    struct basis_change *change = ARENA_NEW(stated->arena, struct basis_change);
    *change = (struct basis_change){target->changes, name_of_item(stated->arena, item), was, is,
                                    (enum standing_bit)effect};
    target->changes = change;
    target->standing |= effect;
    return true;
}

bool compare_basis(const struct stated_basis *stated, const struct rows *rows,
                   struct target *target) {
    struct arena_mark mark = arena_mark(stated->arena);
    struct basis basis = {0};
    bool any = false;
    if (!stated->stated)
        return false;
    gather(stated->arena, rows, target, false, &basis);
    for (size_t i = basis.count; i-- > 0;)
        any |= note_change(stated, &basis.items[i], target);
    if (!target->changes)
        arena_rewind(stated->arena, mark);
    return any;
}

bool basis_knows(const struct stated_basis *stated, const struct rows *rows,
                 const struct pattern *pattern) {
    struct arena_mark mark = arena_mark(stated->arena);
    struct basis basis = {0};
    size_t written = 0, missing = 0;
    gather_at(stated->arena, rows, pattern->rule, pattern->subject, &basis);
    for (size_t i = 0; i < basis.count; i++) {
        struct basis_key key = key_of(&basis.items[i]);
        bool has = table_get(&stated->values, as_key(&key)) != NULL;
        bool counts = basis.items[i].kind == BASIS_FACT || basis.items[i].kind == BASIS_ZONE;
        written += has && counts;
        missing += !has && counts;
    }
    arena_rewind(stated->arena, mark);
    return written && !missing;
}
