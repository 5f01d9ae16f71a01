/* Decisions that are asked for, by words or by JSON, on their way to the library. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REQUESTS_H
#define CLI_REQUESTS_H

#include "dates.h"
#include "pool.h"
#include "stridec.h"

struct requests {
    stridec_request *items;
    size_t count;
    struct pool pool; /* memory of the items, and of all that they are given */
    void *json;       /* the whole list, which has the strings; NULL: none */
    const char *author, *today_text;
    struct date today;
};

/* Says who decides, by $STRIDEC_AUTHOR, and which day it is. False, after a complaint. */
bool requests_begin(struct requests *requests);
void requests_free(struct requests *requests);
/* One more; it has room for all that can be stated. NULL, after a complaint: no memory. */
stridec_request *requests_add(struct requests *requests, const char *verb);
/* Unless something is stated by that name. The values are not copied. */
void request_state(stridec_request *request, const char *name, const char *const *values,
                   size_t count);
/* Who decides, where nothing is said about that; of a review its day. */
void requests_complete(struct requests *requests);
/* Reads a list of objects, or one: `verb`, `ids`, `id`, `label`, `tier`, and attributes by their
 * names. `verb`: where none is said; NULL: each says it. False, after a complaint that names the
 * file and the place. */
bool requests_read(struct requests *requests, const char *path, const char *text, size_t length,
                   const char *verb);

#endif
