/* Gives declarations other ids: by the uses that were recorded, in all files that were read. The
 * old id stays in `was`, as decisions that nobody has read may name it. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "project/edits.h"
#include "syntax/build_state.h"
#include "syntax/edit_text.h"

/* ---- the uses ---------------------------------------------------------------------------- */

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

/* An unnamed flow gets a name of its own. */
static bool rename_declaration(struct edit *edit, const struct decl *decl, struct slice to) {
    const struct head *head = decl->item->head;
    if (head->name.end)
        return edit_word(edit, word_span(&head->name), to);
    uint32_t start = decl_span(decl).start;
    add_change(edit, start, start, text_format(edit->arena, "flow %.*s = ", SLICE_ARGS(to)));
    return true;
}

/* One that takes an id of its own past gives the other one for it. */
static bool keep_past(struct edit *edit, const struct decl *decl, struct slice to) {
    if (decl->kind == KIND_LETTER) /* whose decisions are kept by rows */
        return true;
    const struct attribute *was = decl_attribute(decl, ATTRIBUTE_was);
    for (const struct value *value = stated_values(was); value; value = next_stated(was, value))
        if (slice_equal(word_text(&value->word), to))
            return edit_word(edit, word_span(&value->word), decl_id(decl));
    return edit_state(edit, decl->item, SLICE("was"), decl_id(decl), true);
}

static bool rename_uses(struct project *project, const struct unit *unit, const struct decl *decl,
                        struct slice to) {
    struct edit edit = edit_of(&project->arena, unit->tree);
    if (unit == unit_of(project, decl) &&
        !(rename_declaration(&edit, decl, to) && keep_past(&edit, decl, to)))
        return false;
    for (size_t i = 0; unit->model->uses && i < unit->model->uses->list.count; i++) {
        const struct use *use = &unit->model->uses->list.items[i];
        struct slice written = source_slice(unit->source, use->span);
        if (declared(use->decl) == decl && is_by_id(unit, written, decl) &&
            !edit_word(&edit, use->span, renamed(project, written, to)))
            return false;
    }
    edits_take(project, unit, &edit);
    return true;
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

static struct slice end_of(struct project *project, const struct word *end,
                           const struct decl *element, const struct decl *decl, struct slice to) {
    struct slice written = word_text(end);
    return declared(element) == decl ? renamed(project, written, to) : written;
}

/* Unnamed flows of the file change their ids with those of their ends. */
static bool may_derive(struct project *project, const struct unit *unit, const struct decl *decl,
                       struct slice to) {
    const struct decl_list *flows = &unit->model->of[KIND_FLOW];
    for (size_t i = 0; decl_is_element(decl) && i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        if (!flow->from || !flow->to || flow->item->head->name.end ||
            (declared(flow->from) != decl && declared(flow->to) != decl))
            continue;
        const struct ends *ends = ends_of(flow->item->head);
        struct slice id =
            derived_id(&project->arena, end_of(project, &ends->from, flow->from, decl, to),
                       end_of(project, &ends->to, flow->to, decl, to));
        const struct decl *there = model_find(unit->model, id);
        if (there && there != flow)
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

static bool may_rename(struct project *project, const struct unit *unit, const struct decl *decl,
                       struct slice to) {
    const struct decl *taken = model_find(unit->model, to), *past = whose_past(unit->model, to);
    bool has_word = decl->item && (decl->item->head->name.end || decl->kind == KIND_FLOW);
    if (!has_word)
        return edits_refuse(project, "that declaration has no id of its own");
    if (taken)
        return refuse_taken(project, to, taken);
    if (unit->of_rules)
        return may_rename_in_rules(project, unit, decl, to);
    if (past && past != decl)
        return edits_refuse(
            project, "'%.*s' had the id '%.*s' before, and decisions may still name it by that",
            SLICE_ARGS(decl_id(past)), SLICE_ARGS(to));
    for (size_t i = 0; (unit = project_unit(project, i)) != NULL; i++)
        if (!unit->of_rules && unit->model && !may_derive(project, unit, decl, to))
            return false;
    return true;
}

static bool is_new_id(struct project *project, struct slice to) {
    if (!is_id(to, false))
        return edits_refuse(project, "'%.*s' is no id: a letter or _, then letters, digits, _ or -",
                            SLICE_ARGS(to));
    return to.length <= ID_LIMIT ||
           edits_refuse(project, "an id has at most %d characters", ID_LIMIT);
}

/* ---- doing it ---------------------------------------------------------------------------- */

static enum edited rename_decl(struct project *project, const struct decl *decl, struct slice to) {
    if (!is_new_id(project, to) || !project->keeps_places)
        return NOTHING_SUCH;
    decl = declared(decl);
    const struct unit *unit = unit_of(project, decl);
    if (!unit) {
        edits_refuse(project, "'%.*s' is built in", SLICE_ARGS(decl_id(decl)));
        return NOTHING_SUCH;
    }
    if (!may_rename(project, unit, decl, to))
        return NOTHING_SUCH;
    for (size_t i = 0; (unit = project_unit(project, i)) != NULL; i++)
        if (!rename_uses(project, unit, decl, to)) {
            edits_begin(project);
            return NO_PLACE;
        }
    return edits_check(project);
}

enum edited project_rename(struct project *project, struct slice id, struct slice to) {
    edits_begin(project);
    const struct decl *decl = edits_find(project, id);
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
