/* Shared by the two halves of the parser: items (parser.c), values and conditions (parse_value.c).
 */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_PARSE_STATE_H
#define SYNTAX_PARSE_STATE_H

#include "syntax/lexer.h"

struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    struct tokens tokens;
    struct token *token; /* the next one */
    struct tree *tree;
    struct comment *pending; /* comments before tokens that no node owns */
    unsigned depth;
    uint32_t block_line;  /* of the innermost open brace, */
    uint32_t block_start; /* and where that is */
    uint32_t bad_line;    /* the last line with a reported mistake: one mistake, one message */
};

static inline struct span token_span(const struct token *token) {
    return (struct span){token->start, token->end};
}
/* Moves past the next token; its comments become pending. */
void advance(struct parser *parser);
/* Takes the pending comments. */
struct comment *take_comments(struct parser *parser);
/* NULL where the line has a reported mistake already. */
struct diagnostic *report_at(struct parser *parser, enum diag_code code, struct span span,
                             const struct slice *args);
/* Hangs them before a value or item. */
void keep_comments(struct parser *parser, struct remarks **remarks);
/* "the word 'x'", "'{'", "the end of the file": for messages. */
struct slice token_in_words(struct parser *parser, const struct token *token);
struct word take_word(struct parser *parser);
/* The token before the next one. */
const struct token *last_token(const struct parser *parser);
bool word_is(const struct parser *parser, const char *text);
/* Counts a level of nesting; false, and reported, when there are too many. Always pair with
 * leave(). */
bool enter(struct parser *parser);
void leave(struct parser *parser);

/* Whether the token ends an item: by its line, or by a semicolon or brace. */
bool is_item_end(const struct token *token);
/* Refills the window of tokens; other pointers to tokens become stale. */
void read_on(struct parser *parser);
/* Records a word that was skipped, so that nobody misses what it declared. */
void add_word_damage(struct parser *parser, struct slice word);
void add_damage(struct parser *parser, const struct token *token);
/* Skips to the end of the item's line, or of the item in a block on one line, nested blocks whole;
 * `blocks` of them are already open. */
void skip_blocks(struct parser *parser, unsigned blocks);
void skip_item(struct parser *parser);

/* E0121 at the next token, with a hint where other languages would have it. */
struct diagnostic *expected_in_condition(struct parser *parser, const char *what);
/* NULL, and reported, when there is none. */
struct value *parse_value(struct parser *parser);
struct expr *parse_expr(struct parser *parser);

#endif
