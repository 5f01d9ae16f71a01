/* Places and edits across the public boundary. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "project/completion.h"
#include "project/edits.h"
#include "project/moving.h"

/* ---- places ------------------------------------------------------------------------------ */

/* Of the text, or SIZE_MAX where there is no such place. */
static size_t offset_in_text(const struct unit *unit, size_t offset) {
    size_t bom = unit ? source_offset(unit->source, 0) : 0;
    bool inside = unit && offset >= bom && offset - bom <= unit->source->text.length;
    return inside ? offset - bom : SIZE_MAX;
}

static void fill_declaration(struct stridec *self, const struct text_place *from,
                             stridec_place *place) {
    struct arena *arena = &self->project.arena;
    const struct decl *decl = declared(from->decl);
    const struct unit *home = unit_of(&self->project, from->decl);
    place->id = slice_string(arena, decl_id(from->decl));
    place->kind = kind_rows[decl->kind].word;
    place->parent = decl->parent ? slice_string(arena, decl_id(decl->parent)) : "";
    place->attribute =
        from->attribute != ATTRIBUTE_COUNT ? attribute_rows[from->attribute].name : "";
    if (!home)
        return;
    place->declared_path = home->path;
    place->declared_start = source_offset(home->source, decl_span(decl).start);
    place->declared_end = source_offset(home->source, decl_span(decl).end);
}

static bool fill_place(struct stridec *self, const struct text_place *from, stridec_place *place) {
    stridec_place known = {
        .role = (stridec_role)from->role,
        .path = from->unit->path,
        .start = source_offset(from->unit->source, from->span.start),
        .end = source_offset(from->unit->source, from->span.end),
        .id = "",
        .kind = "",
        .parent = "",
        .attribute = "",
        .declared_path = "",
    };
    if (from->decl)
        fill_declaration(self, from, &known);
    return hand_out(place, &known, sizeof known);
}

struct place_task {
    size_t index;
    const char *path; /* NULL: by index */
    size_t offset;
    stridec_place *place;
};

static const struct text_place *place_at(struct stridec *self, size_t index) {
    const struct text_places *places = project_places(&self->project);
    return places && index < places->list.count ? &places->list.items[index] : NULL;
}

static const struct text_place *place_under(struct stridec *self, const char *path, size_t offset) {
    const struct unit *unit = find_unit(&self->project, slice_of(path));
    offset = offset_in_text(unit, offset);
    return offset == SIZE_MAX ? NULL : find_place(&self->project, unit, (uint32_t)offset);
}

static stridec_status look_for_place(struct stridec *self, void *context) {
    struct place_task *task = context;
    const struct text_place *found =
        task->path ? place_under(self, task->path, task->offset) : place_at(self, task->index);
    return found && task->place && fill_place(self, found, task->place) ? STRIDEC_OK
                                                                        : STRIDEC_MISUSE;
}

bool stridec_place_at(stridec *self, size_t index, stridec_place *place) {
    struct place_task task = {index, NULL, 0, place};
    return run_guarded(self, look_for_place, &task) == STRIDEC_OK;
}

bool stridec_place_find(stridec *self, const char *path, size_t offset, stridec_place *place) {
    struct place_task task = {0, path, offset, place};
    return path && run_guarded(self, look_for_place, &task) == STRIDEC_OK;
}

/* ---- completion -------------------------------------------------------------------------- */

struct completion_task {
    const char *path;
    size_t offset, index;
    stridec_completion *completion;
};

static stridec_status fill_completion(struct stridec *self, void *context) {
    const struct completion_task *task = context;
    const struct unit *unit = find_unit(&self->project, slice_of(task->path));
    size_t offset = offset_in_text(unit, task->offset);
    if (offset == SIZE_MAX || unit->of_rules || !task->completion)
        return STRIDEC_MISUSE;
    const struct candidates *all = complete(&self->project, unit, (uint32_t)offset);
    if (task->index >= all->list.count)
        return STRIDEC_MISUSE;
    const struct candidate *candidate = &all->list.items[task->index];
    const stridec_completion known = {
        .start = source_offset(unit->source, all->typed.start),
        .end = source_offset(unit->source, all->typed.end),
        .text = slice_string(&self->project.arena, candidate->text),
        .group = candidate->group,
        .about = candidate->about,
        .safe = candidate->safe,
    };
    return hand_out(task->completion, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_completion_at(stridec *self, const char *path, size_t offset, size_t index,
                           stridec_completion *completion) {
    struct completion_task task = {path, offset, index, completion};
    return run_guarded(self, fill_completion, &task) == STRIDEC_OK;
}

/* ---- edits ------------------------------------------------------------------------------- */

static stridec_status status_of(enum edited edited) {
    return edited == EDITED         ? STRIDEC_OK
           : edited == NOTHING_SUCH ? STRIDEC_MISUSE
                                    : STRIDEC_INVALID;
}

struct edit_task {
    enum { TASK_STATE, TASK_DECLARE, TASK_RENAME, TASK_RENAME_AT } what;
    struct slice id, words[3]; /* id: to rename at a place, the path of its file */
    size_t offset;
};

static stridec_status rename_at(struct project *project, const struct edit_task *task) {
    const struct unit *unit = find_unit(project, task->id);
    size_t offset = offset_in_text(unit, task->offset);
    return offset == SIZE_MAX
               ? STRIDEC_MISUSE
               : status_of(project_rename_at(project, unit, (uint32_t)offset, task->words[0]));
}

static stridec_status make_edit(struct stridec *self, void *context) {
    const struct edit_task *task = context;
    struct project *project = &self->project;
    bool renames = task->what == TASK_RENAME;
    if (task->what == TASK_RENAME_AT)
        return rename_at(project, task);
    bool has_ids = project->units.count || (renames && project->pack_units.count);
    if (!project->model || !has_ids) {
        edits_begin(project);
        edits_refuse(project, "it holds no model, whose ids could be changed");
        return STRIDEC_MISUSE;
    }
    switch (task->what) {
    case TASK_STATE:
        return status_of(project_state(project, task->id, task->words[0], task->words[1]));
    case TASK_DECLARE:
        return status_of(
            project_declare(project, task->words[0], task->id, task->words[1], task->words[2]));
    default:
        return status_of(project_rename(project, task->id, task->words[0]));
    }
}

stridec_status stridec_state(stridec *self, const char *id, const char *attribute,
                             const char *value) {
    struct edit_task task = {TASK_STATE, slice_of(id), {slice_of(attribute), slice_of(value)}, 0};
    return run_guarded(self, make_edit, &task);
}

stridec_status stridec_declare(stridec *self, const char *kind, const char *id, const char *label,
                               const char *boundary) {
    struct edit_task task = {
        TASK_DECLARE, slice_of(id), {slice_of(kind), slice_of(label), slice_of(boundary)}, 0};
    return run_guarded(self, make_edit, &task);
}

stridec_status stridec_rename(stridec *self, const char *id, const char *to) {
    struct edit_task task = {TASK_RENAME, slice_of(id), {slice_of(to)}, 0};
    return run_guarded(self, make_edit, &task);
}

stridec_status stridec_rename_at(stridec *self, const char *path, size_t offset, const char *to) {
    struct edit_task task = {TASK_RENAME_AT, slice_of(path), {slice_of(to)}, offset};
    return run_guarded(self, make_edit, &task);
}

/* ---- moving ------------------------------------------------------------------------------ */

struct move_task {
    const char *from, *to;
    const char *const *ids;
    size_t count;
};

/* Decisions that name what has gone are what is to be mended. */
static bool models_have_errors(const struct project *project) {
    for (size_t i = 0; i < project->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = project->diagnostics.list.items[i];
        const struct unit *unit =
            diagnostic->source ? unit_of_source(project, diagnostic->source) : NULL;
        if (diagnostic->level == LEVEL_ERROR && !(unit && unit->owner))
            return true;
    }
    return false;
}

static stridec_status move(struct stridec *self, void *context) {
    const struct move_task *task = context;
    struct project *project = &self->project;
    const struct unit *from = find_unit(project, slice_of(task->from));
    const struct unit *to = find_unit(project, slice_of(task->to));
    if (!from || !to || from == to || !from->model || !to->model || from->owner || to->owner ||
        from->of_rules || to->of_rules || (task->count && !task->ids))
        return STRIDEC_MISUSE;
    if (models_have_errors(project))
        return STRIDEC_INVALID;
    struct slice *ids = ARENA_ARRAY(&project->arena, struct slice, task->count + 1);
    for (size_t i = 0; i < task->count; i++)
        ids[i] = slice_of(task->ids[i]);
    return status_of(project_move(project, from, to, ids, task->count));
}

stridec_status stridec_move(stridec *self, const char *from, const char *to, const char *const *ids,
                            size_t count) {
    struct move_task task = {from, to, ids, count};
    return run_guarded(self, move, &task);
}

struct moved_task {
    size_t index;
    stridec_moved *moved;
};

static stridec_status look_for_move(struct stridec *self, void *context) {
    const struct moved_task *task = context;
    const struct moves *moves = self->project.moves;
    if (!moves || task->index >= moves->list.count || !task->moved)
        return STRIDEC_MISUSE;
    const struct moved *moved = &moves->list.items[task->index];
    struct arena *arena = &self->project.arena;
    const stridec_moved known = {.kind = kind_rows[moved->decl->kind].word,
                                 .id = slice_string(arena, moved->id),
                                 .path = moved->path,
                                 .reason = slice_string(arena, moved->reason)};
    return hand_out(task->moved, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_moved_at(stridec *self, size_t index, stridec_moved *moved) {
    struct moved_task task = {index, moved};
    return run_guarded(self, look_for_move, &task) == STRIDEC_OK;
}

/* ---- what comes of them ------------------------------------------------------------------ */

const char *stridec_refusal(const stridec *self) {
    bool known = call_state(self) == STRIDEC_OK && self->project.refusal;
    return known ? self->project.refusal : "";
}

static bool fill_change(struct stridec *self, const struct text_change *from,
                        stridec_change *change) {
    const struct source *source = from->unit->source;
    const stridec_change known = {
        .path = from->unit->path,
        .start = source_offset(source, from->change.span.start),
        .end = source_offset(source, from->change.span.end),
        .text = slice_string(&self->project.arena, from->change.text),
    };
    return hand_out(change, &known, sizeof known);
}

struct change_task {
    size_t index;
    bool is_fix;
    stridec_change *change;
};

static bool find_change(struct stridec *self, const struct change_task *task,
                        struct text_change *found) {
    struct project *project = &self->project;
    if (task->is_fix) {
        diag_sort(&project->diagnostics);
        return task->index < project->diagnostics.list.count &&
               diagnostic_fix(project, project->diagnostics.list.items[task->index], found);
    }
    if (!project->changes || task->index >= project->changes->list.count)
        return false;
    *found = project->changes->list.items[task->index];
    return true;
}

static stridec_status look_for_change(struct stridec *self, void *context) {
    const struct change_task *task = context;
    struct text_change found;
    bool fine =
        task->change && find_change(self, task, &found) && fill_change(self, &found, task->change);
    return fine ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_fix_at(stridec *self, size_t diagnostic, stridec_change *fix) {
    struct change_task task = {diagnostic, true, fix};
    return run_guarded(self, look_for_change, &task) == STRIDEC_OK;
}

bool stridec_change_at(stridec *self, size_t index, stridec_change *change) {
    struct change_task task = {index, false, change};
    return run_guarded(self, look_for_change, &task) == STRIDEC_OK;
}

struct write_task {
    const char *path;
    stridec_sink *sink;
    void *context;
};

static stridec_status write_changed(struct stridec *self, void *context) {
    const struct write_task *task = context;
    const struct unit *unit = find_unit(&self->project, slice_of(task->path));
    struct writer writer;
    if (!unit || !task->sink)
        return STRIDEC_MISUSE;
    writer_open(&writer, task->sink, task->context);
    project_write_changed(&self->project, unit, &writer);
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_write_changed(stridec *self, const char *path, stridec_sink *sink,
                                     void *context) {
    struct write_task task = {path, sink, context};
    return run_guarded(self, write_changed, &task);
}
