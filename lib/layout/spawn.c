/* A conversation with the layout program, which comes back whatever that does. One of ours is asked
 * for one picture after the other, see layout.h; any other gets the DOT of one picture, and what it
 * writes until it ends is the SVG.
 *
 * With STRIDEC_NO_SPAWN no program is started, for hosts that know no processes: then the library
 * needs C11's own functions, libyaml and utf8proc, and nothing else. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE
#include "layout/process.h"

#ifdef STRIDEC_NO_SPAWN

struct layout_time layout_time(unsigned seconds) {
    return (struct layout_time){.seconds = seconds};
}

struct layout_answer layout_by_program(struct arena *arena, const struct layout_request *request) {
    (void)arena, (void)request;
    return (struct layout_answer){
        .problem = "this build of stridec starts no programs; the host has to lay pictures out"};
}

#else

#include "base/writer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A picture under way. It lives in the arena, so that what it says still holds after a longjmp. */
struct run {
    struct arena *arena;
    const struct layout_request *request;
    struct layout_process *process;
    struct layout_process own; /* of a program that draws a single picture */
    bool asks;                 /* it is one of ours */
    bool keeps;                /* it goes on */
    struct slice text;         /* what it gets */
    size_t sent;
    char head[REQUEST_HEAD]; /* the first line of its answer, without the line end */
    size_t head_length, length;
    bool has_head, answered;
    struct memory_writer svg;
    size_t received; /* of the SVG */
    char complaint[LAYOUT_COMPLAINT];
    size_t complained;
    const char *problem;
};

static int milliseconds_left(const struct run *run) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const struct timespec *end = &run->request->time.end;
    long long left =
        (long long)(end->tv_sec - now.tv_sec) * 1000 + (end->tv_nsec - now.tv_nsec) / 1000000;
    return left < 0 ? 0 : (int)left;
}

static bool is_for_later(int error) {
    return error == EINTR || error == EAGAIN || error == EWOULDBLOCK;
}

static void send_text(struct run *run) {
    struct slice rest = slice_part(run->text, run->sent, run->text.length);
    ssize_t count = send(run->process->data, rest.at, rest.length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0)
        run->sent += (size_t)count;
    else if (!is_for_later(errno))
        run->sent = run->text.length; /* it reads no more; its end will show why */
    if (run->sent == run->text.length && !run->asks)
        shutdown(run->process->data, SHUT_WR);
}

/* Bytes read from an end; closes it when there will be no more. */
static size_t receive(int *end, char *buffer, size_t size) {
    ssize_t count = recv(*end, buffer, size, MSG_DONTWAIT);
    if (count > 0)
        return (size_t)count;
    if (count == 0 || !is_for_later(errno))
        close_end(end);
    return 0;
}

static void take_svg(struct run *run, const char *at, size_t count) {
    run->received += count;
    if (run->received > layout_most(run->request->dot))
        run->problem = layout_excess(run->arena, run->request->dot);
    else
        write_bytes(&run->svg.writer, at, count);
}

/* ---- answers ----------------------------------------------------------------------------- */

static bool is_answer(const struct run *run, const char *word) {
    struct slice rest = {run->head, run->head_length}, first = {0};
    slice_cut(&rest, ' ', &first);
    return slice_is(first, word);
}

static bool read_head(struct run *run) {
    static const char *const words[] = {ANSWER_PICTURE, ANSWER_SMALL, ANSWER_PROBLEM};
    struct slice rest = {run->head, run->head_length}, word = {0};
    int length;
    if (!slice_cut(&rest, ' ', &word) || !slice_number(rest, &length) || length < 0)
        return false;
    run->length = (size_t)length;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word, words[i]))
            return true;
    return false;
}

/* How much of what has been received belongs to the first line. */
static size_t take_head(struct run *run, const char *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (at[i] == '\n') {
            run->has_head = read_head(run);
            if (run->has_head)
                return i + 1;
            break;
        }
        if (run->head_length == sizeof run->head)
            break;
        run->head[run->head_length++] = at[i];
    }
    if (count && (run->head_length == sizeof run->head || memchr(at, '\n', count)))
        run->problem = "the layout program did not write an answer";
    return count;
}

static void take_answer(struct run *run, const char *at, size_t count) {
    size_t used = run->has_head ? 0 : take_head(run, at, count);
    if (!run->problem && run->has_head)
        take_svg(run, at + used, count - used);
    run->answered = run->has_head && run->received == run->length;
    if (run->has_head && run->received > run->length)
        run->problem = "the layout program wrote more than its answer";
}

static void take_data(struct run *run) {
    char buffer[32768];
    size_t count = receive(&run->process->data, buffer, sizeof buffer);
    if (run->asks)
        take_answer(run, buffer, count);
    else
        take_svg(run, buffer, count);
}

static void take_complaint(struct run *run) {
    char buffer[512];
    size_t count = receive(&run->process->talk, buffer, sizeof buffer);
    for (size_t i = 0; i < count && run->complained < LAYOUT_COMPLAINT; i++)
        run->complaint[run->complained++] = buffer[i];
}

static const char *late_problem(struct run *run) {
    return text_format(run->arena,
                       "the layout program did not finish in %u s; draw a part of the model with "
                       "a `view`",
                       run->request->time.seconds)
        .at;
}

/* While the program works, the host is asked at this interval. */
#define MILLISECONDS_FOR_A_QUESTION 20

static int milliseconds_to_wait(const struct run *run, int left) {
    bool asks = run->arena->is_cancelled && left > MILLISECONDS_FOR_A_QUESTION;
    return asks ? MILLISECONDS_FOR_A_QUESTION : left;
}

static bool is_over(const struct run *run) {
    const struct layout_process *process = run->process;
    return run->problem || run->answered || (process->data < 0 && process->talk < 0);
}

/* Feeds and reads until it has answered, or closed both its ends. */
static void converse(struct run *run) {
    while (!is_over(run)) {
        const struct layout_process *process = run->process;
        bool sending = process->data >= 0 && run->sent < run->text.length;
        struct pollfd ends[] = {
            {.fd = process->data, .events = (short)(sending ? POLLIN | POLLOUT : POLLIN)},
            {.fd = process->talk, .events = POLLIN},
        };
        int left = milliseconds_left(run);
        int ready = left ? poll(ends, 2, milliseconds_to_wait(run, left)) : 0;
        arena_ask(run->arena);
        if (ready == 0 && milliseconds_left(run) == 0)
            run->problem = late_problem(run);
        if (ready <= 0)
            continue;
        if (sending && ends[0].revents & POLLOUT)
            send_text(run);
        if (ends[0].revents & (POLLIN | POLLHUP | POLLERR))
            take_data(run);
        if (ends[1].revents & (POLLIN | POLLHUP | POLLERR))
            take_complaint(run);
    }
}

/* The program's sentence, without its name. */
static struct slice complaint_line(const struct run *run) {
    struct slice line = {run->complaint, run->complained};
    if (slice_starts(line, "stridec-layout: "))
        line = slice_part(line, sizeof "stridec-layout: " - 1, line.length);
    return layout_complaint(run->arena, line);
}

/* In its own words, as far as it has any. */
static void quote(struct run *run, struct slice said, const char *otherwise) {
    run->problem =
        said.length ? text_format(run->arena, "the layout program says: %.*s", SLICE_ARGS(said)).at
                    : otherwise;
}

static void judge(struct run *run, int status) {
    if (WIFSIGNALED(status))
        run->problem =
            text_format(run->arena, "the layout program died of signal %d", WTERMSIG(status)).at;
    else if (WEXITSTATUS(status) || !run->received || run->asks)
        quote(run, complaint_line(run),
              text_format(run->arena,
                          "the layout program wrote nothing and ended with exit code %d",
                          WEXITSTATUS(status))
                  .at);
}

/* Closing its ends is the last thing a program does, so this seldom waits. A host that ignores
 * SIGCHLD never hears how its children ended; then only the picture shows whether it went well. */
static void await_end(struct run *run) {
    struct timespec pause = {.tv_nsec = 50000};
    while (!run->process->has_ended) {
        int status = 0;
        pid_t child = (pid_t)run->process->child, ended = waitpid(child, &status, WNOHANG);
        if (ended == child || (ended < 0 && errno != EINTR)) {
            run->process->has_ended = true;
            judge(run, status);
        } else if (ended == 0 && milliseconds_left(run) == 0) {
            run->problem = late_problem(run);
            return;
        } else if (ended == 0) {
            arena_ask(run->arena);
            nanosleep(&pause, NULL);
            if (pause.tv_nsec < 20000000)
                pause.tv_nsec *= 2;
        }
    }
}

/* Ends the process, unless it is to go on. */
static void clear_up(void *context) {
    struct run *run = context;
    if (!run->keeps)
        layout_end(run->process);
}

struct layout_time layout_time(unsigned seconds) {
    struct layout_time limit = {seconds && seconds < LAYOUT_SECONDS ? seconds : LAYOUT_SECONDS,
                                {0}};
    clock_gettime(CLOCK_MONOTONIC, &limit.end);
    limit.end.tv_sec += (time_t)limit.seconds;
    return limit;
}

static struct run *new_run(struct arena *arena, const struct layout_request *request) {
    struct run *run = ARENA_NEW(arena, struct run);
    run->arena = arena;
    run->request = request;
    run->asks = layout_is_ours(request->program);
    run->process = run->asks ? request->process : &run->own;
    run->text = run->asks ? text_format(arena, REQUEST_PATTERN "%.*s", request->dot.length,
                                        request->least, SLICE_ARGS(request->dot))
                          : request->dot;
    memory_writer_open(&run->svg, arena);
    return run;
}

/* ---- the whole --------------------------------------------------------------------------- */

static struct layout_answer answer_of(struct run *run) {
    struct slice text = memory_writer_close(&run->svg);
    struct layout_answer answer = {.started = true};
    if (!run->problem && run->asks && is_answer(run, ANSWER_PROBLEM))
        quote(run, layout_complaint(run->arena, text), "the layout program does not say why");
    answer.problem = run->problem;
    if (run->problem)
        return answer;
    answer.svg = text;
    answer.too_small = run->asks && is_answer(run, ANSWER_SMALL);
    return answer;
}

/* False: it has ended without a word. */
static bool talk(struct run *run) {
    struct arena_cleanup cleanup = {.run = clear_up, .context = run};
    arena_defer(run->arena, &cleanup);
    converse(run);
    bool silent = !run->problem && !run->answered && !run->head_length;
    if (!run->problem && !run->answered)
        await_end(run);
    run->keeps = run->answered && !run->problem;
    arena_run_deferred(run->arena, &cleanup);
    return !silent;
}

struct layout_answer layout_by_program(struct arena *arena, const struct layout_request *request) {
    struct run *run = new_run(arena, request);
    /* One that has drawn before may have been ended while nobody looked. */
    if (run->asks && process_is_there(run->process, request->program) && talk(run))
        return answer_of(run);
    run = new_run(arena, request);
    const char *problem = process_start(arena, run->process, request->program);
    if (problem)
        return (struct layout_answer){.problem = problem};
    talk(run);
    return answer_of(run);
}

#endif
