/* Questions about declarations. */
// SPDX-License-Identifier: MIT
#include "model/model.h"

#include <stdlib.h>

struct vocabulary *vocabulary_new(struct arena *arena, const struct vocabulary *base) {
    struct vocabulary *vocabulary = ARENA_NEW(arena, struct vocabulary);
    vocabulary->base = base;
    if (base) {
        vocabulary->base_count = base->base_count + (symbol)base->words.count;
        vocabulary->attributes = base->attributes; /* nothing is ever added to it */
    } else {
        attribute_index_open(arena, &vocabulary->attributes);
    }
    return vocabulary;
}

struct model *model_new(struct arena *arena, struct vocabulary *vocabulary) {
    struct model *model = ARENA_NEW(arena, struct model);
    model->vocabulary = vocabulary;
    return model;
}

symbol find_symbol(const struct vocabulary *vocabulary, struct slice word) {
    uintptr_t known = 0;
    for (; vocabulary && !known; vocabulary = vocabulary->base)
        known = (uintptr_t)table_get(&vocabulary->symbols, word);
    return (symbol)known;
}

symbol word_symbol(struct arena *arena, struct vocabulary *vocabulary, struct slice word) {
    uintptr_t known = find_symbol(vocabulary, word);
    if (!known) {
        *ARRAY_ADD(arena, &vocabulary->words) = word;
        known = vocabulary->base_count + vocabulary->words.count;
        table_intern(arena, &vocabulary->symbols, word, (void *)known);
    }
    return (symbol)known;
}

symbol value_symbol(struct arena *arena, struct vocabulary *vocabulary, enum attribute_id id,
                    struct slice word) {
    bool safe, capitals = false;
    bool stands_for_itself = attribute_rows[id].role == ROLE_NOTE && !*attribute_rows[id].values;
    struct slice value = stands_for_itself ? word : attribute_meaning(id, word, &safe);
    for (size_t i = 0; i < value.length; i++)
        capitals |= value.at[i] != lower_letter(value.at[i]);
    if (capitals) {
        char *small = arena_copy(arena, value.at, value.length);
        for (size_t i = 0; i < value.length; i++)
            small[i] = lower_letter(small[i]);
        value.at = small;
    }
    return word_symbol(arena, vocabulary, value);
}

const enum kind element_kinds[ELEMENT_KINDS] = {KIND_EXTERNAL, KIND_ACTOR, KIND_PROCESS,
                                                KIND_STORE};

static void list_subjects(struct arena *arena, struct model *model) {
    const struct decl_list *lists[] = {&model->elements, &model->of[KIND_FLOW],
                                       &model->of[KIND_CROSSING]};
    struct decl_list *subjects = &model->subjects;
    ARRAY_RESERVE(arena, subjects, lists[0]->count + lists[1]->count + lists[2]->count);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (size_t j = 0; j < lists[i]->count; j++) {
            lists[i]->items[j]->number = (uint32_t)subjects->count;
            *ARRAY_ADD(arena, subjects) = lists[i]->items[j];
        }
    }
    const struct decl_list *boundaries = &model->of[KIND_BOUNDARY];
    for (size_t i = 0; i < boundaries->count; i++)
        boundaries->items[i]->number = (uint32_t)(subjects->count + i);
}

void model_list_subjects(struct arena *arena, struct model *model) {
    if (model->subjects.count)
        return;
    list_subjects(arena, model);
    model_list_flows(arena, model);
}

void model_list_flows(struct arena *arena, struct model *model) {
    const struct decl_list *flows = &model->of[KIND_FLOW];
    struct decl **room = ARENA_ARRAY(arena, struct decl *, 2 * flows->count);
    for (size_t i = 0; i < model->elements.count; i++) {
        struct decl *element = model->elements.items[i];
        element->flows = room;
        room += element->flow_count;
        element->flow_count = 0;
    }
    for (size_t i = 0; i < flows->count; i++) {
        struct decl *flow = flows->items[i];
        prefetch_ends(flows, i);
        flow->from->flows[flow->from->flow_count++] = flow;
        if (flow->to != flow->from)
            flow->to->flows[flow->to->flow_count++] = flow;
    }
}

size_t count_crossings(const struct model *model) {
    const struct decl_list *flows = &model->of[KIND_FLOW];
    size_t count = model->of[KIND_CROSSING].count;
    for (size_t i = 0; i < flows->count; i++) {
        prefetch_ends(flows, i);
        count += crosses_boundary(flows->items[i]);
    }
    return count;
}

struct decl *model_find(const struct model *model, struct slice id) {
    struct decl *found = table_get(&model->ids, id);
    bool more = !found && model->whole && model->whole != model;
    return more ? table_get(&model->whole->ids, id) : found;
}

const struct attribute *decl_attribute(const struct decl *decl, enum attribute_id id) {
    if (!(decl->attribute_set & attribute_bit(id)))
        return NULL;
    const struct attribute *attribute = decl->attributes;
    while (attribute && attribute->id != id)
        attribute = attribute->next;
    return attribute;
}

const struct attribute *decl_attribute_by_family(const struct decl *decl,
                                                 enum attribute_id family) {
    if (!(decl->attribute_set & attribute_bit(family)))
        return NULL;
    const struct attribute *attribute = decl->attributes;
    while (attribute && attribute->family != family)
        attribute = attribute->next;
    return attribute;
}

struct slice decl_text(const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    if (!attribute || !attribute->stated || attribute->item->value->word.kind == VALUE_LIST)
        return (struct slice){"", 0};
    return word_text(&attribute->item->value->word);
}

int decl_number(const struct decl *decl, enum attribute_id id, int otherwise) {
    const struct attribute *attribute = decl_attribute(decl, id);
    return attribute && attribute->stated ? attribute->number : otherwise;
}

struct slice_list decl_words(struct arena *arena, const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    struct slice_list words = {0};
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at))
        *ARRAY_ADD(arena, &words) = word_text(&at->word);
    return words;
}

struct slice decl_id(const struct decl *decl) {
    return more_of(decl)->id.length ? decl->more->id : word_text(&decl->item->head->name);
}

struct slice decl_label(const struct decl *decl) {
    return decl->blank_label ? (struct slice){"", 0} : word_text(&decl->item->head->label);
}

struct span decl_span(const struct decl *decl) {
    const struct item *item = decl->item;
    const struct ends *ends = ends_of(item->head);
    if (word_text(&item->head->name).length)
        return word_span(&item->head->name);
    if (!item->arrow)
        return word_span(&item->word);
    if (!word_text(&ends->to).length)
        return word_span(&ends->from);
    /* After an arrow to the left the target stands first. */
    bool turned = ends->to.start < ends->from.start;
    return turned ? (struct span){ends->to.start, ends->from.end}
                  : (struct span){ends->from.start, ends->to.end};
}

struct slice decl_title(const struct decl *decl) {
    struct slice label = decl_label(decl);
    return label.length ? label : decl_id(decl);
}

struct slice short_title(struct arena *arena, const struct decl *decl) {
    return text_cut(arena, decl_title(decl));
}

bool boundary_is_hidden(const struct decl *boundary) {
    return slice_is(decl_text(boundary, ATTRIBUTE_boundary_kind), "identity");
}

/* Whether the declaration states `out_of_scope` with a reason. */
static bool says_out(const struct decl *decl) {
    const struct attribute *reason = decl_attribute(decl, ATTRIBUTE_out_of_scope);
    return reason && reason->stated;
}

/* The declaration itself, or a boundary around it, that states `out_of_scope`. */
static const struct decl *who_says_out(const struct decl *decl) {
    while (decl && !says_out(decl))
        decl = decl->parent;
    return decl;
}

bool boundary_out_of_scope(const struct decl *boundary) {
    return who_says_out(boundary) != NULL;
}

const struct decl *decl_out_of_scope(const struct decl *subject) {
    if (decl_is_element(subject))
        return who_says_out(subject);
    if (says_out(subject))
        return subject;
    if (subject->kind == KIND_CROSSING)
        return who_says_out(more_of(subject)->at);
    if (subject->kind != KIND_FLOW)
        return NULL;
    const struct decl *from = who_says_out(subject->from);
    return from && who_says_out(subject->to) ? from : NULL;
}

static void add_assets(struct arena *arena, struct decl_list *set, const struct decl *decl) {
    const struct more *more = more_of(decl);
    for (size_t i = 0; i < more->data_count; i++)
        *ARRAY_ADD(arena, set) = more->data[i];
}

static int compare_declared(const void *left, const void *right) {
    uint32_t a = (*(struct decl *const *)left)->index, b = (*(struct decl *const *)right)->index;
    return a < b ? -1 : a > b;
}

size_t decl_assets(struct arena *arena, const struct decl *subject, struct decl ***assets) {
    struct decl_list set = {0};
    const struct decl *holder = more_of(subject)->at ? more_of(subject)->at : subject;
    add_assets(arena, &set, holder);
    for (size_t i = 0; i < decl_flow_count(holder) && !more_of(holder)->data_count; i++)
        add_assets(arena, &set, holder->flows[i]);
    if (set.count > 1)
        qsort(set.items, set.count, sizeof *set.items, compare_declared);
    size_t kept = 0;
    for (size_t i = 0; i < set.count; i++)
        if (!kept || set.items[kept - 1] != set.items[i])
            set.items[kept++] = set.items[i];
    *assets = set.items;
    return kept;
}
