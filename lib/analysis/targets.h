/* From the words of a decision to the rows and patterns that it names. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_TARGETS_H
#define ANALYSIS_TARGETS_H

#include "analysis/basis.h"

struct target_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct rows *rows;
    struct rule_names rules;
    struct uses *uses;  /* of the file that is read; NULL: not kept */
    size_t suggestions; /* ids that were searched for a near one */
};
/* Each looks at all names. */
#define SUGGESTION_LIMIT 50

/* Targets in order of the words. */
struct targets {
    struct target *items;
    size_t count, capacity;
};

/* Adds what the word names: a row, a pattern, or several patterns where a rule has been split. What
 * is gone is reported, and an orphan. */
void read_target(struct target_reader *reader, const struct naming *naming,
                 const struct decl *decision, const struct word *word, struct targets *targets);
/* Adds the row of a letter at a subject, by its own attributes. */
void read_spot(struct target_reader *reader, const struct naming *naming,
               const struct decl *decision, const struct attribute *category,
               const struct attribute *on, struct targets *targets);
/* Adds a target of another decision, which is judged by this one's own basis. */
void add_again(struct target_reader *reader, const struct target *target, struct targets *targets);
/* How each target stands to the model. `loose`: of a threat about a row as such. */
void judge_targets(struct target_reader *reader, const struct naming *naming,
                   struct decision *decision, bool loose);

#endif
