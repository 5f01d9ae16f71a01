/* Words that people bring along from other tools, and what they are called here. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SYNONYMS_H
#define SYNTAX_SYNONYMS_H

#include "model/kind.h"

/* The word of the kind that is meant ("database": "store"), in whatever case, singular or plural;
 * NULL when nobody knows. */
const char *kind_meant(struct slice word);
/* The same for a section of the YAML form ("databases": "stores"). */
const char *section_meant(struct slice key);

/* An attribute that somebody wrote under another name. */
struct attribute_synonym {
    const char *theirs, *ours; /* "label" and "ends" are no attributes */
    const char *yes, *no; /* what ours says when theirs says yes or no; "" if nothing follows */
};
/* What the word means on a declaration of this kind; NULL when nobody knows. When the kind has no
 * such attribute, the one that other kinds have. */
const struct attribute_synonym *attribute_meant(const struct attribute_index *index,
                                                struct slice word, enum kind kind);

#endif
