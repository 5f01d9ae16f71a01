/* The questions that wait for a decision, by the facts that would settle them. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DOCUMENT_PENDING_H
#define EMIT_DOCUMENT_PENDING_H

#include "emit/document_words.h"

struct question {
    const struct row *row;
    const struct pattern *pattern;
};

/* A fact that somebody could state, with the questions that it settles in order of rank; or one
 * question that no fact settles. */
struct asked_fact {
    const struct decl *element; /* who would state it */
    ARRAY_OF(struct question) questions;
    const struct row *named_in; /* the line that named it last */
};

struct pending {
    const struct emission *emission;
    struct table by_key;
    ARRAY_OF(struct asked_fact *) facts; /* by the rank of their first questions */
    struct table shown, helped;          /* addresses of rows */
};
/* All that this document is to show. */
struct pending find_pending(const struct emission *emission);
/* The one of them that a pattern waits for which is pending, in a row that the document shows. */
struct asked_fact *asked_fact_of(const struct pending *pending, const struct pattern *pattern);

/* The fact, such that it can be stated; whose it is, unless that is the element that it stands at.
 */
void put_wanted(struct document *document, const struct reading *settle, const struct decl *around);
/* "T@pay/replay", as decisions name it; what it asks. */
void put_pattern_key(struct document *document, const struct pattern *pattern);
void put_pattern_ask(struct document *document, const struct pattern *pattern);
/* A text of its rule on a line of its own, behind a few words; nothing where there is none. */
void put_pattern_text(struct document *document, const char *before, const struct pattern *pattern,
                      struct slice text);

/* All of tier 1. */
void write_pending_facts(struct document *document, struct pending *pending);

#endif
