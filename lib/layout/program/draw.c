/* stridec-layout: DOT on standard input, SVG on standard output. The one program that links
 * Graphviz, apart from everything else because Graphviz leaks, crashes and can take minutes. It
 * writes either a whole picture and exits with 0, or one sentence on standard error. It leaves by
 * _exit: clearing up after a failed layout frees memory twice. */
// SPDX-License-Identifier: MIT
#include "ids.h"
#include "layout/layout.h"
#include "plugins.h"
#include "sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { DONE = 0, NOT_LAID_OUT = 2, MISUSE = 3, FAILURE = 4 };

/* The first line of what Graphviz complains about; it hands over a message in several pieces, and
 * no context. */
static char complaint[160];
static bool complaint_ends;

static int keep_complaint(char *piece) {
    size_t used = strlen(complaint);
    for (; *piece && !complaint_ends; piece++) {
        complaint_ends = *piece == '\n' || used == sizeof complaint - 1;
        if (!complaint_ends)
            complaint[used++] = (unsigned char)*piece < ' ' ? ' ' : *piece;
    }
    complaint[used] = '\0';
    return 0;
}

static _Noreturn void leave(int code, const char *problem) {
    fprintf(stderr, "stridec-layout: %s\n", problem);
    _exit(code);
}

/* A large model that is one tangle is what Graphviz gives up on. */
static _Noreturn void give_up(const char *otherwise) {
    if (!*complaint)
        leave(NOT_LAID_OUT, otherwise);
    fprintf(stderr,
            "stridec-layout: Graphviz cannot lay this out; draw a part of it with a `view` "
            "(%s)\n",
            complaint);
    _exit(NOT_LAID_OUT);
}

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

/* Nothing of a stranger has been read yet. */
static void close_up(void) {
    static char buffer[1 << 16];
    (void)setvbuf(stdin, buffer, _IOFBF,
                  sizeof buffer); /* else it asks for the file's block size */
#ifndef LAYOUT_UNLIMITED_MEMORY   /* the sanitizers ask for more than we do */
    sandbox_enter();
#endif
}

static Agraph_t *read_graph(void) {
    static Agdisc_t disciplines = {&AgMemDisc, &counted_ids, &AgIoDisc};
    Agraph_t *graph = agread(stdin, &disciplines);
    if (ferror(stdin))
        leave(FAILURE, "cannot read standard input");
    return graph;
}

static void write_all(const char *at, size_t length) {
    while (length) {
        ssize_t written = write(STDOUT_FILENO, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            leave(FAILURE, "cannot write to standard output");
        at += written;
        length -= (size_t)written;
    }
}

/* Graphviz returns 0 even where the picture is garbage; only an error message shows a failure. */
static void lay_out(GVC_t *graphviz) {
    char *svg = NULL;
    unsigned length = 0;
    Agraph_t *graph = read_graph();
    if (!graph || agreseterrors() >= AGERR)
        give_up("there is no graph on standard input");
    int failed = gvLayout(graphviz, graph, "dot");
    if (!failed && agerrors() < AGERR)
        failed = gvRenderData(graphviz, graph, "svg", &svg, &length);
    if (failed || !svg || agreseterrors() >= AGERR)
        give_up("Graphviz cannot lay this out, and does not say why");
    write_all(svg, length);
}

int main(int count, char **arguments) {
    bool version = count == 2 && strcmp(arguments[1], "--version") == 0;
    if (count > 1 && !version)
        leave(MISUSE, "it takes DOT on standard input and no arguments but --version");
    set_limits();
    agseterr(AGERR);
    agseterrf(keep_complaint);
    GVC_t *graphviz = open_graphviz();
    if (!graphviz)
        leave(FAILURE, "Graphviz does not start");
    if (!version) {
        close_up();
        lay_out(graphviz);
        _exit(DONE);
    }
    printf("stridec-layout %s, Graphviz %s\n", STRIDEC_VERSION, gvcVersion(graphviz));
    _exit(fflush(stdout) == 0 ? DONE : FAILURE);
}
