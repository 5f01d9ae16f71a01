/* Gathers places from models and rules: what a reference means has been kept by the builders. */
// SPDX-License-Identifier: MIT
#include "project/places.h"

#include <stdlib.h>

struct gatherer {
    struct project *project;
    struct text_places *places;
    const struct unit *unit;
};

static void add(const struct gatherer *gatherer, enum role role, struct span span,
                const struct decl *decl, enum attribute_id attribute) {
    *ARRAY_ADD(&gatherer->project->arena, &gatherer->places->list) =
        (struct text_place){role, gatherer->unit, span, decl, attribute, 0};
}

static void gather_value(const struct gatherer *gatherer, const struct decl *decl,
                         enum attribute_id attribute, const struct value *value) {
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
            add(gatherer, ROLE_UNREAD, item_span(item), decl, ATTRIBUTE_COUNT);
            continue;
        }
        enum attribute_id id = (enum attribute_id)stated->id;
        add(gatherer, ROLE_ATTRIBUTE, word_span(&item->word), decl, id);
        if (!attribute_refers(attribute_rows[id].type)) /* those are references */
            gather_value(gatherer, decl, id, stated->item->value);
    }
}

static void gather_decl(const struct gatherer *gatherer, const struct decl *decl) {
    add(gatherer, ROLE_DECLARATION, decl_span(decl), decl, ATTRIBUTE_COUNT);
    gather_items(gatherer, decl, items_inside(decl->item));
}

static void gather_uses(const struct gatherer *gatherer, const struct uses *uses) {
    for (size_t i = 0; i < uses->list.count; i++) {
        const struct use *use = &uses->list.items[i];
        add(gatherer, ROLE_REFERENCE, use->span, use->decl, ATTRIBUTE_COUNT);
    }
    for (size_t i = 0; i < uses->mentions.count; i++) {
        const struct mention *mention = &uses->mentions.items[i];
        add(gatherer, mention->is_value ? ROLE_VALUE : ROLE_ATTRIBUTE, mention->span, mention->decl,
            mention->family);
    }
}

static void gather_unit(const struct gatherer *gatherer) {
    const struct model *model = gatherer->unit->model;
    gather_items(gatherer, NULL, gatherer->unit->tree->file.items);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < model->of[kind].count; i++)
            if (!more_of(model->of[kind].items[i])->origin)
                gather_decl(gatherer, model->of[kind].items[i]);
    if (model->uses)
        gather_uses(gatherer, model->uses);
}

static int compare(const void *a, const void *b) {
    const struct text_place *first = a, *second = b;
    if (first->span.start != second->span.start)
        return first->span.start < second->span.start ? -1 : 1;
    if (first->span.end != second->span.end)
        return first->span.end > second->span.end ? -1 : 1;
    return (int)first->role - (int)second->role;
}

/* `category: T` is a reference where the letter is known, and else a value. */
static void drop_doubles(struct text_places *places, size_t first) {
    size_t kept = first;
    for (size_t i = first; i < places->list.count; i++) {
        const struct text_place *at = &places->list.items[i];
        const struct text_place *before = kept > first ? &places->list.items[kept - 1] : NULL;
        bool is_double = before && at->role == ROLE_VALUE && before->role == ROLE_REFERENCE &&
                         before->span.start == at->span.start && before->span.end == at->span.end;
        if (!is_double)
            places->list.items[kept++] = *at;
    }
    places->list.count = kept;
}

static void find_reaches(struct text_places *places, size_t first) {
    uint32_t reach = 0;
    for (size_t i = first; i < places->list.count; i++) {
        struct text_place *at = &places->list.items[i];
        reach = at->span.end > reach ? at->span.end : reach;
        at->reach = reach;
    }
}

static void gather_file(struct gatherer *gatherer, const struct unit *unit) {
    struct text_places *places = gatherer->places;
    size_t first = places->list.count;
    gatherer->unit = unit;
    gather_unit(gatherer);
    if (places->list.count > first)
        qsort(places->list.items + first, places->list.count - first, sizeof *places->list.items,
              compare);
    drop_doubles(places, first);
    find_reaches(places, first);
    *ARRAY_ADD(&gatherer->project->arena, &places->files) =
        (struct file_places){unit, first, places->list.count};
}

const struct text_places *project_places(struct project *project) {
    if (project->places || !project->model)
        return project->places;
    struct gatherer gatherer = {project, ARENA_NEW(&project->arena, struct text_places), NULL};
    for (size_t i = 0; project_unit(project, i); i++)
        gather_file(&gatherer, project_unit(project, i));
    project->places = gatherer.places;
    return project->places;
}

static const struct file_places *places_of(const struct text_places *places,
                                           const struct unit *unit) {
    for (size_t i = 0; places && i < places->files.count; i++)
        if (places->files.items[i].unit == unit)
            return &places->files.items[i];
    return NULL;
}

/* Where those end that begin at this offset of the file or before it. */
static size_t end_before(const struct text_places *places, const struct file_places *file,
                         uint32_t offset) {
    size_t low = file->first, high = file->end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = places->list.items[middle].span.start <= offset;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

/* Of places that end where the text goes on, one that begins there is meant rather. */
const struct text_place *find_place(struct project *project, const struct unit *unit,
                                    uint32_t offset) {
    const struct text_places *places = project_places(project);
    const struct file_places *file = places_of(places, unit);
    const struct text_place *found = NULL;
    size_t end = file ? end_before(places, file, offset) : 0, first = end;
    while (file && first > file->first && places->list.items[first - 1].reach >= offset)
        first--;
    for (size_t i = first; i < end; i++) {
        const struct text_place *at = &places->list.items[i];
        if (offset <= at->span.end &&
            (!found || offset < at->span.end || found->span.end <= offset))
            found = at;
    }
    return found;
}

struct unit *project_unit(const struct project *project, size_t index) {
    size_t models = project->units.count;
    if (index < models)
        return project->units.items[index];
    index -= models;
    if (index < project->pack_units.count)
        return project->pack_units.items[index];
    index -= project->pack_units.count;
    return index < project->triage.count ? project->triage.items[index] : NULL;
}

const struct unit *find_unit(const struct project *project, struct slice path) {
    const struct unit *unit;
    for (size_t i = 0; (unit = project_unit(project, i)) != NULL; i++)
        if (slice_is(path, unit->path))
            return unit;
    for (size_t i = 0; i < project->new_files.count; i++)
        if (slice_is(path, project->new_files.items[i]->path))
            return project->new_files.items[i];
    return NULL;
}

const struct unit *unit_of_source(const struct project *project, const struct source *source) {
    if (source->unit < project->units.count && project->units.items[source->unit]->source == source)
        return project->units.items[source->unit];
    for (size_t i = 0; i < project->pack_units.count; i++)
        if (project->pack_units.items[i]->source == source)
            return project->pack_units.items[i];
    for (size_t i = 0; i < project->triage.count; i++)
        if (project->triage.items[i]->source == source)
            return project->triage.items[i];
    return NULL;
}

const struct unit *unit_of(const struct project *project, const struct decl *decl) {
    return unit_of_source(project, decl_source(declared(decl)));
}
