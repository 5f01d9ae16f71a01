/* Who is outside, and which way trust goes between two elements (the design's section 3). */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_OUTSIDE_H
#define ANALYSIS_OUTSIDE_H

#include "model/model.h"

enum direction { DIRECTION_NONE, DIRECTION_INWARD, DIRECTION_OUTWARD, DIRECTION_UNKNOWN };
extern const char *const direction_words[]; /* "", "inward", "outward", "unknown" */

/* What the boundaries around a place say of it. */
struct trust_zone {
    int trust;                    /* the innermost one stated; -1: none is */
    const struct decl *stated_by; /* the boundary that states it */
    bool outside;                 /* the innermost trust stated by a drawn boundary is 0 */
};

struct zones {
    struct trust_zone *of; /* by the boundary's index */
    bool *persons, *held;  /* by the element's number; see holds_in_hand() */
    bool any;              /* the model has boundaries */
};

struct zones find_zones(struct arena *arena, const struct model *model);

static inline unsigned boundary_depth(const struct decl *boundary) {
    return boundary ? boundary->depth : 0;
}
/* The innermost boundary around both, or NULL. */
const struct decl *common_boundary(const struct decl *a, const struct decl *b);
/* Whether a call between the two, or data that goes so, comes from outside. */
bool comes_from_outside(const struct zones *zones, const struct decl *caller,
                        const struct decl *callee);
/* The direction of trust from the caller to the callee; NONE within one zone. */
enum direction find_direction(const struct zones *zones, const struct decl *caller,
                              const struct decl *callee);
/* Whether one is a person, and the other a program or device in their hands. */
bool holds_in_hand(const struct zones *zones, const struct decl *person, const struct decl *thing);
/* Whether an element is a stranger to whatever it crosses a boundary to. */
bool is_stranger(const struct zones *zones, const struct decl *element);

#endif
