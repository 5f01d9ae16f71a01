/* Names to declarations: the ends of flows, `in`, `at`, `into`, `data`, `include`; then what
 * follows from them: the number of flows of each element, the depth of each boundary. */
// SPDX-License-Identifier: MIT
#include "model/union.h"
#include "syntax/build_state.h"

/* The kinds that each reference may name. */
struct target {
    unsigned kinds;
    const char *word;    /* no WORD 'x' */
    const char *article; /* but ARTICLE is needed here */
    const char *instead; /* advice where it names another kind */
};
static const struct target element_target = {ON_ELEMENT, "element", "an element",
                                             "name the actor, process, external entity or store"};
static const struct target boundary_target = {ON_BOUNDARY, "boundary", "a boundary",
                                              "name the boundary that it is in"};
static const struct target process_target = {ON_PROCESS, "process", "a process",
                                             "name the process that does it"};
static const struct target asset_target = {
    ON_ASSET, "asset", "an asset", "declare the data as an asset of its own, and name that"};
static const struct target place_target = {ON_ELEMENT | ON_BOUNDARY, "element or boundary",
                                           "an element or a boundary",
                                           "name elements: the flows between them come with them"};

static void report_wrong_kind(struct builder *builder, const struct decl *found, struct span span,
                              const struct target *target) {
    bool ends_at_boundary = found->kind == KIND_BOUNDARY && target == &element_target;
    struct diagnostic *added;
    if (ends_at_boundary)
        added = report(builder, DIAG_flow_to_boundary, span, ARGS(decl_id(found)));
    else
        added = report(builder, DIAG_wrong_kind, span,
                       ARGS(decl_id(found), slice_of(kind_rows[found->kind].article),
                            slice_of(target->article)));
    diag_hint(builder->diagnostics, added, "%s",
              ends_at_boundary ? "name the element inside it" : target->instead);
    diag_note(builder->diagnostics, added, decl_source(found), decl_span(found),
              "'%.*s' is declared here", SLICE_ARGS(decl_id(found)));
}

#define SUGGESTION_LIMIT 50 /* each looks at all names */

/* The nearest name of the kinds in `model`; of another file's by its alias. */
static void suggest_id(struct builder *builder, struct diagnostic *diagnostic,
                       const struct model *model, struct slice alias, struct slice name,
                       unsigned kinds) {
    ARRAY_OF(struct slice) names = {0};
    if (builder->suggestions++ >= SUGGESTION_LIMIT)
        return;
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; kind_in((enum kind)kind, kinds) && i < model->of[kind].count; i++)
            if (!alias.length || !more_of(model->of[kind].items[i])->origin)
                *ARRAY_ADD(builder->arena, &names) = decl_id(model->of[kind].items[i]);
    int nearest = text_nearest(name, names.items, names.count);
    if (nearest < 0)
        return;
    const struct decl *decl = model_find(model, names.items[nearest]);
    struct slice id = alias.length ? text_format(builder->arena, "%.*s.%.*s", SLICE_ARGS(alias),
                                                 SLICE_ARGS(decl_id(decl)))
                                   : decl_id(decl);
    diag_hint(builder->diagnostics, diagnostic, "did you mean '%.*s'?", SLICE_ARGS(id));
    diag_fix(builder->diagnostics, diagnostic, id);
    diag_note(builder->diagnostics, diagnostic, decl_source(decl), decl_span(decl),
              "'%.*s' is declared here", SLICE_ARGS(decl_id(decl)));
}

static void suggest_alias(struct builder *builder, struct diagnostic *diagnostic,
                          const struct imports *imports, struct slice alias) {
    ARRAY_OF(struct slice) names = {0};
    for (size_t i = 0; imports && i < imports->count; i++)
        *ARRAY_ADD(builder->arena, &names) = imports->items[i].alias;
    suggest(builder, diagnostic, alias, names.items, names.count);
}

/* Follows a chain of aliases, `a.s`, to the model of a file. NULL, and reported, when it leads
 * nowhere, as where one of them is empty; NULL alone when a file could not be read. */
static const struct model *follow(struct builder *builder, const struct word *word,
                                  struct slice chain) {
    const struct model *model = builder->model;
    size_t start = 0;
    for (size_t end = 0; end <= chain.length && model; end++) {
        if (end < chain.length && chain.at[end] != '.')
            continue;
        struct slice alias = slice_part(chain, start, end - start);
        const struct imports *imports = model->imports;
        const struct import *import = imports ? table_get(&imports->by_alias, alias) : NULL;
        if (!import) {
            suggest_alias(builder,
                          report(builder, DIAG_unknown_alias, word_span(word),
                                 ARGS(slice_part(chain, 0, end))),
                          imports, alias);
            return NULL;
        }
        model = import->model;
        start = end + 1;
    }
    return model;
}

static size_t last_dot(struct slice text) {
    size_t at = text.length;
    while (at && text.at[at - 1] != '.')
        at--;
    return at - 1;
}

/* alias.id: the declaration of another file, or NULL, reported. What that file imports itself is
 * found by its alias there: `a.s.x`. */
static struct decl *look_abroad(struct builder *builder, const struct word *word,
                                const struct target *target) {
    struct slice written = word_text(word);
    size_t dot = last_dot(written);
    struct slice chain = slice_part(written, 0, dot);
    struct slice id = slice_part(written, dot + 1, written.length);
    const struct model *model = follow(builder, word, chain);
    struct decl *found = model ? model_find(model, id) : NULL;
    if (found && kind_in(found->kind, target->kinds)) {
        found = model_stand_in(builder->arena, builder->model, found);
        table_intern(builder->arena, &builder->model->ids, written, found);
        return found;
    }
    if (found)
        report_wrong_kind(builder, found, word_span(word), target);
    else if (model)
        suggest_id(builder,
                   report(builder, DIAG_unknown_element, word_span(word),
                          ARGS(slice_of(target->word), written)),
                   model, chain, id, target->kinds);
    return NULL;
}

static struct decl *find_named(struct builder *builder, const struct word *word,
                               const struct target *target) {
    if (slice_has(word_text(word), '.'))
        return look_abroad(builder, word, target);

    struct decl *found = model_find(builder->model, word_text(word));
    if (found && kind_in(found->kind, target->kinds))
        return found->misplaced ? NULL : found;
    if (found)
        report_wrong_kind(builder, found, word_span(word), target);
    else
        *ARRAY_ADD(builder->arena, &builder->unresolved) =
            (struct unresolved){word_text(word), word_span(word), target->word, target->kinds};
    return NULL;
}

/* Looks every name up, so that each resolved name is a use. `early` is what look_ahead() found. */
static struct decl *look_up(struct builder *builder, const struct word *word,
                            const struct target *target, struct decl *early) {
    bool right = early && kind_in(early->kind, target->kinds) && !early->misplaced;
    struct decl *found = right ? early : find_named(builder, word, target);
    if (found)
        keep_use(builder->arena, builder->model->uses, word, found);
    return found;
}

/* NULL also for a name of another file. */
static struct decl *find_early(const struct builder *builder, const struct word *word) {
    struct slice name = word_text(word);
    struct decl *found = slice_has(name, '.') ? NULL : model_find(builder->model, name);
    prefetch(found);
    return found;
}

/* Prefetches first the places in the table, then the declarations there. */
static void look_ahead(const struct builder *builder, const struct decl_list *flows, size_t at) {
    const struct table *ids = &builder->model->ids;
    if (at + 2 * FLOWS_AHEAD < flows->count) {
        const struct head *head = flows->items[at + 2 * FLOWS_AHEAD]->item->head;
        table_prefetch(ids, word_text(&ends_of(head)->from));
        table_prefetch(ids, word_text(&ends_of(head)->to));
    }
    if (at + FLOWS_AHEAD < flows->count) {
        struct decl *flow = flows->items[at + FLOWS_AHEAD];
        flow->from = find_early(builder, &ends_of(flow->item->head)->from);
        flow->to = find_early(builder, &ends_of(flow->item->head)->to);
    }
}

static void resolve_flow(struct builder *builder, struct decl *flow) {
    const struct ends *ends = ends_of(flow->item->head);
    if (word_text(&ends->from).length)
        flow->from = look_up(builder, &ends->from, &element_target, flow->from);
    if (word_text(&ends->to).length)
        flow->to = look_up(builder, &ends->to, &element_target, flow->to);
    if (!flow->from || !flow->to)
        return; /* and is dropped */
    flow->from->sends = true;
    flow->to->receives = true;
    flow->from->flow_count++;
    flow->to->flow_count += flow->to != flow->from;
}

static void resolve_list(struct builder *builder, struct decl *decl,
                         const struct attribute *attribute, const struct target *target) {
    struct decl_list found = {0};
    const struct value *value = attribute->item->value;
    bool list = value->word.kind == VALUE_LIST;
    for (const struct value *item = list ? value_items(value) : value; item;
         item = list ? item->next : NULL) {
        struct decl *other = look_up(builder, &item->word, target, NULL);
        if (other)
            *ARRAY_ADD(builder->arena, &found) = other;
    }
    if (target == &asset_target) {
        struct more *more = own_more(builder->arena, decl);
        more->data = found.items;
        more->data_count = found.count;
    }
}

static void resolve_in(struct builder *builder, struct decl *decl,
                       const struct attribute *attribute) {
    struct decl *boundary = look_up(builder, &attribute->item->value->word, &boundary_target, NULL);
    if (!boundary)
        return;
    if (decl->parent && decl->parent != boundary)
        report(builder, DIAG_two_places, attribute_span(attribute),
               ARGS(decl_id(decl), decl_id(decl->parent), decl_id(boundary)));
    decl->parent = boundary;
}

static void resolve_attributes(struct builder *builder, struct decl *decl) {
    for (const struct attribute *attribute = decl->refers ? decl->attributes : NULL; attribute;
         attribute = attribute->next) {
        if (!attribute->stated)
            continue;
        switch (attribute_rows[attribute->id].type) {
        case TYPE_BOUNDARY:
            if (attribute->id == ATTRIBUTE_into)
                own_more(builder->arena, decl)->into =
                    look_up(builder, &attribute->item->value->word, &boundary_target, NULL);
            else
                resolve_in(builder, decl, attribute);
            break;
        case TYPE_PROCESS:
            own_more(builder->arena, decl)->at =
                look_up(builder, &attribute->item->value->word, &process_target, NULL);
            break;
        case TYPE_ASSETS:
            resolve_list(builder, decl, attribute, &asset_target);
            break;
        case TYPE_PLACES:
            resolve_list(builder, decl, attribute, &place_target);
            break;
        default:
            break;
        }
    }
    if (decl->kind == KIND_CROSSING && !decl_attribute(decl, ATTRIBUTE_at) &&
        !(item_block(decl->item) && item_block(decl->item)->damaged))
        report(builder, DIAG_missing_attribute, decl_span(decl),
               ARGS(SLICE("a crossing"), SLICE("at")));
}

/* Walks up from a boundary; boundaries on the way get a mark, so that each is walked once. */
static void check_cycle(struct builder *builder, struct decl *boundary, uint32_t *marks,
                        uint32_t mark) {
    struct decl *at = boundary;
    while (at && !marks[at->index]) {
        marks[at->index] = mark;
        at = at->parent;
    }
    if (!at || marks[at->index] != mark)
        return;
    report(builder, DIAG_boundary_cycle, decl_span(at), ARGS(decl_id(at)));
    at->parent = NULL;
}

/* Parents may be declared later (`in:`), so depths are found from the outside inwards: each walk
 * goes up to a boundary that has its depth already. */
static void find_depth(struct decl *boundary) {
    unsigned above = 0;
    struct decl *at = boundary;
    for (; at->parent && !at->parent->depth; at = at->parent)
        above++;
    unsigned depth = (at->parent ? at->parent->depth : 0) + above + 1;
    for (at = boundary; at && !at->depth; at = at->parent)
        at->depth = (uint16_t)(depth < UINT16_MAX ? depth : UINT16_MAX), depth--;
}

static void check_boundaries(struct builder *builder) {
    struct decl_list *boundaries = &builder->model->of[KIND_BOUNDARY];
    uint32_t *marks = ARENA_ARRAY(builder->arena, uint32_t, boundaries->count + 1);
    for (size_t i = 0; i < boundaries->count; i++)
        check_cycle(builder, boundaries->items[i], marks, (uint32_t)i + 1);
    bool deep = false;
    for (size_t i = 0; i < boundaries->count; i++) {
        struct decl *boundary = boundaries->items[i];
        find_depth(boundary);
        if (boundary->depth > NESTING_LIMIT && !more_of(boundary)->origin && !deep &&
            !builder->tree->damaged) {
            deep = true;
            report(builder, DIAG_too_deep, decl_span(boundary),
                   ARGS(text_format(builder->arena, "%d", NESTING_LIMIT)));
        }
    }
}

/* A flow whose ends are not known cannot be analysed; its error has been reported. */
static void drop_incomplete(struct decl_list *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct decl *decl = list->items[i];
        if (decl->kind == KIND_FLOW ? decl->from && decl->to : more_of(decl)->at != NULL) {
            decl->index = (uint32_t)kept;
            list->items[kept++] = decl;
        }
    }
    list->count = kept;
}

/* Elements kind by kind, so that a form which groups them says the same. */
static void list_elements(struct builder *builder) {
    size_t count = 0;
    for (size_t i = 0; i < ELEMENT_KINDS; i++)
        count += builder->model->of[element_kinds[i]].count;
    ARRAY_RESERVE(builder->arena, &builder->model->elements, count);
    for (size_t i = 0; i < ELEMENT_KINDS; i++) {
        const struct decl_list *list = &builder->model->of[element_kinds[i]];
        for (size_t j = 0; j < list->count; j++)
            *ARRAY_ADD(builder->arena, &builder->model->elements) = list->items[j];
    }
}

/* Each missing name is reported once. A name among the words of damaged items is missing because of
 * the damage, and a declaration without an id explains one missing name. */
static void report_unresolved(struct builder *builder) {
    struct table reported = {0};
    for (size_t i = 0; i < builder->unresolved.count; i++) {
        struct unresolved *missing = &builder->unresolved.items[i];
        if (builder->tree->truncated || table_get(&builder->damaged, missing->name) ||
            table_intern(builder->arena, &reported, missing->name, missing) != missing)
            continue;
        if (builder->nameless) {
            builder->nameless--;
            continue;
        }
        struct diagnostic *added = report(builder, DIAG_unknown_element, missing->span,
                                          ARGS(slice_of(missing->wanted), missing->name));
        suggest_id(builder, added, builder->model, SLICE(""), missing->name, missing->kinds);
        if (slice_has(missing->name, ','))
            diag_hint(builder->diagnostics, added, "write one for each of them");
    }
}

void resolve(struct builder *builder) {
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        struct decl_list *list = &builder->model->of[kind];
        for (size_t i = 0; i < list->count; i++) {
            arena_step(builder->arena);
            if (more_of(list->items[i])->origin)
                continue; /* resolved in its own file */
            if (kind == KIND_FLOW) {
                look_ahead(builder, list, i);
                resolve_flow(builder, list->items[i]);
            }
            resolve_attributes(builder, list->items[i]);
        }
    }
    check_boundaries(builder);
    drop_incomplete(&builder->model->of[KIND_FLOW]);
    drop_incomplete(&builder->model->of[KIND_CROSSING]);
    list_elements(builder);
    report_unresolved(builder);
}
