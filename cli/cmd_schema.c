/* stridec schema: JSON Schemas of what stridec reads and writes. */
// SPDX-License-Identifier: MIT
#include "embedded.h"
#include "options.h"
#include "stridec.h"
#include "terminal.h"

#include <string.h>

static const char about[] =
    "JSON Schemas (2020-12): `model`, the one when none is named, is that of the YAML\n"
    "form, `output` that of threats --format json, `diff` and `summary` those of these\n"
    "commands, `diagnostics` that of the reports which the other commands print with\n"
    "--format json. An editor that is given the first completes and checks models.";

/* The library knows its own, the command line those of what it prints itself. */
static enum outcome print_schema(const char *name) {
    bool printed;
    if (strcmp(name, "diagnostics") == 0)
        printed = print_to_stream(stdout, report_schema, report_schema_length);
    else if (strcmp(name, "summary") == 0)
        printed = print_to_stream(stdout, summary_schema, summary_schema_length);
    else
        printed = stridec_write_schema(name, print_to_stream, stdout) == STRIDEC_OK;
    return printed ? OUTCOME_CLEAN : OUTCOME_FAILURE;
}

enum outcome cmd_schema(struct invocation *run) {
    if (!read_arguments(run, about, NULL, 0))
        return run->outcome;
    return print_schema(run->words.count ? run->words.at[0] : "model");
}
