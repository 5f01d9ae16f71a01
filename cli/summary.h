/* What one model comes to in a table of many: numbers, and nothing of the model itself. */
// SPDX-License-Identifier: MIT
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include "dates.h"
#include "options.h"
#include "stridec.h"

#define TIERS 3
#define MOST_STATES 16
/* As `priority` of a threat takes them, highest first; the last one is for threats without. */
#define PRIORITIES 5
extern const char *const priority_words[PRIORITIES];

/* Of the latest review. */
enum review {
    REVIEW_NONE,
    REVIEW_BY_AUTHOR,
    REVIEW_FAILED,
    REVIEW_OUTDATED, /* something is newer than what it has seen */
    REVIEW_UNSEEN,   /* it does not say what that is */
    REVIEW_PASSED
};
extern const char *const review_words[];

struct summary {
    const char *path;
    char *label, *owner; /* "" when not stated */
    char *problem;       /* why there is nothing else; NULL: there is */
    bool is_other;       /* it holds rules or decisions, and is no model */
    enum outcome outcome;
    size_t elements, flows, open[TIERS]; /* rows that wait for an answer */
    size_t threats[PRIORITIES][MOST_STATES];
    size_t acceptances, stale, doubtful; /* doubtful: decisions that are nearer, orphans, ... */
    size_t due, overdue;
    struct date oldest, reviewed; /* of the acceptances, of the review that counts */
    enum review review;
};

/* What is counted as due. */
struct deadline {
    struct date today, until; /* "": nothing is */
};

/* A decision, from a compilation or from JSON. */
struct decision_record {
    const char *kind, *state, *priority;
    bool (*stands)(void *context, const char *standing);       /* so, against the model */
    const char *(*text)(void *context, const char *attribute); /* NULL: not stated */
    void *context;
};
void summary_take(struct summary *summary, const struct decision_record *record,
                  const struct deadline *deadline);

/* Compiles a model for its numbers, or reads the JSON of one where the name ends in .json. */
void summarise(struct summary *summary, const struct invocation *run, const char *path,
               stridec_pack *pack, const struct deadline *deadline);
/* From the text of `threats --format json`. False: it is something else. */
bool summary_from_json(struct summary *summary, const char *text, size_t length,
                       const struct deadline *deadline);
void summary_free(struct summary *summary);

/* Threats of a priority that something is still to be done about; of all where it is PRIORITIES. */
size_t threats_left(const struct summary *summary, size_t priority);
/* Of any priority. */
size_t threats_in_state(const struct summary *summary, size_t state);
/* The state of this name, or MOST_STATES. */
size_t state_named(const char *word);

/* Adds the numbers of one to a total. */
void summary_add(struct summary *total, const struct summary *summary);
/* Which of two needs attention first, as qsort() wants it. */
int summary_compare(const void *left, const void *right);

/* A table in one of the formats text, markdown, csv and json. */
struct summary_table {
    struct summary *items;
    size_t count, filtered, other; /* models; those left out by filters; files that are none */
    struct summary total;
    const struct deadline *deadline;
    size_t width;
    bool color;
};
void summary_write(const struct summary_table *table, const char *format);

#endif
