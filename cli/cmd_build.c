/* stridec build: the picture beside the model, and the document. */
// SPDX-License-Identifier: MIT
#include "building.h"
#include "generated.h"
#include "report.h"
#include "sections.h"

#include <string.h>

static const char about[] =
    "The picture of NAME.dfd is NAME.svg, the document THREAT-MODEL.md, both beside\n"
    "the model. Files that would stay the same are left alone. A model from standard\n"
    "input needs -o, and its picture is written beside the document.";

/* False, after a complaint, when there is no place for the document. */
static bool check_document(const char *model, const char *document) {
    if (document ? !is_standard_output(document) : strcmp(model, "-") != 0)
        return true;
    complain(document ? "build writes the document to a file; for standard output: stridec threats "
                        "--format markdown FILE"
                      : "a model from standard input has no folder: name the document by -o FILE");
    return false;
}

enum outcome cmd_build(struct invocation *run) {
    struct building how = {0};
    struct session session;
    const struct option options[] = {
        {.letter = 'o',
         .name = "output",
         .argument = "FILE",
         .text = &how.document,
         .help = "the document, in place of " BUILT_DOCUMENT},
        OPTION_SECTIONS(&how.sections),
        OPTION_REPORT(run),
        OPTION_PRODUCTS(run, &how.force),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    const char *model = run->words.at[0];
    if (!check_document(model, how.document) || !check_sections(how.sections) ||
        !check_building(model, &how))
        return OUTCOME_MISUSE;
    if (session_open(&session, run, model))
        build_files(&session, model, &how);
    return session_close(&session);
}
