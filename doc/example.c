/* A program that embeds the library: compiles a model that it holds in memory, shows the open rows
 * of the first tier, and, where a model does not compile, what is wrong with it.
 *
 *     cc -o example example.c $(pkg-config --cflags --libs stridec) */
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include <stridec.h>

static const char model[] = "external customer { kind: browser }\n"
                            "boundary ours {\n"
                            "  process shop { kind: api }\n"
                            "}\n"
                            "flow order = customer -> shop { protocol: https; auth: none }\n";

static const char wrong_model[] = "external customer\n"
                                  "process shop\n"
                                  "flow order = custmer -> shop\n";

static bool write_to(void *stream, const char *at, size_t length) {
    return fwrite(at, 1, length, stream) == length;
}

static void show_diagnostics(stridec *compilation) {
    stridec_diagnostic found = {.size = sizeof found};
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &found); i++)
        if (found.level == STRIDEC_ERROR)
            printf("%s, line %zu, column %zu: %s; %s\n", found.path, found.line, found.column,
                   found.message, found.hint);
}

static stridec_status show_model(const char *name, const char *text) {
    stridec *compilation = stridec_new(NULL);
    if (!compilation)
        return STRIDEC_NO_MEMORY;
    stridec_status status = stridec_compile(compilation, name, text, strlen(text));
    if (status == STRIDEC_OK) {
        const stridec_output first_tier = {.size = sizeof first_tier, .tier = 1};
        printf("%s: %zu open rows in tier 1\n", name, stridec_open_rows(compilation, 1));
        status = stridec_emit(compilation, "text", &first_tier, write_to, stdout);
    } else if (status == STRIDEC_INVALID) {
        show_diagnostics(compilation);
    }
    stridec_free(compilation);
    return status;
}

int main(void) {
    stridec_status first = show_model("shop.dfd", model);
    stridec_status second = show_model("wrong.dfd", wrong_model);
    if (first != STRIDEC_OK)
        fprintf(stderr, "%s\n", stridec_status_text(first));
    return first == STRIDEC_OK && second == STRIDEC_INVALID ? 0 : 1;
}
