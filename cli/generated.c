/* Makes an output, looks whether its file may be replaced, and writes it. */
// SPDX-License-Identifier: MIT
#include "generated.h"

#include "paths.h"
#include "report.h"
#include "top.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_target(const struct target *target, const struct stat *file) {
    return file->st_dev == target->device && file->st_ino == target->number;
}

static bool is_target_at(const struct target *target, const char *path) {
    struct stat file;
    return path && stat(path, &file) == 0 && is_target(target, &file);
}

struct search {
    const struct target *target;
    bool found;
};

static void search_input(void *context, const char *path) {
    struct search *search = context;
    search->found = search->found || is_target_at(search->target, path);
}

/* Compared by what they are, so that no link and no second name hides it. */
static bool is_input(const struct session *session, const struct target *target) {
    struct search search = {.target = target};
    struct stat input;
    session_inputs(session, search_input, &search);
    return search.found || is_target_at(target, session->path) ||
           is_target_at(target, session->layout) ||
           (fstat(STDIN_FILENO, &input) == 0 && S_ISREG(input.st_mode) &&
            is_target(target, &input));
}

bool complain_of_foreign(const char *path) {
    complain("%s: not made by stridec, so left as it is; --force writes over it", path);
    return true;
}

bool complain_of_input(const char *path) {
    complain("%s: read as input, so left as it is", path);
    return true;
}

bool is_not_read(const struct session *session, const struct target *target) {
    if (target->kind != TARGET_FILE || !is_input(session, target))
        return true;
    return !complain_of_input(target->path);
}

static bool same_model(const stridec_origin *a, const stridec_origin *b) {
    return a->model_length == b->model_length && memcmp(a->model, b->model, a->model_length) == 0;
}

/* Whether both are outputs of one model, as far as they say. */
static bool is_alike(const stridec_origin *ours, const stridec_origin *theirs) {
    return ours->model && theirs->model ? same_model(ours, theirs)
                                        : strcmp(ours->format, theirs->format) == 0;
}

static bool begins_with(const char *line, const char *text) {
    return strncmp(line, text, strlen(text)) == 0;
}

/* Whether a text may be a dependency file of an earlier run, as `ours` is one of this run: `NAMES:
 * \`, then names after two blanks, then `NAME:`. */
static bool is_depfile(const char *text, const char *ours) {
    size_t first = strcspn(text, "\n"), own = strcspn(ours, "\n");
    bool has_names = first > 3 && begins_with(text + first - 3, ": \\");
    if (!has_names && (first != own || strncmp(text, ours, own) != 0))
        return false;
    for (const char *line = text + first + (text[first] != 0); *line;) {
        size_t length = strcspn(line, "\n");
        if (length && !begins_with(line, "  ") && line[length - 1] != ':')
            return false;
        line += length + (line[length] != 0);
    }
    return true;
}

/* As `build` calls it, for whichever model of the folder. */
static bool is_unnamed_document(const char *path) {
    return strcmp(path_base(path), BUILT_DOCUMENT) == 0;
}

static bool is_foreign(const struct product *product) {
    const char *path = product->target.path;
    const struct text *content = &product->content, *before = &product->target.before;
    stridec_origin ours = {.size = sizeof ours}, theirs = {.size = sizeof theirs};
    if (product->target.kind != TARGET_FILE || before->length == 0 ||
        target_holds(&product->target, content))
        return false;
    if (!stridec_read_origin(content->at, content->length, &ours))
        return !is_depfile(before->at, content->at) && complain_of_foreign(path);
    if (!stridec_read_origin(before->at, before->length, &theirs))
        return complain_of_foreign(path);
    if (theirs.edited)
        complain("%s: changed by hand since it was made, so left as it is; --force writes over it",
                 path);
    else if (is_alike(&ours, &theirs))
        return false;
    else if (ours.model && theirs.model)
        complain("%s: made from %.*s, not from %.*s, so left as it is; %s--force writes over it",
                 path, (int)theirs.model_length, theirs.model, (int)ours.model_length, ours.model,
                 is_unnamed_document(path) ? "-o names another, and " : "");
    else
        return complain_of_foreign(path);
    return true;
}

bool product_may_replace(const struct product *product, struct session *session, bool force) {
    if (is_not_read(session, &product->target) && (force || !is_foreign(product)))
        return true;
    session_fail(session, OUTCOME_FAILURE);
    return false;
}

/* The nearest one, or all that there are. */
static void complain_of_view(const struct session *session, const char *view) {
    struct guess guess = guess_begin(view, strlen(view));
    struct text known = {0};
    const char *id;
    for (size_t i = 0; (id = stridec_view_at(session->compilation, i)); i++) {
        guess_try(&guess, id);
        text_list(&known, id);
    }
    if (guess.best)
        complain("%s: no view '%s'; did you mean '%s'?", session->path, view, guess.best);
    else if (known.at)
        complain("%s: no view '%s'; there are %s", session->path, view, known.at);
    else
        complain("%s: no view '%s': the model declares none", session->path, view);
    text_free(&known);
}

/* Misuse is left for the name of a view, or for a file without a model. */
static void explain_refusal(const struct session *session, const stridec_output *output) {
    const char *view = output->view;
    if (output->page)
        complain("%s: no page '%s'; stridec build writes them all, where there are any",
                 session->path, output->page);
    else if (view)
        complain_of_view(session, view);
    else
        complain("%s: there is no model in this file", session->path);
}

bool emit_into(struct session *session, const char *format, stridec_output *output,
               stridec_sink *sink, void *context) {
    struct top top = top_of(session->run->root, session->is_unnamed ? "" : session->path);
    output->root = top.root, output->folder = top.folder;
    output->layout = session->layout;
    output->no_legend = session->run->no_legend;
    if (session->run->layout_seconds)
        output->layout_seconds = (int)strtol(session->run->layout_seconds, NULL, 10);
    stridec_status status = stridec_emit(session->compilation, format, output, sink, context);
    top_close(&top);
    if (status == STRIDEC_MISUSE)
        explain_refusal(session, output);
    return session_note(session, status);
}

char *model_seen_from(const struct session *session, const struct target *target) {
    return session->is_unnamed ? text_copy(STANDARD_INPUT)
                               : path_seen_from(target->real, session->path);
}

static bool open_product(struct product *product, struct session *session, const char *path) {
    *product = (struct product){.opened = true};
    bool opened = target_open(&product->target, path, session->root);
    if (!opened)
        session_fail(session, OUTCOME_FAILURE);
    return opened;
}

bool product_make_from(struct product *product, struct session *session, const char *path,
                       const char *format, const stridec_output *wanted, const char *previous) {
    if (!open_product(product, session, path))
        return false;
    char *name = model_seen_from(session, &product->target);
    stridec_output output = *wanted;
    output.model_name = name;
    output.previous = previous ? previous : product->target.before.at;
    bool made = emit_into(session, format, &output, text_append, &product->content);
    free(name);
    return made;
}

bool product_make(struct product *product, struct session *session, const char *path,
                  const char *format, const stridec_output *wanted, bool anew) {
    return product_make_from(product, session, path, format, wanted, anew ? "" : NULL);
}

bool product_take(struct product *product, struct session *session, const char *path,
                  const char *content, size_t length) {
    return open_product(product, session, path) && text_append(&product->content, content, length);
}

bool product_write(const struct product *product, struct session *session) {
    if (target_make(&product->target, &product->content))
        return true;
    session_fail(session, OUTCOME_FAILURE);
    return false;
}

const char *product_state(const struct product *product) {
    return target_holds(&product->target, &product->content) ? "unchanged" : "written";
}

bool product_write_and_tell(const struct product *product, struct session *session) {
    if (!product_write(product, session))
        return false;
    tell_file(product->target.path, product_state(product));
    return true;
}

void product_close(struct product *product) {
    if (product->opened)
        target_close(&product->target);
    text_free(&product->content);
}

bool is_standard_output(const char *path) {
    return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0;
}
