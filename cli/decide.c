/* One compilation says what is to be written; another one, with that in it, has to compile. */
// SPDX-License-Identifier: MIT
#include "decide.h"

#include "changes.h"
#include "files.h"
#include "report.h"
#include "terminal.h"

#include <string.h>
#include <time.h>

#define TRIES 20
#define PAUSE 2000000 /* nanoseconds, more with each try */

static void complain_of_refusals(stridec *compilation, size_t count) {
    stridec_refused refused = {.size = sizeof refused};
    for (size_t i = 0; stridec_refused_at(compilation, i, &refused); i++) {
        bool coded = *refused.code != 0;
        if (count > 1)
            complain("decision %zu: %s%s%s%s", refused.request + 1, refused.message,
                     coded ? " [" : "", refused.code, coded ? "]" : "");
        else
            complain("%s%s%s%s", refused.message, coded ? " [" : "", refused.code,
                     coded ? "]" : "");
    }
}

static bool note(struct session *session, stridec_status status, size_t count) {
    if (status == STRIDEC_MISUSE)
        complain_of_refusals(session->compilation, count);
    else if (status == STRIDEC_INVALID && !stridec_level_count(session->compilation, STRIDEC_ERROR))
        complain("%s: its decisions have no place where that can be written; nothing is changed",
                 session->path);
    return session_note(session, status);
}

#define MOST_TOLD 10

/* "threat T-pay-replay: T@pay/replay", or a line for each question. */
static void tell_decision(const stridec_decided *decided) {
    if (!decided->changes && !*decided->id) {
        puts(strcmp(decided->kind, "decision") == 0 ? "nothing is unconfirmed"
                                                    : "nothing is pending");
        return;
    }
    fputs(decided->changes ? "" : "decided so already: ", stdout);
    printf("%s ", decided->kind);
    print_text(stdout, decided->id);
    for (size_t i = 0; i < decided->id_count && i < MOST_TOLD; i++) {
        if (decided->id_count == 1 && strcmp(decided->ids[i], decided->id) == 0)
            continue;
        fputs(decided->id_count > 1 ? "\n  " : ": ", stdout);
        print_text(stdout, decided->ids[i]);
    }
    if (decided->id_count > MOST_TOLD)
        printf("\n  and %zu more", decided->id_count - MOST_TOLD);
    putchar('\n');
}

static void tell(stridec *compilation) {
    stridec_decided decided = {.size = sizeof decided};
    for (size_t i = 0; stridec_decided_at(compilation, i, &decided); i++)
        if (report_is_on())
            report_decision(&decided);
        else
            tell_decision(&decided);
}

/* Nothing is said of what has not been written. */
static bool write_changes(const struct deciding *deciding, stridec *compilation,
                          struct changes *changes) {
    if (!targets_write(changes->files, changes->count))
        return false;
    if (!deciding->quiet) {
        tell(compilation);
        for (size_t i = 0; i < changes->count; i++)
            tell_file(changes->files[i].target.path, "written");
    }
    return !deciding->undo || undo_keep(deciding->undo, changes);
}

static enum outcome try_to_decide(const struct deciding *deciding, const stridec_request *decisions,
                                  size_t count) {
    struct session session;
    struct changes changes = {0};
    bool fine = session_open(&session, deciding->run, deciding->path);
    session.only_errors = true;
    fine = fine && note(&session, stridec_decide(session.compilation, decisions, count), count) &&
           changes_gather(&changes, &session) && changes_compile(&changes, &session);
    if (fine && deciding->dry_run) {
        if (report_is_on())
            tell(session.compilation);
        changes_show(&changes, deciding->run->color);
    } else if (fine && !write_changes(deciding, session.compilation, &changes)) {
        session_fail(&session, OUTCOME_FAILURE);
    }
    changes_free(&changes);
    return session_close(&session);
}

/* When somebody else has written meanwhile, it is decided anew about what there is then. */
enum outcome decide(const struct deciding *deciding, const stridec_request *decisions,
                    size_t count) {
    enum outcome outcome = OUTCOME_FAILURE;
    for (unsigned i = 0; i < TRIES; i++) {
        const struct timespec pause = {0, (long)i * PAUSE};
        size_t before = changes_seen();
        (void)nanosleep(&pause, NULL);
        complaints_hold();
        outcome = try_to_decide(deciding, decisions, count);
        if (outcome != OUTCOME_FAILURE || changes_seen() == before || i + 1 == TRIES)
            break;
        complaints_forget();
    }
    complaints_release();
    return outcome;
}
