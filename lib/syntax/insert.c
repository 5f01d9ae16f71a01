/* In a file that is sorted the place is the sorted one. In any other it is after the last of those
 * that sort before: that is one look into a sorted list, whose every item knows the farthest place
 * in the file of all up to it. */
// SPDX-License-Identifier: MIT
#include "syntax/insert.h"

#include "syntax/edit_text.h"
#include "syntax/quote.h"

#include <stdlib.h>

/* What stands in the file, sorted. */
struct present {
    struct sort_key key;
    const struct item *item, *before;       /* and the item that stands before it in the file */
    size_t order;                           /* in the file */
    const struct present *last;             /* the farthest in the file of all up to this one, */
    const struct present *last_of_subject;  /* of those about the same subject, */
    const struct present *first_of_subject; /* and the first of those in the file */
};
struct presents {
    struct present *items;
    size_t count, capacity;
};

static int compare_present(const void *left, const void *right) {
    const struct present *a = left, *b = right;
    int order = compare_sort_keys(&a->key, &b->key);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static int compare_new(const void *left, const void *right) {
    const struct new_decision *a = left, *b = right;
    int order = compare_sort_keys(&a->key, &b->key);
    return order ? order : slice_compare(a->text, b->text);
}

static bool same_subject(const struct sort_key *a, const struct sort_key *b) {
    return slice_equal(a->subject, b->subject);
}

static struct presents list_presents(struct edit *edit, const struct table *threats) {
    struct presents list = {0};
    const struct item *before = NULL;
    for (const struct item *item = edit->tree->file.items; item; before = item, item = item->next)
        *ARRAY_ADD(edit->arena, &list) = (struct present){
            sort_key_of(item, threats), item, before, list.count, NULL, NULL, NULL};
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_present);
    for (size_t i = 0; i < list.count; i++) {
        struct present *at = &list.items[i], *prior = i ? at - 1 : NULL;
        bool goes_on = prior && same_subject(&prior->key, &at->key);
        at->last = prior && prior->last->order > at->order ? prior->last : at;
        at->last_of_subject =
            goes_on && prior->last_of_subject->order > at->order ? prior->last_of_subject : at;
        at->first_of_subject =
            goes_on && prior->first_of_subject->order < at->order ? prior->first_of_subject : at;
    }
    return list;
}

/* How many do not sort after the key. */
static size_t count_up_to(const struct presents *list, const struct sort_key *key) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool after = compare_sort_keys(&list->items[middle].key, key) > 0;
        low = after ? low : middle + 1;
        high = after ? middle : high;
    }
    return low;
}

/* ---- places in the text ------------------------------------------------------------------ */

struct place_for {
    uint32_t at;
    bool opens;  /* nothing stands there yet about the subject */
    bool before; /* all else comes after it */
};

/* The next line that begins outside of everything. */
static uint32_t after_item(const struct edit *edit, const struct item *item) {
    while (!is_rest_empty(edit, item->end) && item->next)
        item = item->next;
    return next_line(edit, item->end);
}

static uint32_t offset_of(const struct edit *edit, const struct comment *comment) {
    return (uint32_t)(comment->text.at - edit->tree->source->text.at);
}

/* The first of the comments that stand directly above the item, without an empty line between; NULL
 * where there is none. */
static const struct comment *own_comments(const struct item *item) {
    const struct comment *first = NULL;
    if (item->blank_before && around(item->remarks)->comments)
        return NULL;
    for (const struct comment *at = around(item->remarks)->comments; at; at = at->next)
        if (!first || at->blank_before || at->same_line)
            first = at->same_line ? NULL : at;
    return first;
}

/* "# webhook" or "# webhook: POST /webhooks/stripe" */
static bool names_subject(const struct comment *comment, struct slice subject) {
    struct slice text = slice_trim(slice_part(comment->text, 1, comment->text.length));
    return subject.length && text.length >= subject.length &&
           slice_equal(slice_part(text, 0, subject.length), subject) &&
           (text.length == subject.length || text.at[subject.length] == ':');
}

/* Where the item begins with its comments, but under the line that names the subject. */
static uint32_t start_below_subject(const struct edit *edit, const struct item *item,
                                    struct slice subject) {
    const struct comment *comment = own_comments(item);
    if (!comment)
        return line_start(edit, item->word.start);
    uint32_t start = line_start(edit, offset_of(edit, comment));
    return names_subject(comment, subject) ? next_line(edit, start) : start;
}

struct slice subject_line(struct arena *arena, struct slice subject, struct slice label) {
    struct memory_writer line;
    label = slice_trim(label);
    memory_writer_open(&line, arena);
    write_format(&line.writer, "# %.*s", SLICE_ARGS(subject));
    if (slice_is_visible(label)) {
        write_string(&line.writer, ": ");
        write_comment(&line.writer, text_cut(arena, label));
    }
    return memory_writer_close(&line);
}

static bool has_own_lines(const struct edit *edit, const struct item *item) {
    return begins_line(edit, item->word.start) && is_rest_empty(edit, item->end);
}

struct slice decision_text(const struct edit *edit, const struct item *item, struct slice subject) {
    bool own = has_own_lines(edit, item);
    struct span span = {own ? start_below_subject(edit, item, subject) : item->word.start,
                        own ? line_end(edit, item->end) : item->end};
    return source_slice(edit->tree->source, span);
}

void remove_decision(struct edit *edit, const struct item *item, struct slice subject) {
    if (has_own_lines(edit, item))
        add_change(edit, start_below_subject(edit, item, subject), next_line(edit, item->end),
                   SLICE(""));
    else
        edit_remove(edit, &edit->tree->file, item);
}

static struct place_for place_before(const struct edit *edit, const struct present *present,
                                     bool opens) {
    const struct item *item = present->item;
    if (present->before && !begins_line(edit, item->word.start))
        return (struct place_for){after_item(edit, present->before), opens, false};
    struct slice subject = opens ? (struct slice){"", 0} : present->key.subject;
    return (struct place_for){start_below_subject(edit, item, subject), opens, opens};
}

static struct place_for find_place(const struct edit *edit, const struct presents *list,
                                   const struct sort_key *key) {
    size_t before = count_up_to(list, key);
    const struct present *prior = before ? &list->items[before - 1] : NULL;
    const struct present *next = before < list->count ? &list->items[before] : NULL;
    if (prior && same_subject(&prior->key, key))
        return (struct place_for){after_item(edit, prior->last_of_subject->item),
                                  !key->subject.length, false};
    if (next && same_subject(&next->key, key)) {
        const struct present *last = next; /* whose first in the file is that of all */
        while (last + 1 < list->items + list->count && same_subject(&last[1].key, key))
            last++;
        return place_before(edit, last->first_of_subject, false);
    }
    if (prior)
        return (struct place_for){after_item(edit, prior->last->item), true, false};
    if (!next)
        return (struct place_for){edit_length(edit), true, false};
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].before)
            next = &list->items[i];
    return place_before(edit, next, true);
}

/* ---- writing ----------------------------------------------------------------------------- */

static bool is_empty_line(const struct edit *edit, uint32_t at) {
    return skip_blanks_at(edit, at) >= line_end(edit, at);
}

static bool follows_empty_line(const struct edit *edit, uint32_t at) {
    return !at || is_empty_line(edit, line_start(edit, at - 1));
}

static void write_lines(struct writer *writer, struct slice text, struct slice newline) {
    struct slice line;
    while (slice_cut(&text, '\n', &line)) {
        write_slice(writer, line);
        write_slice(writer, newline);
    }
}

static void write_opening(struct edit *edit, struct writer *writer, const struct place_for *place,
                          const struct new_decision *decision, bool first) {
    struct slice newline = newline_of(edit);
    if (!first || (!place->before && !follows_empty_line(edit, place->at)))
        write_slice(writer, newline);
    if (decision->subject_line.length)
        write_lines(writer, decision->subject_line, newline);
}

/* All that goes to one place, in order of the keys. */
static void insert_at(struct edit *edit, const struct place_for *place,
                      const struct new_decision *list, const bool *opens, size_t count) {
    struct slice newline = newline_of(edit);
    struct memory_writer text;
    memory_writer_open(&text, edit->arena);
    if (place->at && edit_char(edit, place->at - 1) != '\n')
        write_slice(&text.writer, newline);
    for (size_t i = 0; i < count; i++) {
        bool goes_on =
            i && list[i].key.subject.length && same_subject(&list[i - 1].key, &list[i].key);
        if (opens[i] && !goes_on)
            write_opening(edit, &text.writer, place, &list[i], !i);
        else if (i && opens[i - 1] && !goes_on)
            write_slice(&text.writer, newline);
        write_lines(&text.writer, list[i].text, newline);
    }
    if (opens[count - 1] && place->at < edit_length(edit) && !is_empty_line(edit, place->at))
        write_slice(&text.writer, newline);
    add_change(edit, place->at, place->at, memory_writer_close(&text));
}

/* Places of rising keys need not rise in a file that is not sorted. */
struct pending_insert {
    struct place_for place;
    size_t index;
};

static int compare_inserts(const void *left, const void *right) {
    const struct pending_insert *a = left, *b = right;
    if (a->place.at != b->place.at)
        return a->place.at < b->place.at ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static void insert_all(struct edit *edit, const struct pending_insert *inserts,
                       const struct new_decision *list, size_t count) {
    struct new_decision *together = ARENA_ARRAY(edit->arena, struct new_decision, count);
    bool *opens = ARENA_ARRAY(edit->arena, bool, count);
    for (size_t i = 0, first = 0; i < count; i++) {
        together[i] = list[inserts[i].index];
        opens[i] = inserts[i].place.opens;
        if (i + 1 < count && inserts[i + 1].place.at == inserts[first].place.at)
            continue;
        insert_at(edit, &inserts[first].place, together + first, opens + first, i + 1 - first);
        first = i + 1;
    }
}

void insert_decisions(struct edit *edit, struct new_decision *list, size_t count) {
    struct table threats = {0};
    if (!count)
        return;
    find_threats(edit->arena, &edit->tree->file, &threats);
    for (size_t i = 0; i < count; i++)
        find_threats(edit->arena, &list[i].tree->file, &threats);
    for (size_t i = 0; i < count; i++)
        list[i].key = sort_key_of(list[i].tree->file.items, &threats);
    qsort(list, count, sizeof *list, compare_new);
    struct presents presents = list_presents(edit, &threats);
    struct pending_insert *inserts = ARENA_ARRAY(edit->arena, struct pending_insert, count);
    for (size_t i = 0; i < count; i++)
        inserts[i] = (struct pending_insert){find_place(edit, &presents, &list[i].key), i};
    qsort(inserts, count, sizeof *inserts, compare_inserts);
    insert_all(edit, inserts, list, count);
}
