/* Files while other programs use them: locks, saves of an editor, a second
 * build, a run that is killed, file systems that cannot do what others can. With SLOW=1 the races
 * are run more often.
 *
 * Called as `disk under SYSTEM_CALL HOW COMMAND…` the program runs a command to which that call
 * answers EINVAL (HOW is `refused`), or that is killed when it makes the call (`killed`). Called
 * with one word it runs the tests of that name. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* syscall numbers, usleep */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static const char model[] = "model m \"A shop\"\n"
                            "external a \"A\"\n"
                            "boundary b \"B\" { process p \"P\" { kind: api } }\n"
                            "flow f = a -> p : \"buys\"\n";

/* ---- a command without a system call ----------------------------------------------------- */

static const struct {
    const char *name;
    long number;
} calls[] = {
    {"fsync", SYS_fsync},
    {"renameat2", SYS_renameat2},
#ifdef SYS_rename
    {"rename", SYS_rename},
#endif
#ifdef SYS_unlink
    {"unlink", SYS_unlink},
#else
    {"unlink", SYS_unlinkat},
#endif
};

static long number_of(const char *name) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(name, calls[i].name) == 0)
            return calls[i].number;
    fprintf(stderr, "no system call '%s' in the table\n", name);
    exit(1);
}

/* Replaces this process by the command, with a filter on the call. */
static int run_filtered(char **words, unsigned action) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number_of(words[0]), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, action),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0)
        execvp(words[2], words + 2);
    perror(words[2]);
    return 1;
}

/* The command stops at each call and is let go when the script has run. */
static int run_with_script(char **words) {
    pid_t child = fork();
    if (child == 0) {
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* does not work in what is traced */
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        _exit(run_filtered(words, SECCOMP_RET_TRACE));
    }
    int status = 0, count = 0;
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL);
    while (WIFSTOPPED(status)) {
        if (status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8)) {
            char *script = format("set -- %d; %s", ++count, getenv("MEANWHILE"));
            (void)!system(script);
            free(script);
        }
        ptrace(PTRACE_CONT, child, NULL, NULL);
        waitpid(child, &status, 0);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int run_under(char **words) {
    if (strcmp(words[1], "meanwhile") == 0)
        return run_with_script(words);
    return run_filtered(words, strcmp(words[1], "killed") == 0 ? SECCOMP_RET_KILL_PROCESS
                                                               : SECCOMP_RET_ERRNO | EINVAL);
}

/* ---- a folder for each test -------------------------------------------------------------- */

static int set_up(void **state) {
    open_folder(state);
    put_in(*state, "m.dfd", model);
    return 0;
}

static unsigned rounds(unsigned ordinary, unsigned slow) {
    return getenv("SLOW") ? slow : ordinary;
}

static void expect(const char *folder, const char *script) {
    char *errors = format("%s/../%s.errors", folder, base_name(folder));
    int status = run_command(&(struct command){
        .folder = folder, .script = script, .error = errors, .seconds = rounds(60, 600)});
    struct text printed = read_if_there(errors);
    unlink(errors);
    free(errors);
    if (status != 0)
        fail_msg("exit status %d of\n%s\n%s", status, script, printed.at ? printed.at : "");
    free(printed.at);
}

/* ---- locks ------------------------------------------------------------------------------- */

/* Holds locks on the outputs, as another user where this one may become one, until it is killed. */
static pid_t lock_outputs(const char *folder) {
    static const char *const names[] = {"m.svg", "THREAT-MODEL.md", "m.dfd", "."};
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        bool locked = chdir(folder) == 0 && (geteuid() != 0 || setuid(NOBODY) == 0) &&
                      prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            int file = open(names[i], O_RDONLY);
            locked = locked && file >= 0 && flock(file, LOCK_EX) == 0;
        }
        (void)!write(ready[1], locked ? "y" : "n", 1);
        for (;;)
            pause();
    }
    char answer = 0;
    assert_int_equal(read(ready[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void a_lock_of_somebody_else_stops_nothing(void **state) {
    assert_int_equal(chmod(*state, 0755), 0);
    expect(*state, "stridec build m.dfd && sed -i 's/buys/pays/' m.dfd");
    pid_t holder = lock_outputs(*state);
    expect(*state, "stridec build m.dfd && grep -q pays THREAT-MODEL.md && grep -q pays m.svg && "
                   "stridec fmt m.dfd && grep -q 'model m \"A shop\"' m.dfd");
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
}

/* ---- two builds at once ------------------------------------------------------------------ */

static void two_builds_at_once_both_succeed(void **state) {
    char *script = format("n=0; while [ $((n += 1)) -le %u ]; do\n"
                          "  sed \"s/buys/buys $n/\" m.dfd >n.dfd\n"
                          "  [ $((n %% 3)) = 0 ] && rm n.svg THREAT-MODEL.md\n"
                          "  stridec build n.dfd & one=$!\n"
                          "  stridec build n.dfd & two=$!\n"
                          "  wait $one && wait $two && grep -q \"buys $n\" THREAT-MODEL.md || "
                          "{ echo round $n >&2; exit 1; }\n"
                          "done; test \"$(ls -A | tr '\\n' ' ')\" = "
                          "'THREAT-MODEL.md m.dfd n.dfd n.svg '",
                          rounds(8, 200));
    expect(*state, script);
    free(script);
}

/* The other one runs as a whole just before this one takes a name; and sweeps. */
static void a_whole_build_in_the_instant_of_another_is_no_failure(void **state) {
    static const char script[] =
        "for changed in '' 's/buys/pays/'; do\n"
        "  sed -i \"$changed\" m.dfd\n"
        "  MEANWHILE='test $1 != 1 || stridec build m.dfd' "
        "$DISK under renameat2 meanwhile stridec build m.dfd || exit 1\n"
        "done; test \"$(ls -A | tr '\\n' ' ')\" = 'THREAT-MODEL.md m.dfd m.svg '";
    expect(*state, script);
}

/* ---- an editor saves while fmt runs ------------------------------------------------------ */

/* Either by renaming or into the file as it is, some time after `wait` microseconds. */
static void save(const char *folder, unsigned wait, bool in_place) {
    char *path = format("%s/m.dfd", folder), *temporary = format("%s/m.dfd~", folder);
    static const char text[] = "model   m \"Saved by the editor\"\nprocess p \"P\"\n";
    usleep(wait);
    write_file(in_place ? path : temporary, text, strlen(text));
    if (!in_place)
        assert_int_equal(rename(temporary, path), 0);
    free(temporary);
    free(path);
}

/* Without a shell, so that the save falls into the run more often. */
static pid_t start_fmt(const char *program, const char *folder) {
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_RDWR);
        bool fine = nothing >= 0 && chdir(folder) == 0;
        for (int i = 0; i < 3; i++)
            fine = fine && dup2(nothing, i) == i;
        if (fine)
            execl(program, program, "fmt", "m.dfd", (char *)NULL);
        _exit(127);
    }
    return child;
}

static void fmt_loses_no_save(void **state) {
    char *path = format("%s/m.dfd", (char *)*state);
    char *program = format("%s/stridec", build_folder());
    static const char before[] = "model   m \"As it was\"\nprocess p \"P\"\n";
    for (unsigned i = 0; i < rounds(60, 1000); i++) {
        write_file(path, before, strlen(before));
        pid_t formatter = start_fmt(program, *state);
        save(*state, 1500 + i * 137 % 4000, i % 2);
        int status = 1;
        waitpid(formatter, &status, 0);
        if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 4))
            fail_msg("round %u: fmt ends with status %d", i, status);
        struct text now = read_file(path);
        if (!strstr(now.at, "Saved by the editor"))
            fail_msg("round %u: the save is lost, there is:\n%s", i, now.at);
        free(now.at);
    }
    expect(*state, "test \"$(ls -A)\" = m.dfd");
    free(program);
    free(path);
}

/* In the very instant: after the last comparison before the name is taken. `$1` counts the calls;
 * the second one puts back what the first has taken out. */
static void expect_save_in_the_instant(const char *folder, const char *meanwhile,
                                       const char *then) {
    put_in(folder, "m.dfd", model);
    char *script = format("sed -i 's/^model /model   /' m.dfd; MEANWHILE='%s' "
                          "$DISK under renameat2 meanwhile stridec fmt m.dfd; test $? = 4 && %s",
                          meanwhile, then);
    expect(folder, script);
    free(script);
}

static void a_save_in_the_instant_is_put_back(void **state) {
    const char *only = "test \"$(ls -A)\" = m.dfd && test \"$(cat m.dfd)\" = saved1";
    expect_save_in_the_instant(*state, "test $1 = 2 || { echo saved$1 >n; mv n m.dfd; }", only);
    expect_save_in_the_instant(*state, "test $1 = 2 || echo saved$1 >m.dfd", only);
}

static void of_two_saves_in_the_instant_the_newer_one_has_the_name(void **state) {
    expect_save_in_the_instant(*state, "test $1 = 3 || { echo saved$1 >n; mv n m.dfd; }",
                               "test \"$(cat m.dfd)\" = saved2 && "
                               "test \"$(cat .stridec-*.before)\" = saved1");
}

static void what_is_deleted_in_the_instant_stays_deleted(void **state) {
    expect_save_in_the_instant(*state, "test $1 = 2 || rm m.dfd", "test -z \"$(ls -A)\"");
}

static void what_becomes_a_folder_or_link_in_the_instant_stays_one(void **state) {
    expect(*state, "cp m.dfd copy");
    expect_save_in_the_instant(*state, "test $1 = 2 || { rm m.dfd; mkdir m.dfd; }",
                               "test -d m.dfd && rmdir m.dfd");
    expect_save_in_the_instant(*state, "test $1 = 2 || { rm m.dfd; ln -s copy m.dfd; }",
                               "test -L m.dfd && test \"$(ls -A | tr '\\n' ' ')\" = 'copy m.dfd '");
}

static void what_comes_into_being_in_the_instant_stays(void **state) {
    expect(*state,
           "MEANWHILE='echo mine >T.md' $DISK under renameat2 meanwhile "
           "stridec threats --format markdown -o T.md m.dfd; test $? = 4 && "
           "test \"$(cat T.md)\" = mine && test \"$(ls -A | tr '\\n' ' ')\" = 'T.md m.dfd '");
}

/* Several files that belong together: when one of them has been saved meanwhile, those that have
 * their new text get the old one back. */
static void of_several_files_all_are_written_or_none(void **state) {
    expect(
        *state,
        "printf 'import \"m.dfd\" as x\\nexternal e \"E\"\\nflow g = e -> x.p : \"asks\"\\n' "
        ">n.dfd; "
        "cp m.dfd m; cp n.dfd n\n"
        "for how in 'echo mine >o; mv o' 'echo mine >' 'rm'; do\n"
        "  MEANWHILE=\"test \\$1 != 2 || { $how n.dfd; }\" "
        "$DISK under renameat2 meanwhile stridec rename p q m.dfd; test $? = 4 && cmp m m.dfd || "
        "exit 1\n"
        "  test \"$how\" = rm -a ! -e n.dfd || test \"$(cat n.dfd)\" = mine || exit 1; cp n n.dfd\n"
        "done\n"
        "chmod a-w n.dfd; test $(id -u) = 0 || { stridec rename p q m.dfd; test $? = 4 && cmp m "
        "m.dfd || exit 1; }\n"
        "$DISK under renameat2 killed stridec rename p q m.dfd; cmp m m.dfd && cmp n n.dfd && "
        "rm .stridec-*.before && stridec rename p q m.dfd && grep -q x.q n.dfd && "
        "test \"$(ls -A | tr '\\n' ' ')\" = 'm m.dfd n n.dfd '");
}

/* An editor that has the file open and has written half of it. */
static void fmt_waits_for_no_writer(void **state) {
    char *path = format("%s/m.dfd", (char *)*state);
    int editor = open(path, O_WRONLY | O_TRUNC);
    static const char half[] = "model   m \"Half\"\n", rest[] = "process p \"P\"\n";
    assert_int_equal(write(editor, half, strlen(half)), strlen(half));
    expect(*state, "stridec fmt m.dfd; test $? = 4");
    assert_int_equal(write(editor, rest, strlen(rest)), strlen(rest));
    close(editor);
    struct text now = read_file(path);
    assert_string_equal(now.at, "model   m \"Half\"\nprocess p \"P\"\n");
    free(now.at);
    free(path);
}

/* ---- runs that are killed ---------------------------------------------------------------- */

static void what_a_killed_run_leaves_is_swept_by_the_next(void **state) {
    expect(*state, "printf mine >.stridec-notes; printf mine >.stridec-abc123.tmp.txt\n"
                   "$DISK under fsync killed stridec build m.dfd; test $? != 0 && "
                   "ls -A | grep -q '^[.]stridec-......[.]tmp$' && test ! -e m.svg || exit 1\n"
                   "stridec build m.dfd && "
                   "test \"$(ls -A .stridec-* | tr '\\n' ' ')\" = "
                   "'.stridec-abc123.tmp.txt .stridec-notes '");
}

static void what_a_killed_run_leaves_is_swept_though_nothing_changes(void **state) {
    expect(*state, "stridec build m.dfd && >.stridec-aB3dE6.tmp && stridec build m.dfd && "
                   "test ! -e .stridec-aB3dE6.tmp");
}

static void a_temporary_of_a_run_that_lives_stays(void **state) {
    expect(*state, ">.stridec-aB3dE6.tmp; exec 9<.stridec-aB3dE6.tmp; flock 9 && "
                   "stridec build m.dfd && test -e .stridec-aB3dE6.tmp");
}

static void what_others_call_so_stays(void **state) {
    expect(*state, "mkdir .stridec-folder.tmp; ln -s m.dfd .stridec-aB3dE6.tmp; "
                   "stridec build m.dfd && test -d .stridec-folder.tmp -a -s m.dfd "
                   "-a -L .stridec-aB3dE6.tmp && rmdir .stridec-folder.tmp");
    if (geteuid() == 0)
        expect(*state, ">.stridec-Other1.tmp; chown 65534 .stridec-Other1.tmp; "
                       "stridec build m.dfd && test -e .stridec-Other1.tmp");
}

/* Between the exchange and the end the old text has another name; no later run takes it away. */
static void a_text_taken_out_survives_a_kill(void **state) {
    expect(*state, "sed -i 's/^model /model   /' m.dfd; cp m.dfd old\n"
                   "$DISK under unlink killed stridec fmt m.dfd; test $? != 0 || exit 1\n"
                   "stridec fmt --check m.dfd && cmp .stridec-*.before old && "
                   "stridec build m.dfd && cmp .stridec-*.before old");
}

static void killed_before_the_exchange_nothing_has_changed(void **state) {
    expect(*state, "sed -i 's/^model /model   /' m.dfd; cp m.dfd old\n"
                   "$DISK under renameat2 killed stridec fmt m.dfd; test $? != 0 && cmp m.dfd old");
}

/* ---- file systems that cannot exchange names --------------------------------------------- */

static void files_are_written_where_names_cannot_be_exchanged(void **state) {
    expect(
        *state,
        "s=\"$DISK under renameat2 refused stridec\"\n"
        "$s build m.dfd && sed -i 's/buys/pays/; s/^model /model   /' m.dfd && $s build m.dfd && "
        "grep -q pays THREAT-MODEL.md && grep -q pays m.svg && $s fmt m.dfd && "
        "grep -q '^model m' m.dfd && stridec fmt --check m.dfd && "
        "test \"$(ls -A | tr '\\n' ' ')\" = 'THREAT-MODEL.md m.dfd m.svg '");
}

static void two_builds_at_once_succeed_there_too(void **state) {
    expect(*state,
           "s=\"$DISK under renameat2 refused stridec\"; n=0; while [ $((n += 1)) -le 5 ]; do\n"
           "  sed \"s/buys/buys $n/\" m.dfd >n.dfd\n"
           "  $s build n.dfd & one=$!; $s build n.dfd & two=$!\n"
           "  wait $one && wait $two && grep -q \"buys $n\" THREAT-MODEL.md || exit 1\n"
           "done; test \"$(ls -A | tr '\\n' ' ')\" = 'THREAT-MODEL.md m.dfd n.dfd n.svg '");
}

/* ---- what a file keeps ------------------------------------------------------------------- */

static void mode_is_kept_without_its_special_bits(void **state) {
    expect(*state, "stridec build m.dfd && chmod 6750 m.svg && chmod 2604 THREAT-MODEL.md && "
                   "sed -i 's/buys/pays/' m.dfd && stridec build m.dfd && "
                   "test \"$(stat -c %a m.svg THREAT-MODEL.md | tr '\\n' ' ')\" = '750 604 '");
}

static void owner_and_group_are_kept_where_allowed(void **state) {
    if (geteuid() != 0)
        skip();
    expect(*state, "stridec build m.dfd && chown 1234:2345 m.svg && sed -i 's/buys/pays/' m.dfd && "
                   "stridec build m.dfd && test \"$(stat -c %u:%g m.svg)\" = 1234:2345");
}

static void another_name_of_a_file_keeps_the_old_text(void **state) {
    expect(*state, "stridec build m.dfd && cp THREAT-MODEL.md old && ln THREAT-MODEL.md other && "
                   "sed -i 's/buys/pays/' m.dfd && stridec build m.dfd && cmp old other && "
                   "grep -q pays THREAT-MODEL.md");
}

/* The limit on what is read as input is none on what is written. */
static void an_output_over_the_limit_of_inputs_is_written_again(void **state) {
    expect(*state, "stridec threats --format json -o rows.json m.dfd && cp rows.json right && "
                   "truncate -s 70M rows.json && stridec threats --format json -o rows.json m.dfd "
                   "&& cmp rows.json right");
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, set_up, close_folder)

int main(int argc, char **argv) {
    if (argc > 4 && strcmp(argv[1], "under") == 0)
        return run_under(argv + 2);
    char *self = realpath(argv[0], NULL);
    setenv("DISK", self ? self : argv[0], 1);
    free(self);
    if (argc == 2)
        cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        in_folder(a_lock_of_somebody_else_stops_nothing),
        in_folder(two_builds_at_once_both_succeed),
        in_folder(a_whole_build_in_the_instant_of_another_is_no_failure),
        in_folder(fmt_loses_no_save),
        in_folder(a_save_in_the_instant_is_put_back),
        in_folder(of_two_saves_in_the_instant_the_newer_one_has_the_name),
        in_folder(what_is_deleted_in_the_instant_stays_deleted),
        in_folder(what_becomes_a_folder_or_link_in_the_instant_stays_one),
        in_folder(what_comes_into_being_in_the_instant_stays),
        in_folder(of_several_files_all_are_written_or_none),
        in_folder(fmt_waits_for_no_writer),
        in_folder(what_a_killed_run_leaves_is_swept_by_the_next),
        in_folder(what_a_killed_run_leaves_is_swept_though_nothing_changes),
        in_folder(a_temporary_of_a_run_that_lives_stays),
        in_folder(what_others_call_so_stays),
        in_folder(a_text_taken_out_survives_a_kill),
        in_folder(killed_before_the_exchange_nothing_has_changed),
        in_folder(files_are_written_where_names_cannot_be_exchanged),
        in_folder(two_builds_at_once_succeed_there_too),
        in_folder(mode_is_kept_without_its_special_bits),
        in_folder(owner_and_group_are_kept_where_allowed),
        in_folder(another_name_of_a_file_keeps_the_old_text),
        in_folder(an_output_over_the_limit_of_inputs_is_written_again),
    };
    return cmocka_run_group_tests_name("disk", tests, NULL, NULL) != 0;
}
