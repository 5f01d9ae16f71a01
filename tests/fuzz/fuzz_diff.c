/* Two models and what differs between them: texts with a line %% between, or else both made from
 * choices, the second from the second half of the input's bytes. */
// SPDX-License-Identifier: MIT
#include "generator.h"
#include "models/diff_oracle.h"
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

#define BETWEEN "\n%%\n"

/* Where the second text begins; NULL: nothing stands between two. */
static const uint8_t *find_second(const uint8_t *data, size_t size) {
    const size_t length = strlen(BETWEEN);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(data + i, BETWEEN, length) == 0)
            return data + i + length;
    return NULL;
}

static void split_input(const uint8_t *data, size_t size, struct bytes models[2]) {
    const uint8_t *second = find_second(data, size), *end = data + size;
    for (size_t i = 0; i < 2; i++)
        bytes_add(&models[i], "", 0);
    if (second) {
        bytes_add(&models[0], (const char *)data, (size_t)(second - data) - strlen(BETWEEN) + 1);
        bytes_add(&models[1], (const char *)second, (size_t)(end - second));
        return;
    }
    struct choices halves[2] = {{data, data + size / 2}, {data + size / 2, end}};
    for (size_t i = 0; i < 2; i++)
        generate_model(&halves[i], &models[i]);
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
    struct bytes models[2] = {{0}};
    stridec *compilations[2];
    bool both = true;
    split_input(data, size, models);
    for (size_t i = 0; i < 2; i++) {
        struct document document = document_of("x.dfd", models[i]);
        stridec_status status;
        compilations[i] = compile_document(&document, &status);
        both = both && status == STRIDEC_OK && stridec_row_count(compilations[i]);
    }
    if (both) {
        char *problem = check_difference(compilations[0], compilations[1]);
        if (problem)
            refuse("%s", problem);
        check_words(compilations[0], compilations[1], size);
    }
    for (size_t i = 0; i < 2; i++) {
        stridec_free(compilations[i]);
        free(models[i].at);
    }
    return 0;
}
