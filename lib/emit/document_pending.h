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

#endif
