/* Text to tokens. Comments hang on the token that follows them. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_LEXER_H
#define SYNTAX_LEXER_H

#include "diag/diag.h"
#include "tree/tree.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_STRING,
    TOKEN_TEXT,
    TOKEN_ARROW,
    TOKEN_OPEN_BRACE = '{',
    TOKEN_CLOSE_BRACE = '}',
    TOKEN_OPEN_LIST = '[',
    TOKEN_CLOSE_LIST = ']',
    TOKEN_OPEN_GROUP = '(',
    TOKEN_CLOSE_GROUP = ')',
    TOKEN_COLON = ':',
    TOKEN_SEMICOLON = ';',
    TOKEN_COMMA = ',',
    TOKEN_EQUALS = '=',
};

/* The direction of an arrow. Only "->" itself is right; the others are kept for the message. */
enum arrow {
    ARROW_RIGHT,
    ARROW_ODD,  /* --> => → and the like */
    ARROW_LEFT, /* <- <= ← */
    ARROW_BOTH, /* <-> ↔ */
    ARROW_LINE  /* -- */
};

struct token {
    uint32_t start, end, line;
    unsigned char kind;
    unsigned char unclosed; /* the number of blocks that should have ended before this token */
    bool starts_line : 1;
    bool blank_before : 1;
    bool stray : 1;           /* a brace without its other half, found by indentation */
    unsigned char arrow : 3;  /* enum arrow */
    struct comment *comments; /* between the token before and this one */
};

struct lexer;

/* The tokens of a part of the source, which moves on with the parser: all of them take ten times
 * the memory of the text. */
struct tokens {
    struct source *source;
    struct lexer *lexer;
    ARRAY_OF(struct token) list; /* the last one of the source is TOKEN_END */
    size_t ready; /* index from which an item may be incomplete in the list: call lex_on() before
                     starting one here */
    ARRAY_OF(uint32_t) bad_lines; /* already reported, ascending */
    bool unbalanced;              /* braces do not match */
    bool swallowed;               /* the rest of the file is one text without an end */
    bool stopped;                 /* it has too many mistakes, or an item without an end */
    bool unreadable;              /* not text at all: the list is empty */
};

/* Begins to read; characters that make no token are reported and skipped. `whole`: all tokens at
 * once, and where braces do not match, `stray` and `unclosed` are set. */
void lex(struct diagnostics *diagnostics, struct source *source, struct tokens *tokens, bool whole);
/* Moves on: drops the tokens before the one that stands before `next`, and reads more. Returns
 * where `next` is now; any other pointer to a token is stale. */
struct token *lex_on(struct tokens *tokens, const struct token *next);
/* The text of a string or text token: quotes off, escapes resolved, indentation taken off. */
struct slice token_text(struct arena *arena, const struct source *source,
                        const struct token *token);
/* The value of a hexadecimal digit, or -1. */
static inline int32_t hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
/* Letters, digits, _ . @ / - */
bool is_word_character(char c);
/* Whether all of it are such characters. */
bool is_word(struct slice text);

#endif
