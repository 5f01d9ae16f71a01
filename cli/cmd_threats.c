/* stridec threats: the rows, as a table for people or as data. */
// SPDX-License-Identifier: MIT
#include "depfile.h"
#include "endings.h"
#include "output.h"
#include "report.h"
#include "sections.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

static const char about[] =
    "The table has the open rows of tier 1, each with its reason and its questions,\n"
    "and counts the rest. Listing rows is no failure: the exit code stays 0.";

enum outcome cmd_threats(struct invocation *run) {
    const char *format = NULL, *tier = "0", *path = NULL, *sections = NULL;
    bool all = false, force = false;
    const struct option options[] = {
        OPTION_FORMAT(&format, "that of -o, else text"),
        {.name = "tier", .argument = "1|2|3", .text = &tier, .help = "rows of this tier only"},
        {.name = "all", .on = &all, .help = "every row, also what is covered or folded, and however many"},
        OPTION_SECTIONS(&sections),
        OPTION_OUTPUT(&path),
        OPTION_PRODUCTS(run, &force),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (!depfile_has_output(run, path))
        return OUTCOME_MISUSE;
    format = format_of_output(path, format, "text", false);
    if (!format || !check_sections(sections))
        return OUTCOME_MISUSE;
    if (sections && strcmp(format, "markdown") != 0 && strcmp(format, "html") != 0) {
        complain("--sections picks parts of the document: add --format markdown, or -o FILE.md");
        return OUTCOME_MISUSE;
    }
    struct session session;
    if (session_open(&session, run, run->words.at[0])) {
        const stridec_output wanted = {
            .size = sizeof wanted,
            .tier = (int)strtol(tier, NULL, 10),
            .all = all,
            .color = !path && color_wanted(run->color, stdout),
            .width = terminal_width(),
            .sections = sections,
        };
        emit_format(&session, format, &wanted, path, force);
    }
    return session_close(&session);
}
