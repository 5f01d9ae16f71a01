/* Moves decisions from beside one model to another. One of the two imports the other, so one
 * compilation reads both; the other model is compiled too, with the decisions that come to it. */
// SPDX-License-Identifier: MIT
#include "move.h"

#include "changes.h"
#include "report.h"
#include "terminal.h"

struct moving {
    const struct invocation *run;
    const char *paths[2]; /* from, to */
    const char *const *ids;
    size_t count;
    struct session sessions[2];
    struct session *main; /* that of the model that imports the other */
    struct changes changes;
};

/* Decisions that name what has gone are errors, and are why this is asked for. */
static bool open_model(struct session *session, const struct invocation *run, const char *path) {
    session_open(session, run, path);
    session->only_errors = true;
    if (session->outcome == OUTCOME_INVALID)
        session->outcome = OUTCOME_CLEAN;
    return session->outcome == OUTCOME_CLEAN;
}

static bool choose_main(struct moving *moving) {
    for (size_t i = 0; i < 2; i++)
        if (session_path_of(&moving->sessions[i], moving->paths[!i])) {
            moving->main = &moving->sessions[i];
            return true;
        }
    complain("neither of %s and %s imports the other, so no decision of one can name what the "
             "other has",
             moving->paths[0], moving->paths[1]);
    session_fail(&moving->sessions[0], OUTCOME_MISUSE);
    return false;
}

static bool move(struct moving *moving) {
    stridec *compilation = moving->main->compilation;
    const char *from = session_path_of(moving->main, moving->paths[0]),
               *to = session_path_of(moving->main, moving->paths[1]);
    stridec_status status = stridec_move(compilation, from, to, moving->ids, moving->count);
    if (status == STRIDEC_MISUSE)
        complain("%s", *stridec_refusal(compilation) ? stridec_refusal(compilation)
                                                     : "decisions move from one model to another");
    else if (status == STRIDEC_INVALID && !stridec_level_count(compilation, STRIDEC_ERROR))
        complain("%s: its decisions have no place where that can be written; nothing is changed",
                 moving->paths[0]);
    return session_note(moving->main, status);
}

static void print_moved(const stridec_moved *moved) {
    printf("%s ", moved->kind);
    print_text(stdout, moved->id);
    if (*moved->reason) {
        fputs(" stays: ", stdout);
        print_text(stdout, moved->reason);
    } else {
        fputs(" moves to ", stdout);
        print_text(stdout, moved->path);
    }
    putchar('\n');
}

static void tell(const struct moving *moving) {
    stridec_moved moved = {.size = sizeof moved};
    if (report_is_on())
        return;
    for (size_t i = 0; stridec_moved_at(moving->main->compilation, i, &moved); i++)
        print_moved(&moved);
}

static bool try_out(struct moving *moving) {
    return changes_compile(&moving->changes, &moving->sessions[0]) &&
           changes_compile(&moving->changes, &moving->sessions[1]);
}

/* What was wrong before is mended, or the outcome says that it is not. */
static enum outcome close_model(struct session *session, bool mended) {
    if (!mended || session->outcome != OUTCOME_CLEAN)
        return session_close(session);
    session_drop(session);
    return OUTCOME_CLEAN;
}

enum outcome move_decisions(const struct invocation *run, const struct names *words, bool dry_run) {
    if (words->count < 2) {
        complain("triage move needs the FILEs of two models: that which has the decisions, and "
                 "that which gets them");
        return OUTCOME_MISUSE;
    }
    struct moving moving = {.run = run,
                            .paths = {words->at[0], words->at[1]},
                            .ids = words->at + 2,
                            .count = words->count - 2};
    bool fine = open_model(&moving.sessions[0], run, moving.paths[0]);
    fine &= open_model(&moving.sessions[1], run, moving.paths[1]);
    fine = fine && choose_main(&moving) && move(&moving) &&
           changes_gather(&moving.changes, moving.main) && try_out(&moving);
    if (fine) {
        tell(&moving);
        changes_finish(&moving.changes, moving.main, dry_run);
    }
    changes_free(&moving.changes);
    enum outcome first = close_model(&moving.sessions[0], fine);
    enum outcome second =
        close_model(&moving.sessions[1], fine || moving.main != &moving.sessions[1]);
    return first > second ? first : second;
}
