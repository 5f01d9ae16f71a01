/* Memory that runs out at each point in turn, and limits of every size: an ordinary error each
 * time, and all that was taken is given back. */
// SPDX-License-Identifier: MIT
#include "purse.h"
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* Everything that needs no other program, up to the first failure. */
static stridec_status do_everything(stridec *compilation, struct text model, struct text *output) {
    static const char *const formats[] = {"text", "json", "markdown", "dot", "html"};
    stridec_status status = stridec_compile(compilation, "payment.dfd", model.at, model.length);
    const stridec_output without_picture = {.size = sizeof without_picture, .layout = "/none"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats && status == STRIDEC_OK; i++) {
        status = stridec_emit(compilation, formats[i], &without_picture, text_take, output);
        if (status == STRIDEC_NO_PICTURE && strcmp(formats[i], "html") == 0)
            status = STRIDEC_OK;
    }
    if (status == STRIDEC_OK)
        status = stridec_explain(compilation, "T@pay", text_take, output);
    if (status == STRIDEC_OK)
        status = stridec_reformat(compilation, "payment.dfd", model.at, model.length, true,
                                  text_take, output);
    if (status == STRIDEC_OK)
        status = stridec_test_rules(compilation, text_take, output);
    return status;
}

/* The status with so much memory; what is shown afterwards must not fail in another way. */
static stridec_status run_with(struct text model, size_t allocations, size_t limit) {
    struct purse purse = {.left = allocations};
    const stridec_config config = {.size = sizeof config,
                                   .allocate = purse_take,
                                   .release = purse_give_back,
                                   .context = &purse,
                                   .memory_limit = limit};
    struct text output = {0};
    stridec_status status = STRIDEC_NO_MEMORY;
    stridec *compilation = stridec_new(&config);
    if (compilation) {
        status = do_everything(compilation, model, &output);
        stridec_print_diagnostics(compilation, false, text_take, &output);
        stridec_free(compilation);
    }
    free(output.at);
    assert_int_equal(purse.taken, purse.given_back);
    return status;
}

static void each_allocation_may_fail(void **state) {
    struct text model = read_file("samples/payment/payment.dfd");
    stridec_status status = STRIDEC_NO_MEMORY;
    size_t allocations = 0;
    (void)state;
    for (; status == STRIDEC_NO_MEMORY && allocations < 10000; allocations++)
        status = run_with(model, allocations, 0);
    assert_int_equal(status, STRIDEC_OK);
    assert_true(allocations > 2);
    free(model.at);
}

static void each_limit_is_kept(void **state) {
    struct text model = read_file("samples/payment/payment.dfd");
    stridec_status status = STRIDEC_OVER_LIMIT;
    size_t refused = 0;
    (void)state;
    for (size_t limit = 1024; status != STRIDEC_OK && limit < (size_t)1 << 30; limit += limit / 4) {
        status = run_with(model, SIZE_MAX, limit);
        if (status != STRIDEC_OK && status != STRIDEC_NO_MEMORY)
            assert_int_equal(status, STRIDEC_OVER_LIMIT);
        refused += status == STRIDEC_OVER_LIMIT;
    }
    assert_int_equal(status, STRIDEC_OK);
    assert_true(refused > 2);
    free(model.at);
}

/* ---- reports ------------------------------------------------------------------------------- */

/* A report with so much memory, of a compilation with enough, or the other way round. */
static stridec_status report_with(size_t allocations, size_t limit, bool short_of_it) {
    static const char model[] = "process p { kind: apj }\nu -> p\nu -> p : \"x\"\n";
    struct purse purse = {.left = short_of_it ? allocations : SIZE_MAX};
    struct purse other = {.left = short_of_it ? SIZE_MAX : allocations};
    const stridec_report_config config = {.size = sizeof config,
                                          .allocate = purse_take,
                                          .release = purse_give_back,
                                          .context = &purse,
                                          .memory_limit = limit};
    const stridec_config with = {
        .size = sizeof with, .allocate = purse_take, .release = purse_give_back, .context = &other};
    struct text output = {0};
    stridec_status status = STRIDEC_NO_MEMORY;
    stridec *compilation = stridec_new(&with);
    stridec_report *report = stridec_report_new(&config);
    stridec_report_format format = {.size = sizeof format};
    if (report && compilation) {
        stridec_compile(compilation, "m.dfd", model, sizeof model - 1);
        status = stridec_report_add(report, compilation, "m.dfd");
        if (status == STRIDEC_OK)
            status = stridec_report_problem(report, "n.dfd", "gone");
        for (size_t i = 0; stridec_report_format_at(i, &format) && status == STRIDEC_OK; i++)
            if (!format.needs_link)
                status = stridec_report_write(report, format.name, text_take, &output);
        if (status != STRIDEC_OK && short_of_it) /* and so it stays; the other one is sound */
            assert_int_equal(stridec_report_problem(report, "n.dfd", "gone"), status);
        if (status != STRIDEC_OK && short_of_it)
            assert_true(stridec_diagnostic_count(compilation) > 0);
    }
    stridec_report_free(report);
    stridec_free(compilation);
    free(output.at);
    assert_int_equal(purse.taken, purse.given_back);
    assert_int_equal(other.taken, other.given_back);
    return status;
}

static void a_report_may_fail_at_each_allocation(void **state) {
    (void)state;
    for (int short_of_it = 0; short_of_it < 2; short_of_it++) {
        stridec_status status = STRIDEC_NO_MEMORY;
        size_t allocations = 0;
        for (; status == STRIDEC_NO_MEMORY && allocations < 1000; allocations++)
            status = report_with(allocations, 0, short_of_it);
        assert_int_equal(status, STRIDEC_OK);
        assert_true(allocations > 1);
    }
    assert_int_equal(report_with(SIZE_MAX, 300, true), STRIDEC_OVER_LIMIT);
}

/* ---- questions without number -------------------------------------------------------------- */

#define RULES 1000
#define FLOWS 10001

/* Each rule asks at each flow: there are limits of questions, and they end in a diagnostic. */
static void more_questions_than_anybody_answers_are_refused(void **state) {
    struct text rules = {0}, model = {0}, out = {0};
    stridec *compilation = stridec_new(NULL);
    stridec_diagnostic found = {.size = sizeof found};
    (void)state;
    for (int i = 0; i < RULES; i++) {
        char *rule = format("rule r%d \"R\" {\n category: spoofing; on: flow; row: flow\n"
                            " when ( crosses )\n unless ( auth )\n ask: \"?\"\n}\n",
                            i);
        text_add(&rules, rule, strlen(rule));
        free(rule);
    }
    static const char elements[] = "external u \"U\"\nboundary b \"B\" { process p \"P\" }\n";
    text_add(&model, elements, sizeof elements - 1);
    for (int i = 0; i < FLOWS; i++) {
        char *flow = format("flow f%d = u -> p : \"x\"\n", i);
        text_add(&model, flow, strlen(flow));
        free(flow);
    }
    assert_int_equal(stridec_add_rules(compilation, "r.dfd", rules.at, rules.length), STRIDEC_OK);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length), STRIDEC_OK);
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &out), STRIDEC_INVALID);
    assert_int_equal(stridec_emit(compilation, "dot", NULL, text_take, &out), STRIDEC_INVALID);
    assert_int_equal(stridec_open_rows(compilation, 0), 0);
    assert_int_equal(stridec_level_count(compilation, STRIDEC_ERROR), 1);
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &found); i++)
        if (found.level == STRIDEC_ERROR)
            break;
    assert_string_equal(found.code, "E0713");
    assert_int_equal(out.length, 0);
    stridec_free(compilation);
    free(rules.at);
    free(model.at);
    free(out.at);
}

static int run_slow(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_questions_than_anybody_answers_are_refused),
    };
    return cmocka_run_group_tests_name("slow", tests, NULL, NULL);
}

/* The rules take many times the memory of a small model, and are read when rows are asked for. */
static void a_model_is_checked_without_the_rules(void **state) {
    static const char model[] = "process p \"P\"\nexternal e \"E\"\ne -> p : \"x\"\n";
    const stridec_config config = {.size = sizeof config, .memory_limit = (size_t)100 << 10};
    stridec *compilation = stridec_new(&config);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    assert_int_equal(stridec_row_count(compilation), 0);
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &(struct text){0}),
                     STRIDEC_OVER_LIMIT);
    stridec_free(compilation);
}

/* Reading a text ends after a thousand mistakes; the rules are another text. */
static void after_many_mistakes_the_rules_are_read_all_the_same(void **state) {
    struct text model = {0}, said = {0};
    stridec *compilation = stridec_new(NULL);
    (void)state;
    for (int i = 0; i < 1100; i++)
        text_add(&model, "nonsense\n", 9);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length),
                     STRIDEC_INVALID);
    assert_int_equal(stridec_level_count(compilation, STRIDEC_ERROR), 1001);
    assert_int_equal(stridec_explain(compilation, "forged_callback", text_take, &said), STRIDEC_OK);
    assert_int_equal(stridec_level_count(compilation, STRIDEC_ERROR), 1001);
    stridec_free(compilation);
    free(model.at);
    free(said.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_is_checked_without_the_rules),
        cmocka_unit_test(after_many_mistakes_the_rules_are_read_all_the_same),
        cmocka_unit_test(each_allocation_may_fail),
        cmocka_unit_test(each_limit_is_kept),
        cmocka_unit_test(a_report_may_fail_at_each_allocation),
    };
    int failed = cmocka_run_group_tests_name("memory", tests, NULL, NULL);
    if (getenv("SLOW"))
        failed += run_slow();
    return failed != 0;
}
