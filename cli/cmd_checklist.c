/* stridec checklist: the open items of a model in an audit list of somebody else's. */
// SPDX-License-Identifier: MIT
#include "generated.h"
#include "options.h"
#include "report.h"

#include <stdlib.h>

static const char about[] =
    "Keeps what the team has decided to do, and has not done, in LIST, a file in\n"
    "Markdown: between two lines that name the model, at the end of the list where\n"
    "there are none yet. All else in the list stays as it is.";

static bool list_items(struct session *session, const char *name, const struct target *target,
                       struct text *after) {
    const struct text *before = &target->before;
    stridec_status status = stridec_checklist(session->compilation, name, before->at,
                                              before->length, text_append, after);
    if (status != STRIDEC_FINDINGS)
        return session_note(session, status);
    complain("%s: the lines around the open items of %s are no pair; take them out, and they are "
             "written anew",
             target->path, name);
    session_fail(session, OUTCOME_FAILURE);
    return false;
}

static void write_list(struct session *session, struct target *target, const struct text *after) {
    bool same = target_holds(target, after);
    target->is_source = true;
    if (!is_not_read(session, target) || !target_write(target, after))
        session_fail(session, OUTCOME_FAILURE);
    else
        tell_file(target->path, same ? "unchanged" : "written");
}

static void keep_list(struct session *session, const char *path, bool check) {
    struct target target = {0};
    struct text after = {0};
    if (!target_open(&target, path, session->root)) {
        session_fail(session, OUTCOME_FAILURE);
    } else if (target.kind == TARGET_DEVICE) {
        complain("%s: not a file", path);
        session_fail(session, OUTCOME_FAILURE);
    } else {
        char *name = model_seen_from(session, &target);
        bool listed = list_items(session, name, &target, &after);
        if (listed && check)
            session_compare(session, path, target_holds(&target, &after));
        else if (listed)
            write_list(session, &target, &after);
        free(name);
    }
    text_free(&after);
    target_close(&target);
}

enum outcome cmd_checklist(struct invocation *run) {
    bool check = false;
    const struct option options[] = {
        {.name = "check", .on = &check, .help = "name the list if it would change"},
        OPTION_REPORT(run),
        OPTION_LEVELS(run),
        OPTION_STDIN_NAME(run),
        OPTION_RULES(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    struct session session;
    if (session_open(&session, run, run->words.at[0]))
        keep_list(&session, run->words.at[1], check);
    return session_close(&session);
}
