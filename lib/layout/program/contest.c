/* Attempts in child processes, as Graphviz may crash in any of them. The first one stays unless
 * another is clearly better: so the picture of a model that is edited rarely jumps. All is the same
 * on every run: an attempt is given up by its own processor time, never by the clock, and far from
 * what it takes. */
// SPDX-License-Identifier: MIT
#include "contest.h"

#include "layout/layout.h"
#include "network.h"
#include "sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define SECONDS_FOR_ANOTHER 4 /* some hundred times what the largest of them take */
/* In tenths of a crossing: from here on nothing can be clearly better. */
#define GOOD_ENOUGH 13

static void close_up(void) {
#ifndef LAYOUT_UNLIMITED_MEMORY /* the sanitizers ask for more than we do */
    sandbox_enter();
#endif
}

/* A child's own limits: of those of its parent it has what main() has set, but for the signal. */
static void close_up_child(unsigned seconds) {
    struct rlimit limits;
    if (getrlimit(RLIMIT_CPU, &limits) == 0 &&
        (limits.rlim_cur == RLIM_INFINITY || limits.rlim_cur > seconds)) {
        limits.rlim_cur = seconds;
        (void)setrlimit(RLIMIT_CPU, &limits);
    }
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    close_up();
}

static bool is_better(extent weight, extent first) {
    return 5 * weight < 3 * (first - 10);
}

/* ---- between the processes --------------------------------------------------------------- */

bool send_all(int end, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length) {
        ssize_t written = write(end, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        length -= (size_t)written;
    }
    return true;
}

static bool take_all(int end, void *bytes, size_t length) {
    char *at = bytes;
    while (length) {
        ssize_t count = read(end, at, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        at += count;
        length -= (size_t)count;
    }
    return true;
}

static _Noreturn void compete(GVC_t *graphviz, struct input input, size_t way, int end) {
    close_up_child(way ? SECONDS_FOR_ANOTHER : LAYOUT_SECONDS);
    struct attempt attempt = make_attempt(graphviz, input, way, false);
    const char *text = attempt.outcome == DRAWN ? attempt.svg : attempt.problem;
    if (attempt.outcome != DRAWN)
        attempt.length = (unsigned)strlen(text);
    bool sent = send_all(end, &attempt, sizeof attempt) && send_all(end, text, attempt.length);
    _exit(sent ? 0 : 1);
}

/* The parent's end of a pipe to a new process; -1: none could be started. */
static int start(GVC_t *graphviz, struct input input, size_t way) {
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0)
        compete(graphviz, input, way, ends[1]);
    close(ends[1]);
    if (child > 0)
        return ends[0];
    close(ends[0]);
    return -1;
}

/* What a process has found, its SVG or problem after it; IMPOSSIBLE without a word when it has
 * died. */
static struct attempt take(int end) {
    const struct attempt dead = {.outcome = IMPOSSIBLE, .problem = "", .choice = NOWHERE};
    struct attempt attempt;
    if (end < 0 || !take_all(end, &attempt, sizeof attempt) || attempt.length > LAYOUT_OUTPUT)
        return dead;
    char *text = need_room((size_t)attempt.length + 1, 1);
    if (!take_all(end, text, attempt.length))
        return dead;
    attempt.svg = attempt.outcome == DRAWN ? text : NULL;
    attempt.problem = attempt.outcome == DRAWN ? "" : text;
    close(end);
    return attempt;
}

/* ---- the contest ------------------------------------------------------------------------- */

/* Lines that run as the DOT says are easier to follow: the other direction is for pictures that
 * would be too small on a page a little larger than A3. */
static bool is_too_small(const struct attempt *attempt) {
    return attempt->outcome != DRAWN || attempt->letters < LAYOUT_LEGIBLE * POINT;
}

/* Goes on with the ways of one direction; `first` is what the first of them has found. */
static struct attempt compare_rest(GVC_t *graphviz, struct input input, size_t count,
                                   struct attempt first, bool other) {
    int *ends = need_room(count, sizeof *ends);
    struct attempt best = first;
    for (size_t i = 2; i < count; i++)
        ends[i] = ways[i].other == other ? start(graphviz, input, i) : -1;
    close_up();
    for (size_t i = 2; i < count; i++) {
        struct attempt next = take(ends[i]);
        if (next.outcome != DRAWN)
            continue;
        if (first.outcome != DRAWN)
            first = best = next;
        else if (is_better(next.weight, first.weight) && next.weight < best.weight)
            best = next;
    }
    return best;
}

struct attempt hold_contest(GVC_t *graphviz, struct input input, size_t count) {
    if (count == 1) { /* it needs no other process */
        close_up();
        return make_attempt(graphviz, input, 0, true);
    }
    struct attempt first = take(start(graphviz, input, 0));
    if (first.choice < way_count) /* the only one that is wanted */
        return first;
    bool other = first.outcome != UNREADABLE && is_too_small(&first);
    if (other) {
        struct attempt second = take(start(graphviz, input, 1));
        other =
            second.outcome == DRAWN && (first.outcome != DRAWN || second.letters > first.letters);
        first = other ? second : first;
    }
    bool enough = first.outcome == DRAWN && first.weight <= GOOD_ENOUGH;
    if (enough || first.outcome == UNREADABLE)
        return first;
    return compare_rest(graphviz, input, count, first, other);
}
