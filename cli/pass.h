/* A pass over all that is pending, at a terminal: one question a screen, one or two keys an answer.
 */
// SPDX-License-Identifier: MIT
#ifndef CLI_PASS_H
#define CLI_PASS_H

#include "session.h"

/* What is stated of each decision, and which questions are asked. */
struct pass_options {
    struct names author, decided; /* the values that were given; each may be empty */
    int tier;                     /* 0: any */
};

enum outcome pass_over(const struct invocation *run, const char *path,
                       const struct pass_options *options);

#endif
