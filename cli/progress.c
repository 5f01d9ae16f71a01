/* The line is on standard error, as standard output may be anything, and is written over. */
// SPDX-License-Identifier: MIT
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WAIT_MILLISECONDS 1000

void progress_open(struct progress *progress, const char *what, size_t all) {
    const char *terminal = getenv("TERM");
    *progress = (struct progress){.what = what, .all = all};
    progress->is_on =
        isatty(STDERR_FILENO) && terminal && *terminal && strcmp(terminal, "dumb") != 0;
    clock_gettime(CLOCK_MONOTONIC, &progress->begin);
}

static long milliseconds_since(const struct timespec *begin) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec - begin->tv_sec) * 1000 + (now.tv_nsec - begin->tv_nsec) / 1000000;
}

void progress_show(struct progress *progress, size_t done) {
    if (!progress->is_on || milliseconds_since(&progress->begin) < WAIT_MILLISECONDS)
        return;
    fprintf(stderr, "\r\033[K%s: %zu of %zu", progress->what, done, progress->all);
    (void)fflush(stderr);
    progress->is_shown = true;
}

void progress_close(struct progress *progress) {
    if (progress->is_shown)
        fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
