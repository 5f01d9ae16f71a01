/* Items are those of the tree; what stands between them is read here, as the tree does not say
 * where each blank and comment was. */
// SPDX-License-Identifier: MIT
#include "syntax/merge_parts.h"

#include "model/kind.h"
#include "syntax/builder.h"

/* ---- keys -------------------------------------------------------------------------------- */

static struct slice declaration_key(struct arena *arena, const struct item *item) {
    const struct head *head = item->head;
    struct slice kind = word_text(&item->word), alias = word_text(alias_of(head));
    if (alias.length)
        return text_join(arena, kind, SLICE(" "), alias);
    if (item->arrow && !word_text(&head->name).length)
        return text_join(arena, SLICE("flow"), SLICE(" "), derived_flow_id(arena, item));
    if (word_text(&head->name).length)
        return text_join(arena, kind, SLICE(" "), word_text(&head->name));
    return text_join(arena, kind, SLICE(" \""), word_text(&head->label));
}

static struct slice key_of(struct arena *arena, const struct item *item) {
    if (item->kind == ITEM_DECLARATION)
        return declaration_key(arena, item);
    return text_join(arena, item->kind == ITEM_ATTRIBUTE ? SLICE(":") : SLICE("("), SLICE(" "),
                     word_text(&item->word));
}

/* ---- splitting --------------------------------------------------------------------------- */

struct splitter {
    struct arena *arena;
    const struct source *source;
    struct parts *parts;
    uint32_t at; /* where the text begins that belongs to no part yet */
};

static struct slice between(const struct source *source, uint32_t start, uint32_t end) {
    return source_slice(source, (struct span){start, end});
}

static struct part *add_part(struct splitter *splitter, uint32_t start, uint32_t end) {
    struct parts *parts = splitter->parts;
    struct part *part = ARRAY_ADD(splitter->arena, parts);
    *part = (struct part){.lead = between(splitter->source, splitter->at, start),
                          .text = between(splitter->source, start, end),
                          .trail = {"", 0},
                          .number = parts->count - 1};
    splitter->at = end;
    return part;
}

static uint32_t line_end_of(const struct source *source, uint32_t at) {
    const char *text = source->text.at;
    uint32_t end = at;
    while (end < source->text.length && text[end] != '\n')
        end++;
    return end > at && text[end - 1] == '\r' ? end - 1 : end;
}

static void add_comment(struct splitter *splitter, uint32_t start, bool own_line) {
    uint32_t end = line_end_of(splitter->source, start);
    struct parts *parts = splitter->parts;
    if (!own_line && parts->count) {
        parts->items[parts->count - 1].trail = between(splitter->source, splitter->at, end);
        splitter->at = end;
    } else {
        struct part *part = add_part(splitter, start, end);
        part->key = part->text;
    }
}

/* Comments up to the offset, where an item begins or all ends. */
static void read_gap(struct splitter *splitter, uint32_t end) {
    const char *text = splitter->source->text.at;
    bool own_line = false;
    for (uint32_t at = splitter->at; at < end; at++) {
        own_line |= text[at] == '\n';
        if (text[at] != '#')
            continue;
        add_comment(splitter, at, own_line);
        at = splitter->at - 1;
        own_line = false;
    }
}

static struct parts split(struct arena *arena, const struct source *source,
                          const struct block *block, uint32_t start, uint32_t end) {
    struct parts parts = {.source = source};
    struct splitter splitter = {arena, source, &parts, start};
    for (const struct item *item = block->items; item; item = item->next) {
        read_gap(&splitter, item->word.start);
        struct part *part = add_part(&splitter, item->word.start, item->end);
        part->item = item;
        part->key = key_of(arena, item);
    }
    read_gap(&splitter, end);
    parts.end = between(source, splitter.at, end);
    return parts;
}

struct parts split_file(struct arena *arena, const struct tree *tree) {
    return split(arena, tree->source, &tree->file, 0, (uint32_t)tree->source->text.length);
}

/* After the { and a comment on its line. */
static uint32_t inside_of(const struct source *source, const struct block *block) {
    uint32_t at = block->open + 1;
    while (source->text.at[at] == ' ' || source->text.at[at] == '\t')
        at++;
    return source->text.at[at] == '#' ? line_end_of(source, at) : (uint32_t)block->open + 1;
}

struct parts split_inside(struct arena *arena, const struct source *source,
                          const struct item *declaration) {
    const struct block *block = item_block(declaration);
    if (!block)
        return (struct parts){.source = source, .end = {"", 0}, .one_line = true};
    struct parts parts = split(arena, source, block, inside_of(source, block), block->close);
    parts.one_line = !slice_has(between(source, inside_of(source, block), block->close), '\n');
    return parts;
}

struct shell shell_of(const struct source *source, const struct item *declaration) {
    const struct block *block = item_block(declaration);
    struct slice whole = between(source, declaration->word.start, declaration->end);
    if (!block)
        return (struct shell){whole, {"", 0}, {"", 0}};
    uint32_t head = block->open;
    while (head > declaration->word.start &&
           (source->text.at[head - 1] == ' ' || source->text.at[head - 1] == '\t'))
        head--;
    return (struct shell){between(source, declaration->word.start, head),
                          between(source, head, inside_of(source, block)),
                          between(source, block->close, declaration->end)};
}

/* ---- comparing --------------------------------------------------------------------------- */

/* Reads a text without the blanks that mean nothing: strings and comments count as they are. */
struct reader {
    struct slice rest;
    char last;
    enum { OUTSIDE, IN_STRING, IN_TEXT, IN_COMMENT } where;
    bool escaped;
    unsigned quotes; /* that stand directly before, in a text between three of them */
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_mark(char c) {
    return c == '\0' || strchr("{}[](),:;=", c);
}

static char take_char(struct reader *reader) {
    char c = *reader->rest.at;
    reader->rest = slice_part(reader->rest, 1, reader->rest.length);
    return c;
}

static char next_inside(struct reader *reader) {
    char c = take_char(reader);
    reader->quotes = c == '"' && !reader->escaped ? reader->quotes + 1 : 0;
    reader->escaped = reader->where == IN_STRING && c == '\\' && !reader->escaped;
    bool ends = reader->where == IN_COMMENT ? c == '\n'
                                            : reader->quotes == (reader->where == IN_TEXT ? 3 : 1);
    if (ends)
        reader->where = OUTSIDE;
    return reader->last = c;
}

static void go_inside(struct reader *reader, char c) {
    bool text = c == '"' && reader->rest.length > 1 && reader->rest.at[0] == '"' &&
                reader->rest.at[1] == '"';
    if (text)
        reader->rest = slice_part(reader->rest, 2, reader->rest.length);
    reader->where = text ? IN_TEXT : c == '"' ? IN_STRING : c == '#' ? IN_COMMENT : OUTSIDE;
    reader->escaped = false;
    reader->quotes = 0;
}

/* '\0' at the end. */
static char next_char(struct reader *reader) {
    if (reader->where != OUTSIDE && reader->rest.length)
        return next_inside(reader);
    bool blank = false;
    while (reader->rest.length && is_blank(*reader->rest.at)) {
        take_char(reader);
        blank = true;
    }
    if (!reader->rest.length)
        return '\0';
    char c = *reader->rest.at;
    if (blank && !is_mark(reader->last) && !is_mark(c))
        return reader->last = '\0', ' ';
    take_char(reader);
    go_inside(reader, c);
    return reader->last = c;
}

bool is_same_text(struct slice a, struct slice b) {
    struct reader left = {.rest = a}, right = {.rest = b};
    if (slice_equal(a, b))
        return true;
    for (;;) {
        char c = next_char(&left);
        if (c != next_char(&right))
            return false;
        if (!c && !left.rest.length && !right.rest.length)
            return true;
    }
}
