/* The decisions that a user asks for, by the words of a command or by JSON, on their way to the
 * library. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REQUESTS_H
#define CLI_REQUESTS_H

#include "dates.h"
#include "pool.h"
#include "stridec.h"

/* It may not be moved or copied after requests_begin(): `today_text` points into it, and so do the
 * requests that were completed. */
struct requests {
    stridec_request *items;
    size_t count;
    struct pool pool; /* holds the items, what they state, and values that were written otherwise */
    void *json;       /* holds the strings that were read from JSON; NULL: none was read */
    const char *author, *today_text;
    struct date today;
};

/* Starts an empty list, and finds out who decides ($STRIDEC_AUTHOR) and which day it is. Returns
 * false, after a complaint, when the day cannot be told. */
bool requests_begin(struct requests *requests);
void requests_free(struct requests *requests);
/* Adds a request that states nothing yet. The pointer is good until the next call, which may move
 * the list. Returns NULL, after a complaint, when there is no memory. */
stridec_request *requests_add(struct requests *requests, const char *verb);
/* Adds a statement to one of the requests, which must not have one of that name yet. The name and
 * the values are not copied: they have to outlive the list. Returns false, after a complaint, when
 * there is no memory. */
bool request_add_stated(struct requests *requests, stridec_request *request, const char *name,
                        const char *const *values, size_t count);
/* Adds who decided to each request that does not say so, and the day to each review. Returns false,
 * after a complaint, when there is no memory. */
bool requests_complete(struct requests *requests);
/* Reads a list of objects, or a single one. An object has `verb`, `ids`, `id`, `label`, `tier`, and
 * attributes by their names. An object without a verb gets the one that is given here; where that
 * is NULL, each object has to have its own. Returns false, after a complaint that names the file
 * and the decision, when something is wrong. */
bool requests_read(struct requests *requests, const char *path, const char *text, size_t length,
                   const char *verb);

#endif
