/* Finds what of one model is what of the other. A pair is made in four passes, the surest first;
 * each looks only at what the passes before have left over. No pass depends on which model is the
 * older one. */
// SPDX-License-Identifier: MIT
#include "compare/pairs.h"

#include <stdlib.h>

/* An element stays itself when only its kind changes; of all else the kind has to be the same. */
static enum kind group_of(const struct decl *decl) {
    return decl_is_element(decl) ? KIND_PROCESS : (enum kind)decl->kind;
}

/* False when one of them has a partner already, or they are of different kinds. */
static bool make_pair(struct pairs *pairs, const struct decl *old, const struct decl *now) {
    if (group_of(old) != group_of(now) || what_became_of(pairs, old) || what_was(pairs, now))
        return false;
    pairs->later[old->kind][old->index] = now;
    pairs->earlier[now->kind][now->index] = old;
    return true;
}

/* The declaration that has this very id; a longer chain of aliases finds it as well, but is not its
 * id. */
static const struct decl *declared_as(const struct analysis *analysis, struct slice id) {
    const struct decl *found = model_find(analysis->shown, id);
    return found && kind_is_paired(found->kind) && slice_equal(decl_id(found), id) ? found : NULL;
}

static void pair_same_ids(struct pairs *pairs) {
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        const struct decl_list *list = &pairs->was->model->of[kind];
        for (size_t i = 0; i < list->count && kind_is_paired((enum kind)kind); i++) {
            const struct decl *now = declared_as(pairs->is, decl_id(list->items[i]));
            if (now)
                make_pair(pairs, list->items[i], now);
        }
    }
}

/* ---- ids of the past --------------------------------------------------------------------- */

/* Two declarations of which one names the other's id in `was`. */
struct claim {
    const struct decl *old, *now;
    size_t order; /* of arrival */
};
struct claims {
    struct claim *items;
    size_t count, capacity;
};

/* In the order of their ids, which is the same whichever of the two is the older one. */
static int compare_claims(const void *left, const void *right) {
    const struct claim *claims[] = {left, right};
    struct slice low[2], high[2];
    for (size_t i = 0; i < 2; i++) {
        struct slice a = decl_id(claims[i]->old), b = decl_id(claims[i]->now);
        bool in_order = slice_compare(a, b) <= 0;
        low[i] = in_order ? a : b;
        high[i] = in_order ? b : a;
    }
    int order = slice_compare(low[0], low[1]);
    if (order == 0)
        order = slice_compare(high[0], high[1]);
    return order ? order : claims[0]->order < claims[1]->order ? -1 : 1;
}

/* The length of the aliases before an id, with the dot after them. */
static size_t prefix_length(struct slice id) {
    size_t length = id.length;
    while (length && id.at[length - 1] != '.')
        length--;
    return length;
}

/* A `was` is written without the aliases by which others name the file. */
static const struct decl *find_past(struct arena *arena, const struct analysis *analysis,
                                    const struct decl *decl, struct slice id) {
    struct slice prefix = slice_part(decl_id(decl), 0, prefix_length(decl_id(decl)));
    const struct decl *found =
        prefix.length ? declared_as(analysis, text_join(arena, prefix, SLICE(""), id)) : NULL;
    return found ? found : declared_as(analysis, id);
}

/* What a declaration without a partner says of its past, looked for in the other model. */
static void claim_past(struct arena *arena, struct pairs *pairs, struct claims *claims,
                       const struct decl *decl, bool is_old) {
    const struct attribute *past = decl_attribute(decl, ATTRIBUTE_was);
    if (!past || (is_old ? what_became_of(pairs, decl) : what_was(pairs, decl)))
        return;
    for (const struct value *value = stated_values(past); value; value = next_stated(past, value)) {
        const struct decl *other =
            find_past(arena, is_old ? pairs->is : pairs->was, decl, word_text(&value->word));
        if (other)
            *ARRAY_ADD(arena, claims) =
                (struct claim){is_old ? decl : other, is_old ? other : decl, claims->count};
    }
}

static void claim_all(struct arena *arena, struct pairs *pairs, struct claims *claims,
                      bool is_old) {
    const struct model *model = is_old ? pairs->was->model : pairs->is->model;
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; kind_is_paired((enum kind)kind) && i < model->of[kind].count; i++)
            claim_past(arena, pairs, claims, model->of[kind].items[i], is_old);
}

static void pair_by_past(struct arena *arena, struct pairs *pairs) {
    struct claims claims = {0};
    claim_all(arena, pairs, &claims, true);
    claim_all(arena, pairs, &claims, false);
    if (claims.count > 1)
        qsort(claims.items, claims.count, sizeof *claims.items, compare_claims);
    for (size_t i = 0; i < claims.count; i++)
        make_pair(pairs, claims.items[i].old, claims.items[i].now);
}

/* ---- other files ------------------------------------------------------------------------- */

/* What has one id without aliases, and no partner. */
struct namesakes {
    const struct decl *old, *now;
    size_t old_count, now_count;
};

/* The kind, then the id without aliases. */
static struct slice bare_key(struct arena *arena, const struct decl *decl) {
    struct slice id = decl_id(decl);
    struct slice word = slice_of(kind_rows[group_of(decl)].word);
    return text_join(arena, word, SLICE(" "), slice_part(id, prefix_length(id), id.length));
}

static struct namesakes *namesakes_of(struct arena *arena, struct table *table,
                                      const struct decl *decl) {
    struct slice key = bare_key(arena, decl);
    struct namesakes *found = table_get(table, key);
    return found ? found : table_intern(arena, table, key, ARENA_NEW(arena, struct namesakes));
}

/* Calls a function for each declaration without a partner. */
typedef void visitor(struct arena *arena, struct table *table, const struct decl *decl,
                     bool is_old);

static void visit_unpaired(struct arena *arena, const struct pairs *pairs, struct table *table,
                           visitor *visit) {
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        const struct decl_list *old = &pairs->was->model->of[kind];
        const struct decl_list *now = &pairs->is->model->of[kind];
        if (!kind_is_paired((enum kind)kind))
            continue;
        for (size_t i = 0; i < old->count; i++)
            if (!what_became_of(pairs, old->items[i]))
                visit(arena, table, old->items[i], true);
        for (size_t i = 0; i < now->count; i++)
            if (!what_was(pairs, now->items[i]))
                visit(arena, table, now->items[i], false);
    }
}

static void note_namesake(struct arena *arena, struct table *table, const struct decl *decl,
                          bool is_old) {
    struct namesakes *namesakes = namesakes_of(arena, table, decl);
    *(is_old ? &namesakes->old : &namesakes->now) = decl;
    *(is_old ? &namesakes->old_count : &namesakes->now_count) += 1;
}

/* Where an id is left over once in each model, under different aliases, it has moved to another
 * file, or the file has another alias now. */
static void pair_moved(struct arena *arena, struct pairs *pairs) {
    struct table table = {0};
    visit_unpaired(arena, pairs, &table, note_namesake);
    for (size_t i = 0; i < table.capacity; i++) {
        const struct namesakes *left = table.entries[i].value;
        if (left && left->old_count == 1 && left->now_count == 1)
            make_pair(pairs, left->old, left->now);
    }
}

/* ---- flows without a name ---------------------------------------------------------------- */

struct ends_key {
    const struct decl *from, *to; /* of the new model */
};

static bool is_unnamed(const struct decl *decl) {
    return decl->kind == KIND_FLOW && !word_text(&decl->item->head->name).length;
}

static struct slice ends_slice(const struct ends_key *key) {
    return (struct slice){(const char *)key, sizeof *key};
}

/* Their ids come from those of their ends, and change with them. */
static void pair_by_ends(struct arena *arena, struct pairs *pairs) {
    const struct decl_list *old = &pairs->was->model->of[KIND_FLOW];
    const struct decl_list *now = &pairs->is->model->of[KIND_FLOW];
    struct table table = {0};
    for (size_t i = 0; i < now->count; i++) {
        struct decl *flow = now->items[i];
        if (!is_unnamed(flow) || what_was(pairs, flow))
            continue;
        struct ends_key *key = ARENA_NEW(arena, struct ends_key);
        *key = (struct ends_key){flow->from, flow->to};
        table_intern(arena, &table, ends_slice(key), flow);
    }
    for (size_t i = 0; i < old->count && table.count; i++) {
        const struct decl *flow = old->items[i];
        if (!is_unnamed(flow) || what_became_of(pairs, flow))
            continue;
        struct ends_key key = {what_became_of(pairs, flow->from), what_became_of(pairs, flow->to)};
        const struct decl *found = key.from && key.to ? table_get(&table, ends_slice(&key)) : NULL;
        if (found)
            make_pair(pairs, flow, found);
    }
}

/* ---- all of it --------------------------------------------------------------------------- */

struct pairs *pair_models(struct arena *arena, const struct analysis *was,
                          const struct analysis *is) {
    struct pairs *pairs = ARENA_NEW(arena, struct pairs);
    pairs->was = was;
    pairs->is = is;
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        pairs->later[kind] =
            ARENA_ARRAY(arena, const struct decl *, was->model->of[kind].count + 1);
        pairs->earlier[kind] =
            ARENA_ARRAY(arena, const struct decl *, is->model->of[kind].count + 1);
    }
    pair_same_ids(pairs);
    pair_by_past(arena, pairs);
    pair_moved(arena, pairs);
    pair_by_ends(arena, pairs);
    return pairs;
}
