/* Words that people know from other tools, and our words for them. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_SYNONYMS_H
#define SYNTAX_SYNONYMS_H

#include "model/kind.h"

/* The word of the kind that is meant ("database": "store"), in whatever case, singular or plural;
 * NULL when there is none. */
const char *kind_meant(struct slice word);
/* The same for a section of the YAML form ("databases": "stores"). */
const char *section_meant(struct slice key);

/* An attribute that somebody wrote under another name. */
struct attribute_synonym {
    const char *theirs, *ours; /* "label" and "ends" are no attributes */
    const char *yes, *no;      /* our value when theirs is yes or no; "" if none follows */
};
/* Our attribute for the word on a declaration of this kind, or where the kind has none, that of
 * other kinds; NULL when there is none. */
const struct attribute_synonym *attribute_meant(const struct attribute_index *index,
                                                struct slice word, enum kind kind);

#endif
