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

/* alias.id: the alias stays, or the chain of them. */
static struct slice renamed(struct project *project, struct slice written, struct slice to) {
    size_t end = written.length;
    while (end && written.at[end - 1] != '.')
        end--;
    bool quoted = end && (*written.at == '"' || *written.at == '\'');
    return end ? text_join(&project->arena, slice_part(written, quoted, end), SLICE(""), to) : to;
}

/* In rules a use may be the name of a letter, or an id that a rule once had: both stay. */
static bool is_by_id(const struct unit *unit, struct slice written, const struct decl *decl) {
    return !unit->of_rules || slice_equal(written, decl_id(decl));
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
        if (declared(use->decl) == decl && is_by_id(unit, written, decl) &&
            !edit_word(&edit, use->span, renamed(project, written, to)))
            return false;
    }
    take(project, unit, &edit);
    return true;
}

/* Not one that takes the place of another pack's rule, nor one that is another rule's past: both
 * depend on the id that they have. */
static bool may_rename_rule(const struct rule_pack *pack, const struct decl *decl,
                            struct slice to) {
    const struct rule *rule = table_get(&pack->by_id, decl_id(decl));
    if (!rule || rule->decl != decl || rule->replaces || table_get(&pack->by_id, to))
        return false;
    for (size_t i = 0; i < pack->rules.count; i++)
        if (rule_was(pack->rules.items[i], to) || rule_was(pack->rules.items[i], rule->id))
            return false;
    return true;
}

/* Not one that the rules of another method have as well. */
static bool may_rename_letter(const struct rule_pack *pack, const struct decl *decl,
                              struct slice to) {
    const struct letter *letter = method_letter(pack->method, decl_id(decl));
    if (!letter || letter->decl != decl || letter->replaces || to.length > LETTER_LENGTH ||
        method_letter(pack->method, to))
        return false;
    for (size_t i = 0; i < pack->rules.count; i++)
        if (slice_equal(pack->rules.items[i]->letter->code, to))
            return false;
    return true;
}

static bool may_rename(const struct project *project, const struct unit *unit,
                       const struct decl *decl, struct slice to) {
    if (!decl->item || !decl->item->head->name.end || model_find(unit->model, to))
        return false;
    if (!unit->of_rules)
        return true;
    if (unit->source->shared || !project->pack->method)
        return false;
    return decl->kind == KIND_RULE     ? may_rename_rule(project->pack, decl, to)
           : decl->kind == KIND_LETTER ? may_rename_letter(project->pack, decl, to)
                                       : false;
}

static enum edited rename_decl(struct project *project, const struct decl *decl, struct slice to) {
    if (!decl || !is_id(to, false) || to.length > ID_LIMIT || !project->keeps_places)
        return NOTHING_SUCH;
    decl = declared(decl);
    const struct unit *unit = unit_of(project, decl);
    if (!unit || !may_rename(project, unit, decl, to))
        return NOTHING_SUCH;
    for (size_t i = 0; (unit = project_unit(project, i)) != NULL; i++)
        if (!rename_uses(project, unit, decl, to)) {
            begin(project);
            return NO_PLACE;
        }
    return check(project);
}

enum edited project_rename(struct project *project, struct slice id, struct slice to) {
    begin(project);
    return rename_decl(project, model_find(project->model, id), to);
}

enum edited project_rename_at(struct project *project, const struct unit *unit, uint32_t offset,
                              struct slice to) {
    begin(project);
    const struct text_place *place = find_place(project, unit, offset);
    bool names = place && (place->role == ROLE_DECLARATION || place->role == ROLE_REFERENCE);
    return rename_decl(project, names ? place->decl : NULL, to);
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
