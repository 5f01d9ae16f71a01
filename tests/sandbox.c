/* The layout program's cage: what it needs goes on, all else fails and harms nobody; and the
 * program really draws inside of it, with three open ends. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "support.h"

#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_FILTER 77

static bool is_refused(long result) {
    return result < 0 && errno == EPERM;
}

/* In a process of its own: the index of the first thing that is not as it should be, or 0. */
static int try_everything(void) {
    char byte = 'x', *const nothing[] = {NULL};
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0)
        return 1;
    if (!sandbox_enter())
        return NO_FILTER;
    if (write(pipe_ends[1], &byte, 1) != 1 || read(pipe_ends[0], &byte, 1) != 1)
        return 2;
    if (mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
        MAP_FAILED)
        return 3;
    if (!is_refused(open("/etc/passwd", O_RDONLY)) || !is_refused(open("/dev/null", O_WRONLY)))
        return 4;
    if (!is_refused(socket(AF_INET, SOCK_STREAM, 0)) ||
        !is_refused(socket(AF_UNIX, SOCK_STREAM, 0)))
        return 5;
    if (!is_refused(execv("/bin/true", nothing)) || !is_refused(fork()))
        return 6;
    if (!is_refused(kill(getppid(), 0)) || !is_refused(unlink("/tmp/nothing")))
        return 7;
    if (!is_refused(chdir("/")) || !is_refused(mkdir("x", 0777)) || !is_refused(dup(0)))
        return 8;
    return 0;
}

/* The wider one lets a process copy itself, and its copy enter the narrow one. */
static int try_copies(void) {
    int pipe_ends[2], outcome = 9;
    if (!sandbox_enter_and_copy())
        return NO_FILTER;
    if (!is_refused(open("/etc/passwd", O_RDONLY)) || !is_refused(socket(AF_INET, SOCK_STREAM, 0)))
        return 1;
    char *const nothing[] = {NULL};
    if (!is_refused(execv("/bin/true", nothing)) || pipe(pipe_ends) != 0)
        return 2;
    pid_t copy = fork();
    if (copy == 0) {
        outcome = !sandbox_enter() || !is_refused(fork()) || !is_refused(pipe(pipe_ends + 0));
        syscall(SYS_exit_group, write(pipe_ends[1], &outcome, sizeof outcome) < 0);
    }
    return copy < 0 || read(pipe_ends[0], &outcome, sizeof outcome) < 0 ? 3 : outcome;
}

static int outcome_of(int try(void)) {
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        syscall(SYS_exit_group, try()); /* the sanitizers do more before _exit */
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void nothing_is_opened_or_started(void **state) {
    (void)state;
    int outcome = outcome_of(try_everything), copies = outcome_of(try_copies);
    if (outcome == NO_FILTER)
        skip();
    assert_int_equal(outcome, 0);
    assert_int_equal(copies, 0);
}

/* A layout program that complains of what it has. */
static void the_program_gets_three_ends(void **state) {
    static const char script[] =
        "printf '%s\\n' '#!/bin/sh' '[ -z \"$TOKEN\" ] || echo \"has a token\" >&2' "
        "'for i in 3 4 5 6 7 8 9; do [ ! -e /proc/$$/fd/$i ] || echo \"has $i\" >&2; done; exit 1' "
        ">layout && chmod +x layout && export TOKEN=x && exec 7</etc/passwd 8</etc/passwd "
        "9>>there; "
        "stridec render --layout ./layout \"$ROOT/samples/payment/payment.dfd\" 2>said; "
        "grep -q 'wrote nothing' said || { cat said; exit 9; }";
    char *folder = make_folder();
    (void)state;
    assert_int_equal(run_command(&(struct command){.folder = folder, .script = script}), 0);
    remove_folder(folder);
    free(folder);
}

/* The filter is there before the first byte is read. */
static void the_program_waits_for_text_inside(void **state) {
    static const char script[] =
        "mkfifo dot && { stridec-layout <dot >drawn & } && exec 3>dot && i=0 && "
        "until grep -q '^Seccomp:.*2$' /proc/$!/status; do i=$((i + 1)); [ $i -lt 200 ] || exit 9; "
        "sleep 0.05; done; echo 'digraph { a -> b }' >&3; exec 3>&-; wait $! && grep -q '</svg>' "
        "drawn";
    static const struct command is_sanitized = {
        .script = "grep -q __asan_init \"$(command -v stridec-layout)\""};
    (void)state;
    if (outcome_of(try_everything) == NO_FILTER || run_command(&is_sanitized) == 0)
        skip();
    char *folder = make_folder();
    assert_int_equal(run_command(&(struct command){.folder = folder, .script = script}), 0);
    remove_folder(folder);
    free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_opened_or_started),
        cmocka_unit_test(the_program_gets_three_ends),
        cmocka_unit_test(the_program_waits_for_text_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
