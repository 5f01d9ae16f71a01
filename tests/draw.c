/* A host that draws: its callback runs the layout program itself, and the picture is the one that
 * the library has from that program. Whatever else a callback does, the call returns without a
 * picture, and all else can still be had. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* Draws in a folder, and counts. */
struct drawer {
    const char *command; /* dot.in to svg.out, in that folder */
    size_t calls, refused;
    stridec *compilation; /* called from within; NULL: not */
};

/* In pieces, as a pipe would bring them. */
static const char *draw(void *context, const char *dot, size_t length, stridec_sink *take,
                        void *taker) {
    struct drawer *drawer = context;
    char *folder = make_folder();
    char *input = format("%s/dot.in", folder), *output = format("%s/svg.out", folder);
    drawer->calls++;
    write_file(input, dot, length);
    int code = run_command(&(struct command){.folder = folder, .script = drawer->command});
    struct text svg = read_if_there(output);
    bool taken = true;
    for (size_t i = 0; i < svg.length && taken; i += 1000)
        taken = take(taker, svg.at + i, svg.length - i < 1000 ? svg.length - i : 1000);
    drawer->refused += !taken;
    if (drawer->compilation)
        assert_int_equal(stridec_emit(drawer->compilation, "dot", NULL, text_take, &svg),
                         STRIDEC_MISUSE);
    remove_folder(folder);
    free(svg.at);
    free(output);
    free(input);
    free(folder);
    return code == 0 ? NULL : "it does not\x1b run\nhere";
}

#define REAL "stridec-layout <dot.in >svg.out"

static stridec *compile(const stridec_config *config, const char *path, const struct text *model) {
    stridec *compilation = stridec_new(config);
    assert_non_null(compilation);
    assert_int_equal(stridec_compile(compilation, path, model->at, model->length), STRIDEC_OK);
    return compilation;
}

static const char small_model[] = "boundary b \"B\" { process p \"P\" { kind: api } }\n"
                                  "external u \"U\"\nflow f = u -> p : \"GET /\"\n"
                                  "view whole \"V\" { include: [p, u] }\n";

static struct text small(void) {
    struct text text = {0};
    text_add(&text, small_model, sizeof small_model - 1);
    return text;
}

/* ---- the same picture ---------------------------------------------------------------------- */

/* `layout` of the options names nothing: with a callback no program is started. */
static void expect_same(const char *path, const struct text *model, const char *view,
                        const char *version) {
    struct drawer drawer = {.command = REAL};
    const stridec_config config = {
        .size = sizeof config, .draw = draw, .draw_context = &drawer, .draw_version = version};
    char *program = format("%s/stridec-layout", build_folder());
    stridec_output wanted = {
        .size = sizeof wanted, .model_name = path, .view = view, .layout = program};
    struct text by_program = {0}, by_host = {0}, again = {0}, dot = {0};
    stridec *one = compile(NULL, path, model), *other = compile(&config, path, model);
    assert_int_equal(stridec_emit(one, "svg", &wanted, text_take, &by_program), STRIDEC_OK);
    wanted.layout = "/bin/false";
    assert_int_equal(stridec_emit(other, "svg", &wanted, text_take, &by_host), STRIDEC_OK);
    assert_true(drawer.calls > 0);
    assert_true(by_host.length > 1000);
    assert_string_equal(by_host.at, by_program.at);
    /* A picture that one has drawn is kept by the other. */
    size_t calls = drawer.calls;
    wanted.previous = by_program.at;
    assert_int_equal(stridec_emit(other, "svg", &wanted, text_take, &again), STRIDEC_OK);
    assert_int_equal(drawer.calls, calls);
    assert_string_equal(again.at, by_program.at);
    assert_int_equal(stridec_emit(other, "dot", &wanted, text_take, &dot), STRIDEC_OK);
    stridec_free(one);
    stridec_free(other);
    free(by_program.at), free(by_host.at), free(again.at), free(dot.at), free(program);
}

static void a_host_draws_what_the_program_draws(void **state) {
    char *version = graphviz_version();
    struct paths samples = find_samples();
    struct text model = small();
    (void)state;
    expect_same("small.dfd", &model, NULL, version);
    expect_same("small.dfd", &model, "whole", version);
    for (size_t i = 0; i < samples.count; i++) {
        char *path = format("%s.dfd", samples.items[i]);
        struct text sample = read_file(path);
        expect_same(path, &sample, NULL, version);
        free(sample.at);
        free(path);
    }
    free(model.at);
    free_paths(&samples);
    free(version);
}

static void another_version_draws_anew(void **state) {
    static const char *const versions[] = {"1", "1", "2", NULL, "", NULL};
    static const size_t drawn[] = {1, 0, 1, 1, 0, 0};
    struct text model = small(), before = {0};
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct drawer drawer = {.command = REAL};
        const stridec_config config = {.size = sizeof config,
                                       .draw = draw,
                                       .draw_context = &drawer,
                                       .draw_version = versions[i]};
        const stridec_output wanted = {.size = sizeof wanted, .previous = before.at};
        struct text svg = {0};
        stridec *compilation = compile(&config, "small.dfd", &model);
        assert_int_equal(stridec_emit(compilation, "svg", &wanted, text_take, &svg), STRIDEC_OK);
        assert_int_equal(drawer.calls, drawn[i]);
        stridec_free(compilation);
        free(before.at);
        before = svg;
    }
    free(before.at);
    free(model.at);
}

/* ---- no picture ---------------------------------------------------------------------------- */

static void expect_no_picture(stridec_drawer *callback, struct drawer *drawer, const char *why) {
    const stridec_config config = {
        .size = sizeof config, .draw = callback, .draw_context = drawer, .draw_version = "1"};
    struct text model = small(), svg = {0}, json = {0};
    stridec *compilation = compile(&config, "small.dfd", &model);
    stridec_diagnostic found = {.size = sizeof found};
    drawer->compilation = compilation;
    assert_int_equal(stridec_emit(compilation, "svg", NULL, text_take, &svg), STRIDEC_NO_PICTURE);
    assert_int_equal(svg.length, 0);
    bool said = false;
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &found); i++)
        if (strcmp(found.code, "W0701") == 0) {
            assert_int_equal(found.level, STRIDEC_WARNING);
            assert_non_null(strstr(found.message, why));
            said = true;
        }
    assert_true(said);
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &json), STRIDEC_OK);
    stridec_free(compilation);
    free(model.at), free(svg.at), free(json.at);
}

static const char *draw_without_end(void *context, const char *dot, size_t length,
                                    stridec_sink *take, void *taker) {
    static char piece[1 << 16];
    struct drawer *drawer = context;
    (void)dot, (void)length;
    memset(piece, ' ', sizeof piece);
    while (take(taker, piece, sizeof piece))
        ;
    drawer->refused += !take(taker, piece, 1);
    return NULL;
}

static void what_is_no_picture_is_said(void **state) {
    static const struct {
        const char *command, *why;
    } rows[] = {
        {"exit 3", "no picture: the layout program says: it does not  run"},
        {REAL "; exit 3", "no picture: the layout program says: it does not  run"},
        {"true", "no picture: the layout program wrote nothing"},
        {"echo hello >svg.out", "no picture: the layout program did not write SVG"},
        {"printf '\\377\\376\\0' >svg.out", "no picture: the layout program did not write SVG"},
        {REAL "; head -n 20 svg.out >cut; mv cut svg.out",
         "no picture: the layout program's SVG is cut off"},
        {"sed s/GET/PUT/ dot.in | stridec-layout >svg.out",
         "no picture: the layout program's SVG has a text that is none of the model's"},
        {REAL "; sed -i 's|<polygon|<script/><polygon|' svg.out",
         "no picture: the layout program's SVG has an element that is not known"},
    };
    struct drawer endless = {0};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct drawer drawer = {.command = rows[i].command};
        expect_no_picture(draw, &drawer, rows[i].why);
        assert_int_equal(drawer.calls, 1);
    }
    expect_no_picture(draw_without_end, &endless,
                      "no picture: the layout program wrote more than 1");
    assert_int_equal(endless.refused, 1);
}

/* The sink says no, so that the callback can close what it has open; the call fails after it. */
static void memory_that_runs_out_lets_the_callback_end(void **state) {
    struct drawer endless = {0};
    const stridec_config config = {.size = sizeof config,
                                   .draw = draw_without_end,
                                   .draw_context = &endless,
                                   .memory_limit = (size_t)3 << 20};
    struct text model = small(), svg = {0};
    stridec *compilation = compile(&config, "small.dfd", &model);
    (void)state;
    assert_int_equal(stridec_emit(compilation, "svg", NULL, text_take, &svg), STRIDEC_OVER_LIMIT);
    assert_int_equal(endless.refused, 1);
    stridec_free(compilation);
    free(model.at), free(svg.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_draws_what_the_program_draws),
        cmocka_unit_test(another_version_draws_anew),
        cmocka_unit_test(what_is_no_picture_is_said),
        cmocka_unit_test(memory_that_runs_out_lets_the_callback_end),
    };
    return cmocka_run_group_tests_name("draw", tests, NULL, NULL) != 0;
}
