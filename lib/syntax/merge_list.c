/* Values that stay keep what stands before them; new ones stand as the second value of ours does.
 */
// SPDX-License-Identifier: MIT
#include "syntax/merge_list.h"

#include "base/table.h"
#include "base/writer.h"

/* A value on its way into the result. */
struct member {
    struct member *next;
    struct slice name, text; /* what it says, and how that is written */
    struct slice before;     /* what stands between it and the value before it */
    bool is_new;             /* neither base nor theirs has it */
};

struct joining {
    struct arena *arena;
    struct sourced ours, theirs;
    struct table in_base, in_theirs, placed; /* text -> value; of placed: -> member */
    struct member first;                     /* none: its `next` is the first */
    struct slice between;                    /* for new ones */
};

static bool is_plain(const struct value *list) {
    const struct remarks *remarks = around(value_remarks(list));
    if (list->word.kind != VALUE_LIST || remarks->comments || remarks->tail)
        return false;
    for (const struct value *at = value_items(list); at; at = at->next)
        if (at->word.kind == VALUE_LIST || at->word.noted)
            return false;
    return true;
}

static struct table table_of(struct arena *arena, const struct value *list) {
    struct table table = {0};
    for (struct value *at = value_items(list); at; at = at->next)
        table_intern(arena, &table, word_text(&at->word), at);
    return table;
}

static struct slice between(const struct source *source, const struct value *a,
                            const struct value *b) {
    return source_slice(source, (struct span){a->word.end, b->word.start});
}

/* ---- members ----------------------------------------------------------------------------- */

static struct member *insert(struct joining *joining, struct member *before,
                             const struct source *source, const struct value *value) {
    struct member *member = ARENA_NEW(joining->arena, struct member);
    *member = (struct member){.next = before->next,
                              .name = word_text(&value->word),
                              .text = source_slice(source, word_span(&value->word)),
                              .before = joining->between};
    before->next = member;
    table_intern(joining->arena, &joining->placed, member->name, member);
    return member;
}

/* Ours, without what theirs has taken out. */
static void take_ours(struct joining *joining) {
    struct member *last = &joining->first;
    const struct source *source = joining->ours.source;
    const struct value *before = NULL;
    for (const struct value *at = value_items(joining->ours.item->value); at;
         before = at, at = at->next) {
        bool base = table_get(&joining->in_base, word_text(&at->word));
        bool theirs = table_get(&joining->in_theirs, word_text(&at->word));
        if (base && !theirs)
            continue;
        last = insert(joining, last, source, at);
        last->is_new = !base && !theirs;
        if (before)
            last->before = between(source, before, at);
    }
}

/* Of what both sides have added at one place, in order. */
static struct member *place_behind(struct member *before, struct slice name) {
    while (before->next && before->next->is_new && slice_compare(before->next->name, name) < 0)
        before = before->next;
    return before;
}

static void take_theirs(struct joining *joining) {
    struct member *last = &joining->first;
    for (const struct value *at = value_items(joining->theirs.item->value); at; at = at->next) {
        struct slice name = word_text(&at->word);
        struct member *member = table_get(&joining->placed, name);
        if (!member && !table_get(&joining->in_base, name))
            member = insert(joining, place_behind(last, name), joining->theirs.source, at);
        last = member ? member : last;
    }
}

/* ---- the text ---------------------------------------------------------------------------- */

/* As between the first two; a list of one may stand on lines of its own. */
static struct slice style_of(struct arena *arena, struct sourced list) {
    const struct word *word = &list.item->value->word;
    const struct value *first = value_items(list.item->value);
    if (first && first->next)
        return between(list.source, first, first->next);
    uint32_t open = word->start + 1;
    struct slice lead =
        source_slice(list.source, (struct span){open, first ? first->word.start : open});
    return slice_has(lead, '\n') ? text_join(arena, SLICE(","), SLICE(""), lead) : SLICE(", ");
}

/* What stands around the values is that of ours. */
static struct slice write_joined(struct joining *joining) {
    struct memory_writer text;
    const struct item *ours = joining->ours.item;
    const struct value *first = value_items(ours->value), *last = first;
    uint32_t open = first ? first->word.start : ours->value->word.start + 1;
    while (last && last->next)
        last = last->next;
    struct span before = {ours->word.start, open},
                after = {last ? last->word.end : open, ours->end};
    memory_writer_open(&text, joining->arena);
    write_slice(&text.writer, source_slice(joining->ours.source, before));
    for (const struct member *at = joining->first.next; at; at = at->next) {
        if (at != joining->first.next)
            write_slice(&text.writer, at->before);
        write_slice(&text.writer, at->text);
    }
    write_slice(&text.writer, source_slice(joining->ours.source, after));
    return memory_writer_close(&text);
}

static bool is_set(struct sourced list) {
    return list.item && list.item->kind == ITEM_ATTRIBUTE &&
           slice_is(word_text(&list.item->word), "patterns") && is_plain(list.item->value);
}

bool merge_lists(struct arena *arena, struct sourced base, struct sourced ours,
                 struct sourced theirs, struct slice *merged) {
    if (!is_set(base) || !is_set(ours) || !is_set(theirs))
        return false;
    struct joining joining = {.arena = arena,
                              .ours = ours,
                              .theirs = theirs,
                              .in_base = table_of(arena, base.item->value),
                              .in_theirs = table_of(arena, theirs.item->value),
                              .between = style_of(arena, ours)};
    take_ours(&joining);
    take_theirs(&joining);
    *merged = write_joined(&joining);
    return true;
}
