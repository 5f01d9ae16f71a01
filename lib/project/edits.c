/* States facts and renames, by splices on the places that the builder has kept. */
// SPDX-License-Identifier: MIT
#include "project/edits.h"

#include "base/limits.h"
#include "syntax/build_state.h"
#include "syntax/yaml.h"

static void take(struct project *project, const struct unit *unit, const struct edit *edit) {
    for (size_t i = 0; i < edit->changes.count; i++)
        *ARRAY_ADD(&project->arena, &project->changes->list) =
            (struct text_change){unit, edit->changes.items[i]};
}

static void begin(struct project *project) {
    project->changes = ARENA_NEW(&project->arena, struct text_changes);
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
static bool reads_worse(struct project *project, const struct unit *unit) {
    struct arena_mark mark = arena_mark(&project->arena);
    struct edit edit = changes_of(project, unit);
    size_t after = count_errors(project, unit, edit_apply(&edit));
    bool worse = after && after > count_errors(project, unit, unit->source->text);
    arena_rewind(&project->arena, mark);
    return worse;
}

/* A person who edits a text sees the result; a program does not. Changes stand by file. */
static enum edited check(struct project *project) {
    const struct unit *last = NULL;
    for (size_t i = 0; i < project->changes->list.count; i++) {
        const struct unit *unit = project->changes->list.items[i].unit;
        if (unit != last && reads_worse(project, unit)) {
            begin(project);
            return NO_PLACE;
        }
        last = unit;
    }
    return EDITED;
}

/* ---- stating ----------------------------------------------------------------------------- */

enum edited project_state(struct project *project, struct slice id, struct slice attribute,
                          struct slice value) {
    bool safe;
    begin(project);
    const struct decl *decl = model_find(project->model, id);
    if (!decl)
        return NOTHING_SUCH;
    decl = declared(decl);
    enum attribute_id row = attribute_find(&project->vocabulary->attributes, attribute, decl->kind);
    if (row == ATTRIBUTE_COUNT || !attribute_knows(row, value, &safe))
        return NOTHING_SUCH;
    const struct unit *unit = unit_of(project, decl);
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (!decl->item || !edit_state(&edit, decl->item, attribute, value,
                                   attribute_takes_list(attribute_rows[row].type)))
        return NO_PLACE;
    take(project, unit, &edit);
    return check(project);
}

/* ---- declaring --------------------------------------------------------------------------- */

/* Kinds that need no more than an id and a label. */
#define ON_DECLARED (ON_ELEMENT | ON_BOUNDARY | ON_ASSET)

enum edited project_declare(struct project *project, struct slice kind, struct slice id,
                            struct slice label, struct slice boundary) {
    begin(project);
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
    take(project, unit, &edit);
    return check(project);
}

/* ---- renaming ---------------------------------------------------------------------------- */

/* alias.id: the alias stays. */
static struct slice renamed(struct project *project, struct slice written, struct slice to) {
    struct slice rest = written, alias;
    if (!slice_has(written, '.') || !slice_cut(&rest, '.', &alias))
        return to;
    if (alias.length && (*alias.at == '"' || *alias.at == '\''))
        alias = slice_part(alias, 1, alias.length);
    return text_format(&project->arena, "%.*s.%.*s", S(alias), S(to));
}

static bool rename_uses(struct project *project, const struct unit *unit, const struct decl *decl,
                        struct slice to) {
    struct edit edit = edit_of(&project->arena, unit->tree);
    const struct head *head = decl->item->head;
    if (unit == unit_of(project, decl) && !edit_word(&edit, word_span(&head->name), to))
        return false;
    for (size_t i = 0; unit->model->uses && i < unit->model->uses->list.count; i++) {
        const struct use *use = &unit->model->uses->list.items[i];
        struct slice written = source_slice(unit->source, use->span);
        if (declared(use->decl) == decl &&
            !edit_word(&edit, use->span, renamed(project, written, to)))
            return false;
    }
    take(project, unit, &edit);
    return true;
}

enum edited project_rename(struct project *project, struct slice id, struct slice to) {
    begin(project);
    const struct decl *decl = model_find(project->model, id);
    if (!decl || !is_id(to, false) || to.length > ID_LIMIT || !project->keeps_places)
        return NOTHING_SUCH;
    decl = declared(decl);
    if (!decl->item || !decl->item->head->name.end || model_find(unit_of(project, decl)->model, to))
        return NOTHING_SUCH;
    for (size_t i = 0; i < project->units.count; i++)
        if (!rename_uses(project, project->units.items[i], decl, to)) {
            begin(project);
            return NO_PLACE;
        }
    return check(project);
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
    const struct unit *unit = diagnostic->source->unit < project->units.count
                                  ? project->units.items[diagnostic->source->unit]
                                  : NULL;
    if (!unit || unit->source != diagnostic->source) /* that of a rule pack */
        return false;
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (!edit_word(&edit, diagnostic->span, diagnostic->fix))
        return false;
    *fix = (struct text_change){unit, edit.changes.items[0]};
    return true;
}
