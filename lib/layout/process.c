/* Starting a program and ending it. One socket pair is its standard input and output, another its
 * standard error: sockets, because they are closed on exec from birth and a write to a dead one is
 * no signal. The program gets a process group of its own, so that all of it can be killed, and no
 * environment but the locale, so that nothing outside changes a picture. How much memory it may
 * take, and what it may ask of the system, it sees to itself. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* posix_spawn_file_actions_addclosefrom_np */
#include "layout/process.h"

#ifdef STRIDEC_NO_SPAWN

void layout_end(struct layout_process *process) {
    (void)process;
}

#else

#include "base/table.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

void close_end(int *end) {
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

static bool prepare_files(posix_spawn_file_actions_t *files, int data, int talk) {
    return posix_spawn_file_actions_adddup2(files, data, STDIN_FILENO) == 0 &&
           posix_spawn_file_actions_adddup2(files, data, STDOUT_FILENO) == 0 &&
           posix_spawn_file_actions_adddup2(files, talk, STDERR_FILENO) == 0 &&
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
static int spawn(const char *program, int data, int talk, pid_t *child) {
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
    if (prepare_attributes(&attributes) && prepare_files(&files, data, talk))
        error = posix_spawn(child, program, &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static const char *spawn_problem(struct arena *arena, const char *program, int error) {
    const char *why = error == ENOENT || error == ENOTDIR ? "is not installed"
                      : error == EACCES || error == ENOEXEC
                          ? "is not a program that may be run"
                          : "cannot be started on this machine now";
    return text_format(arena,
                       "the layout program '%s' %s; `make` builds it as stridec-layout, to be "
                       "installed beside stridec",
                       program, why)
        .at;
}

static uint64_t key_of(const char *program) {
    return text_hash(TEXT_HASH, slice_of(program));
}

const char *process_start(struct arena *arena, struct layout_process *process,
                          const char *program) {
    const char *found = find_program(arena, program);
    int data = -1, talk = -1;
    pid_t child = 0;
    *process = (struct layout_process){.data = -1, .talk = -1};
    bool open = open_pair(&process->data, &data) && open_pair(&process->talk, &talk);
    int error = open ? spawn(found, data, talk, &child) : 0;
    close_end(&data);
    close_end(&talk);
    if (open && !error) {
        process->child = child;
        process->owner = getpid();
        process->program = key_of(program);
        return NULL;
    }
    close_end(&process->data);
    close_end(&process->talk);
    return open ? spawn_problem(arena, program, error)
                : "the layout program cannot be started: no sockets could be opened for it";
}

bool process_is_there(struct layout_process *process, const char *program) {
    if (process->child && (process->owner != getpid() || process->program != key_of(program)))
        layout_end(process);
    return process->child != 0;
}

/* A fork of the process that started it shares only the descriptors: these are closed, and the
 * program goes on. */
void layout_end(struct layout_process *process) {
    if (!process->child)
        return;
    pid_t child = (pid_t)process->child;
    if (process->owner == getpid() && !process->has_ended) {
        kill(-child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    close_end(&process->data);
    close_end(&process->talk);
    process->child = 0;
}

#endif
