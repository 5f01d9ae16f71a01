/* Two models and what differs between them: texts with a line %% between, or else both made from
 * choices, the second from the second half of the input's bytes. After two models, two more texts
 * are the decisions beside them. */
// SPDX-License-Identifier: MIT
#include "generator.h"
#include "models/diff_oracle.h"
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

#define TEXTS 4

/* What is read for one of the models. */
struct side {
    struct bytes model, decisions;
    stridec *compilation;
};

static bool split_sides(const uint8_t *data, size_t size, struct side sides[2]) {
    struct bytes *const texts[TEXTS] = {&sides[0].model, &sides[1].model, &sides[0].decisions,
                                        &sides[1].decisions};
    if (!find_between((const char *)data, (const char *)data + size))
        return false;
    split_texts(data, size, texts, TEXTS);
    return true;
}

static void split_input(const uint8_t *data, size_t size, struct side sides[2]) {
    for (size_t i = 0; i < 2; i++)
        bytes_add(&sides[i].model, "", 0);
    if (split_sides(data, size, sides))
        return;
    struct choices halves[2] = {{data, data + size / 2}, {data + size / 2, data + size}};
    for (size_t i = 0; i < 2; i++)
        generate_model(&halves[i], &sides[i].model);
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct side *side = context;
    if (strcmp(path, "x.triage.dfd") != 0 || !side->decisions.at)
        return STRIDEC_NOT_THERE;
    take(taker, side->decisions.at, side->decisions.length);
    return STRIDEC_LOADED;
}

/* False when there is nothing to compare. */
static bool compile_side(struct side *side) {
    const stridec_config config = {.size = sizeof config,
                                   .memory_limit = (size_t)64 << 20,
                                   .load = load,
                                   .load_context = side,
                                   .decisions = true,
                                   .pack = built_in_pack()};
    side->compilation = stridec_new(&config);
    return stridec_compile(side->compilation, "x.dfd", side->model.at, side->model.length) ==
               STRIDEC_OK &&
           stridec_row_count(side->compilation);
}

static void check_words(stridec *was, stridec *is, size_t size) {
    static const char *const formats[] = {"text", "markdown"};
    const stridec_output output = {
        .size = sizeof output, .all = size % 2, .color = size % 3 == 0, .width = (int)size % 120};
    for (size_t i = 0; i < 2; i++) {
        struct bytes text = {0};
        stridec_status status = stridec_diff(was, is, formats[i], &output, bytes_take, &text);
        if (status != STRIDEC_OK && status != STRIDEC_FINDINGS)
            refuse("diff as %s: %s", formats[i], stridec_status_text(status));
        check_output(formats[i], text, &output);
        free(text.at);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct side sides[2] = {{.compilation = NULL}, {.compilation = NULL}};
    split_input(data, size, sides);
    bool one = compile_side(&sides[0]), other = compile_side(&sides[1]);
    if (one && other) {
        char *problem = check_difference(sides[0].compilation, sides[1].compilation);
        if (problem)
            refuse("%s", problem);
        check_words(sides[0].compilation, sides[1].compilation, size);
    }
    for (size_t i = 0; i < 2; i++) {
        stridec_free(sides[i].compilation);
        free(sides[i].model.at);
        free(sides[i].decisions.at);
    }
    return 0;
}
