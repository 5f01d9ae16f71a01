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
    struct table stubs; /* see find_stubs() */
};

/* A decision that is there and is written anew. */
struct rewrite {
    const struct decision *decision;
    bool *leaves;           /* by target: it is decided in another way now */
    /* By target: the questions that it is about from now on, where it was a row that had none; NULL:
     * there is no such target. */
    struct targets *questions;
    struct slice_list less; /* of a risk: threats that it is no longer about */
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
    struct table changed;   /* the same, by decide_again(), -> struct decider */
    ARRAY_OF(struct rewrite *) rewrites;
    ARRAY_OF(struct decided_file *) files;
    struct deeds *deeds;
    size_t request;                    /* the number of the one under way; a line of a sheet */
    struct slice line_id;              /* of a sheet: the id in that line */
    bool states_facts, rests_on_facts; /* of the model */
};

/* A call begins; and ends: all of it is taken, or nothing. */
struct decider *begin_deciding(struct project *project);
enum edited finish_deciding(struct decider *decider, bool fine);
void decider_open(struct decider *decider, struct project *project);
/* Says in a sentence why the request is refused; false, to be returned. */
bool refuse_request(struct decider *decider, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same in the words of the first diagnostic in `scratch`, which is forgotten. */
bool refuse_as_reported(struct decider *decider);
/* The same where no decision has the id, with the nearest one. */
bool refuse_unknown(struct decider *decider, const char *what, struct slice id);
/* The same in the words of edits_refuse(), which have just been said. */
bool refuse_as_edit(struct decider *decider, const char *code);
struct deed *note_deed(struct decider *decider, bool changes, const char *kind, struct slice id);
/* "pay.triage.dfd:12" */
const char *place_text(struct decider *decider, const struct decl *decl);
/* NULL of a declaration that names no question. */
struct decision *decision_of(const struct decider *decider, const struct decl *decl);

struct writing;

/* A question that a request is about. */
struct choice {
    struct target target;
    struct decision *before; /* in which it was decided and no longer is; or NULL */
};
struct choices {
    struct choice *items;
    size_t count, capacity;
    const struct decision *done; /* some of the ids are decided by this, as is wanted */
    /* Some are decided by this, of the same kind and with other values: those of `again`. */
    const struct decision *other;
    ARRAY_OF(struct choice) again;
    struct slice_list settled; /* ids of those that a fact settles already */
};
/* Finds the questions that the ids mean, a row's pending ones in its place. False, and refused,
 * when one means nothing, is not asked or is decided otherwise. */
bool choose_questions(struct decider *decider, enum verb verb,
                      const struct decision_request *request, struct choices *choices);
/* Refused as it is decided in another way; `way`: how that can be changed, or "". */
bool refuse_decided(struct decider *decider, const struct target *target, const struct decl *decl,
                    const char *way);
/* All that is pending, of one tier or any, in order of rank. */
void choose_pending(struct decider *decider, int tier, struct choices *choices);
/* One that is pending, unless a request before has decided it. */
void add_pending(struct decider *decider, const struct target *target, struct choices *choices);
/* Whether the declaration says all that the request does. */
bool says_the_same(struct decider *decider, const struct decl *decl,
                   const struct decision_request *request);
/* A likelihood or impact, 1 to 5, on the scale of the scores that are there: numbers or words. */
struct slice level_text(struct decider *decider, int level);
/* Likelihood and impact, as the rows suggest them, unless they are stated. */
void suggest_scores(struct writing *writing);
/* Whether the request is about a threat that answers no question, and such a threat. */
bool is_own_threat(const struct decision_request *request);
bool decide_own_threat(struct decider *decider, const struct decision_request *request);
/* What an id names, as decisions do. False, and refused, where it names nothing. */
bool read_question_id(struct decider *decider, struct slice id, struct targets *targets);
/* Whether an attribute can be stated so in a declaration that is there; false, and refused. */
bool check_statement(struct decider *decider, const struct decl *decl,
                     const struct named_values *given, struct statement *statement);
/* States the attributes of the request there; its deed is noted. */
bool state_decision(struct decider *decider, const struct decl *decl,
                    const struct decision_request *request);
/* A record that is there says what the request does, and its deed what it said before. */
bool decide_again(struct decider *decider, const struct decl *decl,
                  const struct decision_request *request);
/* The same; `about` are the threats that it is about from then on. NULL: those of before. */
bool decide_again_about(struct decider *decider, const struct decl *decl,
                        const struct decision_request *request, const struct slice_list *about);
/* Notes a deed that changes nothing of a record that is there, with what it says it is about. */
void note_record(struct decider *decider, const struct decl *decl);
/* Whether no other request of this call has changed a declaration; from then on, this one has. */
bool claim_change(struct decider *decider, const struct decl *decl);
/* "T@pay/replay", as decisions name it. */
struct slice target_id(struct decider *decider, const struct target *target);

/* The values of an attribute, one by one; false, and refused, when the kind has none of this name.
 */
bool take_statement(struct decider *decider, enum kind kind, const struct named_values *given,
                    struct statement *statement);
/* "[a, b]", as files have it: that is all of the list. */
bool is_whole_list(const struct slice *values, size_t count);
/* Whether all that the statement names is declared, as seen from the file in which it is to stand;
 * false, and refused. */
bool check_names(struct decider *decider, const struct unit *unit,
                 const struct statement *statement);
/* Whether the declaration states just that. */
bool states(const struct decl *decl, const struct statement *statement);
/* Refused where a declaration with these statements would have mistakes. */
bool check_draft(struct decider *decider, const struct draft *draft);
/* The file, on its way to be changed. */
struct decided_file *file_of(struct decider *decider, const struct unit *unit);
/* What the questions rest on now, as lines; `reach`: how near outside is, too. */
struct statement basis_of(struct decider *decider, const struct target *targets, size_t count,
                          bool reach);
/* An id that nothing has: "T-pay-replay", or with -2, -3 after it. */
struct slice make_up_id(struct decider *decider, struct slice base);
/* A declaration on its way. */
struct writing {
    struct decider *decider;
    struct draft draft;
    struct statement
        statements[ATTRIBUTE_COUNT]; /* of the draft: the first says what it is about */
    struct slice *ids;               /* the questions or threats, and */
    struct target *targets;          /* the questions that it rests on */
    size_t id_count, count;
};
void begin_writing(struct writing *writing, struct decider *decider, enum kind kind,
                   const struct decision_request *request);
void writing_state(struct writing *writing, struct statement statement);
bool writing_states(const struct writing *writing, enum attribute_id id);
/* The first value that is stated, or "". */
struct slice writing_value(const struct writing *writing, enum attribute_id id);
/* States one word, unless something is stated. */
void writing_suggest(struct writing *writing, enum attribute_id id, struct slice word);
/* States what the request does. False, and refused, as are the next two. */
bool writing_take(struct writing *writing, const struct decision_request *request);
bool writing_needs(const struct writing *writing, enum attribute_id id);
/* When the id is none, or taken. */
bool check_new_id(struct decider *decider, struct slice id, bool digit_first);
/* Puts its statements in order, and records it with what it rests on; or only the first. */
bool finish_writing(struct writing *writing);
void sort_statements(struct writing *writing);
/* A question of the row that a target names. */
struct target question_in(const struct target *row, struct pattern *question);
/* Whether a decision was about a row that had no questions then and has some now. */
bool row_got_questions(const struct decider *decider, const struct target *target);
/* Refused until somebody has confirmed what the threat is about. */
bool refuse_row_with_questions(struct decider *decider, const struct target *target,
                               struct slice threat);
/* Notes that it has been decided so before. */
void note_done(struct decider *decider, const struct decision *done);
/* A declaration of this call, by its id. */
struct made {
    enum kind kind;
    const struct target *targets;
    size_t count;
};
/* Takes up comments about a question, unless they stand there already. */
bool record_stub(struct decider *decider, struct slice id, struct slice text,
                 const struct tree *about);
/* What has been decided needs no stub. */
void remove_stub(struct decided_file *file, struct slice id);
/* Checks the text, and takes it up; its deed is noted. */
bool record_decision(const struct writing *writing);
/* The same, in the place of one that is there and goes. */
bool record_in_place(const struct writing *writing, const struct decl *former);
/* The decision is written anew: without the targets that leave, or confirmed. */
struct rewrite *rewrite_of(struct decider *decider, const struct decision *decision);
/* The changes of all files. False where a text has no place for them. */
bool take_changes(struct decider *decider);

#define VERB(id, word, kind, operands, about)                                                      \
    bool decide_##word(struct decider *decider, const struct decision_request *request);
#include "project/verbs.def"
#undef VERB

#endif
