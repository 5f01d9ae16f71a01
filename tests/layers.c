/* The order of the layers and of the files in each: tests/layers.sh and tests/circles.sh find
 * nothing here, and find what is planted in a small tree of its own. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* Writes `text` as the file `name` of a tree with one good file, and runs the check there. */
static int check_planted(const char *name, const char *text, struct text *printed) {
    char *folder = make_folder();
    const char *const files[][2] = {{"lib/base/text.h", "#include \"base/arena.h\"\n"},
                                    {"cli/main.c", "#include \"stridec.h\"\n"},
                                    {"lib/layout/program/draw.c", "#include <gvc.h>\n"},
                                    {name, text}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = format("%s/%s", folder, files[i][0]);
        write_file(path, files[i][1], strlen(files[i][1]));
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

static void refuse(const char *name, const char *text, const char *place) {
    struct text printed = {0};
    assert_int_not_equal(check_planted(name, text, &printed), 0);
    if (!strstr(printed.at, place))
        fail_msg("%s: not named in: %s", place, printed.at);
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
    struct text printed = {0};
    assert_int_equal(check_planted("lib/model/model.h", "#include \"base/text.h\"\n", &printed), 0);
    assert_string_equal(printed.at, "");
    free(printed.at);
}

static void a_higher_layer_is_refused(void **state) {
    (void)state;
    refuse("lib/base/arena.c", "\n#include \"model/model.h\"\n", "lib/base/arena.c:2:");
}

static void a_table_is_looked_at_too(void **state) {
    (void)state;
    refuse("lib/diag/codes.def", "#include \"api/x.h\"\n", "lib/diag/codes.def:1:");
}

static void a_path_without_layer_is_refused(void **state) {
    (void)state;
    refuse("lib/emit/svg.c", "#include \"emit.h\"\n", "lib/emit/svg.c:1:");
    refuse("lib/emit/svg.c", "#include \"../base/text.h\"\n", "lib/emit/svg.c:1:");
}

static void the_public_header_is_for_api_alone(void **state) {
    (void)state;
    refuse("lib/emit/svg.c", "#include \"stridec.h\"\n", "lib/emit/svg.c:1:");
}

static void programs_see_nothing_of_the_library(void **state) {
    (void)state;
    refuse("cli/cmd_x.c", "#include \"base/text.h\"\n", "cli/cmd_x.c:1:");
    refuse("cli/cmd_x.c", "#include <base/text.h>\n", "cli/cmd_x.c:1:");
    refuse("lib/layout/program/x.c", "#include \"../../base/text.h\"\n",
           "lib/layout/program/x.c:1:");
}

static void a_ring_of_headers_is_refused(void **state) {
    (void)state;
    refuse("lib/base/arena.h", "#include <stddef.h>\n#include \"base/text.h\"\n", "a ring: base/");
    refuse("lib/base/text.h", "#include \"base/text.h\"\n", "lib/base/text.h:1:");
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
        cmocka_unit_test(a_higher_layer_is_refused),
        cmocka_unit_test(a_table_is_looked_at_too),
        cmocka_unit_test(a_path_without_layer_is_refused),
        cmocka_unit_test(the_public_header_is_for_api_alone),
        cmocka_unit_test(programs_see_nothing_of_the_library),
        cmocka_unit_test(a_ring_of_headers_is_refused),
        cmocka_unit_test(no_files_of_a_layer_call_each_other_in_a_circle),
        cmocka_unit_test(a_circle_of_calls_is_refused),
    };
    return cmocka_run_group_tests_name("layers", tests, NULL, NULL) != 0;
}
