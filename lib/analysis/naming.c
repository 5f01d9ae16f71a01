/* Tables from ids to declarations and rules, made once for all decisions of a file. */
// SPDX-License-Identifier: MIT
#include "analysis/naming.h"

#include "model/union.h"
#include "syntax/builder.h"

/* ---- subjects ---------------------------------------------------------------------------- */

/* Up to its last dot: "a." of "a.b". */
static struct slice aliases_of(struct slice id) {
    while (id.length && id.at[id.length - 1] != '.')
        id.length--;
    return id;
}

/* What stands before the ids of another file here. False: the file does not import that one. */
static bool prefix_of(const struct naming *naming, const struct decl *decl, struct slice *prefix) {
    const struct decl *origin = more_of(decl)->origin;
    const void *source = origin ? decl_source(origin) : NULL;
    *prefix = (struct slice){"", 0};
    if (naming->imported ? source == naming->model->source : !origin)
        return true;
    const struct slice *found =
        source ? table_get(&naming->model->prefixes, address_key(&source)) : NULL;
    if (found)
        *prefix = text_join(naming->arena, *found, SLICE("."), SLICE(""));
    return found;
}

static void note(struct naming *naming, struct slice prefix, struct slice id, struct decl *decl) {
    table_intern(naming->arena, &naming->former,
                 prefix.length ? text_join(naming->arena, prefix, SLICE(""), id) : id, decl);
}

static void note_former(struct naming *naming, struct slice prefix, struct decl *decl) {
    const struct attribute *was = decl_attribute(decl, ATTRIBUTE_was);
    for (const struct value *value = stated_values(was); value; value = next_stated(was, value))
        note(naming, prefix, word_text(&value->word), decl);
}

/* The ids that the end of a flow has and had, one by one, as the flow's file spells them. */
struct end_names {
    const struct attribute *was;
    const struct value *next;
    struct slice aliases, id;
};
static struct end_names first_name(const struct decl *end, const struct word *written) {
    const struct attribute *was = decl_attribute(end, ATTRIBUTE_was);
    struct slice id = word_text(written);
    return (struct end_names){was, stated_values(was), aliases_of(id), id};
}
static bool next_name(const struct naming *naming, struct end_names *names) {
    if (!names->next)
        return false;
    names->id = text_join(naming->arena, names->aliases, SLICE(""), word_text(&names->next->word));
    names->next = next_stated(names->was, names->next);
    return true;
}

/* FROM_to_TO by all ids of both ends. */
static void note_derived(struct naming *naming, struct slice prefix, struct decl *flow) {
    const struct ends *ends = ends_of(flow->item->head);
    struct end_names from = first_name(flow->from, &ends->from);
    do {
        struct end_names to = first_name(flow->to, &ends->to);
        do
            note(naming, prefix, derived_id(naming->arena, from.id, to.id), flow);
        while (next_name(naming, &to));
    } while (next_name(naming, &from));
}

static bool has_derived_id(const struct decl *flow) {
    return flow->kind == KIND_FLOW && !word_text(&flow->item->head->name).length && flow->from &&
           flow->to;
}

static bool had_another(const struct decl *decl) {
    return decl_attribute(decl, ATTRIBUTE_was) != NULL;
}

static bool is_renamed(const struct decl *decl) {
    return had_another(decl) ||
           (has_derived_id(decl) && (had_another(decl->from) || had_another(decl->to)));
}

struct decl_list find_renamed(struct arena *arena, const struct rows *rows) {
    const struct model *model = rows->analysis->model;
    struct decl_list renamed = {0};
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0;
             kind_in((enum kind)kind, ON_SUBJECT | ON_BOUNDARY | ON_ASSET | ON_ADVERSARY) &&
             i < model->of[kind].count;
             i++)
            if (is_renamed(model->of[kind].items[i]))
                *ARRAY_ADD(arena, &renamed) = model->of[kind].items[i];
    return renamed;
}

struct naming naming_of(struct arena *arena, const struct rows *rows, const struct model *model,
                        bool imported, const struct decl_list *renamed) {
    struct naming naming = {arena, rows, model, imported, {0}};
    for (size_t i = 0; i < renamed->count; i++) {
        struct decl *decl = renamed->items[i];
        struct slice prefix;
        if (!prefix_of(&naming, decl, &prefix))
            continue;
        note_former(&naming, prefix, decl);
        if (has_derived_id(decl))
            note_derived(&naming, prefix, decl);
    }
    return naming;
}

/* By whatever aliases lead to its file, also where nothing else in the file that names it does.
 * `id` is set to what it is called by the shortest way. */
static struct decl *find_abroad(const struct naming *naming, struct slice *id) {
    const struct model *model = naming->model;
    struct slice rest = *id, alias;
    while (model && slice_has(rest, '.') && slice_cut(&rest, '.', &alias)) {
        const struct import *import =
            model->imports ? table_get(&model->imports->by_alias, alias) : NULL;
        model = import ? import->model : NULL;
    }
    if (!model)
        return NULL;
    const void *source = model->source;
    const struct slice *prefix = table_get(&naming->model->prefixes, address_key(&source));
    if (prefix)
        *id = text_join(naming->arena, *prefix, SLICE("."), rest);
    return model_find(model, rest);
}

static struct decl *if_fits(struct decl *found, unsigned kinds) {
    return found && kind_in(found->kind, kinds) && !found->misplaced ? found : NULL;
}

struct decl *find_by_id(const struct naming *naming, struct slice id, unsigned kinds) {
    const struct model *all = naming->rows->analysis->model;
    struct decl *found = if_fits(model_find(naming->model, id), kinds);
    if (!found && slice_has(id, '.'))
        found = if_fits(find_abroad(naming, &id), kinds);
    if (!found)
        found = if_fits(table_get(&naming->former, id), kinds);
    if (!found || found->kind == KIND_ADVERSARY)
        return found;
    struct decl *stand_in = model_stand_in_for(all, found);
    return stand_in || naming->imported ? stand_in : found;
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
