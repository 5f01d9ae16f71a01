/* Candidates: one row for each subject and letter, with the patterns that rules hang on it, its
 * state, tier and suggested score. Their texts are several times as large as they are, and are made
 * when they are written: see patterns.h, reasons.h and score.h. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_ROWS_H
#define ANALYSIS_ROWS_H

#include "analysis/crossings.h"
#include "model/rule.h"

enum row_state {
    ROW_OUT_OF_SCOPE,
    ROW_NOT_APPLICABLE,
    ROW_ANSWERED,
    ROW_FOLDED,
    ROW_OPEN,
    ROW_COVERED,
    ROW_STATE_COUNT
};
extern const char *const row_state_words[ROW_STATE_COUNT]; /* "out_of_scope", ... as in the JSON */

enum pattern_state {
    PATTERN_OPEN,
    PATTERN_COVERED,
    PATTERN_POSSIBLE,
    PATTERN_YIELDED,  /* another one is asked in its place */
    PATTERN_SILENCED, /* its row asks nothing: it is out of scope, or not for this kind */
    PATTERN_STATE_COUNT
};
extern const char *const pattern_state_words[PATTERN_STATE_COUNT];

/* A fact or trait that was read, `auth` of pay. */
struct reading {
    const struct decl *decl;
    enum attribute_id family;
    const struct attribute *attribute; /* NULL when not stated */
};

/* The packs from this one on are taken for one where the oldest is asked for. */
#define PACK_LIMIT 255

/* There are a dozen for each element: kept small. */
struct pattern {
    struct pattern *next;
    const struct rule *rule;
    const struct decl *subject; /* what the rule was tried on: the flow, where the rule puts it on
                                   an end's row */
    struct reading settle;      /* open: the first fact that would settle it; possible: the trait
                                   that would decide; decl is NULL when there is none */
    union {
        struct reading *facts;           /* all that `unless` can read */
        const struct pattern *successor; /* yielded: what is asked in its place */
    };
    uint32_t fact_count;
    unsigned char state; /* enum pattern_state */
    unsigned char tier;  /* 1 to 3, where its state is the one that gives the row its tier */
    bool specific : 1, unsafe : 1;
    bool takes_unsafe : 1;  /* what yields to it rested on a fact that is stated and not safe */
    unsigned char succeeds; /* generic ones of this row yield to it, and it is as urgent as they
                               are: the pack of the oldest, at most PACK_LIMIT; 0: none does */
};

struct row {
    const struct letter *letter;
    const struct decl *subject;
    struct pattern *patterns; /* by state; of those that give it its tier the most urgent first, by
                                 tier and score, and else in order of the pack */
    uint32_t open, covered, possible;
    unsigned char state;          /* enum row_state */
    bool silenced;                /* out of scope, and a row otherwise */
    unsigned char tier;           /* 1 to 3 */
    unsigned char specific_tier;  /* the lowest of a specific pattern; 0: there is none */
    const struct pattern *scored; /* whose score the row has; NULL: its own */
    unsigned char likelihood, impact, score;
    bool without_stake;      /* not applicable: all assets are rated none in what it is about */
    unsigned char exemption; /* not applicable: its place among the method's, from 1 */
    uint32_t answer;         /* whose assets give the impact: an answer's number + 1; 0: its own */
    uint32_t place;          /* in rows->ranked; UINT32_MAX: it is not listed */
};

struct stakes;

struct rows {
    const struct analysis *analysis;
    const struct rule_pack *pack;
    const struct bands *bands;         /* a policy's, or the method's */
    const struct decisions *decisions; /* NULL: not known yet */
    struct stakes *stakes;             /* by subject number; see stakes_of() */
    bool *shares_label;  /* by subject number: another one has the same label, so that it is told
                            with its id */
    struct row *cells;   /* subjects x letters: every cell, by subject number and letter index */
    struct row **ranked; /* all that are listed: first those that apply, by tier, score, id; then
                            those that are out of scope and those that do not apply, in order of
                            the cells */
    size_t ranked_count; /* of those that apply */
    size_t listed_count; /* all but what is left to the files of subjects not named here */
    size_t cell_count, pattern_count;
    size_t counts[ROW_STATE_COUNT]; /* of those that are listed */
    size_t open_by_tier[4];         /* [1] to [3] */
    size_t imported[4]; /* open rows of imported subjects, by tier, as their own files judge them,
                           and leave them after what was decided there */
};

/* "S@webhook" */
struct slice row_id(struct arena *arena, const struct row *row);
/* The row of this id, or of this id of one of its patterns; NULL when there is none. */
const struct row *row_named(const struct rows *rows, struct slice id);

/* So many patterns take a gigabyte of memory. A model with more of them is refused: nobody could
 * answer them, so some rule fits nearly everywhere, or a machine made the model. */
#define PATTERN_LIMIT 10000000

/* Judges each other file of the compilation alone, when its turn comes: the memory of its rows is
 * taken back before the next one. */
struct elsewhere {
    size_t files; /* how many there are with the main one; a file is known by its source.unit */
    struct rows *(*judge)(void *context, size_t file);             /* NULL: too many patterns */
    void (*decide)(void *context, size_t file, struct rows *rows); /* what was decided there */
    void (*forget)(void *context, size_t file);
    void *context;
};

/* NULL when there are more patterns than PATTERN_LIMIT. At a subject of another file, a pattern is
 * open here only if that file does not ask it, or asks it in a worse tier; all else there is out of
 * scope here. Without `elsewhere` everything there is. */
struct rows *find_rows(struct arena *arena, const struct analysis *analysis,
                       const struct rule_pack *pack, const struct elsewhere *elsewhere);

/* The rows of a subject, one for each letter. */
static inline struct row *rows_of(const struct rows *rows, const struct decl *subject) {
    return &rows->cells[subject->number * rows->pack->method->letter_count];
}
static inline struct row *row_of(const struct rows *rows, const struct decl *subject,
                                 const struct letter *letter) {
    return &rows_of(rows, subject)[letter->index];
}

#endif
