/* The ids in the words of decisions: "S@pay/replay", "pay.auth=jwt", "T-1". */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_DECISION_WORDS_H
#define PROJECT_DECISION_WORDS_H

#include "project/edits.h"

/* What stands in place of each id; the same where it stays. */
struct word_renewal {
    struct arena *arena;
    const struct attribute_index *attributes;
    void *context;
    /* Of a model, with its aliases. `about`: the decision is about it, else it only names it. */
    struct slice (*subject)(void *context, struct slice id, bool about);
    struct slice (*rule)(void *context, struct slice id);
    struct slice (*threat)(void *context, struct slice id);
};

/* Asks for each id that the decision names, and changes its words. False where one has no place
 * that can be changed safely. `edit` may be NULL: then nothing is changed. */
bool renew_words(const struct word_renewal *renewal, const struct decl *decision,
                 struct edit *edit);
/* What `alias.id` means in the model, by present ids; or NULL. */
const struct decl *find_meant(const struct model *model, struct slice id);
/* An id as it is written, with the aliases before it, with another last part. */
struct slice renamed_id(struct arena *arena, struct slice written, struct slice to);

#endif
