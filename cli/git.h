/* Runs git, without a shell. */
// SPDX-License-Identifier: MIT
#ifndef CLI_GIT_H
#define CLI_GIT_H

#include "text.h"

#include <stdbool.h>

/* What git has printed; free it with git_free(). */
struct git_answer {
    struct text output, error;
    int status; /* its exit status; -1: a signal ended it, or it printed more than `limit` */
};

/* Runs git with arguments that end in NULL, hands it `input`, a line or less, and takes up to
 * `limit` bytes. False: it did not run, and errno says why; ENOENT: it is not installed. */
bool git_run(const char *const *arguments, const char *input, size_t limit,
             struct git_answer *answer);
void git_free(struct git_answer *answer);

#endif
