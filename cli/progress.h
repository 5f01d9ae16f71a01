/* How far long work is, on one line of the terminal; nothing where there is none. */
// SPDX-License-Identifier: MIT
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    const char *what;
    size_t all;
    long begin; /* in milliseconds */
    bool is_on, is_shown;
};

/* `what`: "pages drawn". */
void progress_open(struct progress *progress, const char *what, size_t all);
/* From a second on: "pages drawn: 12 of 40". */
void progress_show(struct progress *progress, size_t done);
/* Takes the line away. */
void progress_close(struct progress *progress);

#endif
