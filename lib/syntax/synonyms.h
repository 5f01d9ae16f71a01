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

#endif
