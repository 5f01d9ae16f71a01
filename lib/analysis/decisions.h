/* What the team has decided, against the rows: which pattern each decision names, whether that
 * still holds, and the states of threats (the design's section 6). Nothing here depends on a date.
 */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_DECISIONS_H
#define ANALYSIS_DECISIONS_H

#include "analysis/rows.h"
#include "diag/diag.h"

/* How a decision stands to what it names; several may hold. */
enum standing_bit {
    STANDS_ORPHAN = 1,       /* no subject or rule has this id any longer */
    STANDS_ASLEEP = 2,       /* its subject is out of scope */
    STANDS_STALE = 4,        /* a fact that it rests on is less safe, or its scope has changed */
    STANDS_NEARER = 8,       /* its spot came closer to outside */
    STANDS_UNCONFIRMED = 16, /* it has no basis yet */
    STANDS_RESOLVED = 32,    /* the question is settled by a fact now */
    STANDS_GONE = 64,        /* the question does not arise there any longer */
    STANDS_ELSEWHERE = 128,  /* the question is asked in the file of its subject */
};
extern const char *const standing_words[]; /* by bit: "orphan", "asleep", ...; ends with NULL */

/* Something that a decision rests on and that is different now. */
struct basis_change {
    struct basis_change *next;
    struct slice name;    /* "webhook.auth" */
    struct slice was, is; /* "" where nothing is stated */
    enum standing_bit effect;
};

/* A row or pattern that a decision names. */
struct target {
    const struct word *word;     /* where */
    const struct letter *letter; /* NULL of an orphan */
    const struct decl *subject;  /* of the row, in the model of all files; NULL of an orphan */
    const struct rule *rule;     /* NULL: the row itself */
    const struct decl *spot;     /* where the rule was tried: the subject, or a flow of it */
    struct pattern *pattern;     /* NULL: the row itself, or the question does not arise */
    unsigned standing;           /* of enum standing_bit */
    bool accepted;               /* of a threat: some risk accepts it, and is not stale here */
    struct basis_change *changes;
    struct pattern **folded; /* where its row folds: the questions elsewhere that it counts for */
    size_t folded_count;
};

struct decision {
    const struct decl *decl; /* the threat, dismissal, risk or baseline */
    const struct decision_file *file;
    struct target *targets; /* of a risk: those of its threats */
    size_t target_count;
    unsigned standing; /* of all its targets */
    bool basis_stated;
    const struct word *see;     /* of a dismissal: where it is answered; NULL: not said, */
    struct target *see_targets; /* which names these, */
    size_t see_count;
    struct threat *see_threat; /* or this; NULL and 0: nothing that there is */
};

enum threat_state {
#define THREAT_STATE(id, word, about) THREAT_##id,
#include "analysis/threat_states.def"
#undef THREAT_STATE
    THREAT_STATE_COUNT
};
struct threat_state_row {
    const char *word, *about;
};
extern const struct threat_state_row threat_states[THREAT_STATE_COUNT];

struct threat {
    struct decision decision;
    const struct letter *letter;
    const struct decl *component;                       /* NULL where nobody knows */
    int likelihood, impact, score;                      /* 0: not stated */
    int residual_likelihood, residual_impact, residual; /* 0: not assessed */
    struct slice priority;                              /* "" where nothing gives one */
    bool overridden;                                    /* by `priority:` */
    bool loose; /* it names a row as such, and answers no question of it */
    enum threat_state state;
    struct decl_list mitigations, risks, adversaries;
};

/* The states of a pattern or bare row by decisions. */
enum answer { ANSWER_NONE, ANSWER_THREAT, ANSWER_DISMISSED, ANSWER_BASELINED };
extern const char *const answer_words[]; /* "none", "threat", "dismissed", "baselined" */

/* What was decided about one pattern or bare row. */
struct verdict_on {
    enum answer answer;
    bool holds; /* false: a dismissal or acceptance that is stale, so that it is asked again */
    struct decision *first;
    struct row *row;
    const struct target *through; /* it names this, which folds into the row; NULL: it is about the
                                     question itself */
    ARRAY_OF(struct threat *) threats; /* of the first and all after it */
};

/* What a decision says of questions in other rows than that which it names. */
struct folded_answer {
    struct decision *decision;
    const struct target *target;
    enum answer answer;
    bool holds;
    struct threat *threat; /* NULL: it is none */
};

/* A file of decisions. */
struct decision_file {
    const struct model *about; /* the model that it stands beside */
    struct model *own;         /* what it declares */
    bool imported;             /* that model is one that the main one imports */
};

struct decisions {
    struct rows *rows;
    ARRAY_OF(struct threat *) threats; /* of the main model, as are */
    ARRAY_OF(struct decision *) dismissals, risks, baselines;
    struct decl_list mitigations, reviews;
    struct decl_list policies; /* those of the main model, then those of imported ones */
    size_t own_policies;
    struct table threat_ids; /* of the main model, also those of the past -> struct threat */
    struct table verdicts;   /* address of a pattern, or of a row without patterns -> verdict_on */
    ARRAY_OF(struct verdict_on *) answered; /* all of these, in order */
    struct table inherited; /* addresses of patterns newer than `pin` that an older question, which
                               nobody has decided, yields to */
    ARRAY_OF(struct folded_answer) folded;
    struct bands bands;
    int pin;  /* questions of rules that came after this pack wait; 0: none do */
    bool any; /* there is a file of decisions */
};

/* Resolves and judges the decisions of all files, the main model's first; sets the states of rows
 * by them, and ranks the rows anew. Mistakes are reported. */
struct decisions *find_decisions(struct diagnostics *diagnostics, struct rows *rows,
                                 const struct decision_file *files, size_t count);
/* NULL: nobody has decided. `pattern` NULL: about the row itself. `decisions` may be NULL. */
const struct verdict_on *verdict_about(const struct decisions *decisions, const struct row *row,
                                       const struct pattern *pattern);
/* Whether all threats that the mitigation is for are asleep, so that nobody waits for it. */
bool mitigation_is_asleep(const struct decisions *decisions, const struct decl *mitigation);
/* Whether the question waits as it is newer than the pack that the policy names. */
bool is_new_question(const struct decisions *decisions, const struct row *row,
                     const struct pattern *pattern);
/* Whether the team still has to decide: open, no new question, and undecided or its decision stale.
 */
bool is_pending(const struct decisions *decisions, const struct row *row,
                const struct pattern *pattern);
size_t count_pending(const struct decisions *decisions, const struct row *row);

#endif
