/* What differs between two models that compiled, as data: declarations, what they state, the
 * boundaries that flows cross, and the questions. Filled by compare_models(), written by emit. */
// SPDX-License-Identifier: MIT
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "analysis/decisions.h"
#include "compare/values.h"

enum change { CHANGE_ADDED, CHANGE_GONE, CHANGE_CHANGED };
extern const char *const change_words[]; /* "added", "gone", "changed" */

/* Something that is there in one of the models or, with a difference, in both. */
static inline enum change change_of(const void *was, const void *is) {
    return !was ? CHANGE_ADDED : !is ? CHANGE_GONE : CHANGE_CHANGED;
}

struct statement_change {
    struct statement_pair pair;
    enum safety safety;
};

/* A declaration that was added, is gone, or differs. */
struct decl_change {
    const struct decl *was, *is;
    bool id, kind, label, boundary, ends, at, into; /* what differs of one that stays */
    size_t statement, statement_count; /* its changes in the list, the least safe first */
};

/* A flow that crosses a boundary in one of the models, and in the other not, or another one. */
struct crossing_change {
    const struct decl *was, *is; /* NULL: there it crosses nothing, or is not there */
};

/* A question that waits for an answer, in the order in which a reader wants to know of them. */
enum question_change_kind {
    QUESTION_NEW,      /* open, and was not asked */
    QUESTION_REOPENED, /* open, and was covered */
    QUESTION_RENEWED,  /* open, and was decided: its decision is gone, or does not hold */
    QUESTION_WORSE,    /* open in a tier that is more urgent */
    QUESTION_BETTER,   /* open in one that is less urgent */
    QUESTION_SETTLED,  /* was open, and is covered */
    QUESTION_ANSWERED, /* was open, and is decided */
    QUESTION_GONE,     /* was open, and is not asked */
    QUESTION_CHANGE_COUNT
};
extern const char *const question_change_words[QUESTION_CHANGE_COUNT]; /* "new", ... */

enum question_state {
    QUESTION_ABSENT,
    QUESTION_POSSIBLE,
    QUESTION_SILENCED,
    QUESTION_YIELDED, /* another one is asked in its place, here or in another row */
    QUESTION_COVERED,
    QUESTION_OPEN,      /* and pending */
    QUESTION_DECIDED,   /* open, and a decision about it holds */
    QUESTION_WAITING,   /* open, and newer than the rules that the policy names */
    QUESTION_ELSEWHERE, /* the file of its subject, which this one imports, asks it if anybody */
    QUESTION_STATE_COUNT
};
extern const char *const question_state_words[QUESTION_STATE_COUNT];

/* A pattern in its row, or a row that has none. */
struct question {
    const struct row *row; /* NULL where it is absent */
    const struct pattern *pattern;
    enum question_state state;
    int tier; /* of an open one */
};
struct question_change {
    enum question_change_kind kind;
    struct question was, is;
};

/* A decision that was added, is gone, or differs in what it states or in what comes of it. */
struct decision_change {
    struct decl_change declared;
    const struct decision *was, *is; /* NULL also of mitigations, reviews and policies */
    const struct threat *threat_was, *threat_is;
    bool state, priority; /* of a threat: differs */
    /* Of enum standing_bit; of a review of enum review_bit. `doubts`: what it was not before. */
    unsigned standing_was, standing_is, doubts;
};
/* The words for these bits. */
const char *const *decision_standing_words(const struct decision_change *change);

struct comparison {
    struct arena *arena;
    const struct rows *was, *is;
    struct pairs *pairs;
    ARRAY_OF(struct statement_change) statements;
    /* The model first, then by kind, in order of declaration; those that are gone come last in each
     * kind. */
    ARRAY_OF(struct decl_change) decls;
    ARRAY_OF(struct crossing_change) crossings; /* in order of declaration, those gone last */
    ARRAY_OF(struct question_change) questions; /* by kind, tier and rank */
    size_t question_counts[QUESTION_CHANGE_COUNT];
    /* Threats, mitigations, risks, dismissals, baselines, reviews, policies; in each in order of
     * declaration, those gone last. */
    ARRAY_OF(struct decision_change) decisions;
};

/* Neither model may change while the comparison is used. */
struct comparison *compare_models(struct arena *arena, const struct rows *was,
                                  const struct rows *is);
static inline bool comparison_is_empty(const struct comparison *comparison) {
    return !comparison->decls.count && !comparison->crossings.count &&
           !comparison->questions.count && !comparison->decisions.count;
}

/* Finds what is stated otherwise of a declaration that is in both models. */
void compare_statements(struct comparison *comparison, struct decl_change *change);
/* The parts of the whole. */
void compare_declarations(struct comparison *comparison);
void compare_crossings(struct comparison *comparison);
void compare_questions(struct comparison *comparison);
void compare_decisions(struct comparison *comparison);

#endif
