/* Renames: each declaration of the samples and of random models, with decisions beside them, gets
 * another id, and nothing but ids is other than before. */
// SPDX-License-Identifier: MIT
#include "models/random_model.h"
#include "models/rename_oracle.h"
#include "stridec.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t try_names(const struct model_text *text, size_t first, size_t count) {
    size_t renamed = 0;
    for (size_t i = first; i < first + count; i++) {
        bool done;
        char *problem = check_rename(text, i, &done);
        if (problem)
            fail_msg("%s, declaration %zu: %s", text->path, i, problem);
        renamed += done;
    }
    return renamed;
}

static void declarations_of_samples_are_renamed(void **state) {
    static const char *const endings[] = {"dfd", "yaml"};
    struct paths samples = find_samples();
    size_t renamed = 0;
    (void)state;
    for (size_t i = 0; i < samples.count; i++) {
        char *beside = format("%s.triage.dfd", samples.items[i]);
        struct text decisions = read_file(beside);
        for (size_t j = 0; j < 2; j++) {
            char *path = format("%s.%s", samples.items[i], endings[j]);
            struct text model = read_file(path);
            struct model_text text = {path, model.at, model.length, decisions.at, decisions.length};
            renamed += try_names(&text, 0, getenv("SLOW") ? 150 : 12);
            free(model.at);
            free(path);
        }
        free(decisions.at);
        free(beside);
    }
    assert_true(renamed > 50);
    free_paths(&samples);
}

/* ---- random models ----------------------------------------------------------------------- */

static stridec_loaded nothing_there(void *context, const char *path, stridec_sink *take,
                                    void *taker) {
    (void)context, (void)path, (void)take, (void)taker;
    return STRIDEC_NOT_THERE;
}

#define MOST_DECIDED 40

/* The first open questions of a model, as ROW/ID. */
static size_t find_open(stridec *compilation, const char **ids) {
    stridec_row row = {.size = sizeof row};
    stridec_pattern pattern = {.size = sizeof pattern};
    size_t count = 0;
    for (size_t i = 0; stridec_row_at(compilation, i, &row); i++)
        for (size_t j = 0; stridec_pattern_at(compilation, i, j, &pattern); j++)
            if (strcmp(pattern.state, "open") == 0 && count < MOST_DECIDED)
                ids[count++] = format("%s/%s", row.id, pattern.id);
    return count;
}

/* Dismisses them, with what that rests on. */
static struct text decide(const struct text *model) {
    const stridec_config config = {.size = sizeof config, .load = nothing_there, .decisions = true};
    stridec *compilation = stridec_new(&config);
    const char *reason = "A test", *code = "not_plausible", *ids[MOST_DECIDED];
    const stridec_stated stated[] = {
        {.size = sizeof *stated, .name = "reason", .values = &reason, .value_count = 1},
        {.size = sizeof *stated, .name = "code", .values = &code, .value_count = 1},
    };
    struct text decisions = {0};
    stridec_compile(compilation, "m.dfd", model->at, model->length);
    size_t count = find_open(compilation, ids);
    const stridec_request request = {.size = sizeof request,
                                     .verb = "dismiss",
                                     .ids = ids,
                                     .id_count = count,
                                     .stated = stated,
                                     .stated_count = 2};
    if (count && stridec_decide(compilation, &request, 1) == STRIDEC_OK)
        stridec_write_changed(compilation, "m.triage.dfd", text_take, &decisions);
    for (size_t i = 0; i < count; i++)
        free((char *)(uintptr_t)ids[i]);
    stridec_free(compilation);
    return decisions;
}

static void declarations_of_random_models_are_renamed(void **state) {
    uint32_t count = getenv("SLOW") ? 400 : 12;
    size_t renamed = 0, decided = 0;
    (void)state;
    for (uint32_t i = 0; i < count; i++) {
        struct text model = random_model(i), decisions = decide(&model);
        struct model_text text = {"m.dfd", model.at, model.length, decisions.at, decisions.length};
        renamed += try_names(&text, i, 6);
        decided += decisions.length > 0;
        free(model.at);
        free(decisions.at);
    }
    printf("%zu renamed in %zu models with decisions\n", renamed, decided);
    assert_true(renamed > count && decided > count / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declarations_of_samples_are_renamed),
        cmocka_unit_test(declarations_of_random_models_are_renamed),
    };
    return cmocka_run_group_tests_name("renames", tests, NULL, NULL) != 0;
}
