/* Gathers changes to files, tries them out and writes them. Several models may share files, and
 * each is read by a compilation of its own: what one makes of a shared file has to be what the
 * others make of it. */
// SPDX-License-Identifier: MIT
#include "changes.h"

#include "difference.h"
#include "imports.h"
#include "links.h"
#include "report.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

void complain_of_no_place(const char *path) {
    complain("%s: the text has no place where that can be written; nothing is changed", path);
}

bool changes_note(struct session *session, stridec_status status) {
    if (status == STRIDEC_INVALID)
        complain_of_no_place(session->path);
    return session_note(session, status);
}

/* ---- gathering --------------------------------------------------------------------------- */

static struct writing *find_file(const struct changes *changes, const char *path) {
    for (size_t i = 0; i < changes->count; i++)
        if (is_same_place(changes->files[i].target.path, path))
            return &changes->files[i];
    return NULL;
}

static struct writing *add_file(struct changes *changes) {
    struct writing *more = realloc(changes->files, (changes->count + 1) * sizeof *more);
    if (!more) {
        complain("no memory");
        return NULL;
    }
    changes->files = more;
    more[changes->count] = (struct writing){0};
    return &more[changes->count++];
}

/* What is inserted where something is replaced stands before it. */
static int compare_changes(const void *a, const void *b) {
    const stridec_change *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->end > right->end) - (left->end < right->end);
}

/* Those of one file, in order; to be freed. */
static stridec_change *changes_of(stridec *compilation, const char *path, size_t *count) {
    stridec_change change = {.size = sizeof change}, *all = NULL;
    *count = 0;
    for (size_t i = 0; stridec_change_at(compilation, i, &change); i++) {
        stridec_change *more =
            strcmp(change.path, path) == 0 ? realloc(all, (*count + 1) * sizeof *all) : NULL;
        if (!more)
            continue;
        all = more;
        all[(*count)++] = change;
    }
    if (all)
        qsort(all, *count, sizeof *all, compare_changes);
    return all;
}

/* What the file holds now, changed as the compilation says. */
static bool change_text(stridec *compilation, const char *path, const struct text *now,
                        struct text *changed) {
    size_t count, at = 0;
    stridec_change *all = changes_of(compilation, path, &count);
    bool fine = true;
    for (size_t i = 0; fine && i < count; i++) {
        fine = all[i].start >= at && all[i].end >= all[i].start && all[i].end <= now->length &&
               text_append(changed, now->at + at, all[i].start - at) &&
               text_append(changed, all[i].text, strlen(all[i].text));
        at = all[i].end;
    }
    free(all);
    return fine && text_append(changed, now->at + at, now->length - at);
}

/* The file may have changed since the compilation has read it. */
static bool take_file(struct changes *changes, struct session *session, const char *path) {
    struct text content = {0}, changed = {0};
    struct writing *file = find_file(changes, path);
    if (!session_note(session,
                      stridec_write_changed(session->compilation, path, text_append, &content))) {
        text_free(&content);
        return false;
    }
    bool fine = true;
    if (file) {
        fine = text_equals(&file->content, &content) || complain_of_change(path);
        text_free(&content);
    } else if ((file = add_file(changes)) != NULL) {
        file->content = content;
        fine = target_open(&file->target, path, session->root) &&
               ((change_text(session->compilation, path, &file->target.before, &changed) &&
                 text_equals(&changed, &content)) ||
                complain_of_change(path));
        file->target.is_source = true;
    }
    text_free(&changed);
    return file && fine;
}

bool changes_gather(struct changes *changes, struct session *session) {
    stridec_change change = {.size = sizeof change};
    const char *last = NULL;
    for (size_t i = 0; stridec_change_at(session->compilation, i, &change); i++) {
        if (last && strcmp(last, change.path) == 0)
            continue;
        last = change.path;
        if (!take_file(changes, session, last)) {
            session_fail(session, OUTCOME_FAILURE);
            return false;
        }
    }
    return true;
}

/* ---- trying out -------------------------------------------------------------------------- */

static stridec_loaded load_changed(void *context, const char *path, stridec_sink *take,
                                   void *taker) {
    struct changes *changes = context;
    const struct writing *file = find_file(changes, path);
    if (!file)
        return load_import(&changes->root, path, take, taker);
    return take(taker, file->content.at, file->content.length) ? STRIDEC_LOADED : STRIDEC_TOO_LARGE;
}

/* What keeps a text from compiling is an error; all else has been there before. */
static void leave_out_lints(stridec *compilation) {
    stridec_code_info info = {.size = sizeof info};
    for (size_t i = 0; stridec_code_at(i, &info); i++)
        if (info.level == STRIDEC_WARNING && *info.code == 'W')
            (void)stridec_set_level(compilation, info.code, STRIDEC_NOTE);
}

/* The file with the first error: decisions may stand beside the model. */
static void complain_of_errors(struct session *session, stridec *compilation) {
    stridec_diagnostic first = {.size = sizeof first};
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &first); i++)
        if (first.level == STRIDEC_ERROR)
            break;
    complain("%s: would not compile any more, so nothing is changed",
             first.path && *first.path ? first.path : session->path);
    complaints_release(); /* before its diagnostics */
    if (report_is_on())
        report_diagnostics(compilation);
    else
        stridec_print_diagnostics(compilation, color_wanted(session->run->color, stderr),
                                  print_to_errors, NULL);
}

bool changes_compile(struct changes *changes, struct session *session) {
    /* the loaders of imports.h find the root there, as it comes first */
    const stridec_config config = {.size = sizeof config,
                                   .load = load_changed,
                                   .locate = locate_import,
                                   .decisions = true,
                                   .list = list_folder,
                                   .evidence = load_evidence,
                                   .load_context = changes};
    const struct writing *file = find_file(changes, session->path);
    const struct text *text = file ? &file->content : &session->texts[session->text_count - 1];
    stridec_free(changes->compiled);
    changes->root = session->root;
    stridec *compilation = changes->compiled = stridec_new(&config);
    if (compilation)
        leave_out_lints(compilation);
    stridec_status status =
        compilation ? stridec_compile(compilation, session->path, text->at, text->length)
                    : STRIDEC_NO_MEMORY;
    if (status == STRIDEC_INVALID)
        complain_of_errors(session, compilation);
    return session_note(session, status);
}

/* ---- showing and writing ----------------------------------------------------------------- */

void changes_show(const struct changes *changes, const char *color) {
    bool colored = !report_is_on() && color_wanted(color, stdout);
    for (size_t i = 0; i < changes->count; i++) {
        const struct writing *file = &changes->files[i];
        write_difference(file->target.path, &file->target.before, &file->content, colored,
                         print_result, NULL);
        if (report_is_on())
            report_file(file->target.path, "differs");
    }
}

void changes_tell(const struct changes *changes) {
    for (size_t i = 0; i < changes->count; i++)
        tell_file(changes->files[i].target.path, "written");
}

bool changes_write(const struct changes *changes) {
    if (!targets_write(changes->files, changes->count))
        return false;
    changes_tell(changes);
    return true;
}

void changes_finish(const struct changes *changes, struct session *session, bool dry_run) {
    if (dry_run)
        changes_show(changes, session->run->color);
    else if (!changes_write(changes))
        session_fail(session, OUTCOME_FAILURE);
}

void changes_free(struct changes *changes) {
    stridec_free(changes->compiled);
    for (size_t i = 0; i < changes->count; i++) {
        target_close(&changes->files[i].target);
        text_free(&changes->files[i].content);
    }
    free(changes->files);
}
