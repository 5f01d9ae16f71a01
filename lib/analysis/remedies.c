/* Finds the facts that would settle a question: goes down the condition by which it is covered,
 * along the parts that do not hold. */
// SPDX-License-Identifier: MIT
#include "analysis/remedies.h"

struct search {
    struct arena *arena;
    struct judgement judgement;
    const struct vocabulary *vocabulary;
};

/* ---- one fact ---------------------------------------------------------------------------- */

static void take_safe_values(struct arena *arena, struct remedy *remedy) {
    const char *const values = attribute_rows[remedy->attribute].values;
    const char *rest = values;
    struct slice value;
    bool safe;
    size_t known = 0;
    while (attribute_next_value(&rest, &value, &safe))
        known++;
    remedy->values = ARENA_ARRAY(arena, struct slice, known);
    for (rest = values; attribute_next_value(&rest, &value, &safe);)
        if (safe)
            remedy->values[remedy->value_count++] = value;
}

/* Of a trait only safe values: any other says what a thing is, and covers nothing. */
static void take_words(const struct search *search, struct remedy *remedy,
                       const struct condition *test) {
    remedy->values = ARENA_ARRAY(search->arena, struct slice, test->word_count);
    for (size_t i = 0; i < test->word_count; i++) {
        struct slice value = symbol_word(search->vocabulary, test->words[i]);
        bool safe = false;
        value_is_known(remedy->attribute, value, &safe);
        if (safe || attribute_rows[remedy->attribute].role == ROLE_FACT)
            remedy->values[remedy->value_count++] = value;
    }
}

/* NULL where the declaration is of a kind that has no such attribute. */
static struct remedy *fact_new(const struct search *search, const struct reading *reading) {
    enum attribute_id id =
        attribute_find(&search->vocabulary->attributes,
                       slice_of(attribute_rows[reading->family].name), reading->decl->kind);
    if (id == ATTRIBUTE_COUNT)
        return NULL;
    struct remedy *remedy = ARENA_NEW(search->arena, struct remedy);
    remedy->decl = reading->decl;
    remedy->attribute = id;
    return remedy;
}

/* A comparison wants its words, every other test a safe value. */
static struct remedy *remedy_of_test(const struct search *search,
                                     const struct test_result *failing) {
    const struct condition *test = failing->condition;
    struct remedy *remedy = fact_new(search, &failing->reading);
    if (remedy && test->kind == CONDITION_VALUE && !test->negated)
        take_words(search, remedy, test);
    else if (remedy)
        take_safe_values(search->arena, remedy);
    return remedy && remedy->value_count ? remedy : NULL;
}

/* ---- several ----------------------------------------------------------------------------- */

struct parts {
    struct remedy *first, **end;
    bool one_of;
};

static struct parts no_parts(bool one_of) {
    return (struct parts){NULL, NULL, one_of};
}

/* Adds a part; the parts of a remedy that is joined in the same way are added one by one. */
static void add(struct parts *parts, struct remedy *remedy) {
    if (!remedy)
        return;
    if (remedy->parts && remedy->one_of == parts->one_of)
        remedy = remedy->parts;
    *(parts->first ? parts->end : &parts->first) = remedy;
    while (remedy->next)
        remedy = remedy->next;
    parts->end = &remedy->next;
}

static struct remedy *join(struct arena *arena, const struct parts *parts) {
    if (!parts->first || !parts->first->next)
        return parts->first;
    struct remedy *joined = ARENA_NEW(arena, struct remedy);
    joined->parts = parts->first;
    joined->one_of = parts->one_of;
    return joined;
}

/* One test that fails, or those that fail at the flows of a quantifier: at one flow as its
 * condition joins them, from flow to flow as the quantifier does. */
static struct remedy *remedy_of_failing(const struct search *search,
                                        const struct condition *condition) {
    struct test_results failing = {0};
    bool quantifies = condition->kind == CONDITION_QUANTIFIER;
    struct parts flows = no_parts(quantifies && condition->quantifier == QUANTIFIER_ANY);
    find_failing(&search->judgement, condition, &failing);
    for (size_t i = 0; i < failing.count;) {
        const struct decl *decl = failing.items[i].reading.decl;
        struct parts here = no_parts(quantifies && condition->parts->kind == CONDITION_OR);
        for (; i < failing.count && failing.items[i].reading.decl == decl; i++)
            if (attribute_answers(failing.items[i].reading.family))
                add(&here, remedy_of_test(search, &failing.items[i]));
        add(&flows, join(search->arena, &here));
    }
    return join(search->arena, &flows);
}

/* Of `and` each part that fails, of `or` any. */
static struct remedy *remedy_of(const struct search *search, const struct condition *condition) {
    struct parts parts = no_parts(condition->kind == CONDITION_OR);
    if (judge(&search->judgement, condition, NULL) == VERDICT_TRUE)
        return NULL;
    if (condition->kind != CONDITION_AND && condition->kind != CONDITION_OR)
        return remedy_of_failing(search, condition);
    for (const struct condition *part = condition->parts; part; part = part->next)
        add(&parts, remedy_of(search, part));
    return join(search->arena, &parts);
}

struct remedy *find_remedies(struct arena *arena, const struct analysis *analysis,
                             const struct pattern *pattern) {
    struct search search = {arena, judgement_at(arena, analysis, pattern->subject),
                            analysis->model->vocabulary};
    if (pattern->state == PATTERN_OPEN)
        return remedy_of(&search, pattern->rule->unless);
    if (pattern->state == PATTERN_POSSIBLE && pattern->settle.decl)
        return fact_new(&search, &pattern->settle);
    return NULL;
}
