/* Any bytes as the YAML form of a model. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct document document = {"x.yaml", (const char *)data, size};
    stridec_status status;
    stridec *compilation = compile_document(&document, &status);
    struct bytes json = emit_output(compilation, "json", NULL);
    if (json.length) {
        check_json(json);
        require_both_forms(compilation, &document);
    }
    try_with_little_memory(&document);
    free(json.at);
    stridec_free(compilation);
    return 0;
}
