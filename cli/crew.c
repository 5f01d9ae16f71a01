/* Shares jobs among child processes. Each child does every Nth job and sends what it comes to
 * through a pipe. One that dies leaves its jobs undone: whoever asked does them himself. */
// SPDX-License-Identifier: MIT
#include "crew.h"

#include "report.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_CHILDREN 8
#define LARGEST ((size_t)1 << 28) /* of a result that can be meant */

struct child {
    pid_t process;
    int end; /* of its pipe; -1: closed */
};

struct head {
    size_t number, length;
};

static bool take_all(int end, void *bytes, size_t length) {
    char *at = bytes;
    while (length) {
        ssize_t taken = read(end, at, length);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken <= 0)
            return false;
        at += taken;
        length -= (size_t)taken;
    }
    return true;
}

static _Noreturn void work_as_child(const struct crew_work *work, size_t first, size_t step,
                                    int end) {
    bool sent = true;
    complaints_hold(); /* and never let out: who asked makes them as well */
    for (size_t i = first; sent && i < work->count; i += step) {
        struct text result = {0};
        work->run(work->context, i, &result);
        struct head head = {i, result.length};
        sent = write_whole(end, (const char *)&head, sizeof head) &&
               write_whole(end, result.at, result.length);
        text_free(&result);
    }
    work->end(work->context);
    _exit(0);
}

static struct child start(const struct crew_work *work, size_t first, size_t step) {
    struct child child = {0, -1};
    int ends[2];
    if (pipe(ends) != 0)
        return child;
    child.process = fork();
    if (child.process == 0) {
        close(ends[0]);
        work_as_child(work, first, step, ends[1]);
    }
    close(ends[1]);
    if (child.process > 0)
        child.end = ends[0];
    else
        close(ends[0]);
    return child;
}

/* One result; false at the end of the child, or when it makes no sense. */
static bool take_result(const struct crew_work *work, int end, struct text *results) {
    struct head head;
    if (!take_all(end, &head, sizeof head) || head.number >= work->count || head.length > LARGEST)
        return false;
    char *bytes = malloc(head.length + 1);
    bool taken = bytes && take_all(end, bytes, head.length) &&
                 text_append(&results[head.number], bytes, head.length);
    free(bytes);
    return taken;
}

static void take_results(const struct crew_work *work, struct child *children, size_t count,
                         struct text *results) {
    size_t done = 0, open = count;
    while (open) {
        struct pollfd ends[MOST_CHILDREN];
        open = 0;
        for (size_t i = 0; i < count; i++) {
            ends[i] = (struct pollfd){.fd = children[i].end, .events = POLLIN};
            open += children[i].end >= 0;
        }
        if (!open || poll(ends, (nfds_t)count, -1) <= 0)
            continue;
        for (size_t i = 0; i < count; i++) {
            if (children[i].end < 0 || !ends[i].revents)
                continue;
            if (take_result(work, children[i].end, results)) {
                work->done(work->context, ++done);
            } else {
                close(children[i].end);
                children[i].end = -1;
            }
        }
    }
}

void crew_run(const struct crew_work *work, struct text *results) {
    struct child children[MOST_CHILDREN];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = processors > 1 ? (size_t)processors : 1;
    count = count < MOST_CHILDREN ? count : MOST_CHILDREN;
    if (count < 2)
        return;
    for (size_t i = 0; i < count; i++)
        children[i] = start(work, i, count);
    take_results(work, children, count, results);
    for (size_t i = 0; i < count; i++)
        while (children[i].process > 0 && waitpid(children[i].process, NULL, 0) < 0 &&
               errno == EINTR)
            ;
}
