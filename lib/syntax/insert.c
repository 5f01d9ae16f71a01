/* In a file that is sorted the place is the sorted one. In any other it is after the last of those
 * that sort before: that is one look into a sorted list, whose every item knows the farthest place
 * in the file of all up to it. */
// SPDX-License-Identifier: MIT
#include "syntax/insert.h"

#include "syntax/build_state.h"
#include "syntax/edit_text.h"
#include "syntax/quote.h"

#include <stdlib.h>

/* What stands in the file, sorted: items, and the lines that name a subject about which there are
 * but stubs. */
struct present {
    struct sort_key key;
    const struct item *item, *before; /* and the item that stands before it in the file; or NULL, */
    uint32_t inside, end;             /* and where the stubs begin and end */
    uint32_t order;                   /* where it begins in the file */
    const struct present *last;       /* the farthest in the file of all up to this one, */
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

/* ---- stubs ------------------------------------------------------------------------------- */

static bool begins_stub(struct slice line) {
    return slice_starts(line, STUB_HEAD);
}

static struct slice line_at(const struct edit *edit, uint32_t at) {
    return source_slice(edit->tree->source, (struct span){at, line_end(edit, at)});
}

/* Over the lines of stubs that begin at this line, outside of everything. */
static uint32_t after_stubs(const struct edit *edit, uint32_t at) {
    while (at < edit_length(edit) &&
           (begins_stub(line_at(edit, at)) || slice_starts(line_at(edit, at), STUB_LINE)))
        at = next_line(edit, at);
    return at;
}

static uint32_t offset_of(const struct edit *edit, const struct comment *comment) {
    return (uint32_t)(comment->text.at - edit->tree->source->text.at);
}

typedef void comment_taker(struct edit *edit, const struct comment *comment, void *context);

/* Those that stand on the outermost level, on lines of their own. */
static void for_each_comment(struct edit *edit, comment_taker *take, void *context) {
    for (const struct item *item = edit->tree->file.items; item; item = item->next)
        for (const struct comment *at = around(item->remarks)->comments; at; at = at->next)
            take(edit, at, context);
    for (const struct comment *at = around(edit->tree->file.remarks)->tail; at; at = at->next)
        take(edit, at, context);
}

static void take_stub(struct edit *edit, const struct comment *comment, void *context) {
    struct slice rest = comment->text, id;
    if (!begins_stub(rest) || !begins_line(edit, offset_of(edit, comment)))
        return;
    rest = slice_part(rest, strlen(STUB_HEAD), rest.length);
    slice_cut(&rest, ':', &id);
    struct span *span = ARENA_NEW(edit->arena, struct span);
    span->start = span->end = line_start(edit, offset_of(edit, comment));
    do
        span->end = next_line(edit, span->end);
    while (slice_starts(line_at(edit, span->end), STUB_LINE));
    table_intern(edit->arena, context, id, span);
}

void find_stubs(struct edit *edit, struct table *stubs) {
    for_each_comment(edit, take_stub, stubs);
}

/* ---- what is there ----------------------------------------------------------------------- */

struct anchoring {
    struct presents *list;
    struct table *subjects; /* that have items */
};

/* "# webhook: POST /webhooks/stripe" before stubs, and before nothing else about that subject. */
static void take_anchor(struct edit *edit, const struct comment *comment, void *context) {
    const struct anchoring *anchoring = context;
    uint32_t start = offset_of(edit, comment), inside = next_line(edit, start);
    struct slice rest = slice_part(comment->text, 2, comment->text.length), subject;
    if (!slice_starts(comment->text, "# ") || !begins_stub(line_at(edit, inside)) ||
        begins_stub(comment->text) || !slice_cut(&rest, ':', &subject) || slice_has(subject, ' ') ||
        table_get(anchoring->subjects, subject))
        return;
    *ARRAY_ADD(edit->arena, anchoring->list) = (struct present){
        .key = {subject, {"", 0}, KIND_COUNT},
        .inside = inside,
        .end = after_stubs(edit, inside),
        .order = line_start(edit, start),
    };
}

static void add_items(struct edit *edit, const struct table *threats, struct table *subjects,
                      struct presents *list) {
    const struct item *before = NULL;
    for (const struct item *item = edit->tree->file.items; item; before = item, item = item->next) {
        struct sort_key key = sort_key_of(item, threats);
        *ARRAY_ADD(edit->arena, list) =
            (struct present){.key = key, .item = item, .before = before, .order = item->word.start};
        if (key.subject.length)
            table_intern(edit->arena, subjects, key.subject, (void *)(uintptr_t)item);
    }
}

static struct presents list_presents(struct edit *edit, const struct table *threats) {
    struct presents list = {0};
    struct table subjects = {0};
    struct anchoring anchoring = {&list, &subjects};
    add_items(edit, threats, &subjects, &list);
    for_each_comment(edit, take_anchor, &anchoring);
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

/* ---- other ids ---------------------------------------------------------------------------- */

struct renewing {
    struct slice (*renew)(void *context, struct slice id);
    void *context;
    struct table headings; /* address of a comment that names a subject before a decision */
};

static void renew_part(struct edit *edit, struct slice id, const struct renewing *renewing) {
    struct slice renewed = renewing->renew(renewing->context, id);
    uint32_t start = (uint32_t)(id.at - edit->tree->source->text.at);
    if (!slice_equal(id, renewed))
        add_change(edit, start, start + (uint32_t)id.length, renewed);
}

static bool is_part_of_id(char c) {
    return is_id((struct slice){&c, 1}, true) || c == '-' || c == '.';
}

static size_t end_of_part(struct slice line, size_t at) {
    while (at < line.length && is_part_of_id(line.at[at]))
        at++;
    return at;
}

/* SUBJECT and FLOW of each LETTER@SUBJECT/RULE/FLOW in the line. */
static void renew_questions(struct edit *edit, struct slice line, const struct renewing *renewing) {
    for (size_t i = 0; i < line.length; i++) {
        size_t start = i + 1;
        for (size_t parts = 0; line.at[i] == '@' && parts < 3; parts++) {
            size_t end = end_of_part(line, start);
            if (end > start && parts != 1)
                renew_part(edit, slice_part(line, start, end - start), renewing);
            if (end >= line.length || line.at[end] != '/')
                break;
            start = end + 1;
        }
    }
}

/* "# todo T@pay/replay: ...", and the lines that go on; the next stub is a comment of its own. */
static void renew_stub(struct edit *edit, uint32_t at, const struct renewing *renewing) {
    do {
        renew_questions(edit, line_at(edit, at), renewing);
        at = next_line(edit, at);
    } while (at < edit_length(edit) && slice_starts(line_at(edit, at), STUB_LINE));
}

/* A line of the tool's own: "# pay", "# pay: POST /v1/payments". */
static void renew_heading(struct edit *edit, const struct comment *comment,
                          const struct renewing *renewing) {
    struct slice rest = slice_part(comment->text, 2, comment->text.length), id;
    if (slice_starts(comment->text, "# ") && slice_cut(&rest, ':', &id))
        renew_part(edit, slice_trim(id), renewing);
}

static void renew_comment(struct edit *edit, const struct comment *comment, void *context) {
    const struct renewing *renewing = context;
    uint32_t at = offset_of(edit, comment);
    const void *address = comment;
    if (begins_stub(comment->text) && begins_line(edit, at))
        renew_stub(edit, line_start(edit, at), renewing);
    else if (table_get(&renewing->headings, address_key(&address)) ||
             begins_stub(line_at(edit, next_line(edit, at))))
        renew_heading(edit, comment, renewing);
}

void rename_subject_lines(struct edit *edit, struct slice (*renew)(void *context, struct slice id),
                          void *context) {
    struct renewing renewing = {.renew = renew, .context = context};
    struct table threats = {0};
    index_threats(edit->arena, &edit->tree->file, &threats);
    for (const struct item *item = edit->tree->file.items; item; item = item->next) {
        const struct comment *comment = own_comments(item);
        if (comment && names_subject(comment, sort_key_of(item, &threats).subject))
            table_intern(edit->arena, &renewing.headings, kept_address(edit->arena, comment),
                         (void *)(uintptr_t)comment);
    }
    for_each_comment(edit, renew_comment, &renewing);
}

static struct place_for place_before(const struct edit *edit, const struct present *present,
                                     bool opens) {
    const struct item *item = present->item;
    if (!item)
        return (struct place_for){present->order, opens, opens};
    if (present->before && !begins_line(edit, item->word.start))
        return (struct place_for){after_item(edit, present->before), opens, false};
    struct slice subject = opens ? (struct slice){"", 0} : present->key.subject;
    return (struct place_for){start_below_subject(edit, item, subject), opens, opens};
}

/* Where the group of a subject goes on, and where it ends. */
static uint32_t inside_of(const struct edit *edit, const struct present *present) {
    return present->item ? after_item(edit, present->item) : present->inside;
}
static uint32_t end_of(const struct edit *edit, const struct present *present) {
    return present->item ? after_stubs(edit, after_item(edit, present->item)) : present->end;
}

static const struct present *first_in_file(const struct presents *list) {
    const struct present *first = list->items;
    for (size_t i = 1; i < list->count; i++)
        if (list->items[i].order < first->order)
            first = &list->items[i];
    return first;
}

static struct place_for find_place(const struct edit *edit, const struct presents *list,
                                   const struct new_decision *decision) {
    const struct sort_key *key = &decision->key;
    size_t before = count_up_to(list, key);
    const struct present *prior = before ? &list->items[before - 1] : NULL;
    const struct present *next = before < list->count ? &list->items[before] : NULL;
    if (prior && same_subject(&prior->key, key)) {
        const struct present *last = prior->last_of_subject;
        return (struct place_for){decision->is_stub ? end_of(edit, last) : inside_of(edit, last),
                                  !key->subject.length, false};
    }
    if (next && same_subject(&next->key, key)) {
        const struct present *last = next; /* whose first in the file is that of all */
        while (last + 1 < list->items + list->count && same_subject(&last[1].key, key))
            last++;
        return place_before(edit, last->first_of_subject, false);
    }
    if (prior)
        return (struct place_for){end_of(edit, prior->last), true, false};
    if (!next)
        return (struct place_for){edit_length(edit), true, false};
    return place_before(edit, first_in_file(list), true);
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

void remove_lone_decision(struct edit *edit, const struct item *item) {
    const struct slice none = {"", 0};
    uint32_t end = next_line(edit, item->end);
    bool sets_off = has_own_lines(edit, item) &&
                    follows_empty_line(edit, start_below_subject(edit, item, none)) &&
                    is_empty_line(edit, end) && end < edit_length(edit);
    remove_decision(edit, item, none);
    if (sets_off)
        edit->changes.items[edit->changes.count - 1].span.end = next_line(edit, end);
}

void replace_decision(struct edit *edit, const struct item *item, struct slice text) {
    struct memory_writer lines;
    struct slice newline = newline_of(edit);
    memory_writer_open(&lines, edit->arena);
    write_lines(&lines.writer, text, newline);
    struct slice written = memory_writer_close(&lines);
    add_change(edit, item->word.start, item->end,
               slice_part(written, 0, written.length - newline.length));
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
    if ((opens[count - 1] || list[count - 1].is_stub) && place->at < edit_length(edit) &&
        !is_empty_line(edit, place->at))
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

/* Stubs stand after what has been decided about their subject. */
static struct sort_key key_of(struct arena *arena, const struct new_decision *decision,
                              const struct table *threats) {
    struct sort_key key = sort_key_of(decision->tree->file.items, threats);
    if (decision->is_stub)
        key.id = text_join(arena, SLICE("~"), key.id, SLICE(""));
    return key;
}

void insert_decisions(struct edit *edit, struct new_decision *list, size_t count) {
    struct table threats = {0};
    if (!count)
        return;
    index_threats(edit->arena, &edit->tree->file, &threats);
    for (size_t i = 0; i < count; i++)
        index_threats(edit->arena, &list[i].tree->file, &threats);
    for (size_t i = 0; i < count; i++)
        list[i].key = key_of(edit->arena, &list[i], &threats);
    qsort(list, count, sizeof *list, compare_new);
    struct presents presents = list_presents(edit, &threats);
    struct pending_insert *inserts = ARENA_ARRAY(edit->arena, struct pending_insert, count);
    for (size_t i = 0; i < count; i++)
        inserts[i] = (struct pending_insert){find_place(edit, &presents, &list[i]), i};
    qsort(inserts, count, sizeof *inserts, compare_inserts);
    insert_all(edit, inserts, list, count);
}
