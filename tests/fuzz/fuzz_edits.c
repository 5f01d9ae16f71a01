/* Any bytes as a text that is edited, in either form: a text that begins with '-' is YAML after
 * that. */
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "models/edit_oracle.h"

#define MOST_DECLARATIONS 12

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    bool is_yaml = size && *data == '-';
    size_t tried = 0;
    char *problem = check_edits(is_yaml ? "x.yaml" : "x.dfd", (const char *)data + is_yaml,
                                size - is_yaml, MOST_DECLARATIONS, &tried);
    if (problem)
        refuse("%s", problem);
    return 0;
}
