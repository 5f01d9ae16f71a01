/* stridec convert: a model in its other form. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "endings.h"
#include "generated.h"
#include "report.h"
#include "target.h"

#include <strings.h>

static const char about[] =
    "Writes a model in its other form: NAME.dfd as YAML, NAME.yaml as DSL. Comments,\n"
    "order and texts are kept, and both forms compile to the same. The form wanted\n"
    "is that of --to, or else the ending of -o. Rule packs and triage files have the\n"
    "DSL form only.";

struct conversion {
    const char *form;   /* dfd, yaml; NULL: the other one */
    const char *output; /* NULL: standard output */
    bool force;
};

/* False, after a complaint, when neither ending nor option names the form wanted. */
static bool choose_form(struct conversion *wanted) {
    if (wanted->form || !wanted->output)
        return true;
    wanted->form = form_of_ending(wanted->output);
    if (wanted->form || !*ending_of(wanted->output))
        return true;
    complain(
        "%s: no form of a model has the ending '%s'; those known are .dfd, .yaml and .yml, and "
        "--to goes with any name",
        wanted->output, ending_of(wanted->output));
    return false;
}

static bool convert(struct session *session, const struct conversion *wanted,
                    const struct text *before, struct text *after) {
    stridec_status status = stridec_convert(session->compilation, session->path, before->at,
                                            before->length, wanted->form, text_append, after);
    if (status == STRIDEC_MISUSE)
        complain("%s: not a model; rule packs and triage files have the DSL form only",
                 session->path);
    return session_note(session, status);
}

/* A slip must not destroy a file that a person may have written by hand. */
static bool may_replace(const struct target *target, const struct text *content, bool force) {
    if (force || target->kind != TARGET_FILE || !target->before.length ||
        target_holds(target, content))
        return true;
    complain("%s: there already, so left as it is; --force writes over it", target->path);
    return false;
}

static void write_output(struct session *session, const struct conversion *wanted,
                         const struct text *content) {
    struct target target;
    if (!target_open(&target, wanted->output, session->root) || !is_not_read(session, &target) ||
        !may_replace(&target, content, wanted->force) || !target_make(&target, content))
        session_fail(session, OUTCOME_FAILURE);
    else if (report_is_on())
        report_file(wanted->output, target_holds(&target, content) ? "unchanged" : "written");
    target_close(&target);
}

static void convert_file(struct session *session, const struct conversion *wanted,
                         const char *path) {
    struct text before = {0}, after = {0};
    if (!session_read(session, path, &before)) {
        session_fail(session, OUTCOME_FAILURE);
    } else if (convert(session, wanted, &before, &after)) {
        if (wanted->output && !is_standard_output(wanted->output))
            write_output(session, wanted, &after);
        else
            print_result(NULL, after.at, after.length);
    }
    text_free(&before);
    text_free(&after);
}

enum outcome cmd_convert(struct invocation *run) {
    struct conversion wanted = {0};
    const struct option options[] = {
        {.name = "to", .argument = "dfd|yaml", .text = &wanted.form, .help = "the form to write"},
        OPTION_OUTPUT(&wanted.output),
        {.name = "force", .on = &wanted.force, .help = "write over a file that is there already"},
        OPTION_REPORT(run),
        OPTION_LEVELS(run),
        OPTION_MEMORY(run),
        OPTION_STDIN_NAME(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (!choose_form(&wanted))
        return OUTCOME_MISUSE;
    struct session session;
    if (session_open(&session, run, NULL)) {
        const char *path = run->words.at[0];
        session_name(&session, path);
        convert_file(&session, &wanted, path);
    }
    return session_close(&session);
}
