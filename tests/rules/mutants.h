/* Mutants of a rule: its conditions with one thing changed. Each is a mistake that an author could
 * make, and that some example or sample should notice. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_RULES_MUTANTS_H
#define TESTS_RULES_MUTANTS_H

#include "base/writer.h"
#include "model/rule.h"

enum mutation {
    MUTATION_NEGATED, /* an atom stands under one `not` more, or fewer */
    MUTATION_DROPPED, /* an atom is gone: what is beside it decides */
    MUTATION_SWAPPED, /* one `and` is an `or`, or the other way round */
    MUTATION_VALUE,   /* one value of a list is gone */
    MUTATION_COUNT
};

struct mutant {
    struct rule *rule;
    bool unless; /* in `unless`, else in `when` */
    enum mutation mutation;
    const struct condition *target;
    /* swapped: the number of parts before the operator; value: the one that is removed */
    size_t place;
    unsigned kind; /* value of a kind of declaration: ON_... */
};

struct mutants {
    struct mutant *items;
    size_t count, capacity;
};

/* Adds every mutant of the rule's `when` and `unless`. An atom is a test, a quantifier (its body
 * has atoms of its own), or either of them together with the `not` before it. */
void find_mutants(struct arena *arena, struct rule *rule, struct mutants *mutants);
/* The mutant's condition; the rule is left alone. */
struct condition *mutated_condition(struct arena *arena, const struct mutant *mutant);

/* "initiator is not target" */
void write_condition(struct writer *writer, const struct vocabulary *vocabulary,
                     const struct condition *condition);
/* "when: dropped `initiator is not target`" */
void write_mutant(struct writer *writer, const struct vocabulary *vocabulary,
                  const struct mutant *mutant);

#endif
