/* Declarations that were added, are gone, or differ: in their place, or in what they state. */
// SPDX-License-Identifier: MIT
#include "compare/compare.h"

#include <stdlib.h>

/* ---- statements -------------------------------------------------------------------------- */

/* Said by the place of a declaration, or by what it joins; or written by the tool, to tell by it
 * how a decision stands. */
static bool is_told_otherwise(enum attribute_id id) {
    return id == ATTRIBUTE_in || id == ATTRIBUTE_at || id == ATTRIBUTE_into ||
           id == ATTRIBUTE_basis || id == ATTRIBUTE_seen;
}

static const struct attribute *find_family(const struct attribute *list, unsigned char family) {
    while (list && !(list->family == family && list->stated))
        list = list->next;
    return list;
}

static void add_if_changed(struct comparison *comparison, struct statement_pair pair) {
    enum attribute_id id = statement_id(&pair);
    bool tells_rename = id == ATTRIBUTE_was && !slice_equal(decl_id(pair.old), decl_id(pair.now));
    if (is_told_otherwise(id) || tells_rename ||
        statement_is_same(comparison->arena, comparison->pairs, &pair))
        return;
    *ARRAY_ADD(comparison->arena, &comparison->statements) =
        (struct statement_change){pair, statement_safety(&pair)};
}

static void compare_lists(struct comparison *comparison, const struct decl_change *change,
                          const struct attribute *was, const struct attribute *is,
                          bool is_evidence) {
    struct statement_pair pair = {change->was, change->is, NULL, NULL, is_evidence};
    for (const struct attribute *at = is; at; at = at->next) {
        pair.is = at;
        pair.was = find_family(was, at->family);
        if (at->stated)
            add_if_changed(comparison, pair);
    }
    pair.is = NULL;
    for (const struct attribute *at = was; at; at = at->next) {
        pair.was = at;
        if (at->stated && !find_family(is, at->family))
            add_if_changed(comparison, pair);
    }
}

/* The least safe first; evidence after facts; then in order of the attribute table. */
static int compare_changes(const void *left, const void *right) {
    const struct statement_change *a = left, *b = right;
    int safety = (int)a->safety - (int)b->safety;
    int evidence = (int)a->pair.is_evidence - (int)b->pair.is_evidence;
    int id = (int)statement_id(&a->pair) - (int)statement_id(&b->pair);
    return safety ? safety : evidence ? evidence : id;
}

void compare_statements(struct comparison *comparison, struct decl_change *change) {
    change->statement = comparison->statements.count;
    compare_lists(comparison, change, change->was->attributes, change->is->attributes, false);
    compare_lists(comparison, change, more_of(change->was)->evidence, more_of(change->is)->evidence,
                  true);
    change->statement_count = comparison->statements.count - change->statement;
    if (change->statement_count > 1)
        qsort(&comparison->statements.items[change->statement], change->statement_count,
              sizeof *comparison->statements.items, compare_changes);
}

/* ---- declarations ------------------------------------------------------------------------ */

/* Whether two references lead to what is not the same declaration. */
static bool differ(const struct pairs *pairs, const struct decl *old, const struct decl *now) {
    return old ? what_became_of(pairs, old) != now || !now : now != NULL;
}

static bool is_changed(const struct decl_change *change) {
    return change->id || change->kind || change->label || change->boundary || change->ends ||
           change->at || change->into || change->statement_count;
}

/* Adds the pair if it differs. */
static void compare_pair(struct comparison *comparison, const struct decl *old,
                         const struct decl *now) {
    const struct pairs *pairs = comparison->pairs;
    bool flows = old->kind == KIND_FLOW && now->kind == KIND_FLOW;
    struct decl_change change = {
        .was = old,
        .is = now,
        .id = !slice_equal(decl_id(old), decl_id(now)),
        .kind = old->kind != now->kind,
        .label = !slice_equal(decl_label(old), decl_label(now)),
        .boundary = differ(pairs, old->parent, now->parent),
        .ends = flows && (differ(pairs, old->from, now->from) || differ(pairs, old->to, now->to)),
        .at = differ(pairs, more_of(old)->at, more_of(now)->at),
        .into = differ(pairs, more_of(old)->into, more_of(now)->into),
    };
    compare_statements(comparison, &change);
    if (is_changed(&change))
        *ARRAY_ADD(comparison->arena, &comparison->decls) = change;
}

static void add_alone(struct comparison *comparison, const struct decl *old,
                      const struct decl *now) {
    *ARRAY_ADD(comparison->arena, &comparison->decls) = (struct decl_change){.was = old, .is = now};
}

static void compare_either(struct comparison *comparison, const struct decl *old,
                           const struct decl *now) {
    if (old && now)
        compare_pair(comparison, old, now);
    else if (old || now)
        add_alone(comparison, old, now);
}

static void compare_kind(struct comparison *comparison, enum kind kind) {
    const struct pairs *pairs = comparison->pairs;
    const struct decl_list *old = &pairs->was->model->of[kind], *now = &pairs->is->model->of[kind];
    for (size_t i = 0; i < now->count; i++) {
        arena_step(comparison->arena);
        compare_either(comparison, what_was(pairs, now->items[i]), now->items[i]);
    }
    for (size_t i = 0; i < old->count; i++)
        if (!what_became_of(pairs, old->items[i]))
            add_alone(comparison, old->items[i], NULL);
}

void compare_declarations(struct comparison *comparison) {
    compare_either(comparison, comparison->pairs->was->model->system,
                   comparison->pairs->is->model->system);
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        if (kind_is_paired((enum kind)kind))
            compare_kind(comparison, (enum kind)kind);
}
