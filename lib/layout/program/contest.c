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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define SECONDS_FOR_ANOTHER 4 /* some hundred times what the largest of them take */
/* In tenths of a crossing: from here on nothing can be clearly better. */
#define GOOD_ENOUGH 13

/* A child's own limits: of those of its parent it has what main() has set, but for the signal. */
static void close_up(unsigned seconds) {
    struct rlimit limits;
    if (getrlimit(RLIMIT_CPU, &limits) == 0 &&
        (limits.rlim_cur == RLIM_INFINITY || limits.rlim_cur > seconds)) {
        limits.rlim_cur = seconds;
        (void)setrlimit(RLIMIT_CPU, &limits);
    }
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
#ifndef LAYOUT_UNLIMITED_MEMORY /* the sanitizers ask for more than we do */
    sandbox_enter();
#endif
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

static _Noreturn void compete(GVC_t *graphviz, const struct wish *wish, size_t way, int end) {
    close_up(way ? SECONDS_FOR_ANOTHER : LAYOUT_SECONDS);
    struct attempt attempt = make_attempt(graphviz, wish, way);
    const char *text = attempt.outcome == DRAWN ? attempt.svg : attempt.problem;
    if (attempt.outcome != DRAWN)
        attempt.length = (unsigned)strlen(text);
    bool sent = send_all(end, &attempt, sizeof attempt) && send_all(end, text, attempt.length);
    _exit(sent ? 0 : 1);
}

struct rival {
    pid_t process; /* -1: none could be started */
    int end;       /* of a pipe from it */
};
static const struct rival nobody = {-1, -1};

static struct rival start(GVC_t *graphviz, const struct wish *wish, size_t way) {
    int ends[2];
    if (pipe(ends) != 0)
        return nobody;
    pid_t child = fork();
    if (child == 0)
        compete(graphviz, wish, way, ends[1]);
    close(ends[1]);
    if (child > 0)
        return (struct rival){child, ends[0]};
    close(ends[0]);
    return nobody;
}

static char *format_problem(const char *pattern, int number) {
    char *problem = need_room(64, 1);
    snprintf(problem, 64, pattern, number);
    return problem;
}

/* Of one that has said nothing. All that ends with OUT_OF_MEMORY has none. */
static char *problem_of(int status) {
    if (WIFSIGNALED(status))
        return format_problem("it died of signal %d", WTERMSIG(status));
    return format_problem(WEXITSTATUS(status) == OUT_OF_MEMORY ? "out of memory" : "", 0);
}

static bool take_attempt(int end, struct attempt *attempt) {
    if (!take_all(end, attempt, sizeof *attempt) || attempt->length > LAYOUT_OUTPUT)
        return false;
    char *text = need_room((size_t)attempt->length + 1, 1);
    attempt->svg = attempt->outcome == DRAWN ? text : NULL;
    attempt->problem = attempt->outcome == DRAWN ? "" : text;
    bool taken = take_all(end, text, attempt->length);
    if (!taken)
        free(text);
    return taken;
}

/* What a process has found, its SVG or problem after it; IMPOSSIBLE when it has died. */
static struct attempt take(struct rival rival) {
    struct attempt attempt = {.outcome = IMPOSSIBLE};
    int status = 0;
    bool taken = rival.end >= 0 && take_attempt(rival.end, &attempt);
    if (rival.end >= 0)
        close(rival.end);
    while (rival.process > 0 && waitpid(rival.process, &status, 0) < 0 && errno == EINTR)
        ;
    return taken ? attempt
                 : (struct attempt){
                       .outcome = IMPOSSIBLE, .choice = NOWHERE, .problem = problem_of(status)};
}

void attempt_free(struct attempt *attempt) {
    if (attempt->outcome == DRAWN)
        free(attempt->svg);
    else
        free((char *)attempt->problem);
}

/* ---- the contest ------------------------------------------------------------------------- */

/* Lines that run as the DOT says are easier to follow: the other direction is for pictures that
 * would be too small on a page a little larger than A3. */
static bool is_too_small(const struct attempt *attempt) {
    return attempt->outcome != DRAWN || attempt->letters < LAYOUT_LEGIBLE * POINT;
}

static void replace(struct attempt *best, struct attempt *next, bool better) {
    attempt_free(better ? best : next);
    if (better)
        *best = *next;
}

/* Goes on with the ways of one direction; `first` is what the first of them has found. */
static struct attempt compare_rest(GVC_t *graphviz, const struct wish *wish, size_t count,
                                   struct attempt first, bool other) {
    struct rival *rivals = need_room(count, sizeof *rivals);
    struct attempt best = first;
    bool drawn = first.outcome == DRAWN;
    extent weight = first.weight;
    for (size_t i = 2; i < count; i++)
        rivals[i] = ways[i].other == other ? start(graphviz, wish, i) : nobody;
    for (size_t i = 2; i < count; i++) {
        struct attempt next = take(rivals[i]);
        bool takes_part = next.outcome == DRAWN;
        bool better = takes_part &&
                      (drawn ? is_better(next.weight, weight) && next.weight < best.weight : true);
        if (takes_part && !drawn) {
            drawn = true;
            weight = next.weight;
        }
        replace(&best, &next, better);
    }
    free(rivals);
    return best;
}

struct attempt hold_contest(GVC_t *graphviz, const struct wish *wish, size_t count) {
    struct attempt first = take(start(graphviz, wish, 0));
    if (count == 1 || first.choice < way_count) /* the only one that is wanted */
        return first;
    bool other = first.outcome != UNREADABLE && is_too_small(&first);
    if (other) {
        struct attempt second = take(start(graphviz, wish, 1));
        other =
            second.outcome == DRAWN && (first.outcome != DRAWN || second.letters > first.letters);
        replace(&first, &second, other);
    }
    bool enough = first.outcome == DRAWN && first.weight <= GOOD_ENOUGH;
    if (enough || first.outcome == UNREADABLE)
        return first;
    return compare_rest(graphviz, wish, count, first, other);
}
