/* Stating facts: in the model, where they answer questions, and in decisions, as a mitigation gets
 * done. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"
#include "syntax/hints.h"

/* A decision's attributes are checked as those of a new one are; a model's when it is compiled. */
static bool is_sound(struct decider *decider, const struct decl *decl,
                     const struct statement *statement) {
    if (!(kind_rows[decl->kind].files & IN_TRIAGE))
        return true;
    const struct draft draft = {.kind = (enum kind)decl->kind,
                                .id = decl->kind == KIND_DISMISS ? SLICE("S@x") : SLICE("x"),
                                .statements = statement,
                                .count = 1};
    return check_draft(decider, &draft);
}

/* With the known ones, or the one that may be meant, as where a text has it. */
static bool refuse_value(struct decider *decider, enum attribute_id id, struct slice value) {
    struct diagnostic hinted = {0};
    if (attribute_rows[id].type == TYPE_YESNO)
        hint_yes_or_no(&decider->scratch, &hinted, value);
    if (!hinted.hint.length)
        hint_values(&decider->scratch, &hinted, id, value);
    return refuse_request(decider, diag_kind(DIAG_unknown_value)->code,
                          "'%.*s' is no known value of '%s'%s%.*s", SLICE_ARGS(value),
                          attribute_rows[id].name, hinted.hint.length ? "; " : "",
                          SLICE_ARGS(hinted.hint));
}

static bool knows(struct decider *decider, const struct statement *statement) {
    bool safe;
    for (size_t i = 0; i < statement->count; i++)
        if (attribute_lists_words(attribute_rows[statement->id].type) &&
            !value_is_known(statement->id, statement->values[i], &safe))
            return refuse_value(decider, statement->id, statement->values[i]);
    return true;
}

/* Of a list each value that is not there is added to it; a new list is written as one, and one that
 * was given in brackets stands in place of the old one. */
static bool edit_values(struct edit *edit, const struct decl *decl,
                        const struct statement *statement, bool is_new, bool is_whole) {
    struct slice name = slice_of(attribute_rows[statement->id].name);
    bool is_list = attribute_takes_list(attribute_rows[statement->id].type);
    if (!decl->item)
        return false;
    if (!edit->is_yaml && (is_whole || (is_new && statement->count > 1)))
        return edit_spell(edit, decl->item, name, spell_values(edit->arena, statement));
    if (is_whole && !is_new)
        return replace_list_in_yaml(edit, decl->item, name, statement->values, statement->count);
    return is_list ? edit_add_values(edit, decl->item, name, statement->values, statement->count)
                   : edit_state(edit, decl->item, name, *statement->values, false);
}

static bool state(struct decider *decider, const struct decl *decl,
                  const struct statement *statement, bool is_whole, bool *changes) {
    const struct attribute *before = decl_attribute(decl, statement->id);
    const struct unit *unit = unit_of(decider->project, decl);
    struct edit *edit = &file_of(decider, unit)->edit;
    size_t changed = edit->changes.count;
    if (states(decl, statement))
        return true;
    if (!edit_values(edit, decl, statement, !before, is_whole))
        return refuse_request(decider, "", "%s: there is no place where '%s' can be written",
                              place_text(decider, decl), attribute_rows[statement->id].name);
    *changes |= edit->changes.count > changed || !before;
    decider->states_facts |= !unit->owner;
    return true;
}

/* ---- evidence ---------------------------------------------------------------------------- */

/* "evidence.auth": the fact that is shown; "" where an attribute is stated. */
static struct slice fact_of(const struct named_values *given) {
    struct slice block = {"", 0}, rest = given->name;
    return slice_starts(rest, "evidence.") && slice_cut(&rest, '.', &block) ? rest : SLICE("");
}

static bool check_place(struct decider *decider, const struct decl *decl, struct slice fact,
                        const struct named_values *given) {
    enum attribute_id id =
        attribute_find(&decider->project->vocabulary->attributes, fact, decl->kind);
    if (id == ATTRIBUTE_COUNT || attribute_rows[id].role == ROLE_NOTE)
        return refuse_request(decider, diag_kind(DIAG_unknown_fact)->code,
                              "%s has no fact '%.*s' to give evidence for",
                              kind_rows[decl->kind].article, SLICE_ARGS(fact));
    return (given->count == 1 && given->values->length) ||
           refuse_request(decider, "",
                          "evidence is one place, such as \"src/audit.ts#record\", for each fact");
}

static bool is_shown_at(const struct decl *decl, struct slice fact, struct slice place) {
    for (const struct attribute *at = more_of(decl)->evidence; at; at = at->next)
        if (slice_is(fact, attribute_rows[at->id].name) && at->item)
            return slice_equal(word_text(&at->item->value->word), place);
    return false;
}

/* It is no fact itself, so that nothing rests on it. */
static bool state_evidence(struct decider *decider, const struct decl *decl,
                           const struct named_values *given, bool *changes) {
    struct slice fact = fact_of(given);
    struct edit *edit = &file_of(decider, unit_of(decider->project, decl))->edit;
    if (!check_place(decider, decl, fact, given))
        return false;
    if (is_shown_at(decl, fact, *given->values))
        return true;
    *changes = true;
    return (decl->item && edit_evidence(edit, decl->item, fact, *given->values)) ||
           refuse_request(decider, "", "%s: there is no place where evidence can be written",
                          place_text(decider, decl));
}

/* ---- the verb ---------------------------------------------------------------------------- */

static const struct decl *find_decl(struct decider *decider, struct slice id) {
    const struct decl *decl = table_get(&decider->ids, id);
    if (decl)
        return decl;
    decl = edits_find(decider->project, id);
    return decl ? declared(decl) : NULL;
}

bool check_statement(struct decider *decider, const struct decl *decl,
                     const struct named_values *given, struct statement *statement) {
    return take_statement(decider, (enum kind)decl->kind, given, statement) &&
           knows(decider, statement) &&
           check_names(decider, unit_of(decider->project, decl), statement) &&
           is_sound(decider, decl, statement);
}

bool state_decision(struct decider *decider, const struct decl *decl,
                    const struct decision_request *request) {
    bool fine = true, changes = false;
    for (size_t i = 0; i < request->attribute_count; i++) {
        const struct named_values *given = &request->attributes[i];
        struct statement statement;
        if (fact_of(given).length)
            fine &= state_evidence(decider, decl, given, &changes);
        else
            fine &= check_statement(decider, decl, given, &statement) &&
                    state(decider, decl, &statement, is_whole_list(given->values, given->count),
                          &changes);
    }
    struct deed *deed = note_deed(decider, changes, kind_rows[decl->kind].word, decl_id(decl));
    deed->path = unit_of(decider->project, decl)->path;
    return fine;
}

bool decide_state(struct decider *decider, const struct decision_request *request) {
    bool fine = true;
    if (!request->id_count || !request->attribute_count)
        return refuse_request(decider, "", "state needs an id, and an attribute with its value");
    for (size_t i = 0; i < request->id_count; i++) {
        const struct decl *decl = find_decl(decider, request->ids[i]);
        fine &= decl ? state_decision(decider, decl, request)
                     : refuse_as_edit(decider, diag_kind(DIAG_unknown_element)->code);
    }
    return fine;
}
