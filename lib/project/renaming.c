/* Gives declarations other ids: by the uses that were recorded, in all files that were read. The
 * old id stays in `was`, as decisions that nobody has read may name it. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "project/decision_words.h"
#include "project/renaming_words.h"
#include "syntax/build_state.h"
#include "syntax/edit_text.h"

/* ---- the uses ---------------------------------------------------------------------------- */

/* In rules a use may be the name of a letter, or an id that a rule once had: both stay. */
static bool is_by_id(const struct unit *unit, struct slice written, const struct decl *decl) {
    return !unit->of_rules || slice_equal(written, decl_id(decl));
}

/* An unnamed flow gets a name of its own. */
static bool rename_declaration(struct edit *edit, const struct new_id *new_id) {
    const struct head *head = new_id->decl->item->head;
    if (head->name.end)
        return edit_word(edit, word_span(&head->name), new_id->id);
    uint32_t start = decl_span(new_id->decl).start;
    add_change(edit, start, start,
               text_format(edit->arena, "flow %.*s = ", SLICE_ARGS(new_id->id)));
    return true;
}

/* The first one is the oldest, by which reviews know it. No rule may have an id of its own past, so
 * it gets the other one there. */
static bool keep_past(struct edit *edit, const struct new_id *new_id) {
    const struct decl *decl = new_id->decl;
    if (decl->kind == KIND_LETTER) /* whose decisions are kept by rows */
        return true;
    const struct attribute *was = decl_attribute(decl, ATTRIBUTE_was);
    for (const struct value *value = stated_values(was); value && decl->kind == KIND_RULE;
         value = next_stated(was, value))
        if (slice_equal(word_text(&value->word), new_id->id))
            return edit_word(edit, word_span(&value->word), decl_id(decl));
    return edit_state(edit, decl->item, SLICE("was"), decl_id(decl), true);
}

static bool rename_uses(struct project *project, const struct unit *unit,
                        const struct new_id *new_id, struct edit *edit) {
    for (size_t i = 0; unit->model->uses && i < unit->model->uses->list.count; i++) {
        const struct use *use = &unit->model->uses->list.items[i];
        struct slice written = source_slice(unit->source, use->span);
        if (declared(use->decl) != new_id->decl || !is_by_id(unit, written, new_id->decl))
            continue;
        bool quoted = *written.at == '"' || *written.at == '\'';
        struct slice id = slice_part(written, quoted, written.length - 2 * (size_t)quoted);
        if (!edit_word(edit, use->span, renamed_id(&project->arena, id, new_id->id)))
            return false;
    }
    return true;
}

static bool rename_in(struct project *project, const struct unit *unit,
                      const struct new_id *new_id) {
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (unit == new_id->home && !(rename_declaration(&edit, new_id) && keep_past(&edit, new_id)))
        return false;
    bool fine = unit->owner ? rename_words(project, unit, new_id, &edit)
                            : rename_uses(project, unit, new_id, &edit);
    edits_take(project, unit, &edit);
    return fine;
}

/* ---- whether it may be ------------------------------------------------------------------- */

static bool refuse_taken(struct project *project, struct slice to, const struct decl *by) {
    return edits_refuse(project, "'%.*s' is taken: %.*s:%zu declares it", SLICE_ARGS(to),
                        SLICE_ARGS(decl_source(by)->path),
                        source_line_number(&project->arena, decl_source(by), decl_span(by).start));
}

/* Decisions may still name it by that. */
static const struct decl *whose_past(const struct model *model, struct slice id) {
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < model->of[kind].count; i++) {
            const struct decl *decl = model->of[kind].items[i];
            const struct attribute *was = decl_attribute(decl, ATTRIBUTE_was);
            for (const struct value *at = stated_values(was); at; at = next_stated(was, at))
                if (slice_equal(word_text(&at->word), id))
                    return decl;
        }
    return NULL;
}

/* Unnamed flows of the file change their ids with those of their ends. */
static bool may_derive(struct project *project, const struct unit *unit,
                       const struct new_id *new_id) {
    const struct decl_list *flows = &unit->model->of[KIND_FLOW];
    for (size_t i = 0; decl_is_element(new_id->decl) && i < flows->count; i++) {
        struct slice id = renamed_flow(&project->arena, flows->items[i], new_id);
        const struct decl *there = model_find(unit->model, id);
        if (there && there != flows->items[i] && !more_of(flows->items[i])->origin)
            return refuse_taken(project, id, there);
    }
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
        if (pack->rules.items[i] != rule &&
            (rule_was(pack->rules.items[i], to) || rule_was(pack->rules.items[i], rule->id)))
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

static bool may_rename_in_rules(struct project *project, const struct unit *unit,
                                const struct decl *decl, struct slice to) {
    const struct rule_pack *pack = project->pack;
    bool known = !unit->source->shared && pack->method;
    if (known && decl->kind == KIND_RULE && may_rename_rule(pack, decl, to))
        return true;
    if (known && decl->kind == KIND_LETTER && may_rename_letter(pack, decl, to))
        return true;
    return edits_refuse(project,
                        "'%.*s' cannot become '%.*s': that is taken, or other rules depend on the "
                        "id it has",
                        SLICE_ARGS(decl_id(decl)), SLICE_ARGS(to));
}

/* What has this id among all decisions about one model, or NULL. */
static const struct decl *find_decision(const struct project *project, const struct unit *owner,
                                        struct slice id) {
    const struct decl *found = NULL;
    for (size_t i = 0; !found && i < project->triage.count; i++)
        if (project->triage.items[i]->owner == owner)
            found = table_get(&project->triage.items[i]->model->ids, id);
    return found;
}

static bool may_rename_in_model(struct project *project, const struct new_id *new_id) {
    const struct unit *unit;
    const struct decl *past = whose_past(new_id->home->model, new_id->id);
    if (past && past != new_id->decl)
        return edits_refuse(
            project, "'%.*s' had the id '%.*s' before, and decisions may still name it by that",
            SLICE_ARGS(decl_id(past)), SLICE_ARGS(new_id->id));
    for (size_t i = 0; (unit = project_unit(project, i)) != NULL; i++)
        if (!unit->of_rules && !unit->owner && unit->model && !may_derive(project, unit, new_id))
            return false;
    return true;
}

static bool may_rename(struct project *project, const struct new_id *new_id) {
    const struct unit *home = new_id->home;
    const struct head *head = new_id->decl->item ? new_id->decl->item->head : NULL;
    const struct decl *taken = home->owner ? find_decision(project, home->owner, new_id->id)
                                           : model_find(home->model, new_id->id);
    if (!head || !(head->name.end || new_id->decl->kind == KIND_FLOW))
        return edits_refuse(project, "that declaration has no id of its own");
    if (kind_rows[new_id->decl->kind].id_rule == ROW_ID)
        return edits_refuse(project, "%s has the id of its question",
                            kind_rows[new_id->decl->kind].article);
    if (taken)
        return refuse_taken(project, new_id->id, taken);
    return home->of_rules ? may_rename_in_rules(project, home, new_id->decl, new_id->id)
                          : may_rename_in_model(project, new_id);
}

static bool is_new_id(struct project *project, const struct new_id *new_id) {
    if (!is_id(new_id->id, new_id->decl->kind == KIND_THREAT))
        return edits_refuse(project, "'%.*s' is no id: a letter or _, then letters, digits, _ or -",
                            SLICE_ARGS(new_id->id));
    return new_id->id.length <= ID_LIMIT ||
           edits_refuse(project, "an id has at most %d characters", ID_LIMIT);
}

/* ---- doing it ---------------------------------------------------------------------------- */

static enum edited rename_decl(struct project *project, const struct decl *decl, struct slice to) {
    const struct new_id new_id = {declared(decl), to, unit_of(project, decl)};
    if (!is_new_id(project, &new_id) || !project->keeps_places)
        return NOTHING_SUCH;
    if (!new_id.home) {
        edits_refuse(project, "'%.*s' is built in", SLICE_ARGS(decl_id(decl)));
        return NOTHING_SUCH;
    }
    if (!may_rename(project, &new_id))
        return NOTHING_SUCH;
    const struct unit *unit;
    for (size_t i = 0; (unit = project_unit(project, i)) != NULL; i++)
        if (unit->model && !rename_in(project, unit, &new_id)) {
            edits_begin(project);
            return NO_PLACE;
        }
    return edits_check(project);
}

/* Of a pack that was added, or that the model names. */
static const struct decl *find_rule(const struct project *project, struct slice id) {
    for (size_t i = 0; i < project->pack_units.count; i++) {
        const struct decl_list *rules = &project->pack_units.items[i]->model->of[KIND_RULE];
        for (size_t j = 0; j < rules->count; j++)
            if (slice_equal(decl_id(rules->items[j]), id))
                return rules->items[j];
    }
    return NULL;
}

/* A model's own ids first. */
static const struct decl *find_decl(struct project *project, struct slice id) {
    const struct unit *main = project->units.count ? project->units.items[0] : NULL;
    const struct decl *decl = main ? model_find(project->model, id) : NULL;
    if (!decl && main)
        decl = find_decision(project, main, id);
    if (!decl)
        decl = find_rule(project, id);
    return decl ? decl : edits_find(project, id);
}

enum edited project_rename(struct project *project, struct slice id, struct slice to) {
    edits_begin(project);
    const struct decl *decl = find_decl(project, id);
    return decl ? rename_decl(project, decl, to) : NOTHING_SUCH;
}

enum edited project_rename_at(struct project *project, const struct unit *unit, uint32_t offset,
                              struct slice to) {
    edits_begin(project);
    const struct text_place *place = find_place(project, unit, offset);
    if (place && place->decl && (place->role == ROLE_DECLARATION || place->role == ROLE_REFERENCE))
        return rename_decl(project, place->decl, to);
    edits_refuse(project, "nothing is declared or named there");
    return NOTHING_SUCH;
}
