/* What the parts of deciding share: one call under way. See deciding.h. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_DECIDER_H
#define PROJECT_DECIDER_H

#include "analysis/targets.h"
#include "project/deciding.h"
#include "syntax/draft.h"
#include "syntax/insert.h"

/* A file of decisions, and what comes into it. */
struct decided_file {
    const struct unit *unit;
    struct edit edit;
    ARRAY_OF(struct new_decision) list;
};

/* A decision that is there and is written anew. */
struct rewrite {
    const struct decision *decision;
    bool *leaves; /* by target: it is decided in another way now */
    bool confirmed;
};

struct decider {
    struct project *project;
    struct arena *arena;
    struct naming naming;
    struct diagnostics scratch; /* mistakes become refusals */
    struct target_reader reader;
    struct table threats; /* of the files, id -> struct item */
    struct table ids;     /* of what the files declare -> struct decl */
    struct table judged;  /* address of such a declaration -> struct decision */
    struct table made;    /* ids of those that are being made -> struct decider */
    struct table
        questions;      /* address of a pattern or row that is being decided -> struct decider */
    struct table homes; /* subject -> struct unit with decisions about it */
    struct table rewritten; /* address of a declaration -> struct rewrite */
    ARRAY_OF(struct rewrite *) rewrites;
    ARRAY_OF(struct decided_file *) files;
    struct deeds *deeds;
    size_t request; /* the number of the one under way */
};

void decider_open(struct decider *decider, struct project *project);
/* Says in a sentence why the request is refused; false, to be returned. */
bool refuse_request(struct decider *decider, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same in the words of the first diagnostic in `scratch`, which is forgotten. */
bool refuse_as_reported(struct decider *decider);
struct deed *note_deed(struct decider *decider, bool changes, const char *kind, struct slice id);
/* "pay.triage.dfd:12" */
const char *place_text(struct decider *decider, const struct decl *decl);
/* NULL of a declaration that names no question. */
struct decision *decision_of(const struct decider *decider, const struct decl *decl);

/* A question that a request is about. */
struct choice {
    struct target target;
    struct decision *before; /* in which it was decided and no longer is; or NULL */
};
struct choices {
    struct choice *items;
    size_t count, capacity;
    const struct decision *done; /* some of the ids are decided by this, as is wanted */
};
/* Finds the questions that the ids mean, a row's pending ones in its place. False, and refused,
 * when one means nothing, is not asked or is decided otherwise. */
bool choose_questions(struct decider *decider, enum verb verb,
                      const struct decision_request *request, struct choices *choices);
/* Whether the declaration says all that the request does. */
bool says_the_same(struct decider *decider, const struct decl *decl,
                   const struct decision_request *request);
/* "T@pay/replay", as decisions name it. */
struct slice target_id(struct decider *decider, const struct target *target);

/* The values of an attribute, one by one; false, and refused, when the kind has none of this name.
 */
bool take_statement(struct decider *decider, enum kind kind, const struct named_values *given,
                    struct statement *statement);
/* What the questions rest on now, as lines; `reach`: how near outside is, too. */
struct statement basis_of(struct decider *decider, const struct target *targets, size_t count,
                          bool reach);
/* An id that nothing has: "T-pay-replay", or with -2, -3 after it. */
struct slice make_up_id(struct decider *decider, struct slice base);
/* Takes up a new declaration, which is checked; false, and refused, when it has mistakes. Its deed
 * is noted. */
bool record_decision(struct decider *decider, const struct draft *draft, const struct slice *ids,
                     size_t id_count);
/* The decision is written anew: without the targets that leave, or confirmed. */
struct rewrite *rewrite_of(struct decider *decider, const struct decision *decision);
/* The changes of all files. False where a text has no place for them. */
bool take_changes(struct decider *decider);

#define VERB(id, word, kind, operands, about)                                                      \
    bool decide_##word(struct decider *decider, const struct decision_request *request);
#include "project/verbs.def"
#undef VERB

#endif
