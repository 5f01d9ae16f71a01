/* Asks the host for files; its callbacks hand over what they read. */
// SPDX-License-Identifier: MIT
#include "project/loading.h"

#include "base/intake.h"

struct slice place_of(struct project *project, const char *path) {
    struct intake intake;
    intake_open(&intake, &project->arena, SOURCE_LIMIT);
    bool known =
        project->locate && project->locate(project->locate_context, path, intake_take, &intake);
    struct slice place = intake_close(&intake);
    return known ? place : slice_of(path);
}

enum diag_code load_decisions(struct project *project, const char *path, struct slice *text) {
    struct intake intake;
    intake_open(&intake, &project->arena, SOURCE_LIMIT);
    enum diag_code refusal = project->load
                                 ? project->load(project->load_context, path, intake_take, &intake)
                                 : DIAG_import_missing;
    *text = intake_close(&intake);
    return intake.too_large ? DIAG_import_too_large : refusal;
}

/* An import has to be there, and whatever is wrong with it is said. */
enum diag_code load_text(struct project *project, const char *path, struct slice *text,
                         struct slice *why) {
    struct slice folder = slice_of(path);
    enum diag_code refusal = load_decisions(project, path, text);
    while (folder.length && folder.at[folder.length - 1] != '/')
        folder.length--;
    *why = SLICE("");
    if (refusal == DIAG_triage_unread)
        *why = SLICE("it is there, but may not or cannot be read");
    else if (refusal == DIAG_import_missing)
        *why = text_format(&project->arena, "there is no such file in the folder '%.*s'",
                           SLICE_ARGS(folder.length ? folder : SLICE(".")));
    return refusal == DIAG_triage_unread ? DIAG_import_missing : refusal;
}
