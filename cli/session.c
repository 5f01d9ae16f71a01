/* Opens a compilation, adds rules, compiles a file; prints what the compiler has to say at the end,
 * once, also when all went well. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "imports.h"
#include "input.h"
#include "links.h"
#include "paths.h"
#include "report.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

static const enum outcome outcomes[] = {
    [STRIDEC_OK] = OUTCOME_CLEAN,          [STRIDEC_FINDINGS] = OUTCOME_FINDING,
    [STRIDEC_INVALID] = OUTCOME_INVALID,   [STRIDEC_MISUSE] = OUTCOME_MISUSE,
    [STRIDEC_NO_MEMORY] = OUTCOME_FAILURE, [STRIDEC_OVER_LIMIT] = OUTCOME_FAILURE,
    [STRIDEC_NOT_TAKEN] = OUTCOME_FAILURE, [STRIDEC_NO_PICTURE] = OUTCOME_FAILURE,
};

void session_fail(struct session *session, enum outcome outcome) {
    if (outcome > session->outcome)
        session->outcome = outcome;
}

void session_compare(struct session *session, const char *path, bool same) {
    if (report_is_on()) {
        report_file(path, same ? "unchanged" : "differs");
    } else if (!same) {
        print_text(stdout, path);
        putchar('\n');
    }
    if (!same)
        session_fail(session, OUTCOME_FINDING);
}

/* In MiB. */
static size_t memory_limit(const struct invocation *run) {
    return run->memory ? strtoul(run->memory, NULL, 10) : MEMORY_LIMIT;
}

/* Callers explain misuse and outputs that were not taken, as they know the reason; a picture that
 * fails is among the diagnostics. */
bool session_note(struct session *session, stridec_status status) {
    const char *path = session->path ? session->path : "rules";
    if (status == STRIDEC_OVER_LIMIT)
        complain("%s: takes more than %zu MiB of memory; --memory MIB allows more", path,
                 memory_limit(session->run));
    else if (status == STRIDEC_NO_MEMORY)
        complain("%s: %s", path, stridec_status_text(status));
    session_fail(session, outcomes[status]);
    return status == STRIDEC_OK;
}

bool session_read(const struct session *session, const char *path, struct text *text) {
    if (session->around.revision)
        return revision_text(session->around.revision, text);
    return strcmp(path, "-") == 0 ? read_standard_input(text)
                                  : input_text(path, session->root, NULL, text);
}

/* A pack may be another repository's than the model. */
static bool read_rules(const struct session *session, const char *path, struct text *text) {
    char *own = root_of(NULL, path);
    bool read = strcmp(path, "-") == 0 ? read_standard_input(text)
                                       : input_text(path, own, session->root, text);
    free(own);
    return read;
}

static bool add_rules(struct session *session, const char *path) {
    struct text *text = &session->texts[session->text_count++];
    if (read_rules(session, path, text))
        session_note(session,
                     stridec_add_rules(session->compilation, path, text->at, text->length));
    else
        session_fail(session, OUTCOME_FAILURE);
    return session->outcome == OUTCOME_CLEAN;
}

bool session_compile(struct session *session, const char *path) {
    struct text *text = &session->texts[session->text_count++];
    if (session_read(session, path, text))
        session_note(session,
                     stridec_compile(session->compilation, session->path, text->at, text->length));
    else
        session_fail(session, OUTCOME_FAILURE);
    return session->outcome == OUTCOME_CLEAN;
}

const char *session_path_of(const struct session *session, const char *file) {
    const char *path;
    for (size_t i = 0; (path = stridec_source_at(session->compilation, i)); i++)
        if (is_same_place(path, file))
            return path;
    return NULL;
}

/* Named from the root by the model. */
static void take_evidence(const struct session *session, const char *path, input_taker *take,
                          void *context) {
    char *whole = path_of_evidence(session->root, path);
    char *name = *session->path == '/' ? text_copy(whole) : path_seen_from("", whole);
    take(context, name);
    free(name);
    free(whole);
}

void session_inputs(const struct session *session, input_taker *take, void *context) {
    const struct names *rules = &session->run->rules;
    const char *path;
    for (size_t i = 1; (path = stridec_source_at(session->compilation, i)); i++)
        take(context, path);
    for (size_t i = 0; (path = stridec_evidence_at(session->compilation, i)); i++)
        take_evidence(session, path, take, context);
    for (size_t i = 0; i < rules->count; i++)
        take(context, rules->at[i]);
}

/* Lists of codes, which read_arguments has looked at. */
static void set_levels(struct session *session, const struct names *lists, stridec_level level) {
    for (size_t i = 0; i < lists->count; i++) {
        const char *rest = lists->at[i];
        for (size_t length; *rest; rest += length + (rest[length] == ',')) {
            char code[16];
            length = strcspn(rest, ",");
            snprintf(code, sizeof code, "%.*s", (int)length, rest);
            stridec_set_level(session->compilation, code, level);
        }
    }
}

void session_name(struct session *session, const char *path) {
    const char *name = session->run->stdin_name;
    bool is_input = strcmp(path, "-") == 0;
    session->is_unnamed = is_input && !name;
    session->path = !is_input ? path : name ? name : STANDARD_INPUT;
    free(session->root);
    session->root = root_of(session->run->root, session->is_unnamed ? "" : session->path);
}

static stridec *open_compilation(struct session *session, bool texts_stay) {
    const struct revision *revision = session->around.revision;
    stridec_config config = {.size = sizeof config,
                             .memory_limit = memory_limit(session->run) << 20,
                             .load = load_import,
                             .locate = locate_import,
                             .decisions = true,
                             .list = list_folder,
                             .evidence = load_evidence,
                             .load_context = &session->root,
                             .keep_places = session->run->keep_places,
                             .texts_stay = texts_stay,
                             .pack = session->around.pack};
    if (revision) {
        config.load = load_from_revision;
        config.locate = locate_in_revision;
        config.list = list_in_revision;
        config.evidence = NULL;
        config.load_context = &session->around.revision;
    }
    return stridec_new(&config);
}

bool session_begin_in(struct session *session, const struct invocation *run, const char *path,
                      struct surroundings around) {
    *session = (struct session){
        .run = run,
        .around = around,
        .texts = calloc(run->rules.count + 1, sizeof *session->texts), /* and the model's */
        .layout = path_of_layout(run->layout),
    };
    session->compilation = open_compilation(session, path != NULL);
    if (path)
        session_name(session, path);
    if (!session->compilation || !session->texts)
        return session_note(session, STRIDEC_NO_MEMORY);
    set_levels(session, &run->allowed, STRIDEC_NOTE);
    set_levels(session, &run->errors, STRIDEC_ERROR);
    for (size_t i = 0; i < run->rules.count && !around.pack; i++)
        if (!add_rules(session, run->rules.at[i]))
            return false;
    return true;
}

bool session_begin(struct session *session, const struct invocation *run, const char *path) {
    return session_begin_in(session, run, path, (struct surroundings){0});
}

bool session_rules(const struct invocation *run, stridec_pack **pack, enum outcome *outcome) {
    struct session session;
    *pack = NULL;
    if (session_begin(&session, run, NULL) &&
        session_note(&session, stridec_pack_new(session.compilation, pack)))
        session.compilation = NULL; /* it belongs to the pack */
    *outcome = session_close(&session);
    return *pack;
}

bool session_open(struct session *session, const struct invocation *run, const char *path) {
    return session_begin(session, run, path) && (!path || session_compile(session, path));
}

void session_drop(struct session *session) {
    stridec_free(session->compilation);
    while (session->text_count)
        text_free(&session->texts[--session->text_count]);
    free(session->texts);
    free(session->layout);
    free(session->root);
}

/* Even this may take too much memory; unless that has been said already. */
void session_tell(struct session *session) {
    stridec *compilation = session->compilation;
    if (!compilation || session->is_told)
        return;
    session->is_told = true;
    stridec_status status = report_is_kept() ? report_diagnostics(compilation) : STRIDEC_OK;
    bool wanted = !session->only_errors || stridec_level_count(compilation, STRIDEC_ERROR);
    if (!report_is_on() && wanted && status == STRIDEC_OK)
        status = stridec_print_diagnostics(compilation, color_wanted(session->run->color, stderr),
                                           print_to_errors, NULL);
    bool spent = status == STRIDEC_NO_MEMORY || status == STRIDEC_OVER_LIMIT;
    if (spent && session->outcome != OUTCOME_FAILURE)
        session_note(session, status);
}

enum outcome session_close(struct session *session) {
    session_tell(session);
    session_drop(session);
    return session->outcome;
}
