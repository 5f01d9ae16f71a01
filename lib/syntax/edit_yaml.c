/* Edits of the YAML form. The tree keeps where keys and scalars stand, but neither brackets nor
 * styles: what a value is written as is read off the text at its beginning. */
// SPDX-License-Identifier: MIT
#include "syntax/edit_text.h"
#include "syntax/quote.h"

static struct slice in_yaml(struct edit *edit, struct slice text, bool in_list) {
    struct memory_writer scalar;
    memory_writer_open(&scalar, edit->arena);
    write_yaml_scalar(&scalar.writer, text, YAML_USE_WORD, in_list);
    return memory_writer_close(&scalar);
}

/* After the colon of a key, or 0 where there is none beside it. */
static uint32_t after_colon(const struct edit *edit, uint32_t key_end) {
    uint32_t at = skip_blanks_at(edit, key_end);
    return edit_char(edit, at) == ':' ? at + 1 : 0;
}

/* After the colon of a section's key at the beginning of a line, or 0 where none begins there. */
static uint32_t after_section(const struct edit *edit, uint32_t line) {
    uint32_t at = line + (edit_char(edit, line) == '"' || edit_char(edit, line) == '\''), end = at;
    while (edit_char(edit, end) >= 'a' && edit_char(edit, end) <= 'z')
        end++;
    struct slice word = source_slice(edit->tree->source, (struct span){at, end});
    bool known = slice_is(word, "imports");
    for (size_t i = 0; i < KIND_COUNT; i++)
        known |= *kind_rows[i].section && slice_is(word, kind_rows[i].section);
    return known ? after_colon(edit, end + (at > line)) : 0;
}

/* Whether the declaration stands between { and }, where line breaks mean nothing: its section, or the
 * whole file, begins with {. */
static bool is_in_flow(const struct edit *edit, const struct item *declaration) {
    if (edit_char(edit, skip_to_token(edit, 0)) == '{')
        return true;
    uint32_t at = line_start(edit, declaration->word.span.start), colon;
    while (!(colon = after_section(edit, at)) && at)
        at = line_start(edit, at - 1);
    return colon && colon <= declaration->word.span.start &&
           edit_char(edit, skip_to_token(edit, colon)) == '{';
}

/* The same of what stands inside of the declaration. */
static bool holds_flow(const struct edit *edit, const struct item *declaration) {
    uint32_t colon = after_colon(edit, declaration->end);
    return is_in_flow(edit, declaration) ||
           (colon && edit_char(edit, skip_to_token(edit, colon)) == '{');
}

/* ---- where things end -------------------------------------------------------------------- */

/* After the bracket that closes what begins before `at`, all that is inside having been passed. */
static uint32_t after_bracket(const struct edit *edit, uint32_t at, char close) {
    for (;;) {
        at = skip_to_token(edit, at);
        if (edit_char(edit, at) == close)
            return at + 1;
        if (edit_char(edit, at) != ',')
            return 0;
        at++;
    }
}

/* 0 where the end is not found. */
static uint32_t end_of_value(const struct edit *edit, const struct value *value) {
    uint32_t end = value->word.span.end;
    if (value->kind != VALUE_LIST)
        return end;
    bool in_brackets = edit_char(edit, value->word.span.start) == '[';
    end = value->word.span.start + 1;
    for (const struct value *item = value->items; item; item = item->next)
        end = end_of_value(edit, item);
    return in_brackets && end ? after_bracket(edit, end, ']') : end;
}

static uint32_t end_of_item(const struct edit *edit, const struct item *item);

static uint32_t later(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

/* The end of the last entry that the tree knows; `start` where there is none, 0 where it is lost.
 */
static uint32_t end_of_entries(const struct edit *edit, const struct item *declaration,
                               uint32_t start) {
    const struct head *head = declaration->head;
    uint32_t end = start;
    end = later(end, head->label.span.end);
    end = later(end, later(ends_of(head)->from.span.end, ends_of(head)->to.span.end));
    if (slice_is(declaration->word.text, "model"))
        end = later(end, head->name.span.end);
    for (const struct item *item = item_block(declaration)->items; item; item = item->next) {
        uint32_t item_end = end_of_item(edit, item);
        if (!item_end)
            return 0;
        end = later(end, item_end);
    }
    return end;
}

static uint32_t end_of_item(const struct edit *edit, const struct item *item) {
    if (item->kind == ITEM_ATTRIBUTE)
        return end_of_value(edit, item->value);
    uint32_t colon = after_colon(edit, item->end);
    if (!colon || !item_block(item))
        return 0;
    uint32_t first = skip_to_token(edit, colon);
    if (edit_char(edit, first) != '{')
        return end_of_entries(edit, item, colon);
    uint32_t end = end_of_entries(edit, item, first + 1);
    return end ? after_bracket(edit, end, '}') : 0;
}

/* A text of several lines. It begins with its | or >, whatever it holds. */
static bool is_block_scalar(const struct edit *edit, struct span span) {
    return span.end > span.start && slice_has(SLICE("|>"), edit_char(edit, span.start));
}

/* A block scalar's span reaches over the line breaks after it. */
static uint32_t without_blank_end(const struct edit *edit, uint32_t end) {
    while (end && slice_has(SLICE(" \t\r\n"), edit_char(edit, end - 1)))
        end--;
    return end;
}

/* The comment after the | of a text, with a blank before it; it is the text's own for libyaml. */
static struct slice header_comment(struct edit *edit, const struct value *value) {
    uint32_t at = value->word.span.start, end = line_end(edit, at);
    bool is_block = is_block_scalar(edit, value->word.span);
    while (is_block && at < end && edit_char(edit, at) != '#')
        at++;
    if (!is_block || at == end)
        return SLICE("");
    return text_format(edit->arena, " %.*s",
                       S(source_slice(edit->tree->source, (struct span){at, end})));
}

/* In place of a single value, which may be a text of several lines. */
static void replace_value(struct edit *edit, const struct value *value, uint32_t end,
                          struct slice text) {
    if (is_block_scalar(edit, value->word.span))
        end = without_blank_end(edit, end);
    add_change(edit, value->word.span.start, end,
               text_format(edit->arena, "%.*s%.*s", S(text), S(header_comment(edit, value))));
}

/* ---- stating ----------------------------------------------------------------------------- */

static struct slice pair_in_yaml(struct edit *edit, struct slice name, struct slice value,
                                 bool in_flow) {
    return text_format(edit->arena, "%.*s: %.*s", S(name), S(in_yaml(edit, value, in_flow)));
}

static struct slice blanks(struct edit *edit, size_t count) {
    return text_format(edit->arena, "%*s", (int)count, "");
}

static size_t column_at(const struct edit *edit, uint32_t at) {
    return at - line_start(edit, at);
}

/* A line of its own at that column, after the line of `at`. */
static void add_line(struct edit *edit, uint32_t at, size_t column, struct slice text) {
    at = line_end(edit, at);
    add_change(edit, at, at,
               text_format(edit->arena, "%.*s%.*s%.*s", S(newline_of(edit)),
                           S(blanks(edit, column)), S(text)));
}

/* api: { label: API } */
static bool add_to_flow_map(struct edit *edit, const struct item *declaration, uint32_t open,
                            struct slice pair) {
    uint32_t end = end_of_entries(edit, declaration, open + 1);
    if (!end)
        return false;
    bool empty = end == open + 1;
    add_change(edit, end, end,
               empty ? text_format(edit->arena, " %.*s ", S(pair))
                     : text_format(edit->arena, ", %.*s", S(pair)));
    return true;
}

/* Keys on lines of their own, the first of them at `first`. */
static bool add_to_block_map(struct edit *edit, const struct item *declaration, uint32_t first,
                             struct slice pair) {
    uint32_t end = end_of_entries(edit, declaration, first);
    size_t column = column_at(edit, first);
    if (!end || !begins_line(edit, first))
        return false;
    const struct item *last = item_block(declaration)->items;
    while (last && last->next)
        last = last->next;
    bool after_text =
        is_block_scalar(edit, declaration->head->label.span) ||
        (last && last->kind == ITEM_ATTRIBUTE && is_block_scalar(edit, last->value->word.span));
    if (after_text) {
        /* the line breaks at the end of a text may belong to it */
        add_change(edit, first, first,
                   text_format(edit->arena, "%.*s%.*s%.*s", S(pair), S(newline_of(edit)),
                               S(blanks(edit, column))));
        return true;
    }
    add_line(edit, without_blank_end(edit, end), column, pair);
    return true;
}

/* api: API becomes a map on lines of its own; in { } it gets braces. */
static bool add_to_label(struct edit *edit, const struct item *declaration, uint32_t colon,
                         struct slice pair) {
    struct span label = declaration->head->label.span;
    struct slice text = source_slice(edit->tree->source, label);
    bool in_flow = is_in_flow(edit, declaration);
    if (slice_has(text, '\n'))
        text = in_yaml(edit, declaration->head->label.text, in_flow);
    if (in_flow) {
        add_change(edit, label.start, label.end,
                   text_format(edit->arena, "{ label: %.*s, %.*s }", S(text), S(pair)));
        return true;
    }
    struct slice newline = newline_of(edit);
    bool own_line = begins_line(edit, label.start);
    struct slice indent =
        blanks(edit, own_line ? column_at(edit, label.start)
                              : column_at(edit, declaration->word.span.start) + 2);
    uint32_t end = label.end;
    if (is_block_scalar(edit, label))
        end = without_blank_end(edit, end);
    if (own_line)
        add_change(edit, label.start, label.start, SLICE("label: "));
    else
        add_change(edit, colon, label.start,
                   text_format(edit->arena, "%.*s%.*slabel: ", S(newline), S(indent)));
    if (label.start < end && !slice_equal(text, source_slice(edit->tree->source, label)))
        add_change(edit, label.start, end, text);
    if (is_rest_empty(edit, end))
        end = line_end(edit, end);
    add_change(edit, end, end,
               text_format(edit->arena, "%.*s%.*s%.*s", S(newline), S(indent), S(pair)));
    return true;
}

/* api: with nothing after it, or with null. */
static bool add_to_nothing(struct edit *edit, uint32_t colon, struct slice pair) {
    uint32_t end = skip_blanks_at(edit, colon);
    while (!slice_has(SLICE(" \t\r\n,}#"), edit_char(edit, end)) && end < edit_length(edit))
        end++;
    bool has_null = end > skip_blanks_at(edit, colon);
    add_change(edit, colon, has_null ? end : colon, text_format(edit->arena, " { %.*s }", S(pair)));
    return true;
}

static bool add_attribute(struct edit *edit, const struct item *declaration, struct slice name,
                          struct slice value) {
    uint32_t colon = after_colon(edit, declaration->end);
    if (!colon)
        return false;
    bool in_flow = is_in_flow(edit, declaration);
    uint32_t first = skip_to_token(edit, colon);
    if (edit_char(edit, first) == '{')
        return add_to_flow_map(edit, declaration, first, pair_in_yaml(edit, name, value, true));
    if (declaration->head->label.span.end && declaration->head->label.span.start == first)
        return add_to_label(edit, declaration, colon, pair_in_yaml(edit, name, value, in_flow));
    if (end_of_entries(edit, declaration, colon) > colon)
        return add_to_block_map(edit, declaration, first, pair_in_yaml(edit, name, value, false));
    return add_to_nothing(edit, colon, pair_in_yaml(edit, name, value, true));
}

static bool add_to_list(struct edit *edit, const struct value *list, struct slice value) {
    const struct value *last = list->items;
    while (last && last->next)
        last = last->next;
    uint32_t start = list->word.span.start;
    uint32_t end = last ? end_of_value(edit, last) : start + 1;
    if (!end)
        return false;
    if (edit_char(edit, start) == '[')
        add_change(
            edit, end, end,
            text_format(edit->arena, "%s%.*s", last ? ", " : "", S(in_yaml(edit, value, true))));
    else if (edit_char(edit, start) == '-')
        add_line(edit, end, column_at(edit, start),
                 text_format(edit->arena, "- %.*s", S(in_yaml(edit, value, false))));
    else
        return false;
    return true;
}

static bool add_value(struct edit *edit, const struct value *value, struct slice more) {
    const struct value *item = value->kind == VALUE_LIST ? value->items : value;
    for (; item; item = value->kind == VALUE_LIST ? item->next : NULL)
        if (slice_equal(item->word.text, more))
            return true;
    if (value->kind == VALUE_LIST)
        return add_to_list(edit, value, more);
    struct slice old = in_yaml(edit, value->word.text, true), word = in_yaml(edit, more, true);
    replace_value(edit, value, value->word.span.end,
                  text_format(edit->arena, "[%.*s, %.*s]", S(old), S(word)));
    return true;
}

bool state_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                   struct slice value, bool adds) {
    const struct item *there = find_attribute(declaration, name);
    if (!there)
        return add_attribute(edit, declaration, name, value);
    if (adds)
        return add_value(edit, there->value, value);
    uint32_t end = end_of_value(edit, there->value);
    if (!end)
        return false;
    bool in_flow = holds_flow(edit, declaration);
    replace_value(edit, there->value, end, in_yaml(edit, value, in_flow));
    return true;
}

/* ---- declaring --------------------------------------------------------------------------- */

/* After the section's colon, or 0 where the file has none of that name on a line of its own. */
static uint32_t find_section(const struct edit *edit, const char *name) {
    size_t length = strlen(name);
    for (uint32_t at = 0; at < edit_length(edit); at = next_line(edit, at)) {
        struct slice line = source_slice(edit->tree->source, (struct span){at, line_end(edit, at)});
        if (slice_starts(line, name) && line.length > length && line.at[length] == ':')
            return at + (uint32_t)length + 1;
    }
    return 0;
}

/* A section that is not there, or that nothing stands in. */
static bool declare_in_new_section(struct edit *edit, const char *section, uint32_t colon,
                                   struct slice entry) {
    struct slice newline = newline_of(edit);
    uint32_t end = colon ? line_end(edit, colon) : edit_length(edit);
    if (colon && !is_rest_empty(edit, colon))
        return false;
    bool whole = !end || edit_char(edit, end - 1) == '\n';
    add_change(edit, end, end,
               colon ? text_format(edit->arena, "%.*s  %.*s", S(newline), S(entry))
                     : text_format(edit->arena, "%.*s%s:%.*s  %.*s%.*s",
                                   S(whole ? SLICE("") : newline), section, S(newline), S(entry),
                                   S(newline)));
    return true;
}

/* ID: { label: LABEL, in: BOUNDARY } */
bool declare_in_yaml(struct edit *edit, const struct item *boundary, enum kind kind,
                     struct slice id, struct slice label) {
    struct slice in = boundary ? in_yaml(edit, boundary->head->name.text, true) : SLICE("");
    struct slice entry =
        text_format(edit->arena, "%.*s: { label: %.*s%s%.*s }", S(in_yaml(edit, id, true)),
                    S(in_yaml(edit, label, true)), boundary ? ", in: " : "", S(in));
    const struct item *last = last_of_kind(edit, kind);
    if (edit_char(edit, skip_to_token(edit, 0)) == '{' || !*kind_rows[kind].section)
        return false;
    if (!last)
        return declare_in_new_section(edit, kind_rows[kind].section,
                                      find_section(edit, kind_rows[kind].section), entry);
    uint32_t end = end_of_item(edit, last);
    if (!end)
        return false;
    if (is_in_flow(edit, last)) {
        add_change(edit, end, end, text_format(edit->arena, ", %.*s", S(entry)));
        return true;
    }
    uint32_t key = last->word.span.start ? last->word.span.start : last->head->name.span.start;
    if (!begins_line(edit, key) || is_block_scalar(edit, last->head->label.span))
        return false;
    const struct item *inner = item_block(last) ? item_block(last)->items : NULL;
    while (inner && inner->next)
        inner = inner->next;
    if (inner && inner->kind == ITEM_ATTRIBUTE && is_block_scalar(edit, inner->value->word.span))
        return false; /* the line breaks at the end of a text may belong to it */
    add_line(edit, without_blank_end(edit, end), column_at(edit, key), entry);
    return true;
}

/* ---- words and removal ------------------------------------------------------------------- */

/* Quoted for where commas and brackets mean something, which is right anywhere. */
bool word_in_yaml(struct edit *edit, struct span word, struct slice text) {
    add_change(edit, word.start, word.end, in_yaml(edit, text, true));
    return true;
}

/* Whole lines, or an entry of { } with one comma. */
bool remove_in_yaml(struct edit *edit, const struct block *block, const struct item *item) {
    const struct item *declaration = edit->tree->file.items;
    while (declaration && declaration != item && item_block(declaration) != block)
        declaration = declaration->next;
    if (!declaration)
        return false;
    bool in_flow = declaration == item ? is_in_flow(edit, item) : holds_flow(edit, declaration);
    uint32_t end = end_of_item(edit, item), start = item->word.span.start;
    if (!end)
        return false;
    end = without_blank_end(edit, end);
    if (!in_flow) {
        start = start_with_comments(edit, item);
        if (!begins_line(edit, start) || !is_rest_empty(edit, end))
            return false;
        add_change(edit, line_start(edit, start), next_line(edit, end), SLICE(""));
        return true;
    }
    uint32_t rest = skip_to_token(edit, end);
    if (edit_char(edit, rest) == ',') {
        uint32_t next = skip_blanks_at(edit, rest + 1); /* a comment needs the blank before it */
        add_change(edit, start, edit_char(edit, next) == '#' ? rest + 1 : next, SLICE(""));
        return true;
    }
    uint32_t comma = without_blank_end(edit, start); /* a comment may stand between */
    if (comma && edit_char(edit, comma - 1) == ',')
        start = comma - 1;
    add_change(edit, start, end, SLICE(""));
    return true;
}
