/* Any bytes as a file of the language: models, rule packs and triage files. The formatter has a
 * fixed point and changes no meaning. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

/* The text in house style; `at` is NULL when it cannot be read. */
static struct bytes reformat(const struct document *document, bool sort) {
    struct bytes styled = {0};
    bytes_add(&styled, "", 0);
    stridec *compilation = open_compilation(document);
    stridec_status status = stridec_reformat(compilation, document->path, document->at,
                                             document->length, sort, bytes_take, &styled);
    check_diagnostics(compilation, document);
    stridec_free(compilation);
    if (status == STRIDEC_OK)
        return styled;
    if (status != STRIDEC_INVALID || styled.length)
        refuse("fmt says: %s, and wrote %zu bytes", stridec_status_text(status), styled.length);
    free(styled.at);
    return (struct bytes){0};
}

static void require_fixed_point(struct bytes styled, bool sort) {
    struct document document = document_of("x.dfd", styled);
    struct bytes again = reformat(&document, sort);
    if (!again.at)
        refuse("fmt cannot read what fmt wrote:\n%s", styled.at);
    if (!bytes_equal(styled, again))
        refuse("fmt twice differs from once:\n%s\n----\n%s", styled.at, again.at);
    free(again.at);
}

/* Whether the text was taken for that of another tool, which is one message for all of it. */
static bool is_foreign(stridec *compilation) {
    stridec_diagnostic first = {.size = sizeof first};
    return stridec_diagnostic_at(compilation, 0, &first) && strcmp(first.code, "E0127") == 0;
}

/* A text that did not compile must not begin to, and must have as many mistakes. Where nothing in
 * it is ours, the look of its lines may decide what it is taken for, and a style changes that. */
static void require_same_errors(stridec *compilation, const struct document *styled) {
    stridec_status status;
    stridec *second = compile_document(styled, &status);
    size_t before = stridec_level_count(compilation, STRIDEC_ERROR);
    size_t after = stridec_level_count(second, STRIDEC_ERROR);
    if (before != after && !(before && after && (is_foreign(compilation) || is_foreign(second))))
        refuse("%zu errors before fmt, %zu after:\n%s", before, after, styled->at);
    stridec_free(second);
}

static void check_style(stridec *compilation, stridec_status status,
                        const struct document *document, bool sort) {
    struct bytes styled = reformat(document, sort);
    if (!styled.at) {
        if (status == STRIDEC_OK)
            refuse("compiles, and fmt cannot read it");
        return;
    }
    struct document second = document_of("x.dfd", styled);
    require_fixed_point(styled, sort);
    if (status == STRIDEC_OK)
        require_same_model(compilation, &second, sort ? "fmt --sort" : "fmt");
    else
        require_same_errors(compilation, &second);
    free(styled.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct document document = {"x.dfd", (const char *)data, size};
    stridec_status status;
    stridec *compilation = compile_document(&document, &status);
    struct bytes json = emit_output(compilation, "json", NULL);
    if (json.length) {
        check_json(json);
        require_both_forms(compilation, &document);
    }
    check_style(compilation, status, &document, false);
    check_style(compilation, status, &document, true);
    try_with_little_memory(&document);
    free(json.at);
    stridec_free(compilation);
    return 0;
}
