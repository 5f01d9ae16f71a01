/* Models that compile, made from the input's bytes, in every format under options that the input
 * chooses. A text that begins with # is taken for a model as it stands. The picture starts a
 * process: replay.c alone asks for it, by STRIDEC_LAYOUT. */
// SPDX-License-Identifier: MIT
#include "generator.h"
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

static stridec_output choose_options(struct choices *choices, struct bytes names[2]) {
    unsigned flags = choose(choices, 16);
    stridec_output output = {
        .size = sizeof output,
        .tier = (int)choose(choices, 4),
        .all = flags & 1,
        .color = flags & 2,
        .width = (int)choose(choices, 256),
        .layout = getenv("STRIDEC_LAYOUT"),
    };
    for (size_t i = 0; i < 2; i++) {
        bytes_add(&names[i], "", 0);
        choose_text(choices, &names[i]);
    }
    if (flags & 4)
        output.model_name = names[0].at;
    if (flags & 8)
        output.picture = names[1].at;
    return output;
}

/* Each declaration and each row is a line of the JSON. */
static size_t count_lines(stridec *compilation) {
    struct bytes text = emit_output(compilation, "json", NULL);
    size_t lines = 0;
    for (const char *at = text.at; (at = strchr(at, '\n')); at++)
        lines++;
    free(text.at);
    return lines;
}

static void emit_all(stridec *compilation, const struct document *document,
                     const stridec_output *output) {
    stridec_format_info format = {.size = sizeof format};
    size_t lines = count_lines(compilation);
    for (size_t i = 0; stridec_format_at(i, &format); i++) {
        if (!strcmp(format.name, "svg") && !output->layout)
            continue;
        struct bytes text = emit_output(compilation, format.name, output);
        check_size(format.name, text, document->length, lines);
        if (text.length)
            check_output(format.name, text, output);
        if (text.length && !strcmp(format.name, "svg"))
            check_kept(compilation, text, output->model_name);
        free(text.at);
    }
}

static void explain_row(stridec *compilation, const char *row) {
    struct bytes text = {0};
    bytes_add(&text, "", 0);
    stridec_explain(compilation, row, bytes_take, &text);
    check_terminal("explain", text, NOTHING);
    check_log("explain", text);
    free(text.at);
}

static void check_all(const struct document *document, const stridec_output *output) {
    static const char *const rows[] = {"S@f0", "T@f0", "R@process0", "E@process0", "I@store2"};
    stridec_status status;
    stridec *compilation = compile_document(document, &status);
    if (status == STRIDEC_OK) {
        emit_all(compilation, document, output);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            explain_row(compilation, rows[i]);
    }
    try_with_little_memory(document);
    stridec_free(compilation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct choices choices = {data, data + size};
    struct bytes names[2] = {{0}}, model = {0};
    bool as_it_stands = size && *data == '#';
    bytes_add(&model, (const char *)data, as_it_stands ? size : 0);
    stridec_output output = choose_options(&choices, names);
    if (!as_it_stands)
        generate_model(&choices, &model);
    struct document document = document_of("x.dfd", model);
    check_all(&document, &output);
    for (size_t i = 0; i < 2; i++)
        free(names[i].at);
    free(model.at);
    return 0;
}
