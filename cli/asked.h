/* The options of `triage`: each attribute that a decision can state is one. */
// SPDX-License-Identifier: MIT
#ifndef CLI_ASKED_H
#define CLI_ASKED_H

#include "options.h"
#include "text.h"

/* An attribute and the values that --NAME has been given; several options with it make a list. */
struct stated_option {
    const char *name;
    char option[32]; /* the name, as options are spelled: with - for _ */
    struct names values;
    const char *kind, *last; /* the first that has it, and what it is of the last */
    struct text about;       /* what it is of each, where it is not the same of all; else empty */
};

struct asked {
    struct option *options;
    size_t option_count;
    struct stated_option *stated;
    size_t stated_count;
    const char **room; /* of all lists of values */
};

/* The options given, and one for each attribute of the kinds that verbs declare; one of a name that
 * is an option already is left out. False, after a complaint, when there is no memory. */
bool asked_open(struct asked *asked, const struct invocation *run, const struct option *own,
                size_t count);
void asked_close(struct asked *asked);

/* What the tool writes itself, and nobody states. */
bool is_written_by_tool(const char *attribute);

#endif
