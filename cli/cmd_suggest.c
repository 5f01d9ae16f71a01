/* stridec suggest: traits that labels tell in passing, for somebody to look at. */
// SPDX-License-Identifier: MIT
#include "changes.h"

#include "report.h"
#include "terminal.h"

#include <string.h>

static const char about[] =
    "Lists traits that are not stated and that a label sounds like: \"Orders\n"
    "(PostgreSQL)\" is `kind: sql`. Nothing counts them before they stand in the\n"
    "model, and none of them settles a question. --write states all: read the diff.\n"
    "`allow: [N0801]` on a declaration, or on the model, leaves it out.";

static void put_fix(stridec_json *json, const stridec_change *fix) {
    stridec_json_object(json, "fix");
    stridec_json_number(json, "start", fix->start);
    stridec_json_number(json, "end", fix->end);
    put_text(json, "text", fix->text);
    stridec_json_end(json);
}

static void put_suggestion(stridec_json *json, stridec *compilation, size_t index,
                           const stridec_suggestion *found) {
    stridec_change fix = {.size = sizeof fix};
    stridec_json_object(json, NULL);
    put_text(json, "code", found->code);
    put_text(json, "id", found->id);
    put_text(json, "kind", found->kind);
    put_text(json, "attribute", found->attribute);
    put_text(json, "value", found->value);
    put_text(json, "message", found->message);
    put_text(json, "path", found->path);
    stridec_json_number(json, "line", found->line);
    stridec_json_number(json, "column", found->column);
    stridec_json_number(json, "end_line", found->end_line);
    stridec_json_number(json, "end_column", found->end_column);
    if (stridec_suggestion_fix_at(compilation, index, &fix))
        put_fix(json, &fix);
    stridec_json_end(json);
}

static void print_suggestion(const stridec_suggestion *found) {
    print_text(stdout, found->path);
    printf(":%zu:%zu: note: ", found->line, found->column);
    print_text(stdout, found->message);
    printf(" [%s]\n", found->code);
}

static void list(const struct session *session) {
    stridec_suggestion found = {.size = sizeof found};
    stridec_json *json = report_is_on() ? report_object("suggestions") : NULL;
    if (json)
        stridec_json_list(json, "list");
    for (size_t i = 0; stridec_suggestion_at(session->compilation, i, &found); i++)
        if (json)
            put_suggestion(json, session->compilation, i, &found);
        else
            print_suggestion(&found);
    if (json)
        stridec_json_end(json);
}

/* Into the file, or a diff of it. */
static void state(struct session *session, bool dry_run) {
    struct changes changes = {0};
    if (changes_note(session, stridec_suggest(session->compilation)) &&
        changes_gather(&changes, session) && changes_compile(&changes, session))
        changes_finish(&changes, session, dry_run);
    changes_free(&changes);
}

enum outcome cmd_suggest(struct invocation *run) {
    bool write = false, dry_run = false;
    const struct option options[] = {
        {.name = "write", .on = &write, .help = "state all of them in FILE"},
        {.name = "dry-run", .on = &dry_run, .help = "show what --write would change"},
        OPTION_REPORT(run),
        OPTION_STDIN_NAME(run),
        OPTION_ROOT(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (write && !dry_run && strcmp(run->words.at[0], "-") == 0) {
        complain("suggest --write changes a file, and standard input is none");
        return OUTCOME_MISUSE;
    }
    struct session session;
    bool opened = session_open(&session, run, run->words.at[0]);
    session.only_errors = true;
    if (opened &&
        !stridec_describe(session.compilation, &(stridec_model){.size = sizeof(stridec_model)})) {
        complain("%s: holds no model, so nothing is suggested", session.path);
        session_fail(&session, OUTCOME_MISUSE);
    } else if (opened && (write || dry_run)) {
        state(&session, dry_run);
    } else if (opened) {
        list(&session);
    }
    if (opened && session.compilation)
        report_count("suggestions", stridec_suggestion_count(session.compilation));
    return session_close(&session);
}
