/* A careless host: every function of the header without what it needs, with numbers that are none
 * of an enum's, from inside of a callback, and after a limit. Nothing is read that is not there. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char model[] = "boundary b \"B\" { process p \"P\" { kind: api } }\n"
                            "external u \"U\"\nu -> p : \"GET /\"\n";
static const char pack[] = "# no rules\n";

static stridec *compiled(void) {
    stridec *compilation = stridec_new(NULL);
    assert_non_null(compilation);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    return compilation;
}

static void ignore(void *context, void *memory) {
    (void)context, (void)memory;
}

/* ---- numbers ----------------------------------------------------------------------------- */

static void numbers_that_are_none_of_an_enum(void **state) {
    static const int numbers[] = {-1, -7, 3, 8, 99, INT_MAX, INT_MIN};
    stridec *compilation = stridec_new(NULL);
    (void)state;
    for (int status = STRIDEC_OK; status <= STRIDEC_CANCELLED; status++)
        assert_true(strlen(stridec_status_text((stridec_status)status)) > 5);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_non_null(stridec_status_text((stridec_status)numbers[i]));
        assert_int_equal(stridec_set_level(compilation, "W0401", (stridec_level)numbers[i]),
                         STRIDEC_MISUSE);
        assert_int_equal(stridec_level_count(compilation, (stridec_level)numbers[i]), 0);
    }
    assert_string_equal(stridec_status_text((stridec_status)-1), "no such status");
    assert_string_equal(stridec_status_text((stridec_status)(STRIDEC_CANCELLED + 1)),
                        "no such status");
    stridec_free(compilation);
}

static void tiers_and_indexes_that_are_not_there(void **state) {
    static const int tiers[] = {-1, 4, 99, INT_MAX, INT_MIN};
    static const char *const formats[] = {"text", "json", "csv", "markdown", "html"};
    stridec *compilation = compiled();
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    stridec_topic topic = {.size = sizeof topic};
    stridec_code_info code = {.size = sizeof code};
    stridec_format_info format = {.size = sizeof format};
    struct text out = {0}, none = {0};
    (void)state;
    assert_true(stridec_open_rows(compilation, 0) > 0);
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        const stridec_output output = {.size = sizeof output, .tier = tiers[i]};
        assert_int_equal(stridec_open_rows(compilation, tiers[i]), 0);
        for (size_t j = 0; j < sizeof formats / sizeof *formats; j++)
            assert_int_equal(stridec_emit(compilation, formats[j], &output, text_take, &out),
                             STRIDEC_MISUSE);
    }
    assert_int_equal(out.length, 0);
    const stridec_output strange = {
        .size = sizeof strange, .width = INT_MIN, .layout_seconds = INT_MIN};
    assert_int_equal(stridec_emit(compilation, "text", &strange, text_take, &out), STRIDEC_OK);
    assert_false(stridec_diagnostic_at(compilation, SIZE_MAX, &diagnostic));
    assert_false(stridec_note_at(compilation, 0, SIZE_MAX, &diagnostic));
    assert_false(stridec_topic_at(compilation, SIZE_MAX, &topic));
    assert_false(stridec_code_at(SIZE_MAX, &code));
    assert_false(stridec_format_at(SIZE_MAX, &format));
    assert_false(stridec_section_at(SIZE_MAX,
                                    &(stridec_section_info){.size = sizeof(stridec_section_info)}));
    assert_null(stridec_view_at(compilation, SIZE_MAX));
    const stridec_output nowhere = {.size = sizeof nowhere, .sections = "open,,nowhere"};
    assert_int_equal(stridec_emit(compilation, "markdown", &nowhere, text_take, &none),
                     STRIDEC_MISUSE);
    static const char *const scripts[] = {"</script>", "a</b", "<!--", "</"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        const stridec_output ends = {.size = sizeof ends, .layout = "/none", .script = scripts[i]};
        assert_int_equal(stridec_emit(compilation, "html", &ends, text_take, &none),
                         STRIDEC_MISUSE);
    }
    assert_null(none.at);
    assert_null(stridec_source_at(compilation, SIZE_MAX));
    assert_null(stridec_tried_at(compilation, SIZE_MAX));
    assert_false(
        stridec_row_at(compilation, SIZE_MAX, &(stridec_row){.size = sizeof(stridec_row)}));
    assert_false(stridec_pattern_at(compilation, 0, SIZE_MAX,
                                    &(stridec_pattern){.size = sizeof(stridec_pattern)}));
    assert_false(stridec_fact_at(compilation, 0, 0, SIZE_MAX,
                                 &(stridec_fact){.size = sizeof(stridec_fact)}));
    assert_false(stridec_way_at(compilation, 0, "p.dfd", SIZE_MAX,
                                &(stridec_way){.size = sizeof(stridec_way)}));
    assert_false(stridec_way_at(compilation, SIZE_MAX, "p.dfd", 0,
                                &(stridec_way){.size = sizeof(stridec_way)}));
    stridec_free(compilation);
    free(out.at);
}

/* ---- NULL -------------------------------------------------------------------------------- */

/* Each function that takes a compilation; `says` is what those with a status return. */
static void expect_of_all(stridec *compilation, stridec_status says) {
    struct text out = {0};
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    stridec_topic topic = {.size = sizeof topic};
    assert_int_equal(stridec_add_rules(compilation, "r.dfd", pack, sizeof pack - 1), says);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, sizeof model - 1), says);
    assert_int_equal(stridec_set_level(compilation, "W0401", STRIDEC_ERROR), says);
    assert_int_equal(stridec_print_diagnostics(compilation, false, text_take, &out), says);
    assert_int_equal(stridec_emit(compilation, "text", NULL, text_take, &out), says);
    assert_int_equal(stridec_emit(compilation, "no such format", NULL, text_take, &out), says);
    assert_int_equal(stridec_reformat(compilation, "m.dfd", model, 3, false, text_take, &out),
                     says);
    assert_int_equal(stridec_convert(compilation, "m.dfd", model, 3, NULL, text_take, &out), says);
    assert_int_equal(stridec_convert(compilation, "m.dfd", model, 3, "toml", text_take, &out),
                     says);
    assert_int_equal(stridec_explain(compilation, "S", text_take, &out), says);
    assert_int_equal(stridec_test_rules(compilation, text_take, &out), says);
    assert_int_equal(stridec_rename(compilation, "p", "q"), says);
    assert_int_equal(stridec_move(compilation, "m.dfd", "n.dfd", NULL, 0), says);
    assert_false(stridec_moved_at(compilation, 0, &(stridec_moved){.size = sizeof(stridec_moved)}));
    assert_string_equal(stridec_refusal(compilation), "");
    const stridec_merging versions = {.size = sizeof versions, .path = "m.dfd"};
    assert_int_equal(stridec_merge(compilation, &versions, text_take, &out), says);
    assert_int_equal(stridec_conflict_count(compilation), 0);
    stridec_set_imported(compilation);
    assert_null(stridec_source_at(compilation, 0));
    assert_null(stridec_file_kind(compilation));
    assert_null(stridec_disabled_rule_at(compilation, 0));
    assert_null(stridec_tried_at(compilation, 0));
    assert_int_equal(stridec_diagnostic_count(compilation), 0);
    assert_int_equal(stridec_level_count(compilation, STRIDEC_ERROR), 0);
    assert_int_equal(stridec_level_count(compilation, STRIDEC_WARNING), 0);
    assert_false(stridec_diagnostic_at(compilation, 0, &diagnostic));
    assert_false(stridec_note_at(compilation, 0, 0, &diagnostic));
    assert_false(stridec_topic_at(compilation, 0, &topic));
    assert_int_equal(stridec_open_rows(compilation, 0), 0);
    assert_int_equal(stridec_row_count(compilation), 0);
    assert_false(stridec_row_at(compilation, 0, &(stridec_row){.size = sizeof(stridec_row)}));
    assert_false(
        stridec_row_named(compilation, "T@p", &(stridec_row){.size = sizeof(stridec_row)}));
    assert_false(
        stridec_pattern_at(compilation, 0, 0, &(stridec_pattern){.size = sizeof(stridec_pattern)}));
    assert_false(
        stridec_fact_at(compilation, 0, 0, 0, &(stridec_fact){.size = sizeof(stridec_fact)}));
    assert_false(
        stridec_way_at(compilation, 0, "p.dfd", 0, &(stridec_way){.size = sizeof(stridec_way)}));
    assert_int_equal(stridec_tests_passed(compilation), 0);
    assert_int_equal(stridec_tests_failed(compilation), 0);
    assert_int_equal(out.length, 0);
    free(out.at);
}

static void without_a_compilation(void **state) {
    (void)state;
    expect_of_all(NULL, STRIDEC_MISUSE);
    stridec_free(NULL);
}

/* A stream of JSON that is asked for what is none writes nothing. */
static void what_is_no_json(void **state) {
    struct text out = {0};
    stridec_json json = {.size = sizeof json, .sink = text_take, .context = &out};
    stridec_json unsized = {.sink = text_take, .context = &out}, unheard = {.size = sizeof json};
    (void)state;
    assert_int_equal(stridec_json_object(NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_end(NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_object(&unsized, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_object(&unheard, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_end(&json), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_number(&json, "n", 1), STRIDEC_MISUSE);
    assert_int_equal(out.length, 0);
    assert_int_equal(stridec_json_object(&json, NULL), STRIDEC_OK);
    assert_int_equal(stridec_json_number(&json, NULL, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_text(&json, "t", NULL, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_value(&json, "v", "", 0), STRIDEC_MISUSE);
    assert_int_equal(stridec_json_list(&json, "l"), STRIDEC_OK);
    assert_int_equal(stridec_json_number(&json, "n", 1), STRIDEC_MISUSE);
    for (size_t i = 2; i < STRIDEC_JSON_DEPTH; i++)
        assert_int_equal(stridec_json_list(&json, NULL), STRIDEC_OK);
    assert_int_equal(stridec_json_list(&json, NULL), STRIDEC_MISUSE);
    for (size_t i = 0; i < STRIDEC_JSON_DEPTH; i++)
        assert_int_equal(stridec_json_end(&json), STRIDEC_OK);
    assert_int_equal(stridec_json_number(&json, NULL, 2), STRIDEC_MISUSE);
    free(out.at);
}

static void merge_without_an_argument(stridec *fresh) {
    struct text out = {0};
    const stridec_merging whole = {
        .size = sizeof whole, .path = "m.dfd", .ours = "process p\n", .ours_length = 10};
    stridec_merging wrong[] = {whole, whole, whole, whole, whole, whole};
    wrong[0].size = 0;
    wrong[1].path = NULL;
    wrong[2].ours = NULL;
    wrong[3].base_length = 1;
    wrong[4].theirs_length = 1;
    wrong[5].marker_length = 1001;
    assert_int_equal(stridec_merge(fresh, NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_merge(fresh, &whole, NULL, NULL), STRIDEC_MISUSE);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(stridec_merge(fresh, &wrong[i], text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(out.length, 0);
    assert_int_equal(stridec_merge(fresh, &whole, text_take, &out), STRIDEC_OK);
    assert_string_equal(out.at, "process p\n");
    free(out.at);
}

static void without_an_argument(void **state) {
    stridec *fresh = stridec_new(NULL), *done = compiled();
    struct text out = {0};
    (void)state;
    assert_int_equal(stridec_add_rules(fresh, NULL, pack, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_add_rules(fresh, "r.dfd", NULL, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_compile(fresh, NULL, model, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_compile(fresh, "m.dfd", NULL, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_set_level(fresh, NULL, STRIDEC_ERROR), STRIDEC_MISUSE);
    assert_int_equal(stridec_reformat(fresh, NULL, "", 0, false, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_reformat(fresh, "m.dfd", NULL, 1, false, text_take, &out),
                     STRIDEC_MISUSE);
    assert_int_equal(stridec_reformat(fresh, "m.dfd", "", 0, false, NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_convert(fresh, NULL, model, 1, NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_convert(fresh, "m.dfd", NULL, 1, NULL, text_take, &out),
                     STRIDEC_MISUSE);
    assert_int_equal(stridec_convert(fresh, "m.dfd", model, 1, NULL, NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_rename(done, NULL, "q"), STRIDEC_MISUSE);
    assert_int_equal(stridec_rename(done, "p", NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_move(done, NULL, "m.dfd", NULL, 0), STRIDEC_MISUSE);
    assert_int_equal(stridec_move(done, "m.dfd", NULL, NULL, 0), STRIDEC_MISUSE);
    assert_int_equal(stridec_move(done, "m.dfd", "m.dfd", NULL, 1), STRIDEC_MISUSE);
    assert_false(stridec_moved_at(done, 0, NULL));
    merge_without_an_argument(fresh);
    assert_int_equal(stridec_print_diagnostics(done, false, NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_emit(done, NULL, NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_emit(done, "json", NULL, NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_explain(done, NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_explain(done, "S", NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_test_rules(done, NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_write_schema(NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_write_schema("model", NULL, NULL), STRIDEC_MISUSE);
    assert_false(stridec_diagnostic_at(done, 0, NULL));
    assert_false(stridec_note_at(done, 0, 0, NULL));
    assert_false(stridec_topic_at(done, 0, NULL));
    assert_false(stridec_row_at(done, 0, NULL));
    assert_false(stridec_row_named(done, NULL, &(stridec_row){.size = sizeof(stridec_row)}));
    assert_false(stridec_row_named(done, "T@p", NULL));
    assert_false(stridec_pattern_at(done, 0, 0, NULL));
    assert_false(stridec_fact_at(done, 0, 0, 0, NULL));
    assert_false(stridec_way_at(done, 0, "p.dfd", 0, NULL));
    assert_false(stridec_way_at(done, 0, NULL, 0, &(stridec_way){.size = sizeof(stridec_way)}));
    assert_false(stridec_code_at(0, NULL));
    assert_false(stridec_format_at(0, NULL));
    assert_false(stridec_section_at(0, NULL));
    assert_null(stridec_view_at(NULL, 0));
    assert_null(stridec_evidence_at(NULL, 0));
    assert_null(stridec_evidence_at(done, 0));
    assert_int_equal(stridec_checklist(NULL, "m", "", 0, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_checklist(done, NULL, NULL, 1, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_checklist(done, "m", "", 0, NULL, NULL), STRIDEC_MISUSE);
    const stridec_gate_options nameless = {.size = sizeof nameless, .list_path = "list.md"};
    assert_int_equal(stridec_gate(NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_gate(done, &nameless), STRIDEC_MISUSE);
    assert_int_equal(out.length, 0);
    /* None of it has done any harm. */
    assert_int_equal(stridec_emit(done, "json", NULL, text_take, &out), STRIDEC_OK);
    assert_int_equal(stridec_compile(fresh, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    stridec_free(fresh);
    stridec_free(done);
    free(out.at);
}

static bool write_again(void *report, const char *at, size_t length) {
    struct text out = {0};
    (void)at, (void)length;
    assert_int_equal(stridec_report_write(report, "sarif", text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_problem(report, "m.dfd", "x"), STRIDEC_MISUSE);
    return true;
}

static void a_report_without_an_argument(void **state) {
    stridec *done = compiled();
    stridec_report *report = stridec_report_new(NULL);
    stridec_report_format format = {.size = sizeof format}, unsized = {0};
    struct text out = {0};
    (void)state;
    assert_null(stridec_report_new(&(stridec_report_config){.size = 0}));
    assert_null(stridec_report_new(
        &(stridec_report_config){.size = sizeof(stridec_report_config), .release = ignore}));
    assert_int_equal(stridec_report_add(NULL, done, "m.dfd"), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_add(report, done, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_problem(NULL, "m.dfd", "x"), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_problem(report, NULL, "x"), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_problem(report, "m.dfd", NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_write(NULL, "sarif", text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_write(report, NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_write(report, "svg", text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_report_write(report, "sarif", NULL, NULL), STRIDEC_MISUSE);
    assert_false(stridec_report_format_at(0, NULL));
    assert_false(stridec_report_format_at(0, &unsized));
    assert_false(stridec_report_format_at(SIZE_MAX, &format));
    assert_int_equal(out.length, 0);
    assert_int_equal(stridec_report_add(report, done, "m.dfd"), STRIDEC_OK);
    assert_int_equal(stridec_report_write(report, "sarif", write_again, report), STRIDEC_OK);
    stridec_report_free(report);
    stridec_report_free(NULL);
    stridec_free(done);
}

static void an_empty_text_may_be_nothing(void **state) {
    stridec *compilation = stridec_new(NULL);
    struct text out = {0};
    (void)state;
    assert_int_equal(stridec_add_rules(compilation, "r.dfd", NULL, 0), STRIDEC_OK);
    assert_int_equal(stridec_reformat(compilation, "m.dfd", NULL, 0, true, text_take, &out),
                     STRIDEC_OK);
    assert_int_equal(stridec_compile(compilation, "m.dfd", NULL, 0), STRIDEC_INVALID);
    assert_int_equal(stridec_compile(compilation, "m.dfd", NULL, 0), STRIDEC_MISUSE);
    stridec_free(compilation);
    free(out.at);
}

/* The text is not read to its end, which is not there. */
static void a_length_beyond_every_limit_is_refused(void **state) {
    static char large[((size_t)64 << 20) + 2];
    stridec *compilation = stridec_new(NULL);
    (void)state;
    memset(large, '\n', sizeof large);
    assert_int_equal(stridec_compile(compilation, "m.dfd", large, SIZE_MAX), STRIDEC_INVALID);
    stridec_free(compilation);
}

/* ---- sizes ------------------------------------------------------------------------------- */

static void a_struct_without_its_size_is_refused(void **state) {
    stridec *compilation = compiled();
    stridec_output none = {.tier = 1};
    stridec_topic topic = {0};
    stridec_code_info code = {0};
    stridec_format_info format = {0};
    stridec_origin origin = {0};
    stridec_diagnostic diagnostic = {0};
    struct text out = {0}, json = {0};
    (void)state;
    none.size = 0;
    topic.size = code.size = format.size = origin.size = diagnostic.size = 0;
    assert_null(stridec_new(&(stridec_config){.size = sizeof(size_t) - 1}));
    assert_int_equal(stridec_emit(compilation, "text", &none, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &json), STRIDEC_OK);
    assert_false(stridec_topic_at(compilation, 0, &topic));
    assert_false(stridec_code_at(0, &code));
    assert_false(stridec_format_at(0, &format));
    assert_false(stridec_read_origin(json.at, json.length, &origin));
    assert_false(stridec_diagnostic_at(compilation, 0, &diagnostic));
    assert_int_equal(out.length, 0);
    stridec_free(compilation);
    free(json.at);
}

/* A program that was compiled with another header: older and shorter, newer and longer. */
static void what_another_header_has_more_or_less(void **state) {
    struct {
        stridec_output output;
        size_t more;
    } newer = {.output = {.size = sizeof newer, .tier = 1}};
    stridec_output older = {.size = offsetof(stridec_output, tier), .tier = 99};
    stridec *compilation = compiled();
    struct text out = {0};
    (void)state;
    assert_int_equal(stridec_emit(compilation, "text", &older, text_take, &out), STRIDEC_OK);
    assert_int_equal(stridec_emit(compilation, "text", &newer.output, text_take, &out), STRIDEC_OK);
    newer.more = 1;
    assert_int_equal(stridec_emit(compilation, "text", &newer.output, text_take, &out),
                     STRIDEC_MISUSE);
    stridec_free(compilation);
    free(out.at);
}

/* ---- allocators -------------------------------------------------------------------------- */

static void *take(void *context, size_t size) {
    (void)context;
    return malloc(size);
}

static void give_back(void *context, void *memory) {
    (void)context;
    free(memory);
}

static void half_an_allocator_is_none(void **state) {
    (void)state;
    assert_null(stridec_new(&(stridec_config){.size = sizeof(stridec_config), .allocate = take}));
    assert_null(
        stridec_new(&(stridec_config){.size = sizeof(stridec_config), .release = give_back}));
    stridec *both = stridec_new(
        &(stridec_config){.size = sizeof(stridec_config), .allocate = take, .release = give_back});
    assert_non_null(both);
    stridec_free(both);
}

static void after_a_limit_every_call_says_so(void **state) {
    const stridec_config small = {.size = sizeof small, .memory_limit = 10000};
    stridec *compilation = stridec_new(&small);
    (void)state;
    assert_non_null(compilation);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, sizeof model - 1),
                     STRIDEC_OVER_LIMIT);
    expect_of_all(compilation, STRIDEC_OVER_LIMIT);
    stridec_free(compilation);
}

/* ---- calls from within ------------------------------------------------------------------- */

static bool call_back(void *compilation, const char *at, size_t length) {
    (void)at, (void)length;
    expect_of_all(compilation, STRIDEC_MISUSE);
    return true;
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take_text, void *taker) {
    static const char part[] = "process part \"P\"\n";
    (void)path;
    expect_of_all(*(stridec **)context, STRIDEC_MISUSE);
    return take_text(taker, part, sizeof part - 1) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

static void a_callback_calls_back(void **state) {
    static const char importing[] = "import \"part.dfd\" as part\nprocess p \"P\"\n";
    stridec *compilation = NULL;
    const stridec_config config = {
        .size = sizeof config, .load = load, .load_context = &compilation};
    (void)state;
    compilation = stridec_new(&config);
    assert_int_equal(stridec_compile(compilation, "m.dfd", importing, sizeof importing - 1),
                     STRIDEC_OK);
    assert_int_equal(stridec_emit(compilation, "json", NULL, call_back, compilation), STRIDEC_OK);
    assert_int_equal(stridec_test_rules(compilation, call_back, compilation), STRIDEC_OK);
    stridec_free(compilation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_that_are_none_of_an_enum),
        cmocka_unit_test(tiers_and_indexes_that_are_not_there),
        cmocka_unit_test(without_a_compilation),
        cmocka_unit_test(what_is_no_json),
        cmocka_unit_test(without_an_argument),
        cmocka_unit_test(a_report_without_an_argument),
        cmocka_unit_test(an_empty_text_may_be_nothing),
        cmocka_unit_test(a_length_beyond_every_limit_is_refused),
        cmocka_unit_test(a_struct_without_its_size_is_refused),
        cmocka_unit_test(what_another_header_has_more_or_less),
        cmocka_unit_test(half_an_allocator_is_none),
        cmocka_unit_test(after_a_limit_every_call_says_so),
        cmocka_unit_test(a_callback_calls_back),
    };
    return cmocka_run_group_tests_name("misuse", tests, NULL, NULL) != 0;
}
