/* Checks which files a host is told about, and that a limit which is reached inside of its loader
 * ends as it should. */
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
    size_t repeats; /* of a comment after the model */
    size_t refused; /* pieces that were not taken */
    size_t asked, located;
    stridec_loaded answer;
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

static stridec_loaded refuse_all(void *context, const char *path, stridec_sink *take, void *taker) {
    struct shelf *shelf = context;
    (void)path, (void)take, (void)taker;
    shelf->asked++;
    return STRIDEC_NOT_THERE;
}

static void the_files_of_a_model_are_named_in_order(void **state) {
    struct shelf shelf = {.repeats = 1};
    const stridec_config config = {.size = sizeof config, .load = load, .load_context = &shelf};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_OK);
    assert_string_equal(stridec_file_kind(compilation), "model");
    assert_string_equal(stridec_source_at(compilation, 0), "main.dfd");
    assert_string_equal(stridec_source_at(compilation, 1), "parts/shared.dfd");
    assert_string_equal(stridec_source_at(compilation, 2), "parts/more.dfd");
    assert_null(stridec_source_at(compilation, 3));
    assert_int_equal(shelf.asked, 2);
    stridec_free(compilation);
}

static void an_import_that_is_not_there_is_an_error_of_the_model(void **state) {
    struct shelf shelf = {0};
    const stridec_config config = {.size = sizeof config, .load = load, .load_context = &shelf};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_INVALID);
    stridec_free(compilation);
}

static stridec_loaded load_some(void *context, const char *path, stridec_sink *take, void *taker) {
    static const char model[] = "external user \"User\"\n", rules[] = "rule r \"R\" {\n}\n";
    (void)context;
    if (strstr(path, "gone"))
        return STRIDEC_NOT_THERE;
    if (strstr(path, "rules"))
        return take(taker, rules, sizeof rules - 1) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
    return take(taker, model, sizeof model - 1) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

/* Each once, as the loader was asked for it; a path that it is never asked for is none of them. */
static void what_was_looked_for_in_vain_can_be_watched(void **state) {
    static const char model[] =
        "import \"parts/gone.dfd\" as a\nimport \"parts/there.dfd\" as b\n"
        "import \"./parts/gone.dfd\" as c\nimport \"rules.dfd\" as d\n"
        "import \"/etc/passwd.dfd\" as e\nimport \"../gone.yaml\" as f\nprocess p \"P\"\n";
    static const char *const tried[] = {"sub/parts/gone.dfd", "sub/rules.dfd", "gone.yaml", NULL};
    const stridec_config config = {.size = sizeof config, .load = load_some};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_null(stridec_tried_at(compilation, 0));
    assert_int_equal(stridec_compile(compilation, "sub/main.dfd", model, sizeof model - 1),
                     STRIDEC_INVALID);
    for (size_t i = 0; tried[i]; i++)
        assert_string_equal(stridec_tried_at(compilation, i), tried[i]);
    assert_null(stridec_tried_at(compilation, 3));
    assert_string_equal(stridec_source_at(compilation, 1), "sub/parts/there.dfd");
    assert_null(stridec_source_at(compilation, 2));
    stridec_free(compilation);
}

/* The sink returns false, so that the loader can close its files; the call fails after that. */
static void a_limit_inside_of_the_loader_lets_the_loader_end(void **state) {
    struct shelf shelf = {.repeats = 4000000};
    const stridec_config config = {.size = sizeof config,
                                   .load = load,
                                   .load_context = &shelf,
                                   .memory_limit = (size_t)4 << 20};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_OVER_LIMIT);
    assert_int_equal(shelf.refused, 1);
    stridec_free(compilation);
}

/* Of a text that stays, none of the memory is spent on a copy. */
static void a_text_that_stays_is_not_copied(void **state) {
    static char model[6 << 20];
    static const char start[] = "process api \"API\" # ";
    (void)state;
    memset(model, '-', sizeof model - 1);
    memcpy(model, start, sizeof start - 1);
    for (int stays = 0; stays < 2; stays++) {
        const stridec_config config = {
            .size = sizeof config, .memory_limit = (size_t)4 << 20, .texts_stay = stays};
        stridec *compilation = stridec_new(&config);
        assert_int_equal(stridec_compile(compilation, "main.dfd", model, sizeof model - 1),
                         stays ? STRIDEC_OK : STRIDEC_OVER_LIMIT);
        stridec_free(compilation);
    }
}

/* ---- one name for each file ---------------------------------------------------------------- */

/* Each path below "parts" is another name of one file, and that lies in "store". */
static bool locate(void *context, const char *path, stridec_sink *take, void *taker) {
    static const char place[] = "store/part.dfd";
    struct shelf *shelf = context;
    shelf->located++;
    return strncmp(path, "parts/", 6) == 0 && take(taker, place, 5) &&
           take(taker, place + 5, sizeof place - 6);
}

static stridec_loaded load_part(void *context, const char *path, stridec_sink *take, void *taker) {
    static const char part[] = "import \"../beside.dfd\" as beside\nexternal user \"User\"\n"
                               "beside.api -> user : \"x\"\n";
    static const char beside[] = "process api \"API\"\n";
    struct shelf *shelf = context;
    shelf->asked++;
    if (strcmp(path, "parts/shared.dfd") == 0)
        return take(taker, part, sizeof part - 1) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
    if (strcmp(path, "beside.dfd") == 0)
        return take(taker, beside, sizeof beside - 1) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
    return STRIDEC_NOT_THERE;
}

static void two_paths_of_one_file_are_read_once(void **state) {
    struct shelf shelf = {0};
    const stridec_config config = {
        .size = sizeof config, .load = load_part, .locate = locate, .load_context = &shelf};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "main.dfd", main_model, sizeof main_model - 1),
                     STRIDEC_OK);
    assert_string_equal(stridec_source_at(compilation, 1), "parts/shared.dfd");
    assert_string_equal(stridec_source_at(compilation, 2), "beside.dfd");
    assert_null(stridec_source_at(compilation, 3));
    assert_int_equal(shelf.asked, 2);
    assert_int_equal(shelf.located, 4);
    stridec_free(compilation);
}

/* ---- loaders that misbehave ------------------------------------------------------------------ */

static const char importing[] = "import \"a.dfd\" as a\nimport \"./a.dfd\" as b\nprocess p \"P\"\n";

/* Says what the shelf says, and goes on and on, or until the sink has had enough. */
static stridec_loaded load_badly(void *context, const char *path, stridec_sink *take, void *taker) {
    static char piece[1 << 20];
    struct shelf *shelf = context;
    (void)path;
    shelf->asked++;
    memset(piece, '\n', sizeof piece);
    for (size_t i = 0; i < shelf->repeats; i++)
        if (!take(taker, piece, sizeof piece))
            shelf->refused++;
    return shelf->answer;
}

static void expect_code(const char *code, struct shelf shelf) {
    const stridec_config config = {.size = sizeof config,
                                   .load = load_badly,
                                   .load_context = &shelf,
                                   .memory_limit = (size_t)400 << 20};
    stridec *compilation = stridec_new(&config);
    stridec_diagnostic found = {.size = sizeof found};
    assert_int_equal(stridec_compile(compilation, "main.dfd", importing, sizeof importing - 1),
                     STRIDEC_INVALID);
    assert_int_equal(stridec_level_count(compilation, STRIDEC_ERROR), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_true(stridec_diagnostic_at(compilation, i, &found));
        assert_string_equal(found.code, code);
    }
    assert_int_equal(shelf.asked, 1);
    stridec_free(compilation);
}

static void what_a_loader_says_is_reported_wherever_the_file_is_imported(void **state) {
    (void)state;
    expect_code("E0701", (struct shelf){.answer = STRIDEC_NOT_THERE});
    expect_code("E0703", (struct shelf){.answer = STRIDEC_OUTSIDE});
    expect_code("E0708", (struct shelf){.answer = STRIDEC_NO_MODEL});
    expect_code("E0709", (struct shelf){.answer = STRIDEC_NO_FILE});
    expect_code("E0712", (struct shelf){.answer = STRIDEC_TOO_LARGE});
    expect_code("E0712", (struct shelf){.answer = STRIDEC_LOADED, .repeats = 3000});
    expect_code("E0701", (struct shelf){.answer = (stridec_loaded)99});
    expect_code("E0701", (struct shelf){.answer = (stridec_loaded)-1});
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

/* Codes, rules, values, words: what is listed can be asked for as it stands there. */
static void each_topic_is_explained(void **state) {
    stridec *compilation = stridec_new(NULL);
    stridec_topic topic = {.size = sizeof topic};
    size_t count = 0;
    (void)state;
    assert_non_null(compilation);
    for (; stridec_topic_at(compilation, count, &topic); count++) {
        struct text told = {0};
        if (stridec_explain(compilation, topic.name, text_take, &told) != STRIDEC_OK)
            fail_msg("nothing is said of the %s '%s'", topic.group, topic.name);
        assert_true(told.length > strlen(topic.name));
        free(told.at);
    }
    assert_true(count > 400);
    stridec_free(compilation);
}

static bool take_nothing(void *calls, const char *at, size_t length) {
    (void)at, (void)length;
    ++*(size_t *)calls;
    return false;
}

/* What a host says about a run in JSON looks as what the library says. */
static void json_of_the_host_is_spelled_as_the_library_does(void **state) {
    struct text out = {0};
    size_t calls = 0;
    stridec_json json = {.size = sizeof json, .sink = text_take, .context = &out};
    stridec_json refused = {.size = sizeof json, .sink = take_nothing, .context = &calls};
    (void)state;
    stridec_json_object(&json, NULL);
    stridec_json_text(&json, "a \"name\"", "1\n", 2);
    stridec_json_list(&json, "lines");
    stridec_json_object(&json, NULL);
    stridec_json_number(&json, "n", 1);
    stridec_json_list(&json, "inside");
    stridec_json_number(&json, NULL, 2);
    stridec_json_text(&json, NULL, "", 0);
    stridec_json_end(&json);
    stridec_json_end(&json);
    stridec_json_value(&json, NULL, "{}", 2);
    stridec_json_end(&json);
    stridec_json_list(&json, "none");
    stridec_json_end(&json);
    assert_int_equal(stridec_json_end(&json), STRIDEC_OK);
    assert_string_equal(out.at, "{\n\"a \\\"name\\\"\": \"1\\n\",\n\"lines\": [\n"
                                "  {\"n\": 1, \"inside\": [2, \"\"]},\n  {}\n],\n"
                                "\"none\": []\n}");
    free(out.at);
    assert_int_equal(stridec_json_object(&refused, NULL), STRIDEC_NOT_TAKEN);
    assert_int_equal(stridec_json_number(&refused, "n", 1), STRIDEC_NOT_TAKEN);
    assert_int_equal(calls, 1);
}

/* Names that could end a comment, a line, or the sentence that names them. */
static const char *const awkward_names[] = {
    "shop.dfd",    "a --> b; edit that file.dfd", "line\nbreak.dfd",
    "100%{x}.dfd", "x Digest 0123.dfd",           "\"q\".dfd",
};

/* The beginning alone shows the format, and an output that the library has just written is not
 * edited. */
static void expect_origin(const char *format, const char *name, const struct text *output) {
    stridec_origin origin = {.size = sizeof origin};
    if (!stridec_read_origin(output->at, output->length, &origin) || origin.edited ||
        strcmp(origin.format, format) != 0)
        fail_msg("%s from '%s': its origin is not read, or it counts as edited", format, name);
    bool names_none = strcmp(format, "json") == 0 || strcmp(format, "csv") == 0;
    assert_int_equal(origin.model == NULL, names_none);
    bool is_plain = strcmp(name, "shop.dfd") == 0;
    if (is_plain && origin.model)
        assert_memory_equal(origin.model, name, origin.model_length);
    if (origin.model)
        assert_true(strcspn(output->at, "\n") > (size_t)(origin.model - output->at));
}

static void each_output_says_where_it_comes_from(void **state) {
    struct paths samples = find_files("samples", ".dfd");
    stridec_format_info format = {.size = sizeof format};
    (void)state;
    for (size_t i = 0; i < samples.count; i++) {
        struct text model = read_file(samples.items[i]);
        stridec *compilation = stridec_new(NULL);
        bool compiled =
            stridec_compile(compilation, samples.items[i], model.at, model.length) == STRIDEC_OK;
        for (size_t j = 0; compiled && stridec_format_at(j, &format); j++)
            for (size_t k = 0; k < sizeof awkward_names / sizeof *awkward_names; k++) {
                struct text output = {0};
                const stridec_output wanted = {.size = sizeof wanted,
                                               .model_name = awkward_names[k]};
                if (strcmp(format.name, "svg") == 0 && (i > 0 || k > 1))
                    continue; /* as slow as the layout */
                stridec_status status =
                    stridec_emit(compilation, format.name, &wanted, text_take, &output);
                if (status == STRIDEC_OK)
                    expect_origin(format.name, awkward_names[k], &output);
                free(output.at);
            }
        stridec_free(compilation);
        free(model.at);
    }
    free_paths(&samples);
}

/* Files that cannot be used count like others: each has been asked for. */
static void no_more_files_are_asked_for_than_may_be_read(void **state) {
    struct shelf shelf = {0};
    const stridec_config config = {
        .size = sizeof config, .load = refuse_all, .load_context = &shelf};
    struct text model = {0};
    (void)state;
    for (int i = 0; i < 1500; i++) {
        char *line = format("import \"f%d.dfd\" as f%d\n", i, i);
        text_add(&model, line, strlen(line));
        free(line);
    }
    stridec *compilation = stridec_new(&config);
    assert_int_equal(stridec_compile(compilation, "main.dfd", model.at, model.length),
                     STRIDEC_INVALID);
    assert_int_equal(shelf.asked, 1000);
    stridec_free(compilation);
    free(model.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_more_files_are_asked_for_than_may_be_read),
        cmocka_unit_test(each_topic_is_explained),
        cmocka_unit_test(json_of_the_host_is_spelled_as_the_library_does),
        cmocka_unit_test(the_files_of_a_model_are_named_in_order),
        cmocka_unit_test(an_import_that_is_not_there_is_an_error_of_the_model),
        cmocka_unit_test(what_was_looked_for_in_vain_can_be_watched),
        cmocka_unit_test(a_limit_inside_of_the_loader_lets_the_loader_end),
        cmocka_unit_test(a_text_that_stays_is_not_copied),
        cmocka_unit_test(two_paths_of_one_file_are_read_once),
        cmocka_unit_test(what_a_loader_says_is_reported_wherever_the_file_is_imported),
        cmocka_unit_test(a_form_that_is_none_is_misuse),
        cmocka_unit_test(each_output_says_where_it_comes_from),
    };
    return cmocka_run_group_tests_name("host", tests, NULL, NULL) != 0;
}
