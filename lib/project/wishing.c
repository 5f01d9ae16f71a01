/* What lines of a sheet want decisions to state that are there already: gathered over all lines,
 * as several of them may be about one decision. */
// SPDX-License-Identifier: MIT
#include "project/answering.h"

static const char *name_of(int attribute) {
    return attribute == ATTRIBUTE_LABEL ? "title" : attribute_rows[attribute].name;
}

static struct wishes *wishes_of(struct answering *answering, const struct decl *decl) {
    struct arena *arena = answering->decider->arena;
    const void *address = decl;
    struct wishes *wishes = table_get(&answering->wished, address_key(&address));
    if (wishes)
        return wishes;
    wishes = ARENA_NEW(arena, struct wishes);
    wishes->decl = decl;
    *ARRAY_ADD(arena, &answering->wishes) = wishes;
    return table_intern(arena, &answering->wished, kept_address(arena, decl), wishes);
}

/* Decisions beside an imported model are that file's own. */
static bool is_ours(struct answering *answering, const struct decl *decl) {
    struct decider *decider = answering->decider;
    const struct project *project = decider->project;
    return unit_of(project, decl)->owner == project->units.items[0] ||
           refuse_request(decider, "", "it is decided beside another model: change it there, %s",
                          place_text(decider, decl));
}

static bool can_be_stated(struct answering *answering, const struct decl *decl, int attribute,
                          struct slice value) {
    if (attribute == ATTRIBUTE_LABEL)
        return true;
    const struct named_values named = {slice_of(attribute_rows[attribute].name), &value, 1};
    struct statement ignored;
    return check_statement(answering->decider, decl, &named, &ignored);
}

bool wish_for(struct answering *answering, const struct decl *decl, struct wish wish) {
    struct decider *decider = answering->decider;
    if (wish.changes &&
        (!is_ours(answering, decl) || !can_be_stated(answering, decl, wish.attribute, wish.value)))
        return false;
    struct wishes *wishes = wishes_of(answering, decl);
    for (size_t i = 0; i < wishes->list.count; i++) {
        const struct wish *other = &wishes->list.items[i];
        if (other->attribute != wish.attribute)
            continue;
        return slice_equal(other->value, wish.value) ||
               refuse_request(decider, diag_kind(DIAG_conflict)->code,
                              "line %zu says '%.*s' of the same decision, for '%s'",
                              other->line->number, SLICE_ARGS(other->value),
                              name_of(wish.attribute));
    }
    *ARRAY_ADD(decider->arena, &wishes->list) = wish;
    return true;
}

/* ---- columns ----------------------------------------------------------------------------- */

bool refuse_several(struct answering *answering, const char *column, const struct decl_list *list) {
    return refuse_request(answering->decider, "",
                          "'%s' is that of %zu decisions, such as '%.*s': change each by its own "
                          "id, with stridec triage state",
                          column, list->count, SLICE_ARGS(decl_id(list->items[0])));
}

/* What the declarations of a column state, with the line as a witness; or what it wants of all of
 * them, which have to state the same now. */
static bool wish_for_all(struct answering *answering, const struct decl_list *list,
                         enum answer_column column, bool changes, const struct answer_line *line) {
    struct slice text = list_text(answering->decider->arena, list, column);
    int attribute = column_attribute(column, (enum kind)list->items[0]->kind);
    struct wish wish = {.attribute = attribute, .changes = changes, .line = line};
    bool fine = true;
    for (size_t i = 0; changes && i < list->count; i++)
        if (!slice_equal(column_text_of(list->items[i], column), text))
            return refuse_several(answering, answer_columns[column].name, list);
    if (changes && !cell_value(answering->decider, attribute, line->cells[column], &wish.value))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (!changes)
            wish.value = column_text_of(list->items[i], column);
        fine &= wish_for(answering, list->items[i], wish);
    }
    return fine;
}

/* The declarations of which a line with this word speaks in a column. */
static const struct decl_list *spoken_of(const struct asked *asked, const struct answer_word *word,
                                         enum answer_column column) {
    if (word == asked->now.word)
        return column_holders(&asked->now, column);
    enum kind kind = column_kind(word, column);
    const struct decl_list *list = kind == KIND_COUNT ? NULL : answer_list(&asked->now, kind);
    return list && list->count ? list : NULL;
}

static bool list_says(struct answering *answering, const struct decl_list *list,
                      enum answer_column column, struct slice cell) {
    struct arena *arena = answering->decider->arena;
    int attribute = column_attribute(column, (enum kind)list->items[0]->kind);
    return cell_says(arena, attribute, cell, list_text(arena, list, column));
}

bool compare_column(struct answering *answering, const struct asked *asked,
                    const struct answer_line *line, const struct answer_word *word,
                    enum answer_column column) {
    struct slice cell = line->cells[column];
    const struct decl_list *shown = column_holders(&asked->now, column);
    if (shown && list_says(answering, shown, column, cell))
        return wish_for_all(answering, shown, column, false, line);
    const struct decl_list *list = spoken_of(asked, word, column);
    if (!list)
        return refuse_request(answering->decider, "", "an answer '%s' has no '%s'", word->word,
                              answer_columns[column].name);
    return wish_for_all(answering, list, column, !list_says(answering, list, column, cell), line);
}

/* ---- granting them ----------------------------------------------------------------------- */

/* False where another line decides the same anew. */
static bool may_change(struct answering *answering, const struct wishes *wishes) {
    const void *address = wishes->decl;
    struct decider *decider = answering->decider;
    return !table_get(&decider->rewritten, address_key(&address)) ||
           refuse_request(decider, diag_kind(DIAG_conflict)->code,
                          "what decides it, %s, is changed by another line: import one first, "
                          "then the other",
                          place_text(decider, wishes->decl));
}

/* One that has no id of its own is known by what it is about. */
static void name_deed(struct decider *decider, const struct decl *decl) {
    struct deed *deed = &decider->deeds->list.items[decider->deeds->list.count - 1];
    const struct decision *decision = decision_of(decider, decl);
    deed->changes = true;
    if (!deed->id.length && decision && decision->target_count)
        deed->id = target_id(decider, &decision->targets[0]);
}

/* The first line that wants another state; NULL where none does. */
static const struct answer_line *line_of(const struct wishes *wishes) {
    for (size_t i = 0; i < wishes->list.count; i++)
        if (wishes->list.items[i].changes)
            return wishes->list.items[i].line;
    return NULL;
}

static bool grant(struct answering *answering, const struct wishes *wishes) {
    struct decider *decider = answering->decider;
    const struct answer_line *line = line_of(wishes);
    struct named_values *named =
        ARENA_ARRAY(decider->arena, struct named_values, wishes->list.count);
    struct decision_request request = {.attributes = named};
    if (!line)
        return true;
    answer_at(answering, line);
    if (!may_change(answering, wishes))
        return false;
    for (size_t i = 0; i < wishes->list.count; i++) {
        const struct wish *wish = &wishes->list.items[i];
        if (!wish->changes)
            continue;
        if (wish->attribute == ATTRIBUTE_LABEL)
            edit_label(&file_of(decider, unit_of(decider->project, wishes->decl))->edit,
                       wishes->decl->item, wish->value);
        else
            named[request.attribute_count++] = (struct named_values){
                slice_of(attribute_rows[wish->attribute].name), &wish->value, 1};
    }
    bool fine = state_decision(decider, wishes->decl, &request);
    name_deed(decider, wishes->decl);
    return fine;
}

bool grant_wishes(struct answering *answering) {
    bool fine = true;
    for (size_t i = 0; i < answering->wishes.count; i++)
        fine &= grant(answering, answering->wishes.items[i]);
    return fine;
}
