/* Compilations of different models in several threads at once, in every format, give what they give
 * one after the other, each with rules of its own and all with the same. `make tsan` watches them.
 */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MOST_THREADS 8

static const char *const paths[] = {"samples/payment/payment.dfd",
                                    "samples/file-upload/file-upload.dfd"};

/* A damaged model, rules of its own, and a model in YAML. */
static const char broken[] = "process a\nflow f = a -> bb : \"x\"\nstore \"s\n";
static const char rule[] =
    "rule extra \"Extra of {flow}\" {\n  category: spoofing; on: flow; row: flow\n"
    "  when ( crosses )\n  unless ( auth )\n  ask: \"What of {flow}?\"\n}\n";
static const char yaml[] = "processes:\n  p: {kind: api}\nexternals:\n  e: {}\n"
                           "flows:\n  f: {from: e, to: p, protocol: https}\n";

/* The work of one thread: a model, and all outputs of it. */
struct work {
    pthread_t thread;
    const char *path;
    struct text model, output;
    char *layout;
    stridec_pack *pack; /* with the rule; NULL: it is added */
};

/* Notes a status under the name of its call, so that a difference shows which call it was. */
static void note_status(struct work *work, const char *call, stridec_status status) {
    const char *text = stridec_status_text(status);
    text_add(&work->output, call, strlen(call));
    text_add(&work->output, ": ", 2);
    text_add(&work->output, text, strlen(text));
    text_add(&work->output, "\n", 1);
}

static void emit_every_format(struct work *work, stridec *compilation) {
    const stridec_output output = {
        .size = sizeof output, .model_name = work->path, .layout = work->layout};
    stridec_format_info format = {.size = sizeof format};
    for (size_t i = 0; stridec_format_at(i, &format); i++)
        note_status(work, format.name,
                    stridec_emit(compilation, format.name, &output, text_take, &work->output));
}

static void compile_one(struct work *work, const char *path, const char *text, size_t length) {
    const stridec_config config = {.size = sizeof config, .pack = work->pack};
    stridec *compilation = stridec_new(&config);
    if (!work->pack)
        assert_int_equal(stridec_add_rules(compilation, "extra.dfd", rule, sizeof rule - 1),
                         STRIDEC_OK);
    note_status(work, path, stridec_compile(compilation, path, text, length));
    emit_every_format(work, compilation);
    note_status(work, "diagnostics",
                stridec_print_diagnostics(compilation, true, text_take, &work->output));
    note_status(work, "reformat",
                stridec_reformat(compilation, path, text, length, true, text_take, &work->output));
    note_status(work, "rule tests", stridec_test_rules(compilation, text_take, &work->output));
    stridec_free(compilation);
}

static void *compile_all(void *context) {
    struct work *work = context;
    compile_one(work, work->path, work->model.at, work->model.length);
    compile_one(work, "broken.dfd", broken, sizeof broken - 1);
    compile_one(work, "model.yaml", yaml, sizeof yaml - 1);
    return NULL;
}

static stridec_pack *pack_with_rule(void) {
    stridec *rules = stridec_new(NULL);
    stridec_pack *pack;
    assert_int_equal(stridec_add_rules(rules, "extra.dfd", rule, sizeof rule - 1), STRIDEC_OK);
    assert_int_equal(stridec_pack_new(rules, &pack), STRIDEC_OK);
    return pack;
}

/* Those together have the pack, which may be NULL. */
static void compare_threads(size_t count, stridec_pack *pack) {
    struct work alone[MOST_THREADS] = {0}, together[MOST_THREADS] = {0};
    for (size_t i = 0; i < count; i++) {
        const char *path = paths[i % (sizeof paths / sizeof *paths)];
        char *layout = format("%s/stridec-layout", build_folder());
        alone[i] = together[i] = (struct work){.path = path, .layout = layout};
        alone[i].model = together[i].model = read_file(path);
        together[i].pack = pack;
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pthread_create(&together[i].thread, NULL, compile_all, &together[i]), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pthread_join(together[i].thread, NULL), 0);
    for (size_t i = 0; i < count; i++) {
        compile_all(&alone[i]);
        assert_string_equal(alone[i].output.at, together[i].output.at);
        free(alone[i].output.at);
        free(together[i].output.at);
        free(alone[i].model.at);
        free(alone[i].layout);
    }
}

static void two_threads_do_not_meet(void **state) {
    (void)state;
    compare_threads(2, NULL);
}

static void eight_threads_do_not_meet(void **state) {
    (void)state;
    compare_threads(MOST_THREADS, NULL);
}

static void eight_threads_share_a_pack(void **state) {
    stridec_pack *pack = pack_with_rule();
    (void)state;
    compare_threads(MOST_THREADS, pack);
    stridec_pack_free(pack);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_threads_do_not_meet),
        cmocka_unit_test(eight_threads_do_not_meet),
        cmocka_unit_test(eight_threads_share_a_pack),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL) != 0;
}
