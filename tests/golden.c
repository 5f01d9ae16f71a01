/* Cases as folders: each folder below tests/cases with a file `cmd` is a test. Its files are copied
 * to a fresh folder, `cmd` is run there by the shell, and what it prints (`stdout`, `stderr`), its
 * exit status (`status`) and the files below `expect/` must come out. A file that is absent stands
 * for nothing printed and status 0. With ACCEPT=1 what came out is written there instead, but for a
 * case with a file `never-accept`: it checks what is right by itself, and fails then as well. A
 * case with a file `slow` runs with SLOW=1 or ALL_CASES=1. An argument such as "emit/crlf" or
 * "emit/?*" picks cases. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CASES "tests/cases"

struct golden {
    const char *folder;                 /* of the case */
    bool accepts;                       /* what came out is written instead of compared */
    char *work, *home, *output, *error; /* of this run */
    struct paths expected;              /* files below expect/ */
};

static bool is_expectation(const char *name) {
    static const char *const names[] = {"cmd",    "stdout",       "stderr",
                                        "status", "never-accept", "slow"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return strncmp(name, "expect/", strlen("expect/")) == 0;
}

static void copy_inputs(const struct golden *golden) {
    struct paths files = find_files(golden->folder, "");
    for (size_t i = 0; i < files.count; i++) {
        const char *name = files.items[i] + strlen(golden->folder) + 1;
        if (is_expectation(name))
            continue;
        struct text text = read_file(files.items[i]);
        char *copy = format("%s/%s", golden->work, name);
        write_file(copy, text.at, text.length);
        free(copy);
        free(text.at);
    }
    free_paths(&files);
}

/* Compares, or with ACCEPT writes, one expected file. */
static bool settle(const struct golden *golden, const char *expected, const char *actual,
                   const char *name) {
    if (!golden->accepts)
        return same_files(expected, actual, name);
    struct text text = read_if_there(actual);
    write_or_remove(expected, text.at, text.length);
    free(text.at);
    return true;
}

static bool settle_printed(const struct golden *golden, const char *name, const char *actual) {
    char *expected = format("%s/%s", golden->folder, name);
    bool same = settle(golden, expected, actual, name);
    free(expected);
    return same;
}

static bool settle_status(const struct golden *golden, int status) {
    char *actual = format("%s/../status", golden->home);
    char *line = status ? format("%d\n", status) : format("%s", "");
    write_file(actual, line, strlen(line));
    bool same = settle_printed(golden, "status", actual);
    free(line);
    free(actual);
    return same;
}

static bool settle_files(const struct golden *golden) {
    bool same = true;
    for (size_t i = 0; i < golden->expected.count; i++) {
        const char *path = golden->expected.items[i];
        const char *name = path + strlen(golden->folder) + strlen("/expect/");
        char *actual = format("%s/%s", golden->work, name);
        same = settle(golden, path, actual, name) && same;
        free(actual);
    }
    return same;
}

static int run_in(struct golden *golden, const char *folder) {
    golden->work = format("%s/work/.", folder);
    golden->home = format("%s/home", folder);
    golden->output = format("%s/stdout", folder);
    golden->error = format("%s/stderr", folder);
    make_folders_for(golden->work);
    copy_inputs(golden);
    char *file = format("%s/cmd", golden->folder);
    struct text script = read_file(file);
    int status = run_command(&(struct command){.folder = golden->work,
                                               .script = script.at,
                                               .output = golden->output,
                                               .error = golden->error,
                                               .home = golden->home});
    free(script.at);
    free(file);
    return status;
}

static bool has_mark(const char *folder, const char *name) {
    char *mark = format("%s/%s", folder, name);
    bool has = file_exists(mark);
    free(mark);
    return has;
}

static bool is_skipped(const char *folder) {
    return has_mark(folder, "slow") && !getenv("SLOW") && !getenv("ALL_CASES") && !getenv("ACCEPT");
}

static void check_case(void **state) {
    if (is_skipped(*state))
        skip();
    struct golden golden = {.folder = *state,
                            .accepts = getenv("ACCEPT") && !has_mark(*state, "never-accept")};
    char *expect = format("%s/expect", golden.folder), *folder = make_folder();
    golden.expected = find_files(expect, "");
    char *home = format("%s/home/.", folder);
    make_folders_for(home);
    int status = run_in(&golden, folder);
    bool same = settle_printed(&golden, "stdout", golden.output);
    same = settle_printed(&golden, "stderr", golden.error) && same;
    same = settle_status(&golden, status) && same;
    same = settle_files(&golden) && same;
    remove_folder(folder);
    free_paths(&golden.expected);
    char *owned[] = {golden.work, golden.home, golden.output, golden.error, expect, folder, home};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    if (status == TIMED_OUT)
        fail_msg("%s did not end", golden.folder);
    if (!same)
        fail_msg("%s: see the differences above", golden.folder);
}

int main(int argc, char **argv) {
    struct paths commands = find_files(CASES, "/cmd");
    if (!commands.count) {
        fprintf(stderr, "no case below " CASES ": tests run in the repository's root\n");
        return 1;
    }
    struct CMUnitTest *tests = calloc(commands.count, sizeof *tests);
    if (!tests)
        return 1;
    for (size_t i = 0; i < commands.count; i++) {
        commands.items[i][strlen(commands.items[i]) - strlen("/cmd")] = '\0';
        tests[i] = (struct CMUnitTest){.name = commands.items[i] + strlen(CASES "/"),
                                       .test_func = check_case,
                                       .initial_state = commands.items[i]};
    }
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    int failed = _cmocka_run_group_tests("golden", tests, commands.count, NULL, NULL);
    free(tests);
    free_paths(&commands);
    return failed != 0;
}
