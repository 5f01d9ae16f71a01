/* One round of `watch`: a compilation as for `report`, whose page stays in memory. */
// SPDX-License-Identifier: MIT
#include "remaking.h"

#include "building.h"
#include "embedded.h"
#include "generated.h"
#include "paths.h"
#include "random.h"
#include "report.h"
#include "session.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

/* ---- complaints -------------------------------------------------------------------------- */

/* Those of the round that is under way: a listener has no context. */
static struct text *heard;

static void hear(const char *message) {
    text_append(heard, "stridec: ", 9);
    stridec_write_text("terminal", message, strlen(message), text_append, heard);
    text_append(heard, "\n", 1);
}

/* ---- what it depends on ------------------------------------------------------------------ */

/* Files of decisions may come: "pay.triage.dfd", and a folder "pay.triage" with more of them. */
static void add_decisions(struct watching *watching, const char *path) {
    const char *base = path_base(path), *dot = strrchr(base, '.');
    char *folder = text_join(path, dot ? (size_t)(dot - path) : strlen(path), ".triage");
    watching_add(watching, folder);
    free(folder);
}

static void add_input(void *watching, const char *path) {
    watching_add(watching, path);
}

static void add_inputs(struct watching *watching, const struct session *session,
                       const char *model) {
    const char *path;
    watching_add(watching, model);
    add_decisions(watching, model);
    session_inputs(session, add_input, watching);
    for (size_t i = 1; (path = stridec_source_at(session->compilation, i)); i++)
        add_decisions(watching, path);
    for (size_t i = 0; (path = stridec_tried_at(session->compilation, i)); i++)
        watching_add(watching, path);
}

/* ---- a round ----------------------------------------------------------------------------- */

static void tell_rows(const struct session *session) {
    print_text(stdout, session->path);
    fputs(": ", stdout);
    print_open_rows(session->compilation);
    putchar('\n');
}

static void make_page(struct session *session, const char *before, struct text *page) {
    stridec_output output = {.size = sizeof output,
                             .model_name = path_base(session->path),
                             .previous = before,
                             .script = watch_script};
    bool made = emit_into(session, "html", &output, text_append, page);
    if (!made && session->outcome != OUTCOME_FAILURE)
        text_free(page);
}

struct remade remake(const struct invocation *run, const char *model, bool builds,
                     struct watching *watching, const char *before) {
    struct remade remade = {0};
    struct session session;
    heard = &remade.problems;
    report_listen(hear);
    watching_begin(watching);
    if (session_open(&session, run, model)) {
        make_page(&session, before, &remade.page);
        if (builds)
            build_files(&session, model, &(struct building){0});
        else if (remade.page.length)
            tell_rows(&session);
    }
    add_inputs(watching, &session, model);
    watching_end(watching);
    if (session.outcome != OUTCOME_CLEAN && session.compilation)
        stridec_print_diagnostics(session.compilation, false, text_append, &remade.problems);
    session_close(&session);
    report_listen(NULL);
    (void)fflush(stdout);
    return remade;
}

void remade_free(struct remade *remade) {
    text_free(&remade->page);
    text_free(&remade->problems);
}

/* Its policy lets nothing run but the one script, by a number that nobody can know. */
bool waiting_page(struct text *page) {
    char nonce[33], head[1024];
    if (!random_digits(nonce, sizeof nonce - 1))
        return false;
    int length = snprintf(
        head, sizeof head,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri "
        "'none'; form-action 'none'; script-src 'nonce-%s'; connect-src 'self'\"/>\n"
        "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>stridec watch</title>\n"
        "</head>\n<body>\n<main><h1>stridec watch</h1>\n"
        "<p>The report is shown here as soon as it can be made.</p></main>\n<script nonce=\"%s\">",
        nonce, nonce);
    static const char end[] = "</script>\n</body>\n</html>\n";
    return text_append(page, head, (size_t)length) &&
           text_append(page, watch_script, watch_script_length) &&
           text_append(page, end, sizeof end - 1);
}
