/* States facts and declares, by splices on the places that the builder has kept; what every edit
 * goes through before it is handed out. */
// SPDX-License-Identifier: MIT
#include "project/edits.h"

#include "base/limits.h"
#include "syntax/build_state.h"
#include "syntax/form.h"

/* What is inserted where something else is replaced becomes part of that: whoever makes the changes
 * one by one need not know which stands first. */
void edits_take(struct project *project, const struct unit *unit, struct edit *edit) {
    edit_sort(edit);
    for (size_t i = 0; i < edit->changes.count; i++) {
        struct change change = edit->changes.items[i];
        bool joins = change.span.start == change.span.end && i + 1 < edit->changes.count &&
                     edit->changes.items[i + 1].span.start == change.span.start;
        if (joins) {
            const struct change *next = &edit->changes.items[++i];
            change.span.end = next->span.end;
            change.text = text_join(&project->arena, change.text, next->text, SLICE(""));
        }
        *ARRAY_ADD(&project->arena, &project->changes->list) = (struct text_change){unit, change};
    }
}

void edits_begin(struct project *project) {
    project->refusal = "";
    project->changes = ARENA_NEW(&project->arena, struct text_changes);
}

bool edits_refuse(struct project *project, const char *format, ...) {
    va_list args;
    va_start(args, format);
    project->refusal = slice_string(&project->arena, text_vformat(&project->arena, format, args));
    va_end(args);
    return false;
}

/* Of whatever kind. */
static const char *nearest_id(struct project *project, struct slice id) {
    ARRAY_OF(struct slice) names = {0};
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < project->model->of[kind].count; i++)
            *ARRAY_ADD(&project->arena, &names) = decl_id(project->model->of[kind].items[i]);
    int nearest = text_nearest(id, names.items, names.count);
    return nearest < 0 ? "" : slice_string(&project->arena, names.items[nearest]);
}

const struct decl *edits_find(struct project *project, struct slice id) {
    const struct decl *decl = model_find(project->model, id), *system = project->model->system;
    if (!decl && system && id.length && slice_equal(decl_id(system), id))
        decl = system;
    const char *near = decl ? "" : nearest_id(project, id);
    if (!decl && *near)
        edits_refuse(project, "nothing is called '%.*s'; did you mean '%s'?", SLICE_ARGS(id), near);
    else if (!decl)
        edits_refuse(project, "nothing is called '%.*s'", SLICE_ARGS(id));
    return decl;
}

static size_t count_errors(struct project *project, const struct unit *unit, struct slice text) {
    struct diagnostics diagnostics = {.arena = &project->arena};
    struct source *source = source_new(&project->arena, unit->source->path, text);
    parse_either(&diagnostics, source);
    return diagnostics.errors;
}

static struct edit changes_of(struct project *project, const struct unit *unit) {
    struct edit edit = edit_of(&project->arena, unit->tree);
    for (size_t i = 0; project->changes && i < project->changes->list.count; i++)
        if (project->changes->list.items[i].unit == unit)
            *ARRAY_ADD(&project->arena, &edit.changes) = project->changes->list.items[i].change;
    return edit;
}

/* The text as it was is read again only where the new one has mistakes. */
static bool reads_worse(struct project *project, const struct unit *unit, struct slice text) {
    size_t after = count_errors(project, unit, text);
    return after && after > count_errors(project, unit, unit->source->text);
}

static enum edited check_unit(struct project *project, const struct unit *unit) {
    struct arena_mark mark = arena_mark(&project->arena);
    struct edit edit = changes_of(project, unit);
    struct slice text = edit_apply(&edit);
    size_t length = text.length;
    bool worse = length <= SOURCE_LIMIT && reads_worse(project, unit, text);
    arena_rewind(&project->arena, mark);
    if (length > SOURCE_LIMIT)
        edits_refuse(project, "'%s' would be larger than %zu MiB, and could not be read any more",
                     unit->path, SOURCE_LIMIT >> 20);
    return length > SOURCE_LIMIT ? NOTHING_SUCH : worse ? NO_PLACE : EDITED;
}

/* A person who edits a text sees the result; a program does not. Changes stand by file. */
enum edited edits_check(struct project *project) {
    const struct unit *last = NULL;
    enum edited edited = EDITED;
    for (size_t i = 0; i < project->changes->list.count && edited == EDITED; i++) {
        const struct unit *unit = project->changes->list.items[i].unit;
        edited = unit == last ? EDITED : check_unit(project, unit);
        last = unit;
    }
    if (edited != EDITED)
        project->changes = ARENA_NEW(&project->arena, struct text_changes);
    return edited;
}

/* ---- stating ----------------------------------------------------------------------------- */

enum edited project_state(struct project *project, struct slice id, struct slice attribute,
                          struct slice value) {
    bool safe;
    edits_begin(project);
    const struct decl *decl = edits_find(project, id);
    if (!decl)
        return NOTHING_SUCH;
    decl = declared(decl);
    enum attribute_id row = attribute_find(&project->vocabulary->attributes, attribute, decl->kind);
    if (row == ATTRIBUTE_COUNT) {
        edits_refuse(project, "%s has no '%.*s'", kind_rows[decl->kind].article,
                     SLICE_ARGS(attribute));
        return NOTHING_SUCH;
    }
    if (!value_is_known(row, value, &safe)) {
        edits_refuse(project, "'%.*s' is no known value of '%.*s'", SLICE_ARGS(value),
                     SLICE_ARGS(attribute));
        return NOTHING_SUCH;
    }
    const struct unit *unit = unit_of(project, decl);
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (!decl->item || !edit_state(&edit, decl->item, attribute, value,
                                   attribute_takes_list(attribute_rows[row].type)))
        return NO_PLACE;
    edits_take(project, unit, &edit);
    return edits_check(project);
}

/* ---- declaring --------------------------------------------------------------------------- */

/* Kinds that need no more than an id and a label. */
#define ON_DECLARED (ON_ELEMENT | ON_BOUNDARY | ON_ASSET)

enum edited project_declare(struct project *project, struct slice kind, struct slice id,
                            struct slice label, struct slice boundary) {
    edits_begin(project);
    enum kind of = kind_find(kind);
    const struct decl *around = boundary.length ? model_find(project->model, boundary) : NULL;
    const struct unit *unit = around ? unit_of(project, around) : project->units.items[0];
    if (of == KIND_COUNT || !kind_in(of, ON_DECLARED) || !is_id(id, false) ||
        id.length > ID_LIMIT || !slice_is_visible(label) || model_find(unit->model, id))
        return NOTHING_SUCH;
    if (boundary.length && (!around || around->kind != KIND_BOUNDARY || of == KIND_ASSET))
        return NOTHING_SUCH;
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (!edit_declare(&edit, around ? declared(around)->item : NULL, of, id, label))
        return NO_PLACE;
    edits_take(project, unit, &edit);
    return edits_check(project);
}

/* ---- what comes of it -------------------------------------------------------------------- */

void project_write_changed(struct project *project, const struct unit *unit,
                           struct writer *writer) {
    struct edit edit = changes_of(project, unit);
    write_slice(writer, edit_apply(&edit));
}

bool diagnostic_fix(struct project *project, const struct diagnostic *diagnostic,
                    struct text_change *fix) {
    if (!diagnostic->fix.at || !diagnostic->source)
        return false;
    const struct unit *unit = unit_of_source(project, diagnostic->source);
    if (!unit)
        return false;
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (!edit_word(&edit, diagnostic->span, diagnostic->fix))
        return false;
    *fix = (struct text_change){unit, edit.changes.items[0]};
    return true;
}
