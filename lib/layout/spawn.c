/* Running another program and coming back whatever it does. One socket pair is its standard input
 * and output, another its standard error: sockets, because they are closed on exec from birth and a
 * write to a dead one is no signal. The program gets a process group of its own, so that all of it
 * can be killed, and no environment but the locale, so that nothing outside changes a picture. How
 * much memory it may take, and what it may ask of the system, it sees to itself.
 *
 * With STRIDEC_NO_SPAWN no program is started, for hosts that know no processes: then the library
 * needs C11's own functions, libyaml and utf8proc, and nothing else. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* posix_spawn_file_actions_addclosefrom_np */
#include "layout/layout.h"

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
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A run under way. It lives in the arena, so that what it says still holds after a longjmp. */
struct run {
    struct arena *arena;
    const struct layout_request *request;
    bool started;
    pid_t child;    /* 0: none, or its end has been seen */
    int data, talk; /* our ends; -1: closed */
    int child_data, child_talk;
    size_t sent;
    struct memory_writer svg;
    size_t received;
    char complaint[LAYOUT_COMPLAINT];
    size_t complained;
    const char *problem;
};

static void close_end(int *end) {
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* Ends above the standard ones, so that putting the child's in place overwrites none of them: the
 * host may have closed its own standard input. */
static bool open_pair(int *ours, int *childs) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    *ours = fcntl(pair[0], F_DUPFD_CLOEXEC, 3);
    *childs = fcntl(pair[1], F_DUPFD_CLOEXEC, 3);
    close(pair[0]);
    close(pair[1]);
    return *ours >= 0 && *childs >= 0;
}

static bool prepare_attributes(posix_spawnattr_t *attributes) {
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF) == 0 &&
           posix_spawnattr_setpgroup(attributes, 0) == 0 &&
           posix_spawnattr_setsigmask(attributes, &none) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &defaults) == 0;
}

/* Closes the host's other files in the program, on systems that can do so. */
static bool close_the_rest(posix_spawn_file_actions_t *files) {
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 34)
    return posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1) == 0;
#endif
#endif
    return files != NULL;
}

static bool prepare_files(const struct run *run, posix_spawn_file_actions_t *files) {
    return posix_spawn_file_actions_adddup2(files, run->child_data, STDIN_FILENO) == 0 &&
           posix_spawn_file_actions_adddup2(files, run->child_data, STDOUT_FILENO) == 0 &&
           posix_spawn_file_actions_adddup2(files, run->child_talk, STDERR_FILENO) == 0 &&
           close_the_rest(files);
}

/* A name is looked up in the folders of PATH that are absolute: any other, and an empty one, is
 * the folder of the run, which may hold files of strangers. */
static const char *find_program(struct arena *arena, const char *name) {
    const char *path = getenv("PATH");
    struct slice rest = slice_of(path ? path : "/usr/local/bin:/usr/bin:/bin"), folder;
    if (strchr(name, '/'))
        return name;
    while (slice_cut(&rest, ':', &folder)) {
        const char *found = text_format(arena, "%.*s/%s", SLICE_ARGS(folder), name).at;
        if (slice_starts(folder, "/") && access(found, X_OK) == 0)
            return found;
    }
    return NULL;
}

/* 0, or an errno. */
static int spawn(struct run *run) {
    const char *program = find_program(run->arena, run->request->program);
    char name[] = "stridec-layout", locale[] = "LC_ALL=C";
    char *const arguments[] = {name, NULL}, *const environment[] = {locale, NULL};
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;
    if (!program)
        return ENOENT;
    if (posix_spawnattr_init(&attributes) != 0)
        return ENOMEM;
    if (posix_spawn_file_actions_init(&files) != 0) {
        posix_spawnattr_destroy(&attributes);
        return ENOMEM;
    }
    int error = ENOMEM;
    if (prepare_attributes(&attributes) && prepare_files(run, &files))
        error = posix_spawn(&run->child, program, &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (error)
        run->child = 0;
    return error;
}

static const char *spawn_problem(struct run *run, int error) {
    const char *why = error == ENOENT || error == ENOTDIR ? "is not installed"
                      : error == EACCES || error == ENOEXEC
                          ? "is not a program that may be run"
                          : "cannot be started on this machine now";
    return text_format(run->arena,
                       "the layout program '%s' %s; `make` builds it as stridec-layout, to be "
                       "installed beside stridec",
                       run->request->program, why)
        .at;
}

static void start(struct run *run) {
    if (!open_pair(&run->data, &run->child_data) || !open_pair(&run->talk, &run->child_talk)) {
        run->problem = "the layout program cannot be started: too many files are open";
        return;
    }
    int error = spawn(run);
    run->started = !error;
    close_end(&run->child_data);
    close_end(&run->child_talk);
    if (error)
        run->problem = spawn_problem(run, error);
}

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

static void send_dot(struct run *run) {
    struct slice rest = slice_part(run->request->dot, run->sent, run->request->dot.length);
    ssize_t count = send(run->data, rest.at, rest.length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0)
        run->sent += (size_t)count;
    else if (!is_for_later(errno))
        run->sent = run->request->dot.length; /* it reads no more; its end will show why */
    if (run->sent == run->request->dot.length)
        shutdown(run->data, SHUT_WR);
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

static void take_svg(struct run *run) {
    char buffer[32768];
    size_t count = receive(&run->data, buffer, sizeof buffer);
    run->received += count;
    if (run->received > layout_most(run->request->dot))
        run->problem = layout_excess(run->arena, run->request->dot);
    else
        write_bytes(&run->svg.writer, buffer, count);
}

static void take_complaint(struct run *run) {
    char buffer[512];
    size_t count = receive(&run->talk, buffer, sizeof buffer);
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

/* Feeds and reads until the program has closed both its ends. */
static void converse(struct run *run) {
    while (!run->problem && (run->data >= 0 || run->talk >= 0)) {
        bool sending = run->data >= 0 && run->sent < run->request->dot.length;
        struct pollfd ends[] = {
            {.fd = run->data, .events = (short)(sending ? POLLIN | POLLOUT : POLLIN)},
            {.fd = run->talk, .events = POLLIN},
        };
        int left = milliseconds_left(run);
        int ready = left ? poll(ends, 2, milliseconds_to_wait(run, left)) : 0;
        arena_ask(run->arena);
        if (ready == 0 && milliseconds_left(run) == 0)
            run->problem = late_problem(run);
        if (ready <= 0)
            continue;
        if (sending && ends[0].revents & POLLOUT)
            send_dot(run);
        if (ends[0].revents & (POLLIN | POLLHUP | POLLERR))
            take_svg(run);
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

static void judge(struct run *run, int status) {
    struct slice said = complaint_line(run);
    if (WIFSIGNALED(status))
        run->problem =
            text_format(run->arena, "the layout program died of signal %d", WTERMSIG(status)).at;
    else if (WEXITSTATUS(status) || !run->received)
        run->problem =
            said.length
                ? text_format(run->arena, "the layout program says: %.*s", SLICE_ARGS(said)).at
                : text_format(run->arena,
                              "the layout program wrote nothing and ended with exit "
                              "code %d",
                              WEXITSTATUS(status))
                      .at;
}

/* Closing its ends is the last thing a program does, so this seldom waits. A host that ignores
 * SIGCHLD never hears how its children ended; then only the picture shows whether it went well. */
static void await_end(struct run *run) {
    struct timespec pause = {.tv_nsec = 50000};
    while (run->child) {
        int status = 0;
        pid_t ended = waitpid(run->child, &status, WNOHANG);
        if (ended == run->child || (ended < 0 && errno != EINTR)) {
            run->child = 0;
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

/* Ends the process and closes what is still open. */
static void clear_up(void *context) {
    struct run *run = context;
    if (run->child) {
        kill(-run->child, SIGKILL);
        while (waitpid(run->child, NULL, 0) < 0 && errno == EINTR)
            ;
        run->child = 0;
    }
    close_end(&run->data);
    close_end(&run->talk);
    close_end(&run->child_data);
    close_end(&run->child_talk);
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
    run->data = run->talk = run->child_data = run->child_talk = -1;
    memory_writer_open(&run->svg, arena);
    return run;
}

struct layout_answer layout_by_program(struct arena *arena, const struct layout_request *request) {
    struct run *run = new_run(arena, request);
    struct arena_cleanup cleanup = {.run = clear_up, .context = run};
    arena_defer(arena, &cleanup);
    start(run);
    if (!run->problem)
        converse(run);
    if (!run->problem)
        await_end(run);
    struct slice svg = memory_writer_close(&run->svg);
    arena_run_deferred(arena, &cleanup);
    return (struct layout_answer){run->problem ? (struct slice){0} : svg, run->started,
                                  run->problem};
}

#endif
