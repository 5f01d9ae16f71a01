/* stridec schema: JSON Schemas for those who write or read what stridec reads and writes. */
// SPDX-License-Identifier: MIT
#include "embedded.h"
#include "options.h"
#include "stridec.h"
#include "terminal.h"

#include <string.h>

static const char about[] =
    "JSON Schemas (2020-12): `model` is that of the YAML form, `output` that of threats\n"
    "--format json, `diagnostics` that of the reports which the other commands print\n"
    "with --format json. An editor that knows the first completes and checks models:\n"
    "stridec schema >model.schema.json";

/* The library knows its own, the command line the one of its reports. */
static enum outcome print_schema(const char *name) {
    bool printed = strcmp(name, "diagnostics") == 0
                       ? print_to_stream(stdout, report_schema, report_schema_length)
                       : stridec_write_schema(name, print_to_stream, stdout) == STRIDEC_OK;
    return printed ? OUTCOME_CLEAN : OUTCOME_FAILURE;
}

enum outcome cmd_schema(struct invocation *run) {
    if (!read_arguments(run, about, NULL, 0))
        return run->outcome;
    return print_schema(run->words.count ? run->words.at[0] : "model");
}
