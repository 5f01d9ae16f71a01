/* The order of the layers and of the files in each: tests/layers.sh and tests/circles.sh find
 * nothing here, and find what is planted in a small tree of its own. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct planted {
    const char *name, *text;
    const char *place; /* which is named: a file and line, or a ring */
};

/* Writes the files into a tree of its own, with three good ones, and runs the check there. */
static int check_planted(const struct planted *planted, size_t count, struct text *printed) {
    static const struct planted good[] = {
        {"lib/base/text.h", "#include \"base/arena.h\"\n", NULL},
        {"cli/main.c", "#include \"stridec.h\"\n", NULL},
        {"lib/layout/program/draw.c", "#include <gvc.h>\n", NULL},
    };
    char *folder = make_folder();
    for (size_t i = 0; i < COUNT(good) + count; i++) {
        const struct planted *file = i < COUNT(good) ? &good[i] : &planted[i - COUNT(good)];
        char *path = format("%s/%s", folder, file->name);
        write_file(path, file->text, strlen(file->text));
        free(path);
    }
    char *script = format("sh tests/layers.sh '%s'", folder), *output = format("%s/out", folder);
    int status = run_command(&(struct command){.script = script, .output = output});
    *printed = read_file(output);
    free(output);
    free(script);
    remove_folder(folder);
    free(folder);
    return status;
}

/* Each of the files is named, and no other one is. */
static void refuse(const struct planted *planted, size_t count) {
    struct text printed = {0};
    size_t lines = 0;
    assert_int_not_equal(check_planted(planted, count, &printed), 0);
    for (size_t i = 0; i < count; i++)
        if (!strstr(printed.at, planted[i].place))
            fail_msg("%s: not named in: %s", planted[i].place, printed.at);
    for (size_t i = 0; i < printed.length; i++)
        lines += printed.at[i] == '\n';
    if (lines != count)
        fail_msg("%zu planted, named are: %s", count, printed.at);
    free(printed.at);
}

static void this_repository_keeps_the_order(void **state) {
    (void)state;
    char *folder = make_folder(), *output = format("%s/out", folder);
    int status = run_command(&(struct command){.script = "sh tests/layers.sh", .output = output});
    struct text printed = read_file(output);
    remove_folder(folder);
    if (status != 0)
        fail_msg("%s", printed.at);
    free(printed.at);
    free(output);
    free(folder);
}

static void a_good_tree_passes(void **state) {
    (void)state;
    static const struct planted model = {"lib/model/model.h", "#include \"base/text.h\"\n", NULL};
    struct text printed = {0};
    assert_int_equal(check_planted(&model, 1, &printed), 0);
    assert_string_equal(printed.at, "");
    free(printed.at);
}

/* What a layer and a program must not see, tables too, and how a path is written. */
static void each_include_that_breaks_the_order_is_refused(void **state) {
    (void)state;
    static const struct planted planted[] = {
        {"lib/base/arena.c", "\n#include \"model/model.h\"\n", "lib/base/arena.c:2:"},
        {"lib/diag/codes.def", "#include \"api/x.h\"\n", "lib/diag/codes.def:1:"},
        {"lib/emit/svg.c", "#include \"emit.h\"\n", "lib/emit/svg.c:1:"},
        {"lib/emit/csv.c", "#include \"../base/text.h\"\n", "lib/emit/csv.c:1:"},
        {"lib/emit/dot.c", "#include \"stridec.h\"\n", "lib/emit/dot.c:1:"},
        {"cli/cmd_x.c", "#include \"base/text.h\"\n", "cli/cmd_x.c:1:"},
        {"cli/cmd_y.c", "#include <base/text.h>\n", "cli/cmd_y.c:1:"},
        {"lib/layout/program/x.c", "#include \"../../base/text.h\"\n", "lib/layout/program/x.c:1:"},
        {"lib/tree/tree.h", "#include \"tree/tree.h\"\n", "lib/tree/tree.h:1:"},
    };
    refuse(planted, COUNT(planted));
}

static void a_ring_of_headers_is_refused(void **state) {
    (void)state;
    static const struct planted arena = {
        "lib/base/arena.h", "#include <stddef.h>\n#include \"base/text.h\"\n", "a ring: base/"};
    refuse(&arena, 1);
}

/* ---- calls ------------------------------------------------------------------------------- */

static int check_calls(const char *folder, struct text *printed) {
    char *script = format("sh tests/circles.sh '%s'", folder);
    char *work = make_folder(), *output = format("%s/out", work);
    int status = run_command(&(struct command){.script = script, .output = output});
    *printed = read_file(output);
    remove_folder(work);
    free(work);
    free(output);
    free(script);
    return status;
}

static void no_files_of_a_layer_call_each_other_in_a_circle(void **state) {
    (void)state;
    struct text printed = {0};
    if (check_calls(getenv("BUILD") ? getenv("BUILD") : "build", &printed) != 0)
        fail_msg("%s", printed.at);
    free(printed.at);
}

static void compile_planted(const char *folder, const char *name, const char *text) {
    char *path = format("%s/%s.c", folder, name);
    char *script = format("${CC:-cc} -c -o '%s/%s.o' '%s'", folder, name, path);
    write_file(path, text, strlen(text));
    assert_int_equal(run_command(&(struct command){.script = script}), 0);
    free(script);
    free(path);
}

static void a_circle_of_calls_is_refused(void **state) {
    (void)state;
    struct text printed = {0};
    char *folder = make_folder();
    compile_planted(folder, "lib/a/one",
                    "void two(void); void one(void); void one(void) { two(); }");
    compile_planted(folder, "lib/a/two",
                    "void three(void); void two(void); void two(void) { three(); }");
    compile_planted(folder, "lib/a/three", "void three(void); void three(void) {}");
    compile_planted(folder, "cli/main", "int main(void) { return 0; }");
    assert_int_equal(check_calls(folder, &printed), 0);
    free(printed.at);
    compile_planted(folder, "lib/a/three",
                    "void one(void); void three(void); void three(void) { one(); }");
    assert_int_not_equal(check_calls(folder, &printed), 0);
    assert_non_null(strstr(printed.at, "lib/a/one.c calls lib/a/two.c, which leads back: two"));
    free(printed.at);
    remove_folder(folder);
    free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(this_repository_keeps_the_order),
        cmocka_unit_test(a_good_tree_passes),
        cmocka_unit_test(each_include_that_breaks_the_order_is_refused),
        cmocka_unit_test(a_ring_of_headers_is_refused),
        cmocka_unit_test(no_files_of_a_layer_call_each_other_in_a_circle),
        cmocka_unit_test(a_circle_of_calls_is_refused),
    };
    return cmocka_run_group_tests_name("layers", tests, NULL, NULL) != 0;
}
