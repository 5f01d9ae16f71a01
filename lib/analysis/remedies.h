/* Facts that would have to be stated to cover a question, as a tree, joined by `and` and `or`. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_REMEDIES_H
#define ANALYSIS_REMEDIES_H

#include "analysis/conditions.h"

struct remedy {
    struct remedy
        *parts; /* NULL: a fact; else two at least, none of which is joined in the same way */
    struct remedy *next; /* the next part of what this is one of */
    bool one_of;         /* any of the parts does; else all are needed */
    const struct decl *decl;
    enum attribute_id attribute; /* of that declaration's kind */
    struct slice *values;        /* any of these; none: whatever is known */
    size_t value_count;
};

/* Of an open pattern what covers it, of a possible one the trait that decides. NULL where nothing
 * can be stated. */
struct remedy *find_remedies(struct arena *arena, const struct analysis *analysis,
                             const struct pattern *pattern);

#endif
