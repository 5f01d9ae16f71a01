/* A file whose braces match is left alone; of blocks that lack both knows the parser. In any other,
 * indentation shows what people meant: a block ends before the first line that stands no deeper than
 * the line of its {. */
// SPDX-License-Identifier: MIT
#include "syntax/braces.h"

struct opening {
    size_t indent;
    uint32_t line;
    bool one_line; /* more follows on its line */
};

struct matcher {
    struct arena *arena;
    struct tokens *tokens;
    size_t indent; /* of the current line */
    ARRAY_OF(struct opening) stack;
};

/* Whether more than further braces follows on the line. */
static bool opens_one_line(const struct token *brace) {
    const struct token *next = brace + 1;
    while (next->kind == TOKEN_OPEN_BRACE && !next->starts_line)
        next++;
    return !next->starts_line;
}

static struct opening *innermost(struct matcher *matcher) {
    return matcher->stack.count ? &matcher->stack.items[matcher->stack.count - 1] : NULL;
}

size_t token_indent(const struct source *source, const struct token *token) {
    size_t indent = 0;
    const char *at = source->text.at + token->start;
    while (at > source->text.at && at[-1] != '\n')
        at--;
    for (; *at == ' ' || *at == '\t'; at++)
        indent += *at == '\t' ? 4 : 1;
    return indent;
}

/* The blocks that should have ended before this token. */
static void end_before(struct matcher *matcher, struct token *token) {
    struct opening *opening;
    size_t indent = matcher->indent;
    while ((opening = innermost(matcher)) != NULL && token->line > opening->line) {
        bool closes = token->kind == TOKEN_CLOSE_BRACE && indent == opening->indent;
        bool inside = indent > opening->indent && token->kind != TOKEN_END;
        if (closes || (inside && !opening->one_line))
            break;
        matcher->stack.count--;
        if (token->unclosed < 255)
            token->unclosed++;
    }
}

static void match(struct matcher *matcher, struct token *token) {
    const struct opening *opening = innermost(matcher);
    if (!opening) {
        token->stray = true;
        return;
    }
    bool fits = opening->one_line || !token->starts_line ? opening->line == token->line
                                                         : matcher->indent == opening->indent;
    token->stray = !fits;
    matcher->stack.count -= fits;
}

void match_braces(struct arena *arena, struct tokens *tokens) {
    struct matcher matcher = {.arena = arena, .tokens = tokens};
    for (size_t i = 0; i < tokens->list.count; i++) {
        struct token *token = &tokens->list.items[i];
        if (token->starts_line) {
            matcher.indent = token->kind == TOKEN_END ? 0 : token_indent(tokens->source, token);
            end_before(&matcher, token);
        }
        if (token->kind == TOKEN_CLOSE_BRACE) {
            match(&matcher, token);
        } else if (token->kind == TOKEN_OPEN_BRACE && i > 0 && token[-1].kind == TOKEN_OPEN_BRACE) {
            token->stray = true; /* typed twice */
        } else if (token->kind == TOKEN_OPEN_BRACE) {
            /* An array with room has items. */
            // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
            *ARRAY_ADD(arena, &matcher.stack) = (struct opening){
                .indent = matcher.indent,
                .line = token->line,
                .one_line = opens_one_line(token),
            };
        }
    }
}
