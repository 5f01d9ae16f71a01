/* stridec render: the picture alone, or what it is drawn from. */
// SPDX-License-Identifier: MIT
#include "depfile.h"
#include "endings.h"
#include "output.h"
#include "report.h"

static const char about[] =
    "A picture that an earlier run wrote to the file of -o is drawn again only when\n"
    "the model has changed. A report says what was done; where no file is named, the\n"
    "picture is in it, as SVG.";

enum outcome cmd_render(struct invocation *run) {
    const char *view = NULL, *page = NULL, *path = NULL;
    bool force = false, whole = false;
    const struct option options[] = {
        {.name = "format",
         .argument = "FORMAT",
         .is_format = true,
         .is_picture = true,
         .text = &run->format,
         .help = "one of those below (default: that of -o, else svg)"},
        {.name = "view", .argument = "ID", .text = &view, .help = "draw this view of the model"},
        {.name = "page",
         .argument = "ID",
         .text = &page,
         .help = "draw this page of a large model"},
        {.name = "whole",
         .on = &whole,
         .help = "draw all in one picture, however small its letters are"},
        OPTION_OUTPUT(&path),
        OPTION_PRODUCTS(run, &force),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (!depfile_has_output(run, path))
        return OUTCOME_MISUSE;
    const char *format = format_of_output(path, report_is_on() ? NULL : run->format, "svg", true);
    if (!format)
        return OUTCOME_MISUSE;
    struct session session;
    if (session_open(&session, run, run->words.at[0])) {
        const stridec_output wanted = {
            .size = sizeof wanted, .view = view, .page = page, .whole = whole};
        emit_format(&session, format, &wanted, path, force);
    }
    return session_close(&session);
}
