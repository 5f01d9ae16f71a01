/* Stepping through tokens, reporting at most one mistake a line, and skipping what has one. */
// SPDX-License-Identifier: MIT
#include "syntax/parse_state.h"

void advance(struct parser *parser) {
    comments_append(&parser->pending, parser->token->comments);
    if (parser->token->kind != TOKEN_END)
        parser->token++;
}

struct comment *take_comments(struct parser *parser) {
    struct comment *comments = parser->pending;
    parser->pending = NULL;
    return comments;
}

void keep_comments(struct parser *parser, struct remarks **remarks) {
    if (parser->pending)
        comments_append(&own_remarks(parser->arena, remarks)->comments, take_comments(parser));
}

const struct token *last_token(const struct parser *parser) {
    return parser->token > parser->tokens.list.items ? parser->token - 1 : parser->token;
}

static bool is_bad_line(const struct parser *parser, uint32_t line) {
    if (line == parser->bad_line)
        return true;
    size_t low = 0, high = parser->tokens.bad_lines.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t bad = parser->tokens.bad_lines.items[middle];
        if (bad == line)
            return true;
        if (bad < line)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

struct diagnostic *report_at(struct parser *parser, enum diag_code code, struct span span,
                             const struct slice *args) {
    parser->tree->damaged = true;
    uint32_t line = (uint32_t)source_line_number(parser->arena, parser->source, span.start);
    if (is_bad_line(parser, line))
        return NULL;
    parser->bad_line = line;
    return diag_add(parser->diagnostics, code, parser->source, span, args);
}

struct slice token_in_words(struct parser *parser, const struct token *token) {
    struct slice text = source_slice(parser->source, token_span(token));
    if (token->kind == TOKEN_END)
        return SLICE("the end of the file");
    if (token->kind == TOKEN_STRING || token->kind == TOKEN_TEXT)
        return SLICE("a string");
    return text_format(parser->arena, "'%.*s'", SLICE_ARGS(slice_part(text, 0, 40)));
}

struct word take_word(struct parser *parser) {
    struct word word =
        word_new(parser->arena, token_text(parser->arena, parser->source, parser->token),
                 token_span(parser->token));
    advance(parser);
    return word;
}

bool word_is(const struct parser *parser, const char *text) {
    return parser->token->kind == TOKEN_WORD &&
           slice_is(source_slice(parser->source, token_span(parser->token)), text);
}

bool enter(struct parser *parser) {
    if (parser->depth++ < NESTING_LIMIT)
        return true;
    report_at(parser, DIAG_too_deep, token_span(parser->token),
              ARGS(text_format(parser->arena, "%d", NESTING_LIMIT)));
    return false;
}

void leave(struct parser *parser) {
    parser->depth--;
}

/* ---- after a mistake --------------------------------------------------------------------- */

void add_word_damage(struct parser *parser, struct slice word) {
    struct damage *damage = ARENA_NEW(parser->arena, struct damage);
    *damage = (struct damage){parser->tree->damage, word};
    parser->tree->damage = damage;
}

void add_damage(struct parser *parser, const struct token *token) {
    add_word_damage(parser, source_slice(parser->source, token_span(token)));
}

bool is_item_end(const struct token *token) {
    return token->starts_line || token->unclosed || token->kind == TOKEN_SEMICOLON ||
           token->kind == TOKEN_CLOSE_BRACE || token->kind == TOKEN_END;
}

void read_on(struct parser *parser) {
    if ((size_t)(parser->token - parser->tokens.list.items) >= parser->tokens.ready)
        parser->token = lex_on(&parser->tokens, parser->token);
}

void skip_blocks(struct parser *parser, unsigned blocks) {
    parser->tree->damaged = true;
    for (; parser->token->kind != TOKEN_END; parser->token++) {
        read_on(parser);
        const struct token *token = parser->token;
        if (token->unclosed)
            blocks -= blocks < token->unclosed ? blocks : token->unclosed;
        bool goes_on = token->kind == TOKEN_SEMICOLON && token->line != parser->block_line;
        if (!blocks && is_item_end(token) && !goes_on)
            return;
        if (token->kind == TOKEN_OPEN_BRACE)
            blocks++;
        else if (token->kind == TOKEN_CLOSE_BRACE && !token->stray)
            blocks--;
        else if (token->kind == TOKEN_WORD)
            add_damage(parser, token);
    }
}

void skip_item(struct parser *parser) {
    skip_blocks(parser, 0);
}
