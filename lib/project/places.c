/* Gathers places from models: what a reference means has been kept by the builder. */
// SPDX-License-Identifier: MIT
#include "project/places.h"

#include <stdlib.h>

struct gatherer {
    struct project *project;
    struct text_places *places;
    const struct unit *unit;
};

static void add(const struct gatherer *gatherer, enum role role, struct span span,
                const struct decl *decl, const struct attribute *attribute) {
    *ARRAY_ADD(&gatherer->project->arena, &gatherer->places->list) =
        (struct text_place){role, gatherer->unit, span, decl, attribute, 0};
}

/* References are places of their own. */
static bool is_reference(const struct attribute *attribute) {
    return attribute_refers(attribute_rows[attribute->id].type);
}

static void gather_value(const struct gatherer *gatherer, const struct decl *decl,
                         const struct attribute *attribute, const struct value *value) {
    if (value->word.kind != VALUE_LIST)
        add(gatherer, ROLE_VALUE, word_span(&value->word), decl, attribute);
    for (const struct value *item = value_items(value); item; item = item->next)
        gather_value(gatherer, decl, attribute, item);
}

/* NULL for one with a name that nobody knows, or that is stated twice. */
static const struct attribute *find_stated(const struct decl *decl, const struct item *item) {
    const struct attribute *at = decl ? decl->attributes : NULL;
    while (at && at->item->word.start != item->word.start)
        at = at->next;
    return at;
}

/* Of a block or file: its attributes, and what was not understood. `decl` is NULL for a file. */
static void gather_items(const struct gatherer *gatherer, const struct decl *decl,
                         const struct item *items) {
    for (const struct item *item = items; item; item = item->next) {
        if (item->kind != ITEM_ATTRIBUTE && item->kind != ITEM_BROKEN)
            continue;
        const struct attribute *stated = find_stated(decl, item);
        if (!stated) {
            add(gatherer, ROLE_UNREAD, item_span(item), decl, NULL);
            continue;
        }
        add(gatherer, ROLE_ATTRIBUTE, word_span(&item->word), decl, stated);
        if (!is_reference(stated))
            gather_value(gatherer, decl, stated, stated->item->value);
    }
}

static void gather_decl(const struct gatherer *gatherer, const struct decl *decl) {
    add(gatherer, ROLE_DECLARATION, decl_span(decl), decl, NULL);
    gather_items(gatherer, decl, items_inside(decl->item));
}

static void gather_unit(const struct gatherer *gatherer) {
    const struct model *model = gatherer->unit->model;
    gather_items(gatherer, NULL, gatherer->unit->tree->file.items);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < model->of[kind].count; i++)
            if (!more_of(model->of[kind].items[i])->origin)
                gather_decl(gatherer, model->of[kind].items[i]);
    for (size_t i = 0; model->uses && i < model->uses->list.count; i++) {
        const struct use *use = &model->uses->list.items[i];
        add(gatherer, ROLE_REFERENCE, use->span, use->decl, NULL);
    }
}

static int compare(const void *a, const void *b) {
    const struct text_place *first = a, *second = b;
    size_t x = first->unit->source->unit, y = second->unit->source->unit;
    if (x != y)
        return x < y ? -1 : 1;
    if (first->span.start != second->span.start)
        return first->span.start < second->span.start ? -1 : 1;
    if (first->span.end != second->span.end)
        return first->span.end > second->span.end ? -1 : 1;
    return (int)first->role - (int)second->role;
}

static void find_reaches(struct text_places *places) {
    const struct text_place *before = NULL;
    for (size_t i = 0; i < places->list.count; i++) {
        struct text_place *at = &places->list.items[i];
        bool further = before && before->unit == at->unit && before->reach > at->span.end;
        at->reach = further ? before->reach : at->span.end;
        before = at;
    }
}

const struct text_places *project_places(struct project *project) {
    if (project->places || !project->model)
        return project->places;
    struct gatherer gatherer = {project, ARENA_NEW(&project->arena, struct text_places), NULL};
    for (size_t i = 0; i < project->units.count; i++) {
        gatherer.unit = project->units.items[i];
        gather_unit(&gatherer);
    }
    if (gatherer.places->list.count)
        qsort(gatherer.places->list.items, gatherer.places->list.count,
              sizeof *gatherer.places->list.items, compare);
    find_reaches(gatherer.places);
    project->places = gatherer.places;
    return project->places;
}

/* How many places begin at this offset of the unit or before it. */
static size_t count_before(const struct text_places *places, const struct unit *unit,
                           uint32_t offset) {
    size_t low = 0, high = places->list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct text_place *at = &places->list.items[middle];
        bool before = at->unit->source->unit < unit->source->unit ||
                      (at->unit == unit && at->span.start <= offset);
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

/* Of places that end where the text goes on, one that begins there is meant rather. */
const struct text_place *find_place(struct project *project, const struct unit *unit,
                                    uint32_t offset) {
    const struct text_places *places = project_places(project);
    const struct text_place *found = NULL;
    size_t end = places ? count_before(places, unit, offset) : 0, first = end;
    while (first && places->list.items[first - 1].unit == unit &&
           places->list.items[first - 1].reach >= offset)
        first--;
    for (size_t i = first; i < end; i++) {
        const struct text_place *at = &places->list.items[i];
        if (offset <= at->span.end &&
            (!found || offset < at->span.end || found->span.end <= offset))
            found = at;
    }
    return found;
}

const struct unit *find_unit(const struct project *project, struct slice path) {
    for (size_t i = 0; i < project->units.count; i++)
        if (slice_is(path, project->units.items[i]->path))
            return project->units.items[i];
    return NULL;
}

const struct unit *unit_of(const struct project *project, const struct decl *decl) {
    return project->units.items[decl_source(declared(decl))->unit];
}
