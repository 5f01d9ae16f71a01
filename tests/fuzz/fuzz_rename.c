/* Any bytes as a model and, after a line %%, the decisions beside it. A text that begins with '-'
 * is YAML after that. Each of its declarations gets another id in turn. */
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "models/rename_oracle.h"

#include <string.h>

#define MOST_RENAMED 6

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    bool is_yaml = size && *data == '-', renamed = true;
    struct model_text text = {is_yaml ? "x.yaml" : "x.dfd", (const char *)data + is_yaml,
                              size - is_yaml, "", 0};
    const char *end = text.at + text.length, *between = find_between(text.at, end);
    if (between) {
        text.decisions = between + strlen(BETWEEN);
        text.decisions_length = (size_t)(end - text.decisions);
        text.length = (size_t)(between + 1 - text.at);
    }
    for (size_t i = 0; renamed && i < MOST_RENAMED; i++) {
        char *problem = check_rename(&text, i * 7 + size, &renamed);
        if (problem)
            refuse("%s", problem);
    }
    return 0;
}
