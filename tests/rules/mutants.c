/* Finding them is one walk over a condition, making one is a copy with the target replaced. */
// SPDX-License-Identifier: MIT
#include "mutants.h"

#include "model/model.h"

/* ---- finding ----------------------------------------------------------------------------- */

struct search {
    struct arena *arena;
    struct mutants *mutants;
    struct mutant prototype; /* rule and condition */
};

static void add(struct search *search, enum mutation mutation, const struct condition *target,
                size_t place) {
    struct mutant *mutant = ARRAY_ADD(search->arena, search->mutants);
    *mutant = search->prototype;
    mutant->mutation = mutation;
    mutant->target = target;
    mutant->place = place;
}

static size_t count_parts(const struct condition *condition) {
    size_t count = 0;
    for (const struct condition *part = condition->parts; part; part = part->next)
        count++;
    return count;
}

/* External entities and actors are one word of the language, `external`. */
static void add_kinds(struct search *search, const struct condition *condition) {
    static const unsigned words[] = {ON_EXTERNALS, ON_PROCESS, ON_STORE};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!(condition->kinds & words[i]) || !(condition->kinds & ~words[i]))
            continue;
        add(search, MUTATION_VALUE, condition, 0);
        search->mutants->items[search->mutants->count - 1].kind = words[i];
    }
}

static void add_numbers(struct search *search, const struct condition *condition) {
    for (size_t i = 0; i < 32; i++)
        if ((condition->numbers >> i & 1) && (condition->numbers & ~(1u << i)))
            add(search, MUTATION_VALUE, condition, i);
}

static void add_values(struct search *search, const struct condition *condition) {
    if (condition->kind == CONDITION_KIND)
        add_kinds(search, condition);
    else if (condition->kind == CONDITION_CALLS)
        add_numbers(search, condition);
    for (size_t i = 0; i < condition->word_count && condition->word_count > 1; i++)
        add(search, MUTATION_VALUE, condition, i);
}

/* Whatever a `not` stands before goes with it. */
static const struct condition *below_not(const struct condition *condition) {
    while (condition->kind == CONDITION_NOT)
        condition = condition->parts;
    return condition;
}

static void search_in(struct search *search, const struct condition *condition) {
    const struct condition *inner = below_not(condition);
    bool joins = inner->kind == CONDITION_AND || inner->kind == CONDITION_OR;
    if (!joins || inner != condition) {
        add(search, MUTATION_NEGATED, condition, 0);
        add(search, MUTATION_DROPPED, condition, 0);
    }
    for (size_t i = 1; joins && i < count_parts(inner); i++)
        add(search, MUTATION_SWAPPED, inner, i);
    add_values(search, inner);
    for (const struct condition *part = inner->parts; part; part = part->next)
        search_in(search, part);
}

void find_mutants(struct arena *arena, struct rule *rule, struct mutants *mutants) {
    struct search search = {arena, mutants, {.rule = rule}};
    search_in(&search, rule->when);
    search.prototype.unless = true;
    search_in(&search, rule->unless);
}

/* ---- making ------------------------------------------------------------------------------ */

static struct condition *new_join(struct arena *arena, enum condition_kind kind,
                                  struct condition *parts) {
    struct condition *join = ARENA_NEW(arena, struct condition);
    join->kind = kind;
    join->parts = parts;
    return join;
}

/* An `and` of nothing is true, an `or` of nothing false. */
static struct condition *constant(struct arena *arena, bool truth) {
    return new_join(arena, truth ? CONDITION_AND : CONDITION_OR, NULL);
}

static struct condition *copy(struct arena *arena, const struct condition *condition,
                              const struct mutant *mutant);

/* The parts from number `from` up to number `to`, a dropped one left out. */
static struct condition *copy_parts(struct arena *arena, const struct condition *condition,
                                    size_t from, size_t to, const struct mutant *mutant) {
    struct condition *first = NULL, **end = &first;
    size_t number = 0;
    for (const struct condition *part = condition->parts; part; part = part->next, number++) {
        if (number < from || number >= to)
            continue;
        *end = copy(arena, part, mutant);
        if (*end)
            end = &(*end)->next;
    }
    return first;
}

/* a and b and c: the second `and` swapped is (a and b) or c. */
static struct condition *split(struct arena *arena, const struct condition *condition,
                               size_t place) {
    struct condition *left =
        new_join(arena, CONDITION_AND, copy_parts(arena, condition, 0, place, NULL));
    left->next = new_join(arena, CONDITION_AND,
                          copy_parts(arena, condition, place, count_parts(condition), NULL));
    return new_join(arena, CONDITION_OR, left);
}

/* a or b or c: the second `or` swapped is a or (b and c). */
static struct condition *bind_closer(struct arena *arena, const struct condition *condition,
                                     size_t place) {
    struct condition *parts = copy_parts(arena, condition, 0, place - 1, NULL), **end = &parts;
    while (*end)
        end = &(*end)->next;
    *end = new_join(arena, CONDITION_AND, copy_parts(arena, condition, place - 1, place + 1, NULL));
    (*end)->next = copy_parts(arena, condition, place + 1, count_parts(condition), NULL);
    return new_join(arena, CONDITION_OR, parts);
}

static struct condition *without_value(struct arena *arena, const struct condition *condition,
                                       const struct mutant *mutant) {
    struct condition *less = copy(arena, condition, NULL);
    if (less->kind == CONDITION_KIND) {
        less->kinds &= ~mutant->kind;
    } else if (less->kind == CONDITION_CALLS) {
        less->numbers &= ~(1u << mutant->place);
    } else {
        less->words = ARENA_ARRAY(arena, symbol, less->word_count);
        less->word_count = 0;
        for (size_t i = 0; i < condition->word_count; i++)
            if (i != mutant->place)
                less->words[less->word_count++] = condition->words[i];
    }
    return less;
}

/* NULL: it is dropped. */
static struct condition *mutate(struct arena *arena, const struct condition *condition,
                                const struct mutant *mutant) {
    switch (mutant->mutation) {
    case MUTATION_NEGATED:
        return condition->kind == CONDITION_NOT
                   ? copy(arena, condition->parts, NULL)
                   : new_join(arena, CONDITION_NOT, copy(arena, condition, NULL));
    case MUTATION_SWAPPED:
        return condition->kind == CONDITION_AND ? split(arena, condition, mutant->place)
                                                : bind_closer(arena, condition, mutant->place);
    case MUTATION_VALUE:
        return without_value(arena, condition, mutant);
    default:
        return NULL;
    }
}

static struct condition *copy(struct arena *arena, const struct condition *condition,
                              const struct mutant *mutant) {
    if (mutant && condition == mutant->target)
        return mutate(arena, condition, mutant);
    struct condition *whole = ARENA_NEW(arena, struct condition);
    *whole = *condition;
    whole->next = NULL;
    whole->parts = copy_parts(arena, condition, 0, SIZE_MAX, mutant);
    if (whole->kind == CONDITION_QUANTIFIER && !whole->parts)
        whole->parts = constant(arena, true); /* of all flows in its range */
    return whole;
}

struct condition *mutated_condition(struct arena *arena, const struct mutant *mutant) {
    const struct condition *root = mutant->unless ? mutant->rule->unless : mutant->rule->when;
    struct condition *condition = copy(arena, root, mutant);
    /* No `when` is in scope everywhere, no `unless` is never answered. */
    return condition ? condition : constant(arena, !mutant->unless);
}
