/* stridec-layout: DOT on standard input, SVG on standard output, or requests and answers (see
 * serve.c). The one program that links Graphviz, apart from everything else because Graphviz leaks,
 * crashes and can take minutes. It leaves by _exit: clearing up after a failed layout frees memory
 * twice. */
// SPDX-License-Identifier: MIT
#include "arrange.h"
#include "attempt.h"
#include "layout/layout.h"
#include "plugins.h"
#include "sandbox.h"
#include "serve.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

static void limit(int resource, rlim_t most) {
    struct rlimit limits;
    if (getrlimit(resource, &limits) != 0)
        return;
    if (limits.rlim_cur == RLIM_INFINITY || limits.rlim_cur > most)
        limits.rlim_cur = most;
    if (setrlimit(resource, &limits) != 0)
        leave(FAILURE, "cannot set its own limits");
}

/* The process that started us also watches the clock; these limits hold when it is gone. */
static void set_limits(void) {
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, LAYOUT_SECONDS);
#ifndef LAYOUT_UNLIMITED_MEMORY /* the sanitizers reserve terabytes of addresses */
    limit(RLIMIT_AS, LAYOUT_MEMORY);
#endif
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

int main(int count, char **arguments) {
    bool version = count == 2 && strcmp(arguments[1], "--version") == 0;
    if (count > 1 && !version)
        leave(MISUSE, "it takes DOT on standard input and no arguments but --version");
    set_limits();
    listen_to_graphviz();
    arrange_layers();
    GVC_t *graphviz = open_graphviz();
    if (!graphviz)
        leave(FAILURE, "Graphviz does not start");
    if (!version) {
#ifndef LAYOUT_UNLIMITED_MEMORY /* the sanitizers ask for more than we do */
        sandbox_enter_and_copy();
#endif
        serve(graphviz);
    }
    printf("stridec-layout %s, Graphviz %s\n", STRIDEC_VERSION, gvcVersion(graphviz));
    _exit(fflush(stdout) == 0 ? DONE : FAILURE);
}
