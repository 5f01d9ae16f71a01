/* Which declaration of one model is which of another one. */
// SPDX-License-Identifier: MIT
#ifndef COMPARE_PAIRS_H
#define COMPARE_PAIRS_H

#include "analysis/crossings.h"

/* By kind and index: what a declaration of the old model is in the new one, and the other way
 * round; NULL where it is gone, or added. */
struct pairs {
    const struct analysis *was, *is;
    const struct decl **later[KIND_COUNT], **earlier[KIND_COUNT];
};

/* Takes the same id for the same declaration; then what one of the two has as an id of its past
 * (`was`), what has moved to another file, and what joins the same two without a name of its own.
 * With the models exchanged it finds the same pairs. */
struct pairs *pair_models(struct arena *arena, const struct analysis *was,
                          const struct analysis *is);

/* The kinds whose declarations have pairs. */
static inline bool kind_is_paired(enum kind kind) {
    return kind != KIND_MODEL && (kind_rows[kind].files & IN_MODEL);
}
/* NULL gives NULL. */
static inline const struct decl *what_became_of(const struct pairs *pairs, const struct decl *old) {
    return old ? pairs->later[old->kind][old->index] : NULL;
}
static inline const struct decl *what_was(const struct pairs *pairs, const struct decl *now) {
    return now ? pairs->earlier[now->kind][now->index] : NULL;
}

#endif
