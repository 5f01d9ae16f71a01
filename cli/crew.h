/* Work that is done side by side, in child processes. */
// SPDX-License-Identifier: MIT
#ifndef CLI_CREW_H
#define CLI_CREW_H

#include "text.h"

#include <stddef.h>

struct crew_work {
    size_t count; /* jobs, numbered from 0 */
    /* In a child: what a job comes to; nothing that it does besides is seen. */
    void (*run)(void *context, size_t number, struct text *result);
    /* In a child, after its last job. */
    void (*end)(void *context);
    /* Here: so many are done. */
    void (*done)(void *context, size_t count);
    void *context;
};

/* Fills in the results of jobs, by number; one that no child has done stays empty. */
void crew_run(const struct crew_work *work, struct text *results);

#endif
