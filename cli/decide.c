/* Has decisions made by the library, and writes them. One compilation says what is to be written;
 * another one, with that in it, has to compile before anything is. */
// SPDX-License-Identifier: MIT
#include "decide.h"

#include "changes.h"
#include "files.h"
#include "gate.h"
#include "pool.h"
#include "report.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TRIES 60      /* on a busy machine others write many times before one has compiled */
#define PAUSE 2000000 /* nanoseconds, more with each try */
#define PACES 3       /* of runs that began together, so that they do not meet again and again */

/* ---- what is refused --------------------------------------------------------------------- */

/* What is to be decided: a list, or a sheet of answers. */
struct wanted {
    const stridec_request *requests;
    size_t count;
    const char *sheet; /* its path; NULL: a list */
    const struct text *text;
};

#define MOST_TOLD 10
#define MOST_LINES 20

static void complain_of_refusal(const stridec_refused *refused, const struct wanted *wanted) {
    bool coded = *refused->code != 0;
    const char *before = coded ? " [" : "", *after = coded ? "]" : "";
    if (refused->line && *refused->id)
        complain("%s:%zu: %s: %s%s%s%s", wanted->sheet, refused->line, refused->id,
                 refused->message, before, refused->code, after);
    else if (wanted->sheet)
        complain("%s:%zu: %s%s%s%s", wanted->sheet, refused->line, refused->message, before,
                 refused->code, after);
    else if (wanted->count > 1)
        complain("decision %zu: %s%s%s%s", refused->request + 1, refused->message, before,
                 refused->code, after);
    else
        complain("%s%s%s%s", refused->message, before, refused->code, after);
}

static void complain_of_refusals(stridec *compilation, const struct wanted *wanted) {
    stridec_refused refused = {.size = sizeof refused};
    size_t count = 0;
    for (; stridec_refused_at(compilation, count, &refused); count++)
        if (!wanted->sheet || count < MOST_LINES)
            complain_of_refusal(&refused, wanted);
    if (wanted->sheet && count > MOST_LINES)
        complain("%s: and %zu more like these", wanted->sheet, count - MOST_LINES);
    if (wanted->sheet)
        complain("%s: nothing is taken from it until all of it can be used", wanted->sheet);
}

static bool note(struct session *session, stridec_status status, const struct wanted *wanted) {
    if (status == STRIDEC_MISUSE)
        complain_of_refusals(session->compilation, wanted);
    else if (status == STRIDEC_INVALID && !stridec_level_count(session->compilation, STRIDEC_ERROR))
        complain_of_no_place(session->path);
    return session_note(session, status);
}

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
    for (size_t i = 0; i < decided->note_count; i++) {
        fputs("  ", stdout);
        print_text(stdout, decided->notes[i]);
        putchar('\n');
    }
}

/* Of a sheet, most lines say what is so already. */
static void tell(stridec *compilation, const struct wanted *wanted) {
    stridec_decided decided = {.size = sizeof decided};
    size_t told = 0;
    for (size_t i = 0; stridec_decided_at(compilation, i, &decided); i++) {
        if (wanted->sheet && !decided.changes)
            continue;
        told++;
        if (report_is_on())
            report_decision(&decided);
        else if (!wanted->sheet || told <= MOST_LINES)
            tell_decision(&decided);
    }
    if (wanted->sheet && !report_is_on() && told > MOST_LINES)
        printf("and %zu more\n", told - MOST_LINES);
    if (wanted->sheet && !report_is_on() && !told) {
        print_text(stdout, wanted->sheet);
        puts(": nothing new in it");
    }
}

/* What has been decided, by the names that the gate knows it by: what is done about threats is seen
 * at them. That nothing is done about a threat that has just been recorded is no news. */
static size_t name_decided(stridec *compilation, const struct wanted *wanted, struct pool *pool,
                           const char ***names) {
    stridec_decided decided = {.size = sizeof decided};
    size_t count = 0, room = 0;
    for (size_t i = 0; stridec_decided_at(compilation, i, &decided); i++)
        room += 1 + decided.id_count;
    *names = pool_take(pool, room + 1, sizeof **names);
    for (size_t i = 0; *names && stridec_decided_at(compilation, i, &decided); i++) {
        bool states =
            wanted->requests && strcmp(wanted->requests[decided.request].verb, "state") == 0;
        bool treats = strcmp(decided.kind, "mitigation") == 0 || strcmp(decided.kind, "risk") == 0;
        if (!decided.changes || (strcmp(decided.kind, "threat") == 0 && !states))
            continue;
        (*names)[count++] = decided.id;
        for (size_t j = 0; treats && j < decided.id_count; j++)
            (*names)[count++] = decided.ids[j];
    }
    return count;
}

static void foretell(stridec *compilation, const struct wanted *wanted,
                     const struct changes *changes) {
    struct pool pool = {0};
    const char **names;
    size_t count = name_decided(compilation, wanted, &pool, &names);
    gate_foretell(changes->compiled, names, count);
    pool_free(&pool);
}

/* Nothing is said of what has not been written. */
static bool write_changes(const struct deciding *deciding, const struct wanted *wanted,
                          stridec *compilation, struct changes *changes) {
    if (!targets_write(changes->files, changes->count))
        return false;
    if (!deciding->quiet) {
        tell(compilation, wanted);
        changes_tell(changes);
    }
    foretell(compilation, wanted, changes);
    return !deciding->undo || undo_keep(deciding->undo, changes);
}

static stridec_status decide_wanted(stridec *compilation, const struct wanted *wanted) {
    return wanted->sheet ? stridec_decide_csv(compilation, wanted->text->at, wanted->text->length,
                                              getenv("STRIDEC_AUTHOR"))
                         : stridec_decide(compilation, wanted->requests, wanted->count);
}

static enum outcome try_to_decide(const struct deciding *deciding, const struct wanted *wanted) {
    struct session session;
    struct changes changes = {0};
    bool fine = session_open(&session, deciding->run, deciding->path);
    session.only_errors = true;
    fine = fine && note(&session, decide_wanted(session.compilation, wanted), wanted) &&
           changes_gather(&changes, &session) && changes_compile(&changes, &session);
    if (fine && deciding->dry_run) {
        if (report_is_on())
            tell(session.compilation, wanted);
        changes_show(&changes, deciding->run->color);
        foretell(session.compilation, wanted, &changes);
    } else if (fine && !write_changes(deciding, wanted, session.compilation, &changes)) {
        session_fail(&session, OUTCOME_FAILURE);
    }
    changes_free(&changes);
    return session_close(&session);
}

/* When somebody else has written meanwhile, it is decided anew about what there is then. */
static enum outcome decide_in(const struct deciding *deciding, const struct wanted *wanted) {
    enum outcome outcome = OUTCOME_FAILURE;
    for (unsigned i = 0; i < TRIES; i++) {
        const struct timespec pause = {0, (long)i * PAUSE / PACES * (PACES - getpid() % PACES)};
        size_t before = changes_seen();
        (void)nanosleep(&pause, NULL);
        complaints_hold();
        outcome = try_to_decide(deciding, wanted);
        if (outcome != OUTCOME_FAILURE || changes_seen() == before || i + 1 == TRIES)
            break;
        complaints_forget();
    }
    complaints_release();
    return outcome;
}

enum outcome decide(const struct deciding *deciding, const stridec_request *decisions,
                    size_t count) {
    const struct wanted wanted = {.requests = decisions, .count = count};
    return decide_in(deciding, &wanted);
}

enum outcome decide_sheet(const struct deciding *deciding, const char *path,
                          const struct text *sheet) {
    const struct wanted wanted = {.sheet = path, .text = sheet};
    return decide_in(deciding, &wanted);
}
