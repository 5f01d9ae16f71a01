/* The library built for a host that knows no processes, linked into this program: it asks for
 * nothing but C11's functions, and what it writes is what the ordinary one writes. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* The symbols that the object may use, as an expression of grep: libyaml, utf8proc, C11's memory,
 * strings, printing into memory and jumps; and what compilers put in. */
#define ALLOWED                                                                                    \
    "^(yaml_.*|utf8proc_.*|mem(cpy|move|set|cmp|chr)|str(len|cmp|ncmp|chr|rchr|str|cspn|spn)|"     \
    "malloc|calloc|realloc|free|aligned_alloc|abort|qsort|s?n?printf|vsnprintf|longjmp|_?setjmp|"  \
    "strto[a-z]+|bcmp|_?_?(asan|ubsan|tsan|gcov|stack_chk|sigsetjmp|longjmp_chk|"                  \
    "[a-z]*(printf|mem[a-z]*|str[a-z]*)_chk).*|_GLOBAL_OFFSET_TABLE_)$"

static void it_asks_for_nothing_but_c11(void **state) {
    char *output = format("%s/no-spawn/asked", build_folder());
    char *script =
        format("nm -u '%s/no-spawn/libstridec.o' | awk '{ print $2 }' >'%s'; test -s '%s' && "
               "! grep -vE '" ALLOWED "' '%s' >&2",
               build_folder(), output, output, output);
    const struct command ask = {.script = script, .error = output};
    (void)state;
    if (run_command(&ask) != 0)
        fail_msg("%s", read_file(output).at);
    free(script);
    free(output);
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    (void)context;
    if (!file_exists(path))
        return STRIDEC_NOT_THERE;
    struct text text = read_file(path);
    bool taken = take(taker, text.at, text.length);
    free(text.at);
    return taken ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

/* As a worker with Graphviz compiled in would. */
static const char *draw(void *context, const char *dot, size_t length, stridec_sink *take,
                        void *taker) {
    char *folder = make_folder(), *input = format("%s/dot", folder);
    (void)context;
    write_file(input, dot, length);
    struct text svg = output_of("stridec-layout <%s", input);
    bool taken = take(taker, svg.at, svg.length);
    remove_folder(folder);
    free(folder), free(input), free(svg.at);
    return taken ? NULL : "too much";
}

static stridec *compile(const stridec_config *config, const char *path) {
    struct text model = read_file(path);
    stridec *compilation = stridec_new(config);
    assert_non_null(compilation);
    assert_int_equal(stridec_compile(compilation, path, model.at, model.length), STRIDEC_OK);
    free(model.at);
    return compilation;
}

static void expect_equal(stridec *compilation, const char *path, const char *format_name,
                         const char *command) {
    const stridec_output wanted = {.size = sizeof wanted, .model_name = base_name(path)};
    struct text expected = output_of(command, path), actual = {0};
    assert_int_equal(stridec_emit(compilation, format_name, &wanted, text_take, &actual),
                     STRIDEC_OK);
    assert_int_equal(actual.length, expected.length);
    assert_memory_equal(actual.at, expected.at, expected.length);
    free(expected.at), free(actual.at);
}

static void it_writes_what_the_ordinary_one_writes(void **state) {
    struct paths samples = find_samples();
    char *version = graphviz_version();
    const stridec_config config = {.size = sizeof config,
                                   .decisions = true,
                                   .load = load,
                                   .draw = draw,
                                   .draw_version = version};
    (void)state;
    assert_true(samples.count > 0);
    for (size_t i = 0; i < samples.count; i++) {
        char *path = format("%s.dfd", samples.items[i]);
        stridec *compilation = compile(&config, path);
        expect_equal(compilation, path, "json", "stridec threats --format json %s");
        expect_equal(compilation, path, "dot", "stridec render --format dot %s");
        expect_equal(compilation, path, "svg", "stridec render --format svg %s");
        stridec_free(compilation);
        free(path);
    }
    free(version);
    free_paths(&samples);
}

static void without_a_callback_there_is_no_picture(void **state) {
    struct text svg = {0};
    stridec *compilation = compile(NULL, "samples/payment/payment.dfd");
    stridec_diagnostic found = {.size = sizeof found};
    bool said = false;
    (void)state;
    assert_int_equal(stridec_emit(compilation, "svg", NULL, text_take, &svg), STRIDEC_NO_PICTURE);
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &found); i++)
        said |= strstr(found.message, "starts no programs") != NULL;
    assert_true(said);
    assert_int_equal(svg.length, 0);
    stridec_free(compilation);
    free(svg.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_asks_for_nothing_but_c11),
        cmocka_unit_test(it_writes_what_the_ordinary_one_writes),
        cmocka_unit_test(without_a_callback_there_is_no_picture),
    };
    return cmocka_run_group_tests_name("no_spawn", tests, NULL, NULL) != 0;
}
