/* Tables from ids to declarations and rules, made once for all decisions of a file. */
// SPDX-License-Identifier: MIT
#include "analysis/naming.h"

#include "model/union.h"
#include "syntax/builder.h"

/* ---- subjects ---------------------------------------------------------------------------- */

/* The ids of the past stand where the declaration does, so they have the same aliases before them.
 */
static struct slice former_id(const struct naming *naming, const struct decl *decl,
                              struct slice was) {
    struct slice id = decl_id(decl);
    size_t dot = id.length;
    while (dot && id.at[dot - 1] != '.')
        dot--;
    return dot ? text_join(naming->arena, slice_part(id, 0, dot), SLICE(""), was) : was;
}

static void note(struct naming *naming, struct slice id, struct decl *decl) {
    table_intern(naming->arena, &naming->former, id, decl);
}

static void note_former(struct naming *naming, struct decl *decl) {
    const struct attribute *was = decl_attribute(decl, ATTRIBUTE_was);
    for (const struct value *value = stated_values(was); value; value = next_stated(was, value))
        note(naming, former_id(naming, decl, word_text(&value->word)), decl);
}

/* The ids that an end has and had, one by one. */
struct end_names {
    const struct decl *end;
    const struct attribute *was;
    const struct value *next;
    struct slice id;
};
static struct end_names first_name(const struct decl *end) {
    const struct attribute *was = decl_attribute(end, ATTRIBUTE_was);
    return (struct end_names){end, was, stated_values(was), decl_id(end)};
}
static bool next_name(const struct naming *naming, struct end_names *names) {
    if (!names->next)
        return false;
    names->id = former_id(naming, names->end, word_text(&names->next->word));
    names->next = next_stated(names->was, names->next);
    return true;
}

/* FROM_to_TO by all ids of both ends, as they are spelled in the file of the flow. */
static void note_derived(struct naming *naming, struct decl *flow) {
    const struct decl *own = more_of(flow)->origin ? more_of(flow)->origin : flow;
    struct end_names from = first_name(own->from);
    do {
        struct end_names to = first_name(own->to);
        do {
            struct slice id = derived_id(naming->arena, from.id, to.id);
            note(naming, former_id(naming, flow, id), flow);
        } while (next_name(naming, &to));
    } while (next_name(naming, &from));
}

static bool has_derived_id(const struct decl *flow) {
    return flow->kind == KIND_FLOW && !word_text(&flow->item->head->name).length && flow->from &&
           flow->to;
}

static bool had_another(const struct decl *decl) {
    return decl_attribute(decl, ATTRIBUTE_was) != NULL;
}

static void note_kind(struct naming *naming, enum kind kind) {
    const struct model *model = naming->imported ? naming->model : naming->rows->analysis->model;
    const struct decl_list *list = &model->of[kind];
    for (size_t i = 0; i < list->count; i++) {
        struct decl *decl = list->items[i];
        if (had_another(decl))
            note_former(naming, decl);
        if (has_derived_id(decl) && (had_another(decl->from) || had_another(decl->to)))
            note_derived(naming, decl);
    }
}

struct naming naming_of(struct arena *arena, const struct rows *rows, const struct model *model,
                        bool imported) {
    struct naming naming = {arena, rows, model, imported, {0}};
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, ON_SUBJECT | ON_BOUNDARY | ON_ASSET | ON_ADVERSARY))
            note_kind(&naming, (enum kind)kind);
    return naming;
}

/* `alias.id` of what is not among the subjects of all files, as adversaries are not. */
static struct decl *find_abroad(const struct model *model, struct slice id) {
    struct slice alias;
    while (model && slice_has(id, '.') && slice_cut(&id, '.', &alias)) {
        const struct import *import =
            model->imports ? table_get(&model->imports->by_alias, alias) : NULL;
        model = import ? import->model : NULL;
    }
    return model ? model_find(model, id) : NULL;
}

struct decl *find_by_id(const struct naming *naming, struct slice id, unsigned kinds) {
    struct decl *found = model_find(naming->model, id);
    if (!found && !naming->imported && slice_has(id, '.') && kinds == ON_ADVERSARY)
        return find_abroad(naming->model, id);
    if (!found || !kind_in(found->kind, kinds))
        found = table_get(&naming->former, id);
    if (!found || !kind_in(found->kind, kinds) || found->misplaced)
        return NULL;
    return naming->imported ? model_stand_in_for(naming->rows->analysis->model, found) : found;
}

/* ---- rules and their patterns ------------------------------------------------------------ */

struct rule_names rule_names_of(struct arena *arena, const struct rows *rows) {
    struct rule_names names = {.arena = arena, .rows = rows};
    const struct rule_pack *pack = rows->pack;
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        for (size_t j = 0; j < rule->was_count; j++) {
            struct rule_list *list = ARENA_NEW(arena, struct rule_list);
            list = table_intern(arena, &names.former, rule->was[j], list);
            *ARRAY_ADD(arena, list) = rule;
        }
    }
    return names;
}

struct rule_list find_rules(struct rule_names *names, struct slice id) {
    struct rule_list list = {0};
    const struct rule *rule = table_get(&names->rows->pack->by_id, id);
    const struct rule_list *former = table_get(&names->former, id);
    if (rule)
        *ARRAY_ADD(names->arena, &list) = rule;
    return rule || !former ? list : *former;
}

/* A row with more patterns gets a table of them. */
#define FEW_PATTERNS 32

struct pattern_key {
    const struct rule *rule;
    const struct decl *subject;
};

static struct slice pattern_key(struct arena *arena, const struct rule *rule,
                                const struct decl *subject) {
    struct pattern_key *key = ARENA_NEW(arena, struct pattern_key);
    *key = (struct pattern_key){rule, subject};
    return (struct slice){(const char *)key, sizeof *key};
}

static const struct table *table_of(struct rule_names *names, const struct row *row) {
    const void *address = row;
    struct table *table = table_get(&names->large, address_key(&address));
    if (table)
        return table;
    table = ARENA_NEW(names->arena, struct table);
    for (struct pattern *at = row->patterns; at; at = at->next)
        table_intern(names->arena, table, pattern_key(names->arena, at->rule, at->subject), at);
    return table_intern(names->arena, &names->large, kept_address(names->arena, row), table);
}

struct pattern *find_pattern_of(struct rule_names *names, const struct row *row,
                                const struct rule *rule, const struct decl *subject) {
    size_t tried = 0;
    for (struct pattern *at = row->patterns; at && tried <= FEW_PATTERNS; at = at->next, tried++)
        if (at->rule == rule && at->subject == subject)
            return at;
    if (tried <= FEW_PATTERNS)
        return NULL;
    struct pattern_key key = {rule, subject};
    return table_get(table_of(names, row), (struct slice){(const char *)&key, sizeof key});
}
