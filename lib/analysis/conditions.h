/* Evaluating conditions in strong three-valued logic (Kleene, Introduction to Metamathematics,
 * section 64): what is not stated is unknown, and unknown is not true. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_CONDITIONS_H
#define ANALYSIS_CONDITIONS_H

#include "analysis/rows.h"

enum verdict { VERDICT_FALSE, VERDICT_UNKNOWN, VERDICT_TRUE };

/* The attribute that a test read, and the test's outcome. */
struct test_result {
    struct reading reading;
    const struct decl *asked; /* whose attribute it is; an answer may take that of a request */
    enum verdict verdict;
    const struct condition *condition;
};

struct test_results {
    struct test_result *items;
    size_t count, capacity;
};

/* What a pattern is, and what stands beside it: its own truths, for the conditions of tiers. */
struct standing {
    bool in_scope, unsafe, specific, taken_over, specific_near;
};

struct judgement {
    struct arena *arena;
    const struct analysis *analysis;
    const struct decl *subject; /* self */
    struct standing standing;
    /* Which request alone speaks for which answer; NULL: all of them do for each. */
    const struct decl *request, *answer;
    bool without_facts; /* what is stated as a fact counts as not stated */
    bool verdict_only;  /* nobody asks what the verdict rests on */
    /* When set, every test is made and recorded; else evaluation stops when it is decided. */
    struct test_results *results;
    symbol source_word; /* `initiator` is the source when not stated */
    symbol person_word; /* an actor's kind then */
};

struct judgement judgement_at(struct arena *arena, const struct analysis *analysis,
                              const struct decl *subject);

/* `rests`, when not NULL, is set to whether a true verdict rests on a stated trait. */
enum verdict judge(const struct judgement *judgement, const struct condition *condition,
                   bool *rests);

/* Whether the declaration is of a kind that has the attribute: `authenticated_by` of a store is
 * never stated, so that nobody should be asked for it. */
bool may_be_stated(const struct analysis *analysis, const struct reading *reading);

/* Whether an unknown condition would hold if the right values were stated, of those that the
 * declarations can have: the `kind` of an actor is never `model`. Then `deciding` is the first that
 * is missing, whose decl is NULL where a crossing does not say what it leads into. */
bool could_hold(const struct judgement *judgement, const struct condition *condition,
                struct reading *deciding);

/* The tests that keep a condition from being true: those of every part that would have to become
 * true, in order. For a condition that is not true. */
void find_failing(const struct judgement *judgement, const struct condition *condition,
                  struct test_results *failing);

#endif
