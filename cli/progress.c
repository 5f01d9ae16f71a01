/* Shows how far long work is. The line is on standard error, as standard output may be anything,
 * and is written over. */
// SPDX-License-Identifier: MIT
#include "progress.h"

#include "clock.h"
#include "terminal.h"

#include <stdio.h>
#include <unistd.h>

#define WAIT_MILLISECONDS 1000

void progress_open(struct progress *progress, const char *what, size_t all) {
    *progress = (struct progress){.what = what, .all = all};
    progress->is_on = isatty(STDERR_FILENO) && terminal_moves();
    progress->begin = milliseconds();
}

void progress_show(struct progress *progress, size_t done) {
    if (!progress->is_on || milliseconds() - progress->begin < WAIT_MILLISECONDS)
        return;
    fprintf(error_stream(), "\r\033[K%s: %zu of %zu", progress->what, done, progress->all);
    (void)fflush(stderr);
    progress->is_shown = true;
}

void progress_close(struct progress *progress) {
    if (progress->is_shown)
        fputs("\r\033[K", error_stream());
    progress->is_shown = false;
}
