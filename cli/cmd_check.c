/* stridec check: diagnostics and nothing else. One of several files may import another: a warning
 * that something looks unused there is then no finding. Imports are known only when all files have
 * been read, so a file with diagnostics waits until then, and is read again where it matters. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "gate.h"
#include "hosts.h"
#include "paths.h"
#include "report.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char about[] =
    "Takes any file of the language. Prints nothing where nothing is wrong; where the\n"
    "gate passes, a line that says what it has looked at. Decisions are checked with\n"
    "the model that they stand beside: of their file alone, only the form is. A file\n"
    "that another one of the run imports gets no warning for what only looks unused.\n"
    "--output writes the same for a code host or a build server, into several files\n"
    "at once if you like; '-' is standard output.";

/* The identity of a file, whatever its name. */
struct identity {
    dev_t device;
    ino_t number;
};

struct check {
    const struct invocation *run;
    struct gate_run gate;
    struct session *sessions; /* by operand */
    bool *read;               /* by operand: it has been */
    struct identity *imported;
    size_t imported_count, room;
    size_t models;       /* those that were looked at */
    struct names triage; /* paths of files that hold decisions */
    bool crowded; /* a file has said that its picture is; the others need not say it again */
    enum outcome worst;
};

/* False for what is no regular file. */
static bool identify(const char *path, struct identity *identity) {
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    *identity = (struct identity){status.st_dev, status.st_ino};
    return true;
}

static int compare(const void *left, const void *right) {
    const struct identity *a = left, *b = right;
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static void note_imports(struct check *check, const struct session *session) {
    const char *path;
    for (size_t i = 1; (path = stridec_source_at(session->compilation, i)); i++) {
        if (check->imported_count == check->room) {
            size_t room = check->room ? 2 * check->room : 64;
            struct identity *more = realloc(check->imported, room * sizeof *more);
            if (!more)
                return; /* a warning too many */
            check->imported = more, check->room = room;
        }
        check->imported_count += identify(path, &check->imported[check->imported_count]);
    }
}

static bool is_imported(const struct check *check, const char *path) {
    struct identity identity;
    return check->imported_count && identify(path, &identity) &&
           bsearch(&identity, check->imported, check->imported_count, sizeof identity, compare);
}

/* A run with the gate is about decisions. */
static bool wants_suggestions(const struct check *check, const struct session *session) {
    return !check->gate.on && session->compilation && session->outcome == OUTCOME_CLEAN &&
           !session->is_unnamed;
}

static void note_kind(struct check *check, const struct session *session, const char *path) {
    const char *kind = session->compilation ? stridec_file_kind(session->compilation) : NULL;
    if (kind && strcmp(kind, "model") == 0)
        check->models++;
    else if (kind && strcmp(kind, "triage file") == 0)
        check->triage.at[check->triage.count++] = path;
}

/* Most files have nothing to print, and do not wait. A name that may be no file is looked at in its
 * turn, with its complaint. */
static void read_files(struct check *check) {
    const struct names *files = &check->run->words;
    for (size_t i = 0; i < files->count; i++) {
        struct session *session = &check->sessions[i];
        struct identity identity;
        if (!identify(files->at[i], &identity))
            continue;
        hosts_turn_to(files->at[i]);
        session_open(session, check->run, files->at[i]);
        gate_try(&check->gate, session);
        check->read[i] = true;
        if (!session->compilation)
            continue;
        note_imports(check, session);
        if (stridec_diagnostic_count(session->compilation) || session->outcome != OUTCOME_CLEAN ||
            (wants_suggestions(check, session) && stridec_suggestion_count(session->compilation)))
            continue;
        hosts_take(session->compilation);
        gate_tell(&check->gate, session);
        note_kind(check, session, files->at[i]);
        session_drop(session);
        *session = (struct session){0};
    }
    if (check->imported_count)
        qsort(check->imported, check->imported_count, sizeof *check->imported, compare);
}

/* None of it goes to hosts: it is no finding. */
static void tell_suggestions(const struct check *check, struct session *session) {
    if (wants_suggestions(check, session) &&
        stridec_tell_suggestions(session->compilation) == STRIDEC_OK &&
        stridec_level_count(session->compilation, STRIDEC_ERROR))
        session_fail(session, OUTCOME_INVALID);
}

#define CROWDED "W0410"

/* Only as a warning: users who make it an error want to see each. */
static bool says_crowded(const struct session *session) {
    stridec_diagnostic at = {.size = sizeof at};
    for (size_t i = 0; stridec_diagnostic_at(session->compilation, i, &at); i++)
        if (at.level == STRIDEC_WARNING && strcmp(at.code, CROWDED) == 0)
            return true;
    return false;
}

static void check_again(struct check *check, struct session *session, const char *path,
                        bool imported, bool crowded) {
    session_drop(session);
    if (!session_begin(session, check->run, path))
        return;
    if (imported)
        stridec_set_imported(session->compilation);
    if (crowded)
        stridec_set_level(session->compilation, CROWDED, STRIDEC_NOTE);
    session_compile(session, path);
    gate_try(&check->gate, session);
}

static void check_file(struct check *check, size_t index) {
    const char *path = check->run->words.at[index];
    struct session *session = &check->sessions[index];
    hosts_turn_to(path);
    if (!check->read[index]) {
        session_open(session, check->run, path);
        gate_try(&check->gate, session);
    }
    bool imported = check->read[index] && session->compilation && is_imported(check, path);
    bool crowded = session->compilation && says_crowded(session);
    if (imported || (crowded && check->crowded && check->read[index]))
        check_again(check, session, path, imported, crowded && check->crowded);
    check->crowded |= crowded;
    note_kind(check, session, path);
    if (session->compilation)
        hosts_take(session->compilation);
    tell_suggestions(check, session);
    session_tell(session);
    gate_tell(&check->gate, session); /* the last line says how it ended */
    enum outcome outcome = session_close(session);
    if (outcome > check->worst)
        check->worst = outcome;
}

#define DECISIONS_ENDING ".triage.dfd"

/* "pay.dfd" for "pay.triage.dfd", to be freed by the caller; "MODEL" where no such file is there. */
static char *model_beside(const char *decisions) {
    static const char *const endings[] = {".dfd", ".yaml", ".yml"};
    size_t length = strlen(decisions), ending = strlen(DECISIONS_ENDING);
    char *stem = text_copy(decisions);
    if (length > ending && strcmp(decisions + length - ending, DECISIONS_ENDING) == 0) {
        stem[length - ending] = '\0';
        for (size_t i = 0; i < COUNT(endings); i++) {
            struct identity identity;
            char *model = text_joined(stem, endings[i]);
            if (identify(model, &identity)) {
                free(stem);
                return model;
            }
            free(model);
        }
    }
    free(stem);
    return text_copy("MODEL");
}

/* Decisions say something about a model alone, so that a run without any has not looked at what
 * they say. */
static void tell_unlooked_at(struct check *check) {
    if (check->models || check->worst != OUTCOME_CLEAN)
        return;
    for (size_t i = 0; i < check->triage.count; i++) {
        const char *path = check->triage.at[i];
        char *model = model_beside(path);
        hosts_turn_to(path);
        if (check->gate.on) {
            complain("%s: holds decisions and no model, so the gate has looked at nothing: stridec "
                     "check --gate %s",
                     path, model);
        } else if (!report_is_on()) {
            FILE *stream = hosts_print() ? error_stream() : stdout;
            print_text(stream, path);
            fputs(": only its form is checked; what it decides: stridec check ", stream);
            print_text(stream, model);
            putc('\n', stream);
        }
        free(model);
    }
    if (check->gate.on && !check->triage.count)
        complain("no file holds a model, so the gate has looked at nothing");
    if (check->gate.on)
        check->worst = OUTCOME_MISUSE;
}

/* Returns the worst outcome of a file. */
static enum outcome check_all(const struct invocation *run, struct gate_run gate) {
    size_t count = run->words.count;
    struct check check = {.run = run,
                          .gate = gate,
                          .sessions = calloc(count, sizeof *check.sessions),
                          .read = calloc(count, sizeof *check.read),
                          .triage = {.at = calloc(count, sizeof *check.triage.at)}};
    bool started = check.sessions && check.read && check.triage.at;
    if (started && count > 1)
        read_files(&check);
    for (size_t i = 0; started && i < count; i++)
        check_file(&check, i);
    if (started) {
        tell_unlooked_at(&check);
    } else {
        complain("no memory");
        check.worst = OUTCOME_FAILURE;
    }
    free(check.sessions);
    free(check.read);
    free(check.imported);
    free(check.triage.at);
    return check.worst;
}

enum outcome cmd_check(struct invocation *run) {
    bool force = false;
    struct gate_run gate = {0};
    const struct option options[] = {
        OPTION_GATE(&gate),
        OPTION_REPORT(run),
        {.name = "output",
         .argument = "FORMAT=FILE",
         .is_report = true,
         .list = &run->outputs,
         .help = "write it for a host as well; may be repeated"},
        {.name = "link",
         .argument = "URL",
         .text = &run->link,
         .help = "where the host shows files, for gitlab-links"},
        {.name = "force", .on = &force, .help = "write over files not made by stridec"},
        OPTION_LEVELS(run),
        OPTION_STDIN_NAME(run),
        OPTION_ROOT(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (!gate_begin(&gate))
        return OUTCOME_MISUSE;
    if (!hosts_begin(run))
        return run->outcome;
    return hosts_end(check_all(run, gate), force);
}
