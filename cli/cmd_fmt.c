/* stridec fmt: house style, in place. A file that somebody saves meanwhile stays as it is. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "report.h"
#include "target.h"

#include <string.h>

static const char about[] =
    "Rewrites models, rule packs and triage files in place, and only those that\n"
    "change. Standard input ('-') goes to standard output. A file with an error in\n"
    "its syntax stays as it is.";

struct style {
    bool check, sort;
};

static bool reformat(struct session *session, const struct style *style, const struct text *before,
                     struct text *after) {
    return session_note(session, stridec_reformat(session->compilation, session->path, before->at,
                                                  before->length, style->sort, text_append, after));
}

static void format_input(struct session *session, const struct style *style) {
    struct text before = {0}, after = {0};
    if (!session_read(session, "-", &before))
        session_fail(session, OUTCOME_FAILURE);
    else if (reformat(session, style, &before, &after)) {
        if (style->check)
            session_compare(session, session->path, text_equals(&before, &after));
        else
            print_result(NULL, after.at, after.length);
    }
    text_free(&before);
    text_free(&after);
}

/* Messages about the syntax show lines of the file, so it is read only where `check` would read it.
 */
static bool may_read(const struct session *session, const char *path) {
    struct text text = {0};
    bool read = session_read(session, path, &text);
    text_free(&text);
    return read;
}

static void format_file(struct session *session, const struct style *style, const char *path) {
    struct target target = {0};
    struct text after = {0};
    if (!may_read(session, path) || !target_open(&target, path, session->root) ||
        target.kind != TARGET_FILE) {
        session_fail(session, OUTCOME_FAILURE);
    } else if (reformat(session, style, &target.before, &after)) {
        target.is_source = true;
        if (style->check)
            session_compare(session, session->path, text_equals(&target.before, &after));
        else if (!target_write(&target, &after))
            session_fail(session, OUTCOME_FAILURE);
        else if (report_is_on())
            report_file(path, text_equals(&target.before, &after) ? "unchanged" : "written");
    }
    text_free(&after);
    target_close(&target);
}

static enum outcome format(const struct invocation *run, const struct style *style,
                           const char *path) {
    struct session session;
    if (session_open(&session, run, NULL)) {
        session_name(&session, path);
        if (strcmp(path, "-") == 0)
            format_input(&session, style);
        else
            format_file(&session, style, path);
    }
    return session_close(&session);
}

enum outcome cmd_fmt(struct invocation *run) {
    struct style style = {0};
    const struct option options[] = {
        {.name = "check", .on = &style.check, .help = "name the files that would change"},
        {.name = "sort", .on = &style.sort, .help = "sort a triage file by subject and id"},
        OPTION_REPORT(run),
        OPTION_STDIN_NAME(run),
        OPTION_MEMORY(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    enum outcome worst = OUTCOME_CLEAN;
    for (size_t i = 0; i < run->words.count; i++) {
        enum outcome outcome = format(run, &style, run->words.at[i]);
        if (outcome > worst)
            worst = outcome;
    }
    return worst;
}
