/* stridec-layout: DOT on standard input, SVG on standard output. The one program that links
 * Graphviz, apart from everything else because Graphviz leaks, crashes and can take minutes. It
 * writes either a whole picture and exits with 0, or one sentence on standard error. It leaves by
 * _exit: clearing up after a failed layout frees memory twice. */
// SPDX-License-Identifier: MIT
#include "arrange.h"
#include "contest.h"
#include "layout/layout.h"
#include "network.h"
#include "plugins.h"
#include "sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { DONE = 0, NOT_LAID_OUT = 2, MISUSE = 3, FAILURE = 4 };

static _Noreturn void leave(int code, const char *problem) {
    fprintf(stderr, "stridec-layout: %s\n", problem);
    _exit(code);
}

/* A large model that is one tangle is what Graphviz gives up on. */
static _Noreturn void give_up(const struct attempt *attempt) {
    if (attempt->outcome == UNREADABLE)
        leave(NOT_LAID_OUT,
              *attempt->problem ? attempt->problem : "there is no graph on standard input");
    if (!*attempt->problem)
        leave(NOT_LAID_OUT, "Graphviz cannot lay this out, and does not say why");
    fprintf(stderr,
            "stridec-layout: Graphviz cannot lay this out; draw a part of it with a `view` "
            "(%s)\n",
            attempt->problem);
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

/* All of standard input; nothing in it has been looked at yet. */
static struct input read_input(void) {
    size_t room = (size_t)1 << 16, length = 0;
    char *text = need_room(room, 1);
    for (;;) {
        ssize_t count = read(STDIN_FILENO, text + length, room - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            leave(FAILURE, "cannot read standard input");
        if (count == 0)
            return (struct input){text, length};
        length += (size_t)count;
        if (length < room)
            continue;
        room *= 2;
        text = realloc(text, room);
        if (!text)
            leave(FAILURE, "out of memory");
    }
}

static void write_all(const char *at, size_t length) {
    if (!send_all(STDOUT_FILENO, at, length))
        leave(FAILURE, "cannot write to standard output");
}

/* Each flow has two halves; text of the user has no such arrow. */
static size_t count_flows(struct input input) {
    static const char arrow[] = " -> ";
    size_t count = 0, length = sizeof arrow - 1;
    for (size_t i = 0; i + length <= input.length; i++)
        count += memcmp(input.at + i, arrow, length) == 0;
    return count / 2;
}

/* More flows take longer, and are less often worth it: see `make bench`. */
#define FLOWS_FOR_SEVERAL 90
#define SEVERAL 4

/* Whether the picture is one of so many that a single attempt has to do: `only` stands in the
 * graph's own attributes, which come first. */
static bool is_one_of_many(struct input input) {
    static const char name[] = " only=";
    size_t length = sizeof name - 1, most = input.length < 600 ? input.length : 600;
    for (size_t i = 0; i + length <= most; i++)
        if (memcmp(input.at + i, name, length) == 0)
            return true;
    return false;
}

static void lay_out(GVC_t *graphviz) {
#ifndef LAYOUT_UNLIMITED_MEMORY /* the sanitizers ask for more than we do */
    sandbox_enter_and_copy();
#endif
    struct input input = read_input();
    bool once = is_one_of_many(input) || count_flows(input) > FLOWS_FOR_SEVERAL;
    struct attempt attempt = hold_contest(graphviz, input, once ? 1 : SEVERAL);
    if (attempt.outcome != DRAWN)
        give_up(&attempt);
    write_all(attempt.svg, attempt.length);
    /* What would have to be pinned to get this picture again. */
    char layout[64];
    int length = snprintf(layout, sizeof layout, "<!-- layout %s %zu -->\n",
                          attempt.down ? "down" : "across", attempt.way + 1);
    write_all(layout, (size_t)length);
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
        lay_out(graphviz);
        _exit(DONE);
    }
    printf("stridec-layout %s, Graphviz %s\n", STRIDEC_VERSION, gvcVersion(graphviz));
    _exit(fflush(stdout) == 0 ? DONE : FAILURE);
}
