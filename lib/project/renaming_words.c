/* A decision names things by ids of the model that it stands beside, so each id in it is looked up
 * there, by way of that model's imports. */
// SPDX-License-Identifier: MIT
#include "project/renaming_words.h"

#include "syntax/builder.h"

#include <stdlib.h>

struct words {
    struct arena *arena;
    const struct attribute_index *attributes;
    const struct model *model; /* that the decisions are about */
    const struct unit *owner;
    const struct new_id *new_id;
    struct edit *edit;
};

/* ---- ids --------------------------------------------------------------------------------- */

struct slice renamed_id(struct arena *arena, struct slice written, struct slice to) {
    size_t end = written.length;
    while (end && written.at[end - 1] != '.')
        end--;
    return end ? text_join(arena, slice_part(written, 0, end), SLICE(""), to) : to;
}

static struct slice end_id(struct arena *arena, const struct word *end, const struct decl *element,
                           const struct new_id *new_id) {
    return declared(element) == new_id->decl ? renamed_id(arena, word_text(end), new_id->id)
                                             : word_text(end);
}

struct slice renamed_flow(struct arena *arena, const struct decl *flow,
                          const struct new_id *new_id) {
    bool derived = flow->kind == KIND_FLOW && !flow->item->head->name.end && flow->from && flow->to;
    const struct ends *ends = ends_of(flow->item->head);
    if (!derived || (declared(flow->from) != new_id->decl && declared(flow->to) != new_id->decl))
        return decl_id(flow);
    return derived_id(arena, end_id(arena, &ends->from, flow->from, new_id),
                      end_id(arena, &ends->to, flow->to, new_id));
}

/* What `alias.id` means in the model, or NULL. */
static const struct decl *find_meant(const struct model *model, struct slice id) {
    struct slice alias;
    while (model && slice_has(id, '.') && slice_cut(&id, '.', &alias)) {
        const struct import *import =
            model->imports ? table_get(&model->imports->by_alias, alias) : NULL;
        model = import ? import->model : NULL;
    }
    const struct decl *found = model ? table_get(&model->ids, id) : NULL;
    return found ? declared(found) : NULL;
}

/* The same text where it stays. */
static struct slice new_subject(const struct words *words, struct slice id) {
    const struct decl *decl = find_meant(words->model, id);
    if (!decl)
        return id;
    if (decl == words->new_id->decl)
        return renamed_id(words->arena, id, words->new_id->id);
    struct slice own = renamed_flow(words->arena, decl, words->new_id);
    return slice_equal(own, decl_id(decl)) ? id : renamed_id(words->arena, id, own);
}

static struct slice new_rule(const struct words *words, struct slice id) {
    const struct decl *decl = words->new_id->decl;
    return decl->kind == KIND_RULE && slice_equal(decl_id(decl), id) ? words->new_id->id : id;
}

/* A threat has its name in all files of decisions about its model. */
static struct slice new_threat(const struct words *words, struct slice id) {
    const struct decl *decl = words->new_id->decl;
    bool meant = decl->kind == KIND_THREAT && words->new_id->home->owner == words->owner &&
                 slice_equal(decl_id(decl), id);
    return meant ? words->new_id->id : id;
}

/* LETTER@SUBJECT[/RULE[/FLOW]] */
static struct slice new_row(const struct words *words, struct slice row) {
    struct slice letter, subject, rule, text;
    if (!slice_has(row, '@') || !slice_cut(&row, '@', &letter) || !slice_cut(&row, '/', &subject))
        return row;
    text = text_join(words->arena, letter, SLICE("@"), new_subject(words, subject));
    if (slice_cut(&row, '/', &rule))
        text = text_join(words->arena, text, SLICE("/"), new_rule(words, rule));
    return row.length ? text_join(words->arena, text, SLICE("/"), new_subject(words, row)) : text;
}

/* ---- what decisions rest on -------------------------------------------------------------- */

static int compare_slices(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* In order of the words, as they are compared. */
static struct slice new_list(const struct words *words, struct slice list) {
    ARRAY_OF(struct slice) ids = {0};
    struct slice id, joined = {"", 0};
    while (slice_cut(&list, ',', &id))
        *ARRAY_ADD(words->arena, &ids) = new_subject(words, id);
    if (ids.count > 1)
        qsort(ids.items, ids.count, sizeof *ids.items, compare_slices);
    for (size_t i = 0; i < ids.count; i++)
        joined = i ? text_join(words->arena, joined, SLICE(","), ids.items[i]) : ids.items[i];
    return joined;
}

static bool is_list_of_ids(const struct words *words, struct slice name) {
    enum attribute_id id = attribute_family(words->attributes, name);
    return slice_is(name, "crosses") || slice_is(name, "in") ||
           (id != ATTRIBUTE_COUNT && attribute_refers(attribute_rows[id].type));
}

/* ID.NAME=VALUE; whatever else stands there says nothing. */
static struct slice new_basis(const struct words *words, struct slice line) {
    struct slice name, value = line;
    if (!slice_has(line, '=') || !slice_cut(&value, '=', &name) || !slice_has(name, '.'))
        return line;
    size_t dot = name.length;
    while (name.at[dot - 1] != '.')
        dot--;
    struct slice id = new_subject(words, slice_part(name, 0, dot - 1));
    name = slice_part(name, dot, name.length);
    if (is_list_of_ids(words, name))
        value = new_list(words, value);
    return text_join(words->arena, text_join(words->arena, id, SLICE("."), name), SLICE("="),
                     value);
}

/* ---- words ------------------------------------------------------------------------------- */

typedef struct slice renewal(const struct words *words, struct slice text);

/* NULL: it has no ids, or ids of the past. */
static renewal *renewal_of(const struct attribute *attribute, struct slice text) {
    switch (attribute->id) {
    case ATTRIBUTE_candidate:
    case ATTRIBUTE_dismissed:
    case ATTRIBUTE_patterns:
        return new_row;
    case ATTRIBUTE_see:
        return slice_has(text, '@') ? new_row : new_threat;
    case ATTRIBUTE_for_threats:
        return new_threat;
    case ATTRIBUTE_threat_on:
    case ATTRIBUTE_component:
    case ATTRIBUTE_by_adversaries:
        return new_subject;
    case ATTRIBUTE_basis:
        return new_basis;
    default:
        return NULL;
    }
}

static bool renew(const struct words *words, const struct word *word, renewal *how) {
    struct slice text = word_text(word), renewed = how ? how(words, text) : text;
    return slice_equal(text, renewed) || edit_word(words->edit, word_span(word), renewed);
}

static bool rename_in_attribute(const struct words *words, const struct attribute *attribute) {
    const struct value *value = attribute->item->value;
    bool list = value->word.kind == VALUE_LIST;
    for (value = list ? value_items(value) : value; value; value = list ? value->next : NULL)
        if (value->word.kind != VALUE_LIST &&
            !renew(words, &value->word, renewal_of(attribute, word_text(&value->word))))
            return false;
    return true;
}

static bool rename_in_decision(const struct words *words, const struct decl *decl) {
    if (decl->kind == KIND_DISMISS && !renew(words, &decl->item->head->name, new_row))
        return false;
    for (const struct attribute *at = decl->attributes; at; at = at->next)
        if (!rename_in_attribute(words, at))
            return false;
    return true;
}

bool rename_words(struct project *project, const struct unit *unit, const struct new_id *new_id,
                  struct edit *edit) {
    const struct words words = {.arena = &project->arena,
                                .attributes = &project->vocabulary->attributes,
                                .model = unit->owner->model,
                                .owner = unit->owner,
                                .new_id = new_id,
                                .edit = edit};
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < unit->model->of[kind].count; i++)
            if (!rename_in_decision(&words, unit->model->of[kind].items[i]))
                return false;
    return true;
}
