/* Traits that nobody has stated and that labels tell in passing. A suggestion is for people to look
 * at: no row, no question and no output counts it before it is written into the model. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_SUGGESTIONS_H
#define ANALYSIS_SUGGESTIONS_H

#include "diag/diag.h"
#include "model/model.h"
#include "model/products.h"

struct suggestion {
    const struct decl *decl;
    enum attribute_id attribute;
    struct slice values[MOST_HEARD]; /* several only of an attribute that takes a list */
    size_t count;
    struct span span;   /* of the words that tell it, the first ones; else of what they stand in */
    struct slice words; /* all of them, as they stand there */
};

struct suggestions {
    ARRAY_OF(struct suggestion) list; /* by place */
};

/* Of what the model itself declares, unless that is out of scope or allows N0801. */
struct suggestions *find_suggestions(struct arena *arena, const struct model *model,
                                     const struct phrases *phrases);
/* "sql", or "[file, command]". */
struct slice suggestion_value(struct arena *arena, const struct suggestion *suggestion);
/* "'PostgreSQL' sounds like kind: sql" */
struct slice suggestion_sentence(struct arena *arena, const struct suggestion *suggestion);

#endif
