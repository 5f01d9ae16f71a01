/* Another list in place of one that is there, value by value, in the DSL: what stays keeps its
 * place, its line and its comments. A value that goes takes along the comment after it on a line
 * of its own, and the lines of comments directly above; nothing else. */
// SPDX-License-Identifier: MIT
#include "syntax/edit_text.h"

struct relisting {
    struct edit *edit;
    const struct value *list;
    const struct spelled_value *values;
    size_t count;
    struct table wanted, there; /* what the new values say, and those that are there by that */
    ARRAY_OF(struct span) cuts; /* in order of the text; none touches the next */
};

static bool stays(const struct relisting *relisting, const struct value *value) {
    return table_get(&relisting->wanted, word_text(&value->word)) != NULL;
}

/* After the comma that follows the value, or after the value where none follows on its line. */
static uint32_t after_comma(const struct edit *edit, const struct value *value) {
    uint32_t at = skip_blanks_at(edit, value->word.end);
    return edit_char(edit, at) == ',' ? at + 1 : value->word.end;
}

static bool has_own_lines(const struct edit *edit, const struct value *value) {
    return begins_line(edit, value->word.start) && is_rest_empty(edit, after_comma(edit, value));
}

/* The line on which the value's comments begin, or its own; all of them after `limit`. */
static uint32_t first_line(const struct edit *edit, const struct value *value, uint32_t limit) {
    uint32_t line = line_start(edit, value->word.start);
    while (line > limit) {
        uint32_t above = line_start(edit, line - 1);
        if (above <= limit || edit_char(edit, skip_blanks_at(edit, above)) != '#')
            break;
        line = above;
    }
    return line;
}

/* ---- what goes --------------------------------------------------------------------------- */

/* Where blanks before the position begin. */
static uint32_t with_blanks_before(const struct edit *edit, uint32_t at) {
    while (at && slice_has(SLICE(" \t"), edit_char(edit, at - 1)))
        at--;
    return at;
}

/* The same, and a comma before these. */
static uint32_t with_comma_before(const struct edit *edit, uint32_t at) {
    uint32_t start = with_blanks_before(edit, at);
    return start && edit_char(edit, start - 1) == ',' ? start - 1 : start;
}

/* No comma follows it on its line, or none that is needed: the one before it goes. */
static struct span last_on_its_line(const struct edit *edit, const struct value *value,
                                    const struct value *before) {
    uint32_t start = value->word.start, line = line_start(edit, start);
    if (!begins_line(edit, start)) {
        start = with_comma_before(edit, start);
        bool comma = edit_char(edit, start) == ',';
        return (struct span){start, comma ? value->word.end : after_comma(edit, value)};
    }
    uint32_t above = line ? line_end(edit, line - 1) : 0;
    bool joins = before && above >= before->word.end &&
                 slice_is(slice_trim(source_slice(edit->tree->source,
                                                  (struct span){before->word.end, above})),
                          ",");
    return (struct span){joins ? above : start, after_comma(edit, value)};
}

static struct span cut_of(const struct edit *edit, const struct value *value,
                          const struct value *before, uint32_t open) {
    uint32_t comma = after_comma(edit, value), next = skip_blanks_at(edit, comma);
    if (has_own_lines(edit, value))
        return (struct span){first_line(edit, value, before ? before->word.end : open),
                             next_line(edit, value->word.end)};
    if (comma == value->word.end || edit_char(edit, next) == ']')
        return last_on_its_line(edit, value, before);
    if (edit_char(edit, next) == '#') /* a comment of the whole line, which stays */
        return (struct span){with_blanks_before(edit, value->word.start), comma};
    return (struct span){value->word.start, next};
}

static void add_cut(struct relisting *relisting, struct span span, bool is_last) {
    size_t count = relisting->cuts.count;
    struct span *before = count ? &relisting->cuts.items[count - 1] : NULL;
    if (!before || span.start > before->end) {
        /* An array with room has items. */
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
        *ARRAY_ADD(relisting->edit->arena, &relisting->cuts) = span;
        return;
    }
    before->end = span.end;
    if (is_last && !begins_line(relisting->edit, before->start))
        before->start = with_comma_before(relisting->edit, before->start);
}

/* Of two values side by side one comma goes: the one after it, on whatever line that stands, where
 * nothing before it stays or the one before it did not go. */
static void cut(struct relisting *relisting) {
    const struct edit *edit = relisting->edit;
    const struct value *before = NULL;
    bool any_stays = false;
    for (const struct value *at = value_items(relisting->list); at; before = at, at = at->next) {
        if (stays(relisting, at)) {
            any_stays = true;
            continue;
        }
        struct span span = cut_of(edit, at, before, relisting->list->word.start);
        bool took = after_comma(edit, at) > at->word.end ||
                    (any_stays && edit_char(edit, span.start) == ',');
        uint32_t comma = skip_to_token(edit, at->word.end);
        add_cut(relisting, span, !at->next);
        if (!took && at->next && edit_char(edit, comma) == ',')
            add_cut(relisting, (struct span){comma, skip_blanks_at(edit, comma + 1)}, false);
    }
    for (size_t i = 0; i < relisting->cuts.count; i++)
        add_change(relisting->edit, relisting->cuts.items[i].start, relisting->cuts.items[i].end,
                   SLICE(""));
}

/* ---- what comes -------------------------------------------------------------------------- */

/* `is_first`: of those that come after that value. */
static void insert_after(struct edit *edit, const struct value *before, struct slice text,
                         bool is_first) {
    uint32_t comma = after_comma(edit, before), end = line_end(edit, before->word.end);
    if (!has_own_lines(edit, before)) {
        add_change(edit, before->word.end, before->word.end,
                   text_format(edit->arena, ", %.*s", SLICE_ARGS(text)));
        return;
    }
    if (is_first && comma == before->word.end)
        add_change(edit, comma, comma, SLICE(","));
    struct slice indent = indentation(edit, before->word.start);
    add_change(edit, end, end,
               text_format(edit->arena, "%.*s%.*s%.*s,", SLICE_ARGS(newline_of(edit)),
                           SLICE_ARGS(indent), SLICE_ARGS(text)));
}

static void insert_before(struct edit *edit, const struct value *after, uint32_t open,
                          struct slice text) {
    bool own_line = has_own_lines(edit, after);
    uint32_t at = own_line ? first_line(edit, after, open) : after->word.start;
    struct slice indent = own_line ? indentation(edit, after->word.start) : SLICE("");
    add_change(edit, at, at,
               text_format(edit->arena, "%.*s%.*s,%.*s", SLICE_ARGS(indent), SLICE_ARGS(text),
                           SLICE_ARGS(own_line ? newline_of(edit) : SLICE(" "))));
}

/* Each after the value that it stands after in the new list. `kept`: the first that stays, or,
 * where none does, the first of all. */
static void insert(struct relisting *relisting, const struct value *kept) {
    const struct value *before = NULL, *last = NULL;
    for (size_t i = 0; i < relisting->count; i++) {
        const struct value *there = table_get(&relisting->there, relisting->values[i].says);
        struct slice text = relisting->values[i].spelled;
        if (!there && before)
            insert_after(relisting->edit, before, text, last == before);
        else if (!there)
            insert_before(relisting->edit, kept, relisting->list->word.start, text);
        before = there ? there : before;
        last = there;
    }
}

/* False where a value is a list, or stands there twice. */
static bool read_both(struct relisting *relisting) {
    struct arena *arena = relisting->edit->arena;
    for (size_t i = 0; i < relisting->count; i++)
        table_intern(arena, &relisting->wanted, relisting->values[i].says, relisting);
    for (struct value *at = value_items(relisting->list); at; at = at->next)
        if (at->word.kind == VALUE_LIST ||
            table_intern(arena, &relisting->there, word_text(&at->word), at) != at)
            return false;
    return true;
}

bool list_has_comments(const struct value *list) {
    const struct remarks *remarks = around(value_remarks(list));
    for (const struct value *at = value_items(list); at; at = at->next)
        if (around(value_remarks(at))->comments)
            return true;
    return remarks->comments || remarks->tail;
}

bool edit_list(struct edit *edit, const struct item *declaration, struct slice name,
               const struct spelled_value *values, size_t count) {
    const struct item *there = find_attribute(declaration, name);
    if (edit->is_yaml || !there || !value_items(there->value))
        return false;
    struct relisting relisting = {
        .edit = edit, .list = there->value, .values = values, .count = count};
    const struct value *kept = value_items(there->value);
    if (!read_both(&relisting))
        return false;
    while (kept && !stays(&relisting, kept))
        kept = kept->next;
    if (!kept && !list_has_comments(there->value))
        return false;
    cut(&relisting);
    insert(&relisting, kept ? kept : value_items(there->value));
    return true;
}
