/* What a program that embeds the library learns of the files it handed over, and how a limit that
 * is met inside of its own loader ends. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static const char main_model[] = "import \"parts/shared.dfd\" as shared\n"
                                 "import \"parts/more.dfd\" as more\n"
                                 "process api \"API\"\n"
                                 "flow ask = shared.user -> api : \"GET /\"\n";

struct shelf {
    size_t repeats; /* of a comment behind the model */
    size_t refused; /* pieces that were not taken */
    size_t asked;
};

/* Each import is the same small model, with as long a comment as is asked for. */
static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    static const char model[] = "external user \"User\"\n", comment[] = "# nothing to see\n";
    struct shelf *shelf = context;
    shelf->asked++;
    if (strcmp(path, "parts/more.dfd") == 0 && !shelf->repeats)
        return STRIDEC_NOT_THERE;
    bool taken = take(taker, model, sizeof model - 1);
    for (size_t i = 0; i < shelf->repeats && taken; i++)
        taken = take(taker, comment, sizeof comment - 1);
    shelf->refused += !taken;
    return taken ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

static void the_files_of_a_model_are_named_in_order(void **state) {
    struct shelf shelf = {.repeats = 1};
    const stridec_config config = {.load = load, .load_context = &shelf};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_OK);
    assert_string_equal(stridec_source_at(compilation, 0), "main.dfd");
    assert_string_equal(stridec_source_at(compilation, 1), "parts/shared.dfd");
    assert_string_equal(stridec_source_at(compilation, 2), "parts/more.dfd");
    assert_null(stridec_source_at(compilation, 3));
    assert_int_equal(shelf.asked, 2);
    stridec_free(compilation);
}

static void an_import_that_is_not_there_is_an_error_of_the_model(void **state) {
    struct shelf shelf = {0};
    const stridec_config config = {.load = load, .load_context = &shelf};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_INVALID);
    stridec_free(compilation);
}

/* The sink says no, so that the loader can close what it has open; the call fails behind it. */
static void a_limit_inside_of_the_loader_lets_the_loader_end(void **state) {
    struct shelf shelf = {.repeats = 4000000};
    const stridec_config config = {
        .load = load, .load_context = &shelf, .memory_limit = (size_t)4 << 20};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_OVER_LIMIT);
    assert_int_equal(shelf.refused, 1);
    stridec_free(compilation);
}

static void a_form_that_is_none_is_misuse(void **state) {
    struct text output = {0};
    stridec *compilation = stridec_new(NULL);
    (void)state;
    assert_int_equal(stridec_convert(compilation, "a.dfd", "", 0, "toml", text_take, &output),
                     STRIDEC_MISUSE);
    assert_int_equal(output.length, 0);
    stridec_free(compilation);
    free(output.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_files_of_a_model_are_named_in_order),
        cmocka_unit_test(an_import_that_is_not_there_is_an_error_of_the_model),
        cmocka_unit_test(a_limit_inside_of_the_loader_lets_the_loader_end),
        cmocka_unit_test(a_form_that_is_none_is_misuse),
    };
    return cmocka_run_group_tests_name("host", tests, NULL, NULL) != 0;
}
