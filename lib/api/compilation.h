/* The inside of the public handle, and how each public function is run. */
// SPDX-License-Identifier: MIT
#ifndef API_COMPILATION_H
#define API_COMPILATION_H

#include "explain/explain_question.h"
#include "explain/topics.h"
#include "layout/layout.h"
#include "project/project.h"
#include "stridec.h"

struct stridec {
    struct project project;
    stridec_pack *pack;   /* which it holds; NULL: it reads the rules itself */
    stridec_status spent; /* how memory ran out: what is half done is never shown */
    stridec_lister *list;
    stridec_loader *load; /* of the configuration, as is */
    stridec_loader *load_evidence;
    void *load_context;
    struct layout_host host; /* without a `draw` where the layout program draws */
    struct topics topics;
    struct agenda *agenda;    /* what is pending; NULL before it is asked for */
    struct way_record *ways;  /* of the question whose ways were asked for last, or NULL */
    struct row_record **rows; /* by their places in rank; what nobody asked for is NULL */
    struct test_counts tests; /* of stridec_test_rules */
    size_t conflicts;         /* of stridec_merge */
    bool gated;               /* its gate has been tried */
};

/* One public call: its arguments are in `task`. */
typedef stridec_status guarded_work(struct stridec *self, void *task);

/* The status that every call on a compilation checks before its other arguments: STRIDEC_MISUSE of
 * NULL, or when a sink or loader calls back in; how memory ran out, once it did; else STRIDEC_OK.
 */
stridec_status call_state(const struct stridec *self);
/* Runs the call if call_state() is STRIDEC_OK; a failing allocation in it ends in a status. */
stridec_status run_guarded(struct stridec *self, guarded_work *work, void *task);
/* The two functions for public structs. A new member begins where the struct ended before, not in
 * its padding, in which older programs leave anything. */

/* Copies a struct that the caller has filled. It begins with its size: members beyond that are 0.
 * False when the size is not set, or a member is that this library does not know. */
bool take_in(void *to, const void *from, size_t size);
/* Fills a struct of the caller. It begins with its size: members beyond that are left out, and
 * members that this library does not know become 0. False when the size is not set. */
bool hand_out(void *to, const void *from, size_t size);
/* The texts as a list for a public struct. */
const char *const *strings_of(struct arena *arena, const struct slice *texts, size_t count);
/* Whether a text may be read: it has a path, and NULL only where it is empty. */
bool is_sound(const struct named_text *input);

#endif
