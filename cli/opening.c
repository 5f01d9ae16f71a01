/* Starts xdg-open with an address and goes on: a browser may stay as long as it likes, and Ctrl-C
 * is not for it. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* environ */
#include "opening.h"

#include "paths.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that this program ignores or handles have their effect on the child. */
static bool prepare(posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes) {
    sigset_t defaults;
    sigfillset(&defaults);
    for (int i = 0; i <= STDERR_FILENO; i++)
        if (posix_spawn_file_actions_addopen(files, i, "/dev/null", i ? O_WRONLY : O_RDONLY, 0))
            return false;
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) ==
               0 &&
           posix_spawnattr_setsigdefault(attributes, &defaults) == 0 &&
           posix_spawnattr_setpgroup(attributes, 0) == 0;
}

/* 0, or an errno. */
static int spawn(const char *program, const char *url, pid_t *child) {
    char *arguments[] = {(char *)program, (char *)url, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int problem = posix_spawn_file_actions_init(&files);
    if (problem)
        return problem;
    if (!(problem = posix_spawnattr_init(&attributes))) {
        problem = prepare(&files, &attributes)
                      ? posix_spawn(child, program, &files, &attributes, arguments, environ)
                      : ENOMEM;
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&files);
    return problem;
}

pid_t open_address(const char *url) {
    pid_t child = 0;
    char *program = find_program("xdg-open");
    int problem = program ? spawn(program, url, &child) : ENOENT;
    free(program);
    if (!problem)
        return child;
    complain("xdg-open: %s; open the address yourself", strerror(problem));
    return 0;
}

pid_t open_ended(pid_t process) {
    int status;
    return process && waitpid(process, &status, WNOHANG) == process ? 0 : process;
}
