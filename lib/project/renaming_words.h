/* What a new id changes in the words of decisions. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_RENAMING_WORDS_H
#define PROJECT_RENAMING_WORDS_H

#include "project/edits.h"

/* What is renamed: a declaration of a model, a rule, or a decision. */
struct new_id {
    const struct decl *decl;
    struct slice id;
    const struct unit *home; /* the file of the declaration */
};

/* The id that an unnamed flow gets as an end of it is renamed; that of any other stays. */
struct slice renamed_flow(struct arena *arena, const struct decl *flow,
                          const struct new_id *new_id);
/* Changes the words of a file of decisions that mean what is renamed, or a flow whose id comes from
 * it. False where one of them has no place that can be changed safely. */
bool rename_words(struct project *project, const struct unit *unit, const struct new_id *new_id,
                  struct edit *edit);

#endif
