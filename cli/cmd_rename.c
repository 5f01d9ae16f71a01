/* stridec rename: another id for a declaration, wherever it is named. The first file says what is
 * meant; it may also be named in the others, and in models that import it. */
// SPDX-License-Identifier: MIT
#include "changes.h"
#include "importers.h"
#include "imports.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char about[] =
    "Gives OLD of the first FILE the id NEW: there, in what the files import, and in\n"
    "the models of the repository that import it. Its `was` keeps the old id. All\n"
    "files are changed, or none.";

struct renaming {
    const struct invocation *run;
    const char *from, *to;
    bool dry_run;
    struct session **sessions; /* each stays where it is, as its compilation reads its root */
    size_t count;
    const char
        *declared_path; /* of the compilation of the first file; NULL: nobody else names it */
    size_t declared_start;
    struct paths found;
    struct changes changes;
};

/* ---- files ------------------------------------------------------------------------------- */

/* NULL when there is no memory. */
static struct session *add_session(struct renaming *renaming) {
    struct session *session = calloc(1, sizeof *session);
    struct session **more =
        realloc(renaming->sessions, (renaming->count + 1) * sizeof *renaming->sessions);
    if (more)
        renaming->sessions = more;
    if (!more || !session) {
        complain("no memory");
        free(session);
        return NULL;
    }
    more[renaming->count++] = session;
    return session;
}

static bool open_file(struct renaming *renaming, const char *path) {
    struct session *session = add_session(renaming);
    bool fine = session && session_open(session, renaming->run, path);
    if (session)
        session->only_errors = true;
    return fine;
}

/* False, after a complaint: what has no file of its own cannot be written back. */
static bool check_names(const struct names *words) {
    if (strpbrk(words->at[0], "./") && access(words->at[0], F_OK) == 0) {
        complain("'%s' is a file, which comes last: rename OLD NEW FILE...", words->at[0]);
        return false;
    }
    for (size_t i = 2; i < words->count; i++)
        if (strcmp(words->at[i], "-") == 0) {
            complain("rename changes files, and standard input is none");
            return false;
        }
    return true;
}

static bool open_files(struct renaming *renaming) {
    const struct names *words = &renaming->run->words;
    bool fine = true;
    for (size_t i = 2; i < words->count; i++)
        fine &= open_file(renaming, words->at[i]);
    return fine;
}

static bool is_read(const struct renaming *renaming, const char *file) {
    for (size_t i = 0; i < renaming->count; i++)
        if (session_path_of(renaming->sessions[i], file))
            return true;
    return false;
}

/* A file that does not name the declaration may have as many mistakes as it likes. */
static void drop_last(struct renaming *renaming) {
    if (!renaming->count)
        return;
    struct session *session = renaming->sessions[--renaming->count];
    session_drop(session);
    free(session);
}

/* Models that were not named and import the file of the declaration. */
static bool open_importers(struct renaming *renaming) {
    const struct session *first = renaming->sessions[0];
    bool deep = renaming->run->root || has_git(first->root);
    renaming->found = find_importers(first->root, deep, renaming->declared_path);
    for (size_t i = 0; i < renaming->found.count; i++) {
        const char *path = renaming->found.at[i];
        if (is_read(renaming, path))
            continue;
        bool fine = open_file(renaming, path);
        if (!session_path_of(renaming->sessions[renaming->count - 1], renaming->declared_path)) {
            drop_last(renaming);
        } else if (!fine) {
            complain("%s: imports %s and does not compile, so nothing is changed", path,
                     renaming->declared_path);
            return false;
        }
    }
    return true;
}

/* ---- renaming ---------------------------------------------------------------------------- */

static bool note(struct session *session, stridec_status status) {
    if (status == STRIDEC_MISUSE)
        complain("%s: %s", session->path, stridec_refusal(session->compilation));
    return changes_note(session, status);
}

/* Of alias.id, as its own file has it. */
static const char *own_id(const char *id) {
    const char *dot = strrchr(id, '.');
    return dot ? dot + 1 : id;
}

/* Among the places that change is one of the declaration, or one that leads there: an unnamed flow
 * has none, as no other file can name it. */
static void find_declaration(struct renaming *renaming) {
    stridec *compilation = renaming->sessions[0]->compilation;
    stridec_change change = {.size = sizeof change};
    stridec_place place = {.size = sizeof place};
    for (size_t i = 0; stridec_change_at(compilation, i, &change); i++) {
        if (!stridec_place_find(compilation, change.path, change.start, &place))
            continue;
        bool declares =
            place.role == STRIDEC_DECLARATION && strcmp(place.id, own_id(renaming->from)) == 0;
        if (declares ||
            (place.role == STRIDEC_REFERENCE && strcmp(place.id, renaming->from) == 0)) {
            renaming->declared_path = place.declared_path;
            renaming->declared_start = place.declared_start;
            return;
        }
    }
}

static bool rename_first(struct renaming *renaming) {
    struct session *session = renaming->sessions[0];
    if (!note(session, stridec_rename(session->compilation, renaming->from, renaming->to)))
        return false;
    find_declaration(renaming);
    return changes_gather(&renaming->changes, session);
}

/* The same declaration, by the place where it stands: there it may have another alias, or none. */
static bool rename_in(struct renaming *renaming, struct session *session) {
    const char *path = session_path_of(session, renaming->declared_path);
    return !path || (note(session, stridec_rename_at(session->compilation, path,
                                                     renaming->declared_start, renaming->to)) &&
                     changes_gather(&renaming->changes, session));
}

static bool rename_all(struct renaming *renaming) {
    if (!rename_first(renaming))
        return false;
    if (!renaming->declared_path)
        return true;
    bool fine = open_importers(renaming);
    for (size_t i = 1; fine && i < renaming->count; i++)
        fine = rename_in(renaming, renaming->sessions[i]);
    return fine;
}

static bool try_out(struct renaming *renaming) {
    bool fine = true;
    for (size_t i = 0; fine && i < renaming->count; i++)
        fine = changes_compile(&renaming->changes, renaming->sessions[i]);
    return fine;
}

/* ---- the command ------------------------------------------------------------------------- */

static enum outcome close_files(struct renaming *renaming) {
    enum outcome worst = OUTCOME_CLEAN;
    for (size_t i = 0; i < renaming->count; i++) {
        enum outcome outcome = session_close(renaming->sessions[i]);
        worst = outcome > worst ? outcome : worst;
        free(renaming->sessions[i]);
    }
    free(renaming->sessions);
    return worst;
}

enum outcome cmd_rename(struct invocation *run) {
    struct renaming renaming = {.run = run};
    const struct option options[] = {
        {.name = "dry-run", .on = &renaming.dry_run, .help = "show what would change"},
        OPTION_REPORT(run),
        OPTION_ROOT(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (!check_names(&run->words))
        return OUTCOME_MISUSE;
    renaming.from = run->words.at[0];
    renaming.to = run->words.at[1];
    run->keep_places = true;
    if (open_files(&renaming) && rename_all(&renaming) && try_out(&renaming))
        changes_finish(&renaming.changes, renaming.sessions[0], renaming.dry_run);
    changes_free(&renaming.changes);
    enum outcome outcome = close_files(&renaming);
    paths_free(&renaming.found);
    return outcome;
}
