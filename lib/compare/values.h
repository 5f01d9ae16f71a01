/* What is stated of a declaration, as words that can be compared and shown. */
// SPDX-License-Identifier: MIT
#ifndef COMPARE_VALUES_H
#define COMPARE_VALUES_H

#include "compare/pairs.h"

/* What a changed statement means for safety, most urgent first. */
enum safety {
    SAFETY_WORSE, /* a fact was safe and is not, or is stated and not safe, and was not so before */
    SAFETY_OTHER, /* a trait, or a fact that stays on its side */
    SAFETY_BETTER, /* a fact is safe, and was not */
    SAFETY_NONE    /* a note */
};

/* The same attribute of a declaration in both models; NULL where it is not stated. */
struct statement_pair {
    const struct decl *old, *now;
    const struct attribute *was, *is;
    bool is_evidence; /* the place that shows a fact, not the fact itself */
};

enum attribute_id statement_id(const struct statement_pair *pair);
enum safety statement_safety(const struct statement_pair *pair);
/* Whether both say the same, in whatever order a list has it and whatever was renamed. */
bool statement_is_same(struct arena *arena, const struct pairs *pairs,
                       const struct statement_pair *pair);

struct words {
    struct slice *items;
    size_t count, capacity;
};
/* What is stated, as the language spells it, in the order in which it is stated; evidence is a
 * text, whatever the fact takes. */
struct words stated_words(struct arena *arena, const struct vocabulary *vocabulary,
                          const struct attribute *attribute, bool is_evidence);

#endif
