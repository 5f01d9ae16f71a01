/* Edits of the YAML form. The tree keeps where keys and scalars stand, but neither brackets nor
 * styles, so this file looks at the first character of a value to see how it is written. A position
 * of 0 says that an end was not found; the edit is refused then. */
// SPDX-License-Identifier: MIT
#include "syntax/edit_text.h"
#include "syntax/quote.h"

#include <string.h>

static struct slice in_yaml(struct edit *edit, struct slice text, bool in_list) {
    struct memory_writer scalar;
    memory_writer_open(&scalar, edit->arena);
    write_yaml_scalar(&scalar.writer, text, YAML_USE_WORD, in_list);
    return memory_writer_close(&scalar);
}

/* Returns the position after a key's colon, or 0 when no colon follows on the same line. */
static uint32_t after_colon(const struct edit *edit, uint32_t key_end) {
    uint32_t at = skip_blanks_at(edit, key_end);
    return edit_char(edit, at) == ':' ? at + 1 : 0;
}

/* Returns the position after the colon of a section's key, with quotes or without, when one begins
 * the line at `line`; else 0. `name`: NULL for any section. */
static uint32_t after_section(const struct edit *edit, uint32_t line, const char *name) {
    uint32_t at = line + (edit_char(edit, line) == '"' || edit_char(edit, line) == '\''), end = at;
    while (edit_char(edit, end) >= 'a' && edit_char(edit, end) <= 'z')
        end++;
    struct slice word = source_slice(edit->tree->source, (struct span){at, end});
    bool known =
        name ? slice_is(word, name) : slice_is(word, "imports") || section_find(word) != KIND_COUNT;
    return known ? after_colon(edit, end + (at > line)) : 0;
}

/* The position after the colon of the section that begins at a line or before it, or 0. */
static uint32_t section_around(const struct edit *edit, uint32_t line) {
    struct known_section *section = edit->section;
    uint32_t at = line, colon;
    while (!(colon = after_section(edit, at, NULL)) && at) {
        if (section && section->known && at == section->line) {
            colon = section->colon;
            break;
        }
        at = line_start(edit, at - 1);
    }
    if (section)
        *section = (struct known_section){true, line, colon};
    return colon;
}

/* Whether the declaration stands between { and }, where line breaks mean nothing: the value of its
 * section, or the whole file, begins with {. */
static bool is_in_braces(const struct edit *edit, const struct item *declaration) {
    if (edit_char(edit, skip_to_token(edit, 0)) == '{')
        return true;
    uint32_t colon = section_around(edit, line_start(edit, declaration->word.start));
    return colon && colon <= declaration->word.start &&
           edit_char(edit, skip_to_token(edit, colon)) == '{';
}

/* Whether the attributes inside the declaration stand between { and }. */
static bool has_braces_inside(const struct edit *edit, const struct item *declaration) {
    uint32_t colon = after_colon(edit, declaration->end);
    return is_in_braces(edit, declaration) ||
           (colon && edit_char(edit, skip_to_token(edit, colon)) == '{');
}

/* ---- where things end -------------------------------------------------------------------- */

/* Returns the position after the closing bracket; `at` is after the last entry inside. Commas,
 * blanks and comments are passed over; 0 when something else stands there. */
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

/* Returns where the value ends, or 0. */
static uint32_t end_of_value(const struct edit *edit, const struct value *value) {
    uint32_t end = value->word.end;
    if (value->word.kind != VALUE_LIST)
        return end;
    bool in_brackets = edit_char(edit, value->word.start) == '[';
    end = value->word.start + 1; /* an empty list ends after its [ */
    for (const struct value *item = value_items(value); item; item = item->next)
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
    end = later(end, head->label.end);
    end = later(end, later(ends_of(head)->from.end, ends_of(head)->to.end));
    if (slice_is(word_text(&declaration->word), "model")) /* elsewhere the name is the key */
        end = later(end, head->name.end);
    for (const struct item *item = items_inside(declaration); item; item = item->next) {
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

/* A text on lines of its own; its span begins at its | or >. */
static bool is_block_scalar(const struct edit *edit, struct span span) {
    return span.end > span.start && slice_has(SLICE("|>"), edit_char(edit, span.start));
}

/* The position before blanks and line breaks, over which the span of a block scalar reaches. */
static uint32_t trim_blanks_before(const struct edit *edit, uint32_t end) {
    while (end && slice_has(SLICE(" \t\r\n"), edit_char(edit, end - 1)))
        end--;
    return end;
}

/* The comment after the | of a block scalar, with a blank before it. To libyaml it is part of the
 * scalar, so it has to be written again when that is replaced. */
static struct slice header_comment(struct edit *edit, const struct value *value) {
    uint32_t at = value->word.start, end = line_end(edit, at);
    bool is_block = is_block_scalar(edit, word_span(&value->word));
    while (is_block && at < end && edit_char(edit, at) != '#')
        at++;
    if (!is_block || at == end)
        return SLICE("");
    return text_format(edit->arena, " %.*s",
                       SLICE_ARGS(source_slice(edit->tree->source, (struct span){at, end})));
}

/* Replaces the value and keeps the comment of a block scalar. */
static void replace_value(struct edit *edit, const struct value *value, uint32_t end,
                          struct slice text) {
    if (is_block_scalar(edit, word_span(&value->word)))
        end = trim_blanks_before(edit, end);
    add_change(edit, value->word.start, end,
               text_format(edit->arena, "%.*s%.*s", SLICE_ARGS(text),
                           SLICE_ARGS(header_comment(edit, value))));
}

/* ---- stating ----------------------------------------------------------------------------- */

/* "a, b", as between brackets. */
static struct slice joined(struct edit *edit, const struct slice *values, size_t count) {
    struct slice text = in_yaml(edit, values[0], true);
    for (size_t i = 1; i < count; i++)
        text = text_join(edit->arena, text, SLICE(", "), in_yaml(edit, values[i], true));
    return text;
}

static struct slice pair_in_yaml(struct edit *edit, struct slice name, const struct slice *values,
                                 size_t count, bool in_braces) {
    return count == 1 ? text_format(edit->arena, "%.*s: %.*s", SLICE_ARGS(name),
                                    SLICE_ARGS(in_yaml(edit, *values, in_braces)))
                      : text_format(edit->arena, "%.*s: [%.*s]", SLICE_ARGS(name),
                                    SLICE_ARGS(joined(edit, values, count)));
}

static struct slice blanks(struct edit *edit, size_t count) {
    return text_format(edit->arena, "%*s", (int)count, "");
}

static size_t column_at(const struct edit *edit, uint32_t at) {
    return at - line_start(edit, at);
}

/* Inserts a line after that of `at`, with the text at this column. */
static void add_line(struct edit *edit, uint32_t at, size_t column, struct slice text) {
    at = line_end(edit, at);
    add_change(edit, at, at,
               text_format(edit->arena, "%.*s%.*s%.*s", SLICE_ARGS(newline_of(edit)),
                           SLICE_ARGS(blanks(edit, column)), SLICE_ARGS(text)));
}

/* api: { label: API } */
static bool add_to_braces(struct edit *edit, const struct item *declaration, uint32_t open,
                          struct slice pair) {
    uint32_t end = end_of_entries(edit, declaration, open + 1);
    if (!end)
        return false;
    bool empty = end == open + 1;
    add_change(edit, end, end,
               empty ? text_format(edit->arena, " %.*s ", SLICE_ARGS(pair))
                     : text_format(edit->arena, ", %.*s", SLICE_ARGS(pair)));
    return true;
}

/* Line breaks at the end of a block scalar may belong to it, so nothing is added after one. */
static bool may_end_in_block_scalar(const struct edit *edit, const struct item *declaration) {
    const struct block *block = item_block(declaration);
    const struct item *last = block ? last_item(block) : NULL;
    return is_block_scalar(edit, word_span(&declaration->head->label)) ||
           (last && last->kind == ITEM_ATTRIBUTE &&
            is_block_scalar(edit, word_span(&last->value->word)));
}

/* Adds to keys on lines of their own, the first of them at the position `first`: after the last
 * entry, or before the first where a block scalar stands last. */
static bool add_to_block_map(struct edit *edit, const struct item *declaration, uint32_t first,
                             struct slice pair) {
    uint32_t end = end_of_entries(edit, declaration, first);
    size_t column = column_at(edit, first);
    if (!end || !begins_line(edit, first))
        return false;
    if (may_end_in_block_scalar(edit, declaration)) {
        add_change(edit, first, first,
                   text_format(edit->arena, "%.*s%.*s%.*s", SLICE_ARGS(pair),
                               SLICE_ARGS(newline_of(edit)), SLICE_ARGS(blanks(edit, column))));
        return true;
    }
    add_line(edit, trim_blanks_before(edit, end), column, pair);
    return true;
}

/* Turns `api: API` into a map: on lines of its own, or in braces when the declaration stands
 * between { and } already. */
static bool add_to_label(struct edit *edit, const struct item *declaration, uint32_t colon,
                         struct slice pair) {
    struct span label = word_span(&declaration->head->label);
    struct slice text = source_slice(edit->tree->source, label);
    bool in_braces = is_in_braces(edit, declaration);
    if (slice_has(text, '\n'))
        text = in_yaml(edit, word_text(&declaration->head->label), in_braces);
    if (in_braces) {
        add_change(
            edit, label.start, label.end,
            text_format(edit->arena, "{ label: %.*s, %.*s }", SLICE_ARGS(text), SLICE_ARGS(pair)));
        return true;
    }
    struct slice newline = newline_of(edit);
    bool own_line = begins_line(edit, label.start);
    struct slice indent = blanks(edit, own_line ? column_at(edit, label.start)
                                                : column_at(edit, declaration->word.start) + 2);
    uint32_t end = label.end;
    if (is_block_scalar(edit, label))
        end = trim_blanks_before(edit, end);
    if (own_line)
        add_change(edit, label.start, label.start, SLICE("label: "));
    else
        add_change(
            edit, colon, label.start,
            text_format(edit->arena, "%.*s%.*slabel: ", SLICE_ARGS(newline), SLICE_ARGS(indent)));
    if (label.start < end && !slice_equal(text, source_slice(edit->tree->source, label)))
        add_change(edit, label.start, end, text);
    if (is_rest_empty(edit, end))
        end = line_end(edit, end);
    add_change(edit, end, end,
               text_format(edit->arena, "%.*s%.*s%.*s", SLICE_ARGS(newline), SLICE_ARGS(indent),
                           SLICE_ARGS(pair)));
    return true;
}

/* api: with nothing after it, or with null. */
static bool add_to_nothing(struct edit *edit, uint32_t colon, struct slice pair) {
    uint32_t end = skip_blanks_at(edit, colon);
    while (!slice_has(SLICE(" \t\r\n,}#"), edit_char(edit, end)) && end < edit_length(edit))
        end++;
    bool has_null = end > skip_blanks_at(edit, colon);
    add_change(edit, colon, has_null ? end : colon,
               text_format(edit->arena, " { %.*s }", SLICE_ARGS(pair)));
    return true;
}

/* A key with its value, as it is spelled between braces, and elsewhere. */
static bool add_pair(struct edit *edit, const struct item *declaration, struct slice in_braces,
                     struct slice elsewhere) {
    uint32_t colon = after_colon(edit, declaration->end);
    if (!colon)
        return false;
    uint32_t first = skip_to_token(edit, colon);
    if (edit_char(edit, first) == '{')
        return add_to_braces(edit, declaration, first, in_braces);
    if (declaration->head->label.end && declaration->head->label.start == first)
        return add_to_label(edit, declaration, colon,
                            is_in_braces(edit, declaration) ? in_braces : elsewhere);
    if (end_of_entries(edit, declaration, colon) > colon)
        return add_to_block_map(edit, declaration, first, elsewhere);
    return add_to_nothing(edit, colon, in_braces);
}

static bool add_attribute(struct edit *edit, const struct item *declaration, struct slice name,
                          const struct slice *values, size_t count) {
    return add_pair(edit, declaration, pair_in_yaml(edit, name, values, count, true),
                    pair_in_yaml(edit, name, values, count, false));
}

bool state_new_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                       struct slice value) {
    struct slice pair = text_format(edit->arena, "%.*s: %.*s", SLICE_ARGS(name), SLICE_ARGS(value));
    return add_pair(edit, declaration, pair, pair);
}

bool evidence_in_yaml(struct edit *edit, const struct item *declaration, struct slice fact,
                      struct slice place) {
    const struct item *evidence = find_evidence(declaration);
    if (evidence)
        return state_in_yaml(edit, evidence, fact, &place, 1, false);
    struct slice pair = text_format(edit->arena, "evidence: { %.*s }",
                                    SLICE_ARGS(pair_in_yaml(edit, fact, &place, 1, true)));
    return add_pair(edit, declaration, pair, pair);
}

/* A line each, below the last one. */
static struct slice as_lines(struct edit *edit, const struct slice *values, size_t count,
                             size_t column) {
    struct slice between =
        text_join(edit->arena, newline_of(edit), blanks(edit, column), SLICE("- "));
    struct slice text =
        text_join(edit->arena, SLICE("- "), in_yaml(edit, values[0], false), SLICE(""));
    for (size_t i = 1; i < count; i++)
        text = text_join(edit->arena, text, between, in_yaml(edit, values[i], false));
    return text;
}

static bool add_to_list(struct edit *edit, const struct value *list, const struct slice *values,
                        size_t count) {
    const struct value *last = last_value(list);
    uint32_t start = list->word.start;
    uint32_t end = last ? end_of_value(edit, last) : start + 1;
    if (!end)
        return false;
    if (edit_char(edit, start) == '[')
        add_change(edit, end, end,
                   text_join(edit->arena, last ? SLICE(", ") : SLICE(""),
                             joined(edit, values, count), SLICE("")));
    else if (edit_char(edit, start) == '-')
        add_line(edit, end, column_at(edit, start),
                 as_lines(edit, values, count, column_at(edit, start)));
    else
        return false;
    return true;
}

static bool add_values(struct edit *edit, const struct value *value, const struct slice *values,
                       size_t count) {
    struct slice *more = ARENA_ARRAY(edit->arena, struct slice, count);
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (!has_value(value, values[i]))
            more[left++] = values[i];
    if (!left)
        return true;
    if (value->word.kind == VALUE_LIST)
        return add_to_list(edit, value, more, left);
    struct slice old = in_yaml(edit, word_text(&value->word), true);
    replace_value(edit, value, value->word.end,
                  text_format(edit->arena, "[%.*s, %.*s]", SLICE_ARGS(old),
                              SLICE_ARGS(joined(edit, more, left))));
    return true;
}

bool state_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                   const struct slice *values, size_t count, bool adds) {
    const struct item *there = find_attribute(declaration, name);
    if (!there)
        return add_attribute(edit, declaration, name, values, count);
    if (adds)
        return add_values(edit, there->value, values, count);
    uint32_t end = end_of_value(edit, there->value);
    if (!end)
        return false;
    bool in_braces = has_braces_inside(edit, declaration);
    replace_value(edit, there->value, end, in_yaml(edit, *values, in_braces));
    return true;
}

bool replace_list_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                          const struct slice *values, size_t count) {
    const struct item *there = find_attribute(declaration, name);
    uint32_t end = there ? end_of_value(edit, there->value) : 0;
    if (!end)
        return false;
    replace_value(
        edit, there->value, end,
        text_format(edit->arena, "[%.*s]", SLICE_ARGS(joined(edit, values, count))));
    return true;
}

/* ---- declaring --------------------------------------------------------------------------- */

/* Returns the position after the colon of the section's key at the beginning of a line, or 0. */
static uint32_t find_section(const struct edit *edit, const char *name) {
    uint32_t found = 0;
    for (uint32_t at = 0; !found && at < edit_length(edit); at = next_line(edit, at))
        found = after_section(edit, at, name);
    return found;
}

/* Whether sections begin at the beginning of a line, as a new one does: they may all be indented, or
 * the first of them by a byte order mark that stands after a comment. */
static bool begins_at_margin(const struct edit *edit) {
    uint32_t first = skip_to_token(edit, 0), end = edit_length(edit);
    struct slice rest = source_slice(edit->tree->source, (struct span){first, end});
    if (slice_starts(rest, "---")) {
        first = skip_to_token(edit, first + 3);
        rest = source_slice(edit->tree->source, (struct span){first, end});
    }
    return begins_line(edit, first) && !column_at(edit, first) && !slice_starts(rest, "\xef\xbb\xbf");
}

/* Adds the first entry of a section: after its key, or with its key at the end of the file. */
static bool declare_in_new_section(struct edit *edit, const char *section, uint32_t colon,
                                   struct slice entry) {
    struct slice newline = newline_of(edit);
    uint32_t end = colon ? line_end(edit, colon) : edit_length(edit);
    if (colon ? !is_rest_empty(edit, colon) : !begins_at_margin(edit))
        return false;
    bool ends_line = !end || edit_char(edit, end - 1) == '\n';
    add_change(edit, end, end,
               colon
                   ? text_format(edit->arena, "%.*s  %.*s", SLICE_ARGS(newline), SLICE_ARGS(entry))
                   : text_format(edit->arena, "%.*s%s:%.*s  %.*s%.*s",
                                 SLICE_ARGS(ends_line ? SLICE("") : newline), section,
                                 SLICE_ARGS(newline), SLICE_ARGS(entry), SLICE_ARGS(newline)));
    return true;
}

/* ID: { label: LABEL, in: BOUNDARY } */
bool declare_in_yaml(struct edit *edit, const struct item *boundary, enum kind kind,
                     struct slice id, struct slice label) {
    struct slice around =
        boundary ? in_yaml(edit, word_text(&boundary->head->name), true) : SLICE("");
    struct slice entry = text_format(
        edit->arena, "%.*s: { label: %.*s%s%.*s }", SLICE_ARGS(in_yaml(edit, id, true)),
        SLICE_ARGS(in_yaml(edit, label, true)), boundary ? ", in: " : "", SLICE_ARGS(around));
    const struct item *last = last_of_kind(edit, kind);
    if (edit_char(edit, skip_to_token(edit, 0)) == '{' || !*kind_rows[kind].section)
        return false;
    if (!last)
        return declare_in_new_section(edit, kind_rows[kind].section,
                                      find_section(edit, kind_rows[kind].section), entry);
    uint32_t end = end_of_item(edit, last);
    if (!end)
        return false;
    if (is_in_braces(edit, last)) {
        add_change(edit, end, end, text_format(edit->arena, ", %.*s", SLICE_ARGS(entry)));
        return true;
    }
    uint32_t key = last->word.start;
    if (!begins_line(edit, key) || may_end_in_block_scalar(edit, last))
        return false;
    add_line(edit, trim_blanks_before(edit, end), column_at(edit, key), entry);
    return true;
}

/* ---- words and removal ------------------------------------------------------------------- */

/* Quotes as between brackets, which is right anywhere. */
bool word_in_yaml(struct edit *edit, struct span word, struct slice text) {
    add_change(edit, word.start, word.end, in_yaml(edit, text, true));
    return true;
}

/* Whether a ? says that this is a key: without it, the rest of the entry would be another one. */
static bool is_marked_key(const struct edit *edit, uint32_t key) {
    uint32_t at = key;
    while (at && strchr(" \t\r\n", edit_char(edit, at - 1)))
        at--;
    return at && at < key && edit_char(edit, at - 1) == '?';
}

/* Removes whole lines; between { and } the entry and one comma. */
bool remove_in_yaml(struct edit *edit, const struct block *block, const struct item *item) {
    const struct item *declaration = edit->tree->file.items;
    while (declaration && declaration != item && item_block(declaration) != block)
        declaration = declaration->next;
    if (!declaration)
        return false;
    bool in_braces =
        declaration == item ? is_in_braces(edit, item) : has_braces_inside(edit, declaration);
    uint32_t end = end_of_item(edit, item), start = item->word.start;
    if (!end || is_marked_key(edit, start))
        return false;
    end = trim_blanks_before(edit, end);
    if (!in_braces) {
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
    uint32_t comma = trim_blanks_before(edit, start); /* a comment may stand between */
    if (comma && edit_char(edit, comma - 1) == ',')
        start = comma - 1;
    add_change(edit, start, end, SLICE(""));
    return true;
}
