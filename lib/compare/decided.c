/* Decisions beside the two models. A dismissal is known by what it dismisses, whatever that is
 * called now; any other decision by its id. */
// SPDX-License-Identifier: MIT
#include "analysis/review.h"
#include "compare/compare.h"

#include <stdlib.h>

/* One decision of a model. */
struct decided {
    const struct decl *decl;
    const struct decision *decision; /* NULL of those that name no rows */
    const struct threat *threat;
    struct slice key;
    size_t namesakes; /* that come after it, and have its key with a number */
    struct decided *partner;
};
struct decideds {
    struct decided *items;
    size_t count, capacity;
    struct table by_key;
};

/* ---- what is named ----------------------------------------------------------------------- */

static struct slice later_id(const struct comparison *comparison, const struct decl *decl,
                             bool is_old) {
    const struct decl *later = is_old ? what_became_of(comparison->pairs, decl) : NULL;
    return decl_id(later ? later : decl);
}

/* A row or pattern by the ids of the newer model, as a decision would name it there. */
static struct slice target_key(const struct comparison *comparison, const struct target *target,
                               bool is_old) {
    struct arena *arena = comparison->arena;
    if (!target->subject || !target->letter)
        return word_text(target->word);
    struct slice key = text_join(arena, target->letter->code, SLICE("@"),
                                 later_id(comparison, target->subject, is_old));
    if (target->rule)
        key = text_join(arena, key, SLICE("/"), target->rule->id);
    if (target->rule && target->spot && target->spot != target->subject)
        key = text_join(arena, key, SLICE("/"), later_id(comparison, target->spot, is_old));
    return key;
}

static int compare_keys(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

static struct words target_keys(const struct comparison *comparison,
                                const struct decision *decision, bool is_old) {
    struct words keys = {0};
    for (size_t i = 0; decision && i < decision->target_count; i++)
        *ARRAY_ADD(comparison->arena, &keys) =
            target_key(comparison, &decision->targets[i], is_old);
    if (keys.count > 1)
        qsort(keys.items, keys.count, sizeof *keys.items, compare_keys);
    return keys;
}

static bool names_the_same(const struct comparison *comparison, const struct decided *old,
                           const struct decided *now) {
    struct words was = target_keys(comparison, old->decision, true);
    struct words is = target_keys(comparison, now->decision, false);
    bool same = was.count == is.count;
    for (size_t i = 0; i < was.count && same; i++)
        same = slice_equal(was.items[i], is.items[i]);
    return same;
}

/* ---- lists ------------------------------------------------------------------------------- */

static void add_decided(const struct comparison *comparison, struct decideds *list,
                        struct decided decided, bool is_old) {
    const struct decl *decl = decided.decl;
    struct slice id = decl_id(decl);
    if (decl->kind == KIND_DISMISS && slice_has(id, '@') && decided.decision &&
        decided.decision->target_count)
        id = target_key(comparison, &decided.decision->targets[0], is_old);
    decided.key =
        text_join(comparison->arena, slice_of(kind_rows[decl->kind].word), SLICE(" "), id);
    *ARRAY_ADD(comparison->arena, list) = decided;
}

static void add_plain(const struct comparison *comparison, struct decideds *list,
                      const struct decl_list *decls, bool is_old) {
    for (size_t i = 0; i < decls->count; i++)
        add_decided(comparison, list, (struct decided){.decl = decls->items[i]}, is_old);
}

static void add_about_rows(const struct comparison *comparison, struct decideds *list,
                           struct decision *const *decisions, size_t count, bool is_old) {
    for (size_t i = 0; i < count; i++)
        add_decided(comparison, list,
                    (struct decided){.decl = decisions[i]->decl, .decision = decisions[i]}, is_old);
}

/* Policies of several files, say, have no id: the second is the second one in either model. Done
 * when all are known, as the array moves while it grows. */
static void number_namesakes(struct arena *arena, struct decideds *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct decided *at = &list->items[i];
        struct decided *first = table_intern(arena, &list->by_key, at->key, at);
        if (first == at)
            continue;
        at->key = text_format(arena, "%.*s #%zu", SLICE_ARGS(at->key), ++first->namesakes);
        table_intern(arena, &list->by_key, at->key, at);
    }
}

static struct decideds list_all(const struct comparison *comparison, const struct rows *rows,
                                bool is_old) {
    const struct decisions *decisions = rows->decisions;
    struct decideds list = {0};
    if (!decisions)
        return list;
    for (size_t i = 0; i < decisions->threats.count; i++) {
        const struct threat *threat = decisions->threats.items[i];
        add_decided(
            comparison, &list,
            (struct decided){threat->decision.decl, &threat->decision, threat, {0}, 0, NULL},
            is_old);
    }
    add_plain(comparison, &list, &decisions->mitigations, is_old);
    add_about_rows(comparison, &list, decisions->risks.items, decisions->risks.count, is_old);
    add_about_rows(comparison, &list, decisions->dismissals.items, decisions->dismissals.count,
                   is_old);
    add_about_rows(comparison, &list, decisions->baselines.items, decisions->baselines.count,
                   is_old);
    add_plain(comparison, &list, &decisions->reviews, is_old);
    add_plain(comparison, &list, &decisions->policies, is_old);
    number_namesakes(comparison->arena, &list);
    return list;
}

/* ---- changes ----------------------------------------------------------------------------- */

const char *const *decision_standing_words(const struct decision_change *change) {
    const struct decl *decl = change->declared.is ? change->declared.is : change->declared.was;
    return decl->kind == KIND_REVIEW ? review_words : standing_words;
}

/* Which review is the latest is told by the reviews themselves. */
static unsigned standing_of(const struct comparison *comparison, const struct rows *rows,
                            const struct decided *decided) {
    if (!decided)
        return 0;
    if (decided->decl->kind == KIND_REVIEW)
        return review_standing(comparison->arena, rows->analysis->shown, rows->decisions,
                               decided->decl) &
               ~(unsigned)REVIEW_LATEST;
    return decided->decision ? decided->decision->standing & ~(unsigned)STANDS_ELSEWHERE : 0;
}

static void compare_outcome(const struct comparison *comparison, struct decision_change *change,
                            const struct decided *old, const struct decided *now) {
    const unsigned all =
        STANDS_ORPHAN | STANDS_STALE | STANDS_NEARER | STANDS_UNCONFIRMED | STANDS_GONE;
    const struct threat *was = change->threat_was, *is = change->threat_is;
    bool reviews = (now ? now : old)->decl->kind == KIND_REVIEW;
    change->state = was && is && was->state != is->state;
    change->priority = was && is && !slice_equal(was->priority, is->priority);
    change->standing_was = standing_of(comparison, comparison->was, old);
    change->standing_is = standing_of(comparison, comparison->is, now);
    change->doubts =
        change->standing_is & ~change->standing_was & (reviews ? (unsigned)REVIEW_OUTDATED : all);
}

/* What a decision names is compared by what that is, not by its words: then they are left out. */
static void drop_names(struct comparison *comparison, struct decl_change *change) {
    struct statement_change *at = &comparison->statements.items[change->statement];
    size_t kept = 0;
    for (size_t i = 0; i < change->statement_count; i++)
        if (attribute_rows[statement_id(&at[i].pair)].type != TYPE_ROWS)
            at[kept++] = at[i];
    comparison->statements.count -= change->statement_count - kept;
    change->statement_count = kept;
}

static void compare_two(struct comparison *comparison, const struct decided *old,
                        const struct decided *now) {
    struct decision_change change = {
        .declared = {.was = old ? old->decl : NULL, .is = now ? now->decl : NULL},
        .was = old ? old->decision : NULL,
        .is = now ? now->decision : NULL,
        .threat_was = old ? old->threat : NULL,
        .threat_is = now ? now->threat : NULL,
    };
    struct decl_change *declared = &change.declared;
    if (old && now) {
        declared->label = !slice_equal(decl_label(old->decl), decl_label(now->decl));
        compare_statements(comparison, declared);
        if (declared->statement_count && names_the_same(comparison, old, now))
            drop_names(comparison, declared);
    }
    compare_outcome(comparison, &change, old, now);
    if (!old || !now || declared->label || declared->statement_count || change.state ||
        change.priority || change.standing_was != change.standing_is)
        *ARRAY_ADD(comparison->arena, &comparison->decisions) = change;
}

void compare_decisions(struct comparison *comparison) {
    struct decideds old = list_all(comparison, comparison->was, true);
    struct decideds now = list_all(comparison, comparison->is, false);
    for (size_t i = 0; i < now.count; i++) {
        struct decided *at = &now.items[i], *before = table_get(&old.by_key, at->key);
        arena_step(comparison->arena);
        if (before) {
            at->partner = before;
            before->partner = at;
        }
        compare_two(comparison, at->partner, at);
    }
    for (size_t i = 0; i < old.count; i++)
        if (!old.items[i].partner)
            compare_two(comparison, &old.items[i], NULL);
}
