/* What a reader has seen of a model and its decisions, so that what is newer can be named: a short
 * digest of each declaration. Order, comments, form and new ids do not count, nor what the tool
 * itself writes into decisions. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_SEEN_H
#define ANALYSIS_SEEN_H

#include "analysis/decisions.h"

/* What a reviewer sees of a model: elements, flows, crossings, boundaries, assets, adversaries,
 * threats, dismissals, mitigations, risks, baselines, and as one the policies that ask for less. In
 * order of declaration within each kind. */
struct seen_list {
    const struct decl **items;
    size_t count, capacity;
};
struct seen_list things_to_see(struct arena *arena, const struct model *model,
                               const struct decisions *decisions);
/* "threat S-1 1f3b5d7f": an entry of `seen` of a review. */
struct slice sight_of(struct arena *arena, const struct model *model,
                      const struct decisions *decisions, const struct decl *decl);

/* What is not as a review has seen it. */
struct seen_change {
    const struct decl *decl; /* NULL: it is gone */
    struct slice kind, id;
    bool is_new; /* else it has changed, where it is there */
};
struct seen_changes {
    struct seen_change *items;
    size_t count, capacity;
    bool known; /* the review says what it has seen */
};
struct seen_changes changes_since(struct arena *arena, const struct model *model,
                                  const struct decisions *decisions, const struct decl *review);
/* The latest by its date, of two of one day the later one; NULL where there is none. */
const struct decl *latest_review(const struct decisions *decisions);

/* Sixteen digits for all that a model and its imports declare, and for all that was decided. */
struct slice digest_of_all(struct arena *arena, const struct model *whole,
                           const struct decisions *decisions);

#endif
