/* A stand-in shares item and attributes with its origin; what it refers to are stand-ins as well.
 * Identity is the file and the id, not the spelling: the key of a stand-in is its origin's address,
 * that of a prefix the address of the source. */
// SPDX-License-Identifier: MIT
#include "model/union.h"

/* ---- who is called how ------------------------------------------------------------------- */

/* Files in the order in which they are met, nearest first, and how each is named. */
struct walk {
    const struct model *model;
    struct slice prefix;
};
struct walks {
    struct walk *items;
    size_t count, capacity;
};

/* Adds the files that one of them imports. */
static void walk_on(struct arena *arena, struct walks *walks, struct table *met,
                    const struct walk *from) {
    const struct imports *imports = from->model->imports;
    struct walk at = *from; /* the list moves while it grows */
    for (size_t i = 0; imports && i < imports->count; i++) {
        const struct import *import = &imports->items[i];
        const void *source = import->model ? import->model->source : NULL;
        if (!source || table_get(met, address_key(&source)))
            continue;
        struct slice *prefix = ARENA_NEW(arena, struct slice);
        *prefix = at.prefix.length ? text_join(arena, at.prefix, SLICE("."), import->alias)
                                   : import->alias;
        table_intern(arena, met, kept_address(arena, source), prefix);
        *ARRAY_ADD(arena, walks) = (struct walk){import->model, *prefix};
    }
}

/* All files that the model imports, nearest first. */
static struct walks find_files(struct arena *arena, const struct model *model, struct table *met) {
    struct walks walks = {0};
    const struct walk start = {model, {"", 0}};
    walk_on(arena, &walks, met, &start);
    for (size_t i = 0; i < walks.count; i++)
        walk_on(arena, &walks, met, &walks.items[i]);
    return walks;
}

void find_prefixes(struct arena *arena, struct model *model) {
    find_files(arena, model, &model->prefixes);
}

/* ---- one declaration --------------------------------------------------------------------- */

struct decl *model_stand_in(struct arena *arena, struct model *model, const struct decl *origin) {
    const struct decl *first = more_of(origin)->origin ? more_of(origin)->origin : origin;
    const void *address = first, *source = decl_source(first);
    struct decl *decl = table_get(&model->stand_ins, address_key(&address));
    if (decl)
        return decl;
    const struct slice *prefix = table_get(&model->prefixes, address_key(&source));
    decl = ARENA_NEW(arena, struct decl);
    *decl = *first;
    decl->more = ARENA_NEW(arena, struct more);
    decl->more->origin = first;
    decl->more->evidence = more_of(first)->evidence;
    decl->more->id = text_join(arena, *prefix, SLICE("."), decl_id(first));
    decl->flows = NULL;
    decl->flow_count = 0;
    decl->index = (uint32_t)model->of[decl->kind].count;
    table_intern(arena, &model->stand_ins, kept_address(arena, first), decl);
    table_intern(arena, &model->ids, decl_id(decl), decl);
    *ARRAY_ADD(arena, &model->of[decl->kind]) = decl;
    if (first->parent)
        decl->parent = model_stand_in(arena, model, first->parent);
    return decl;
}

struct decl *model_stand_in_for(const struct model *model, const struct decl *decl) {
    const void *address = more_of(decl)->origin ? more_of(decl)->origin : decl;
    return table_get(&model->stand_ins, address_key(&address));
}

/* ---- all of them ------------------------------------------------------------------------- */

static void append(struct arena *arena, struct decl_list *to, const struct decl_list *from,
                   size_t first) {
    for (size_t i = first; i < from->count; i++)
        *ARRAY_ADD(arena, to) = from->items[i];
}

static struct decl_list copy_list(struct arena *arena, const struct decl_list *list) {
    struct decl_list copy = {0};
    ARRAY_RESERVE(arena, &copy, list->count);
    append(arena, &copy, list, 0);
    return copy;
}

static bool is_united(enum kind kind) {
    return kind_in(kind, ON_SUBJECT | ON_BOUNDARY | ON_ASSET);
}

static void add_file(struct arena *arena, struct model *whole, const struct model *file) {
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        for (size_t i = 0; is_united((enum kind)kind) && i < file->of[kind].count; i++) {
            arena_step(arena);
            if (!more_of(file->of[kind].items[i])->origin)
                model_stand_in(arena, whole, file->of[kind].items[i]);
        }
    }
}

static struct decl *stand_in_of(struct arena *arena, struct model *whole, struct decl *named) {
    return named ? model_stand_in(arena, whole, named) : NULL;
}

/* What the origin refers to, the stand-in does. */
static void refer(struct arena *arena, struct model *whole, struct decl *decl) {
    const struct decl *origin = more_of(decl)->origin;
    struct more *more = decl->more;
    if (!origin)
        return;
    if (decl->kind == KIND_FLOW) {
        decl->from = stand_in_of(arena, whole, origin->from);
        decl->to = stand_in_of(arena, whole, origin->to);
    }
    more->at = stand_in_of(arena, whole, more_of(origin)->at);
    more->into = stand_in_of(arena, whole, more_of(origin)->into);
    more->data_count = more_of(origin)->data_count;
    more->data = ARENA_ARRAY(arena, struct decl *, more->data_count);
    for (size_t i = 0; i < more->data_count; i++)
        more->data[i] = model_stand_in(arena, whole, more_of(origin)->data[i]);
}

static void refer_all(struct arena *arena, struct model *whole) {
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; is_united((enum kind)kind) && i < whole->of[kind].count; i++)
            refer(arena, whole, whole->of[kind].items[i]);
}

/* The whole's lists begin with those of the model, so that what has a number keeps it. */
static void list_rest(struct arena *arena, struct model *whole, const struct model *model) {
    size_t elements = model->elements.count;
    for (size_t i = 0; i < ELEMENT_KINDS; i++)
        append(arena, &whole->elements, &whole->of[element_kinds[i]],
               model->of[element_kinds[i]].count);
    append(arena, &whole->subjects, &whole->elements, elements);
    append(arena, &whole->subjects, &whole->of[KIND_FLOW], model->of[KIND_FLOW].count);
    append(arena, &whole->subjects, &whole->of[KIND_CROSSING], model->of[KIND_CROSSING].count);
    for (size_t i = model->subjects.count; i < whole->subjects.count; i++)
        whole->subjects.items[i]->number = (uint32_t)i;
}

static void count_flows(struct model *whole) {
    const struct decl_list *flows = &whole->of[KIND_FLOW];
    for (size_t i = 0; i < whole->elements.count; i++)
        whole->elements.items[i]->flow_count = 0;
    for (size_t i = 0; i < flows->count; i++) {
        flows->items[i]->from->flow_count++;
        flows->items[i]->to->flow_count += flows->items[i]->to != flows->items[i]->from;
    }
}

/* Tables of its own, as those of the model are not to change. */
static void note_stand_ins(struct arena *arena, struct model *whole, const struct decl_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (more_of(list->items[i])->origin)
            table_intern(arena, &whole->stand_ins,
                         kept_address(arena, more_of(list->items[i])->origin), list->items[i]);
}

const struct model *model_unite(struct arena *arena, struct model *model) {
    if (model->whole)
        return model->whole;
    model_list_subjects(arena, model);
    if (!model->imports || !model->imports->count)
        return model->whole = model;
    struct model *whole = ARENA_NEW(arena, struct model);
    struct table met = {0};
    struct walks files = find_files(arena, model, &met);
    *whole = *model;
    whole->whole = whole;
    whole->ids = whole->stand_ins = (struct table){0};
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        whole->of[kind] = copy_list(arena, &model->of[kind]);
        note_stand_ins(arena, whole, &whole->of[kind]);
    }
    whole->elements = copy_list(arena, &model->elements);
    whole->subjects = copy_list(arena, &model->subjects);
    for (size_t i = 0; i < files.count; i++)
        add_file(arena, whole, files.items[i].model);
    refer_all(arena, whole);
    list_rest(arena, whole, model);
    count_flows(whole);
    model_list_flows(arena, whole);
    return model->whole = whole;
}

void model_divide(struct model *model) {
    for (size_t i = 0; model->whole != model && i < model->elements.count; i++) {
        struct decl *element = model->elements.items[i];
        element->flows = NULL;
        element->flow_count = 0;
        if (more_of(element)->origin)
            element->more->data_count = 0;
    }
    model->whole = NULL;
}
