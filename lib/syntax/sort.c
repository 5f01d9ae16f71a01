/* Sorts a triage file into the order in which people look things up: by the subject of the row that
 * was decided. */
// SPDX-License-Identifier: MIT
#include "syntax/sort.h"

#include <stdlib.h>

struct sortable {
    const struct item *item;
    struct sort_key key;
};

/* Returns the value of an attribute, or the first one of a list; "" when it is not stated. */
static struct slice first_value(const struct item *item, const char *attribute) {
    for (const struct item *line = items_inside(item); line; line = line->next) {
        if (line->kind != ITEM_ATTRIBUTE || !slice_is(word_text(&line->word), attribute))
            continue;
        const struct value *value = line->value;
        if (value->word.kind == VALUE_LIST)
            value = value_items(value);
        return value ? word_text(&value->word) : (struct slice){"", 0};
    }
    return (struct slice){"", 0};
}

/* The subject of T@pay/replay is pay. */
static struct slice subject_of_row(struct slice row) {
    struct slice letter, subject = {"", 0};
    slice_cut(&row, '@', &letter);
    slice_cut(&row, '/', &subject);
    return subject;
}

/* Returns the row that a threat or a dismissal names first, or "" when it names none. */
static struct slice first_row(const struct item *item, enum kind kind) {
    struct slice name = word_text(&item->head->name);
    if (kind == KIND_DISMISS)
        return slice_has(name, '@') ? name : first_value(item, "for");
    return first_value(item, "candidate");
}

static struct slice subject_of_decision(const struct item *item, enum kind kind) {
    struct slice row = first_row(item, kind);
    return row.length || kind == KIND_DISMISS ? subject_of_row(row) : first_value(item, "on");
}

struct sort_key sort_key_of(const struct item *item, const struct table *threats) {
    struct sort_key key = {.kind = KIND_COUNT};
    if (item->kind != ITEM_DECLARATION)
        return key;
    key.kind = kind_find(word_text(&item->word));
    key.id = word_text(&item->head->name);
    if (kind_in(key.kind, ON_MITIGATION | ON_RISK)) { /* it stands with its first threat */
        key.id = first_value(item, "for");
        const struct item *threat = table_get(threats, key.id);
        if (threat)
            key.subject = subject_of_decision(threat, KIND_THREAT);
    } else if (kind_in(key.kind, ON_THREAT | ON_DISMISS)) {
        key.subject = subject_of_decision(item, key.kind);
    }
    if (key.kind == KIND_DISMISS)
        key.id = first_row(item, key.kind);
    return key;
}

/* Cuts the digits off the front and returns them without leading zeros, so that of two numbers the
 * one with more digits is the larger, however long they are. */
static struct slice take_number(struct slice *rest) {
    size_t digits = 0, zeros = 0;
    while (digits < rest->length && is_digit(rest->at[digits]))
        digits++;
    while (zeros < digits && rest->at[zeros] == '0')
        zeros++;
    struct slice number = slice_part(*rest, zeros, digits - zeros);
    *rest = slice_part(*rest, digits, rest->length);
    return number;
}

/* Numbers in ids count as numbers: T-2 stands before T-10. */
static int compare_ids(struct slice a, struct slice b) {
    while (a.length && b.length) {
        struct slice left = take_number(&a), right = take_number(&b);
        int order = left.length != right.length ? (left.length < right.length ? -1 : 1)
                                                : slice_compare(left, right);
        if (order)
            return order;
        if (!a.length || !b.length)
            break;
        if (a.at[0] != b.at[0])
            return (unsigned char)a.at[0] < (unsigned char)b.at[0] ? -1 : 1;
        a = slice_part(a, 1, a.length);
        b = slice_part(b, 1, b.length);
    }
    return (a.length > 0) - (b.length > 0);
}

int compare_sort_keys(const struct sort_key *a, const struct sort_key *b) {
    int order = slice_compare(a->subject, b->subject);
    if (!order && a->subject.length)
        order = compare_ids(a->id, b->id);
    if (!order && a->subject.length)
        order = (int)a->kind - (int)b->kind;
    return order;
}

/* Items with equal keys keep the order in which they stand in the file. */
static int compare_sortable(const void *left, const void *right) {
    const struct sortable *a = left, *b = right;
    int order = compare_sort_keys(&a->key, &b->key);
    if (!order)
        order = a->item->word.start < b->item->word.start ? -1 : 1;
    return order;
}

struct sortables {
    struct sortable *items;
    size_t count, capacity;
};

static void sort(struct sortables *list) {
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_sortable);
}

/* Of two threats with one id (a mistake, but fmt still formats the file) the one that sorts first
 * counts: it is the first in the sorted text too, so sorting that again changes nothing. */
void index_threats(struct arena *arena, const struct block *file, struct table *threats) {
    struct sortables list = {0};
    for (const struct item *item = file->items; item; item = item->next)
        if (item->kind == ITEM_DECLARATION && slice_is(word_text(&item->word), "threat"))
            *ARRAY_ADD(arena, &list) = (struct sortable){item, sort_key_of(item, threats)};
    sort(&list);
    for (size_t i = 0; i < list.count; i++)
        table_intern(arena, threats, list.items[i].key.id, (void *)(uintptr_t)list.items[i].item);
}

struct block sort_decisions(struct arena *arena, const struct block *file) {
    struct sortables list = {0};
    struct block block = *file;
    struct item **end = &block.items;
    struct table threats = {0};
    index_threats(arena, file, &threats);
    for (const struct item *item = file->items; item; item = item->next)
        *ARRAY_ADD(arena, &list) = (struct sortable){item, sort_key_of(item, &threats)};
    sort(&list);
    for (size_t i = 0; i < list.count; i++) {
        struct item *copy = ARENA_NEW(arena, struct item);
        *copy = *list.items[i].item;
        *end = copy;
        end = &copy->next;
    }
    *end = NULL;
    return block;
}
