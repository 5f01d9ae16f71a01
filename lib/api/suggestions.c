/* Suggested traits across the public boundary. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "project/describing.h"

static bool has_compiled(const struct stridec *self) {
    return self->project.compiled && self->project.units.count;
}

static stridec_status count_suggestions(struct stridec *self, void *context) {
    const struct suggestions *all =
        has_compiled(self) ? project_suggestions(&self->project) : NULL;
    *(size_t *)context = all ? all->list.count : 0;
    return STRIDEC_OK;
}

size_t stridec_suggestion_count(stridec *self) {
    size_t count = 0;
    return run_guarded(self, count_suggestions, &count) == STRIDEC_OK ? count : 0;
}

struct suggestion_task {
    size_t index;
    stridec_suggestion *suggestion; /* NULL: its fix is wanted */
    stridec_change *fix;
};

static const struct suggestion *suggestion_at(struct stridec *self, size_t index) {
    const struct suggestions *all =
        has_compiled(self) ? project_suggestions(&self->project) : NULL;
    return all && index < all->list.count ? &all->list.items[index] : NULL;
}

static stridec_status fill_suggestion(struct stridec *self, void *context) {
    const struct suggestion_task *task = context;
    struct arena *arena = &self->project.arena;
    const struct suggestion *found = suggestion_at(self, task->index);
    if (!found || !task->suggestion)
        return STRIDEC_MISUSE;
    struct source *source = decl_source(found->decl);
    struct place start = source_place(arena, source, found->span.start);
    struct place end = source_place(arena, source, found->span.end);
    const stridec_suggestion known = {
        .id = slice_string(arena, decl_id(found->decl)),
        .kind = kind_rows[found->decl->kind].word,
        .attribute = attribute_rows[found->attribute].name,
        .value = slice_string(arena, suggestion_value(arena, found)),
        .message = slice_string(arena, suggestion_sentence(arena, found)),
        .path = slice_string(arena, source->path),
        .start = source_offset(source, found->span.start),
        .end = source_offset(source, found->span.end),
        .line = start.line,
        .column = start.column,
        .end_line = end.line,
        .end_column = end.column,
        .code = diag_kind(DIAG_sounds_like)->code,
    };
    return hand_out(task->suggestion, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_suggestion_at(stridec *self, size_t index, stridec_suggestion *suggestion) {
    struct suggestion_task task = {index, suggestion, NULL};
    return run_guarded(self, fill_suggestion, &task) == STRIDEC_OK;
}

static stridec_status fill_fix(struct stridec *self, void *context) {
    const struct suggestion_task *task = context;
    const struct suggestion *found = suggestion_at(self, task->index);
    struct text_change fix;
    if (!found || !task->fix || !suggestion_fix(&self->project, found, &fix))
        return STRIDEC_MISUSE;
    const struct source *source = fix.unit->source;
    const stridec_change known = {
        .path = fix.unit->path,
        .start = source_offset(source, fix.change.span.start),
        .end = source_offset(source, fix.change.span.end),
        .text = slice_string(&self->project.arena, fix.change.text),
    };
    return hand_out(task->fix, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_suggestion_fix_at(stridec *self, size_t index, stridec_change *fix) {
    struct suggestion_task task = {index, NULL, fix};
    return run_guarded(self, fill_fix, &task) == STRIDEC_OK;
}

static stridec_status describe(struct stridec *self, void *unused) {
    (void)unused;
    enum edited edited = has_compiled(self) ? project_describe(&self->project) : NOTHING_SUCH;
    return edited == EDITED         ? STRIDEC_OK
           : edited == NOTHING_SUCH ? STRIDEC_MISUSE
                                    : STRIDEC_INVALID;
}

stridec_status stridec_suggest(stridec *self) {
    return run_guarded(self, describe, NULL);
}

static stridec_status tell(struct stridec *self, void *unused) {
    (void)unused;
    if (!has_compiled(self))
        return STRIDEC_MISUSE;
    project_tell_suggestions(&self->project);
    return STRIDEC_OK;
}

stridec_status stridec_tell_suggestions(stridec *self) {
    return run_guarded(self, tell, NULL);
}
