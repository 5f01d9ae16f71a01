/* See edit_text.h. */
// SPDX-License-Identifier: MIT
#include "syntax/edit_text.h"

uint32_t line_start(const struct edit *edit, uint32_t at) {
    while (at && edit_char(edit, at - 1) != '\n')
        at--;
    return at;
}

uint32_t next_line(const struct edit *edit, uint32_t at) {
    while (at < edit_length(edit) && edit_char(edit, at) != '\n')
        at++;
    return at + (at < edit_length(edit));
}

uint32_t line_end(const struct edit *edit, uint32_t at) {
    while (at < edit_length(edit) && edit_char(edit, at) != '\n')
        at++;
    return at && edit_char(edit, at) == '\n' && edit_char(edit, at - 1) == '\r' ? at - 1 : at;
}

uint32_t skip_blanks_at(const struct edit *edit, uint32_t at) {
    while (edit_char(edit, at) == ' ' || edit_char(edit, at) == '\t')
        at++;
    return at;
}

bool is_rest_empty(const struct edit *edit, uint32_t at) {
    uint32_t rest = skip_blanks_at(edit, at);
    bool comment = edit_char(edit, rest) == '#' && (rest > at || !edit->is_yaml);
    return comment || rest >= line_end(edit, at);
}

bool begins_line(const struct edit *edit, uint32_t at) {
    return skip_blanks_at(edit, line_start(edit, at)) == at;
}

uint32_t skip_to_token(const struct edit *edit, uint32_t at) {
    for (;;) {
        uint32_t rest = skip_blanks_at(edit, at);
        char c = edit_char(edit, rest);
        bool comment = c == '#' && (rest > at || begins_line(edit, rest) || !edit->is_yaml);
        if (!comment && c != '\n' && c != '\r')
            return rest;
        at = comment ? next_line(edit, rest) : rest + 1;
    }
}

struct slice indentation(const struct edit *edit, uint32_t at) {
    uint32_t start = line_start(edit, at), end = skip_blanks_at(edit, start);
    return source_slice(edit->tree->source, (struct span){start, end < at ? end : at});
}

struct slice newline_of(const struct edit *edit) {
    return edit->tree->source->crlf ? SLICE("\r\n") : SLICE("\n");
}

uint32_t start_with_comments(const struct edit *edit, const struct item *item) {
    const char *text = edit->tree->source->text.at;
    for (const struct comment *at = around(item->remarks)->comments; at; at = at->next) {
        bool before = at->text.at >= text && at->text.at < text + item->word.start;
        uint32_t start = before ? (uint32_t)(at->text.at - text) : 0;
        if (before && begins_line(edit, start) && skip_to_token(edit, start) == item->word.start)
            return start;
    }
    return item->word.start;
}

/* Two insertions at one place are one, in the order in which they came. */
void add_change(struct edit *edit, uint32_t start, uint32_t end, struct slice text) {
    if (start == end && edit->changes.count) {
        struct change *last = &edit->changes.items[edit->changes.count - 1];
        if (last->span.start == start && last->span.end == end) {
            last->text = text_join(edit->arena, last->text, text, SLICE(""));
            return;
        }
    }
    *ARRAY_ADD(edit->arena, &edit->changes) = (struct change){{start, end}, text};
}

const struct item *find_attribute(const struct item *declaration, struct slice name) {
    const struct item *item = items_inside(declaration);
    while (item && (item->kind != ITEM_ATTRIBUTE || !slice_equal(word_text(&item->word), name)))
        item = item->next;
    return item;
}

const struct item *find_evidence(const struct item *declaration) {
    const struct block *block = item_block(declaration);
    for (const struct item *item = block ? block->items : NULL; item; item = item->next)
        if (item->kind == ITEM_DECLARATION && slice_is(word_text(&item->word), "evidence") &&
            item_block(item))
            return item;
    return NULL;
}

bool has_value(const struct value *value, struct slice wanted) {
    const struct value *item = value->word.kind == VALUE_LIST ? value_items(value) : value;
    for (; item; item = value->word.kind == VALUE_LIST ? item->next : NULL)
        if (item->word.kind != VALUE_LIST && slice_equal(word_text(&item->word), wanted))
            return true;
    return false;
}

const struct value *last_value(const struct value *list) {
    const struct value *last = value_items(list);
    while (last && last->next)
        last = last->next;
    return last;
}

const struct item *last_of_kind(const struct edit *edit, enum kind kind) {
    const struct item *last = NULL;
    for (const struct item *item = edit->tree->file.items; item; item = item->next)
        if (item->kind == ITEM_DECLARATION && !(item->arrow && !word_text(&item->word).length) &&
            kind_find(word_text(&item->word)) == kind)
            last = item;
    return last;
}
