/* Runs the gate over a model and says how it ended, on one line. With --since the older state of
 * the model is read from git. */
// SPDX-License-Identifier: MIT
#include "gate.h"

#include "generated.h"
#include "hosts.h"
#include "left.h"
#include "paths.h"
#include "report.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

bool gate_begin(struct gate_run *gate) {
    if (!gate->on && (gate->today || gate->since || gate->list)) {
        complain("--%s goes with --gate", gate->today   ? "today"
                                          : gate->since ? "since"
                                                        : "checklist");
        return false;
    }
    return !gate->on || date_of_today(gate->today, &gate->day);
}

/* ---- the older state --------------------------------------------------------------------- */

struct older {
    struct session session;
    struct revision revision;
    char *word;
    bool opened, compiled;
};

/* "REV:./pay.dfd", as paths of the command line begin here. */
static char *word_of(const char *revision, const char *path) {
    char *head = text_joined(revision, *path == '/' ? ":" : ":./"), *word = text_joined(head, path);
    free(head);
    return word;
}

/* False, after a complaint, when the revision cannot be read. A model that was not there yet had
 * nothing pending. */
static bool open_older(struct older *older, const struct invocation *run, const char *revision,
                       const char *path) {
    struct surroundings around = {.revision = &older->revision};
    older->word = word_of(revision, path);
    if (!revision_open(&older->revision, older->word))
        return false;
    if (!revision_has(&older->revision))
        return true;
    older->opened = true;
    older->compiled = session_begin_in(&older->session, run, older->word, around) &&
                      session_compile(&older->session, older->word);
    return older->compiled || older->session.outcome == OUTCOME_INVALID;
}

static void close_older(struct older *older) {
    if (older->opened)
        session_drop(&older->session);
    revision_close(&older->revision);
    free(older->word);
}

/* ---- the gate ---------------------------------------------------------------------------- */

/* The list, and what it calls the model. */
struct list {
    struct target target;
    char *model;
};

/* False, after a complaint, when there is no such file. */
static bool open_list(struct list *list, const struct session *session, const char *path) {
    if (!target_open(&list->target, path, session->root))
        return false;
    if (list->target.kind != TARGET_FILE) {
        complain(list->target.kind == TARGET_MISSING ? "%s: there is no such list; `stridec "
                                                       "checklist` makes one"
                                                     : "%s: not a file",
                 path);
        return false;
    }
    list->model = model_seen_from(session, &list->target);
    return true;
}

static void close_list(struct list *list) {
    target_close(&list->target);
    free(list->model);
}

static void demand(const struct gate_run *gate, struct session *session, const struct older *older,
                   const struct list *list) {
    const stridec_gate_options options = {
        .size = sizeof options,
        .today = gate->day.text,
        .since = older->compiled ? older->session.compilation : NULL,
        .list_path = gate->list,
        .list = list->target.before.at,
        .list_length = list->target.before.length,
        .list_model = list->model,
    };
    stridec_status status = stridec_gate(session->compilation, &options);
    session->gated = status != STRIDEC_MISUSE; /* of what is no model */
    if (session->gated)
        session_note(session, status);
}

void gate_try(const struct gate_run *gate, struct session *session) {
    struct older older = {0};
    struct list list = {0};
    if (!gate->on || session->outcome != OUTCOME_CLEAN || !session->compilation)
        return;
    if ((gate->since && !session->is_unnamed &&
         !open_older(&older, session->run, gate->since, session->path)) ||
        (gate->list && !open_list(&list, session, gate->list)))
        session_fail(session, OUTCOME_FAILURE);
    else
        demand(gate, session, &older, &list);
    close_list(&list);
    close_older(&older);
}

#define MOST_FORETOLD 10

void gate_foretell(stridec *compilation, const char *const *names, size_t count) {
    struct date day;
    if (!count || !date_of_today(NULL, &day))
        return;
    const stridec_gate_options options = {
        .size = sizeof options, .today = day.text, .about = names, .about_count = count};
    stridec_diagnostic found = {.size = sizeof found}, note = {.size = sizeof note};
    size_t told = 0;
    (void)stridec_gate(compilation, &options);
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &found); i++)
        if (*found.code == 'G' && told++ < MOST_FORETOLD) {
            if (!*found.hint && stridec_note_at(compilation, i, 0, &note))
                found.hint = note.message;
            warn_of(&found);
        }
    if (told > MOST_FORETOLD)
        fprintf(error_stream(), "and %zu more: stridec check --gate\n", told - MOST_FORETOLD);
}

#define UNDECIDED "G0901"

/* What the line of a gate says about the decisions. */
struct told_decisions {
    size_t threats, dismissals, baselines;
    struct text open, asleep; /* "T-1 (planned), T-2 (unmitigated)" */
};

static void add(struct text *list, const char *words) {
    text_append(list, words, strlen(words));
}

/* "T-1 (in progress)" */
static void add_threat(struct text *list, const stridec_decision *threat, bool with_state) {
    add(list, list->length ? ", " : "");
    stridec_write_text("terminal", threat->id, strlen(threat->id), text_append, list);
    add(list, with_state ? " (" : "");
    for (const char *at = with_state ? threat->state : ""; *at; at++)
        text_append(list, *at == '_' ? " " : at, 1);
    add(list, with_state ? ")" : "");
}

static struct told_decisions find_told(stridec *compilation) {
    struct told_decisions told = {0};
    stridec_decision decision = {.size = sizeof decision};
    for (size_t i = 0; stridec_decision_at(compilation, i, &decision); i++) {
        bool is_threat = strcmp(decision.kind, "threat") == 0;
        told.threats += is_threat;
        told.dismissals += strcmp(decision.kind, "dismiss") == 0;
        told.baselines += strcmp(decision.kind, "baseline") == 0;
        if (is_threat && threat_is_open(decision.state))
            add_threat(&told.open, &decision, true);
        if (is_threat && threat_is_asleep(decision.state))
            add_threat(&told.asleep, &decision, false);
    }
    return told;
}

/* "3 threats" */
static void print_count(FILE *stream, size_t count, const char *one, const char *many) {
    fprintf(stream, "%zu %s", count, count == 1 ? one : many);
}

/* What it has looked at. */
static void print_passed(FILE *stream, stridec *compilation, const struct told_decisions *told) {
    fputs(": gate passed: ", stream);
    if (told->threats)
        print_count(stream, told->threats, "threat, ", "threats, ");
    if (told->dismissals)
        print_count(stream, told->dismissals, "dismissal, ", "dismissals, ");
    if (told->baselines)
        print_count(stream, told->baselines, "baseline, ", "baselines, ");
    print_count(stream, stridec_open_rows(compilation, 0), "row", "rows");
    fputs(" still open", stream);
}

/* A gate that demands less than others says so, whatever comes of it. */
static void report_all_disabled(const struct session *session) {
    const char *rule;
    for (size_t i = 0; (rule = stridec_disabled_rule_at(session->compilation, i)); i++)
        report_disabled(session->path, rule);
}

static void print_disabled(FILE *stream, stridec *compilation) {
    const char *rule;
    for (size_t i = 0; (rule = stridec_disabled_rule_at(compilation, i)); i++)
        fprintf(stream, "%s%s", i ? ", " : "; switched off by the policy: ", rule);
}

static void print_threats(FILE *stream, const char *before, const struct text *list) {
    if (list->length)
        fprintf(stream, "%s%.*s", before, (int)list->length, list->at);
}

/* Logs are read from their end. */
static void print_failed(FILE *stream, stridec *compilation) {
    fputs(": gate failed: ", stream);
    print_count(stream, stridec_level_count(compilation, STRIDEC_ERROR), "error", "errors");
}

/* Last on the line, as there is a command to copy. */
static void print_undecided(FILE *stream, const struct session *session) {
    stridec_diagnostic at = {.size = sizeof at};
    size_t count = 0;
    for (size_t i = 0; stridec_diagnostic_at(session->compilation, i, &at); i++)
        count += at.level == STRIDEC_ERROR && strcmp(at.code, UNDECIDED) == 0;
    if (!count || session->is_unnamed)
        return;
    fputs("; ", stream);
    print_count(stream, count, "question", "questions");
    fputs(" undecided: stridec next ", stream);
    print_model_arguments(stream, session->run, session->path);
}

void gate_tell(const struct gate_run *gate, const struct session *session) {
    FILE *stream = hosts_print() ? error_stream() : stdout;
    bool passed = session->outcome == OUTCOME_CLEAN;
    if (!gate->on || !session->compilation || !session->gated)
        return;
    if (report_is_kept())
        report_all_disabled(session);
    if (report_is_on())
        return;
    struct told_decisions told = find_told(session->compilation);
    print_text(stream, session->path);
    if (passed)
        print_passed(stream, session->compilation, &told);
    else
        print_failed(stream, session->compilation);
    print_threats(stream, "; open items: ", &told.open);
    print_threats(stream, "; asleep, out of scope: ", &told.asleep);
    print_disabled(stream, session->compilation);
    print_undecided(stream, session);
    putc('\n', stream);
    text_free(&told.open);
    text_free(&told.asleep);
}
