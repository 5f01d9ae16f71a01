/* A host that changes its mind: at each question in turn it says that the work is wanted no more.
 * The call ends with STRIDEC_CANCELLED, every later one says the same, and all memory is given
 * back. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct host {
    size_t asked, cancel_at; /* the question that is answered by true */
    size_t held;             /* blocks of memory */
    stridec *compilation;
};

static bool is_cancelled(void *context) {
    struct host *host = context;
    if (host->compilation)
        assert_int_equal(stridec_emit(host->compilation, "json", NULL, text_take, NULL),
                         STRIDEC_MISUSE);
    return host->asked++ >= host->cancel_at;
}

static void *take_memory(void *context, size_t size) {
    ((struct host *)context)->held++;
    return malloc(size);
}

static void give_back(void *context, void *memory) {
    struct host *host = context;
    host->held -= memory != NULL;
    free(memory);
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    static const char part[] = "boundary parts \"Parts\" { process part \"Part\" { kind: api } }\n";
    (void)context, (void)path;
    return take(taker, part, sizeof part - 1) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

static stridec *open_compilation(struct host *host) {
    const stridec_config config = {.size = sizeof config,
                                   .allocate = take_memory,
                                   .release = give_back,
                                   .context = host,
                                   .load = load,
                                   .is_cancelled = is_cancelled,
                                   .cancel_context = host};
    stridec *compilation = stridec_new(&config);
    assert_non_null(compilation);
    host->compilation = compilation;
    return compilation;
}

/* A chain of processes in two boundaries, with an import. */
static struct text model_of(size_t count) {
    struct text text = {0};
    const char *import =
        "import \"part.dfd\" as other\nexternal user \"User\"\nuser -> p0 : \"go\"\n"
        "other.part -> p1 : \"push\"\n";
    text_add(&text, import, strlen(import));
    for (size_t i = 0; i < count; i++) {
        char *line = format("boundary b%zu \"B\" { process p%zu \"P\" { kind: api } }\n", i, i);
        text_add(&text, line, strlen(line));
        free(line);
    }
    for (size_t i = 1; i < count; i++) {
        char *line = format("p%zu -> p%zu : \"next\" { protocol: https }\n", i - 1, i);
        text_add(&text, line, strlen(line));
        free(line);
    }
    return text;
}

/* ---- at each question ---------------------------------------------------------------------- */

/* Calls that take long, one after the other, until one is cancelled; those after it say so too. */
static stridec_status work(stridec *compilation, const struct text *model) {
    static const char *const formats[] = {"json", "dot", "markdown", "text", "csv", "mermaid"};
    struct text out = {0};
    const stridec_output wanted = {.size = sizeof wanted, .model_name = "m.dfd"};
    stridec_status status = stridec_compile(compilation, "m.dfd", model->at, model->length);
    for (size_t i = 0; i < sizeof formats / sizeof *formats && status == STRIDEC_OK; i++)
        status = stridec_emit(compilation, formats[i], &wanted, text_take, &out);
    if (status == STRIDEC_OK)
        status = stridec_diff(compilation, compilation, "markdown", NULL, text_take, &out);
    if (status == STRIDEC_OK)
        status = stridec_reformat(compilation, "m.dfd", model->at, model->length, false, text_take,
                                  &out);
    if (status == STRIDEC_OK)
        status = stridec_test_rules(compilation, text_take, &out);
    free(out.at);
    return status;
}

static void expect_of_later_calls(stridec *compilation, const struct text *model) {
    struct text out = {0};
    stridec_diagnostic found = {.size = sizeof found};
    assert_int_equal(stridec_compile(compilation, "m.dfd", model->at, model->length),
                     STRIDEC_CANCELLED);
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &out), STRIDEC_CANCELLED);
    assert_int_equal(stridec_explain(compilation, "S", text_take, &out), STRIDEC_CANCELLED);
    assert_int_equal(stridec_diagnostic_count(compilation), 0);
    assert_false(stridec_diagnostic_at(compilation, 0, &found));
    assert_int_equal(stridec_open_rows(compilation, 0), 0);
    assert_null(stridec_source_at(compilation, 0));
    assert_int_equal(out.length, 0);
}

static void a_call_can_be_cancelled_at_each_question(void **state) {
    struct text model = model_of(40);
    struct host patient = {.cancel_at = SIZE_MAX};
    stridec *compilation = open_compilation(&patient);
    (void)state;
    assert_int_equal(work(compilation, &model), STRIDEC_OK);
    stridec_free(compilation);
    assert_int_equal(patient.held, 0);
    assert_true(patient.asked > 100);
    /* The last questions are those of the rules' tests, which are all alike. */
    for (size_t at = 0; at < patient.asked; at += at < 100 ? 1 : patient.asked / 20) {
        struct host host = {.cancel_at = at};
        compilation = open_compilation(&host);
        assert_int_equal(work(compilation, &model), STRIDEC_CANCELLED);
        assert_int_equal(host.asked, at + 1);
        host.compilation = NULL;
        expect_of_later_calls(compilation, &model);
        stridec_free(compilation);
        assert_int_equal(host.held, 0);
    }
    free(model.at);
}

#define LARGE 500 /* elements */

/* ---- every stage asks ---------------------------------------------------------------------- */

/* Few steps go by between two questions, whatever the call is busy with. */
static void questions_grow_with_the_model(void **state) {
    static const char *const formats[] = {"json", "dot", "text"};
    struct text model = model_of(LARGE);
    struct host host = {.cancel_at = SIZE_MAX};
    stridec *compilation = open_compilation(&host);
    (void)state;
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length), STRIDEC_OK);
    assert_true(host.asked > LARGE / 20);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct text out = {0};
        const stridec_output wanted = {.size = sizeof wanted, .all = true};
        host.asked = 0;
        assert_int_equal(stridec_emit(compilation, formats[i], &wanted, text_take, &out),
                         STRIDEC_OK);
        assert_true(host.asked >= LARGE / 64);
        free(out.at);
    }
    stridec_free(compilation);
    free(model.at);
}

static void yaml_asks_too(void **state) {
    struct text model = model_of(LARGE), yaml = {0};
    struct host host = {.cancel_at = SIZE_MAX};
    stridec *compilation = open_compilation(&host);
    (void)state;
    assert_int_equal(
        stridec_convert(compilation, "m.dfd", model.at, model.length, "yaml", text_take, &yaml),
        STRIDEC_OK);
    stridec_free(compilation);
    host = (struct host){.cancel_at = SIZE_MAX};
    compilation = open_compilation(&host);
    assert_int_equal(stridec_compile(compilation, "m.yaml", yaml.at, yaml.length), STRIDEC_OK);
    stridec_free(compilation);
    size_t asked = host.asked;
    host = (struct host){.cancel_at = asked / 3};
    compilation = open_compilation(&host);
    assert_int_equal(stridec_compile(compilation, "m.yaml", yaml.at, yaml.length),
                     STRIDEC_CANCELLED);
    stridec_free(compilation);
    assert_int_equal(host.held, 0);
    free(model.at);
    free(yaml.at);
}

/* ---- layout -------------------------------------------------------------------------------- */

/* The program sleeps; the host waits for a while and leaves no process. */
static void a_layout_under_way_is_ended(void **state) {
    char *folder = make_folder(), *program = format("%s/stridec-layout", folder);
    char *script = format("#!/bin/sh\necho $$ >%s/pid\nexec sleep 50\n", folder);
    char *run = format("chmod +x %s", program);
    char *gone = format("! kill -0 $(cat %s/pid)", folder);
    struct text model = model_of(3), svg = {0};
    struct host host = {.cancel_at = SIZE_MAX};
    const stridec_output wanted = {.size = sizeof wanted, .layout = program};
    stridec *compilation = open_compilation(&host);
    (void)state;
    write_file(program, script, strlen(script));
    assert_int_equal(run_command(&(struct command){.script = run}), 0);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length), STRIDEC_OK);
    host.cancel_at = host.asked + 20;
    time_t start = time(NULL);
    assert_int_equal(stridec_emit(compilation, "svg", &wanted, text_take, &svg), STRIDEC_CANCELLED);
    assert_true(time(NULL) - start < 15);
    assert_int_equal(run_command(&(struct command){.script = gone}), 0);
    assert_int_equal(svg.length, 0);
    stridec_free(compilation);
    assert_int_equal(host.held, 0);
    remove_folder(folder);
    free(folder), free(program), free(script), free(run), free(gone), free(model.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_can_be_cancelled_at_each_question),
        cmocka_unit_test(questions_grow_with_the_model),
        cmocka_unit_test(yaml_asks_too),
        cmocka_unit_test(a_layout_under_way_is_ended),
    };
    return cmocka_run_group_tests_name("cancel", tests, NULL, NULL) != 0;
}
