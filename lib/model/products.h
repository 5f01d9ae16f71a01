/* What a label says in passing of what it is the label of: `Orders (PostgreSQL)` is kept in an SQL
 * database. From products.def, and from what words.def knows of values. */
// SPDX-License-Identifier: MIT
#ifndef MODEL_PRODUCTS_H
#define MODEL_PRODUCTS_H

#include "model/kind.h"

#define MOST_HEARD 8

/* Phrases by their words, in small letters, with a blank between; see open_phrases(). */
struct phrases {
    struct table by_words;          /* -> struct phrase */
    bool suggests[ATTRIBUTE_COUNT]; /* something, for this attribute */
};
void open_phrases(struct arena *arena, struct phrases *phrases);

/* What a text says about one attribute. */
struct heard {
    struct slice values[MOST_HEARD]; /* each once; one, unless the attribute takes a list */
    struct slice words[MOST_HEARD];  /* the part of the text that says it */
    size_t count;                    /* 0: it says nothing */
    bool unclear;                    /* then: as it says several things, or may mean anything */
};

/* A text cut into words, ready to be asked. */
struct hearing;
struct hearing *listen_to(struct arena *arena, const struct phrases *phrases, struct slice text);
/* Whether it has a word that stands nowhere in the other: `Session store` beside `session_db`. */
bool says_more(const struct hearing *hearing, const struct hearing *other);
/* What it says of a declaration of this kind. Words that `names` have as well are names there, and
 * say nothing; NULL: there are none. */
struct heard hear(const struct hearing *hearing, enum kind kind, enum attribute_id id,
                  const struct table *names);
/* Adds the words of a text to a table of names. */
void note_names(struct arena *arena, struct table *names, struct slice text);

#endif
