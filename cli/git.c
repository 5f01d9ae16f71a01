/* One run of git: a line goes in, and both of its outputs are read until they end. Its messages are
 * in English, whatever the locale, as they stand within ours. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* pipe2, environ */
#include "git.h"

#include "paths.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The ends of three pipes: ours and the child's of its input, output and error. */
struct pipes {
    int ours[3], childs[3];
};

static void close_ends(int ends[3]) {
    for (size_t i = 0; i < 3; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
        ends[i] = -1;
    }
}

static bool open_pipes(struct pipes *pipes) {
    for (size_t i = 0; i < 3; i++)
        pipes->ours[i] = pipes->childs[i] = -1;
    for (size_t i = 0; i < 3; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            return false;
        pipes->childs[i] = ends[i ? 1 : 0];
        pipes->ours[i] = ends[i ? 0 : 1];
    }
    return true;
}

/* Ours, but for the language. NULL: no memory. */
static char **make_environment(void) {
    static char english[] = "LC_ALL=C";
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **made = calloc(count + 2, sizeof *made);
    for (size_t i = 0; made && i < count; i++)
        if (strncmp(environ[i], "LC_ALL=", 7) != 0 && strncmp(environ[i], "LANGUAGE=", 9) != 0)
            made[kept++] = environ[i];
    if (made)
        made[kept] = english;
    return made;
}

/* Signals that this program ignores have their effect on the child. */
static bool prepare(const struct pipes *pipes, posix_spawn_file_actions_t *files,
                    posix_spawnattr_t *attributes) {
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    for (int i = 0; i < 3; i++)
        if (posix_spawn_file_actions_adddup2(files, pipes->childs[i], i) != 0)
            return false;
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &defaults) == 0;
}

/* posix_spawn takes arguments that are not const, and does not change them. */
static char **plain_arguments(const char *const *arguments) {
    size_t count = 0;
    while (arguments[count])
        count++;
    char **plain = calloc(count + 1, sizeof *plain);
    if (plain)
        memcpy(plain, arguments, count * sizeof *plain);
    return plain;
}

/* 0, or an errno. */
static int spawn(const char *program, const char *const *arguments, const struct pipes *pipes,
                 pid_t *child) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    char **environment = make_environment(), **plain = plain_arguments(arguments);
    int problem = environment && plain ? 0 : ENOMEM;
    if (!problem && !(problem = posix_spawn_file_actions_init(&files))) {
        if (!(problem = posix_spawnattr_init(&attributes))) {
            problem = prepare(pipes, &files, &attributes)
                          ? posix_spawn(child, program, &files, &attributes, plain, environment)
                          : ENOMEM;
            posix_spawnattr_destroy(&attributes);
        }
        posix_spawn_file_actions_destroy(&files);
    }
    free(environment);
    free(plain);
    return problem;
}

/* Takes what is there of one output; false at its end, and when it is too much. */
static bool take_part(int descriptor, struct text *text, size_t limit) {
    char part[65536];
    ssize_t got = read(descriptor, part, sizeof part);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    return got > 0 && text_append(text, part, (size_t)got) && text->length <= limit;
}

/* Reads both outputs until they end. False: there was more than the limit. */
static bool take_outputs(int ours[3], size_t limit, struct git_answer *answer) {
    struct text *texts[] = {NULL, &answer->output, &answer->error};
    while (ours[1] >= 0 || ours[2] >= 0) {
        struct pollfd waits[] = {{.fd = ours[1], .events = POLLIN},
                                 {.fd = ours[2], .events = POLLIN}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            return false;
        for (size_t i = 0; i < 2; i++) {
            if (!waits[i].revents || take_part(ours[i + 1], texts[i + 1], limit))
                continue;
            close(ours[i + 1]);
            ours[i + 1] = -1;
            if (texts[i + 1]->length > limit)
                return false;
        }
    }
    return true;
}

static int wait_for(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Closing our ends ends a git that still writes. */
static int talk(const char *program, const char *const *arguments, const char *input, size_t limit,
                struct git_answer *answer) {
    struct pipes pipes;
    pid_t child = 0;
    int problem = open_pipes(&pipes) ? spawn(program, arguments, &pipes, &child) : errno;
    close_ends(pipes.childs);
    if (!problem) {
        /* a line fits into a pipe, so this does not wait; where it fails, git has ended, and says
         * why */
        (void)!write_whole(pipes.ours[0], input, strlen(input));
        close(pipes.ours[0]);
        pipes.ours[0] = -1;
    }
    bool whole = !problem && take_outputs(pipes.ours, limit, answer);
    close_ends(pipes.ours);
    if (!problem) {
        int status = wait_for(child);
        answer->status = whole ? status : -1;
    }
    return problem;
}

bool git_run(const char *const *arguments, const char *input, size_t limit,
             struct git_answer *answer) {
    *answer = (struct git_answer){0};
    char *program = find_program("git");
    if (!program)
        return false;
    int problem = talk(program, arguments, input, limit, answer);
    free(program);
    errno = problem;
    return !problem;
}

void git_free(struct git_answer *answer) {
    text_free(&answer->output);
    text_free(&answer->error);
}
