/* value = STRING | TEXT | WORD | "[" [ value { "," value } [ "," ] ] "]" .
 * expr  = and { "or" and } .        and = not { "and" not } .
 * not   = "not" not | test .
 * test  = "(" expr ")" | ("any" | "all" | "no") WORD "(" expr ")"
 *       | WORD [ ("is" ["not"] | "in" | "has") value ] . */
// SPDX-License-Identifier: MIT
#include "syntax/parse_state.h"

/* Inside of brackets lines mean nothing; but no list or condition goes on with `name:` or `}`, so
 * there a bracket must be missing. */
static bool is_after_bracket(const struct parser *parser) {
    const struct token *token = parser->token;
    return token->kind == TOKEN_END || token->kind == TOKEN_CLOSE_BRACE || token->unclosed ||
           (token->starts_line && token->kind == TOKEN_WORD &&
            (token[1].kind == TOKEN_COLON || token[1].kind == TOKEN_EQUALS));
}

/* Where reading stopped in an item that is too long, that is reported, and nobody knows what is
 * missing. */
static void report_unclosed(struct parser *parser, struct span open) {
    if (parser->tokens.stopped && parser->token->kind == TOKEN_END)
        return;
    report_at(parser, DIAG_unclosed_bracket, open, ARGS(source_slice(parser->source, open)));
}

/* Reads ',' and goes on after an element, or finds the end of the list. */
static bool parse_separator(struct parser *parser, struct span open) {
    if (parser->token->kind == TOKEN_COMMA) {
        advance(parser);
        return true;
    }
    if (parser->token->kind == TOKEN_CLOSE_LIST)
        return true;
    if (is_after_bracket(parser))
        report_unclosed(parser, open);
    else
        report_at(parser, DIAG_list_separator, token_span(parser->token),
                  ARGS(token_in_words(parser, parser->token)));
    return false;
}

static bool parse_elements(struct parser *parser, struct value **end, struct span open) {
    while (parser->token->kind != TOKEN_CLOSE_LIST) {
        if (is_after_bracket(parser)) {
            report_unclosed(parser, open);
            return false;
        }
        struct value *item = parse_value(parser);
        if (!item)
            return false;
        *end = item;
        end = &item->next;
        if (!parse_separator(parser, open))
            return false;
    }
    return true;
}

static struct value *parse_list(struct parser *parser) {
    struct span open = token_span(parser->token);
    advance(parser);
    struct comment *comments = take_comments(parser);
    struct value *items = NULL;
    bool whole = enter(parser) && parse_elements(parser, &items, open);
    leave(parser);
    if (!whole)
        return NULL;
    struct comment *tail = parser->token->comments;
    parser->token++;
    struct word word = list_word((struct span){open.start, last_token(parser)->end}, items);
    return value_new(parser->arena, word, (struct remarks){.comments = comments, .tail = tail});
}

struct value *parse_value(struct parser *parser) {
    enum value_kind kind;
    switch (parser->token->kind) {
    case TOKEN_OPEN_LIST:
        return parse_list(parser);
    case TOKEN_WORD:
        kind = VALUE_WORD;
        break;
    case TOKEN_STRING:
        kind = VALUE_STRING;
        break;
    case TOKEN_TEXT:
        kind = VALUE_TEXT;
        break;
    default:
        report_at(parser, DIAG_list_separator, token_span(parser->token),
                  ARGS(token_in_words(parser, parser->token)));
        return NULL;
    }
    struct word word = take_word(parser);
    word.kind = kind & VALUE_KINDS;
    return value_new(parser->arena, word, (struct remarks){.comments = take_comments(parser)});
}

static struct expr *new_expr(struct parser *parser, enum expr_kind kind) {
    struct expr *expr = ARENA_NEW(parser->arena, struct expr);
    expr->kind = kind;
    expr->span = token_span(parser->token);
    return expr;
}

/* A hint for the words and signs of other languages at this place. */
static const char *hint_for(const struct parser *parser) {
    switch (parser->source->text.at[parser->token->start]) {
    case '=':
        return "a value is compared by a word: kind is api";
    case ':':
        return "a test has no ':': kind is api";
    case ',':
        return "several values stand in brackets: kind in [api, web]";
    case ')':
        return "tests are words such as: crosses, auth, kind is api";
    default:
        return NULL;
    }
}

struct diagnostic *expected_in_condition(struct parser *parser, const char *what) {
    struct diagnostic *added =
        report_at(parser, DIAG_expected_condition, token_span(parser->token),
                  ARGS(slice_of(what), token_in_words(parser, parser->token)));
    const char *hint = parser->token->start < parser->source->text.length ? hint_for(parser) : NULL;
    if (added && hint)
        diag_hint(parser->diagnostics, added, "%s", hint);
    return added;
}

static struct expr *expected(struct parser *parser, const char *what) {
    expected_in_condition(parser, what);
    return NULL;
}

/* "(" expr ")" */
static struct expr *parse_group(struct parser *parser) {
    struct span open = token_span(parser->token);
    advance(parser);
    struct expr *expr = enter(parser) ? parse_expr(parser) : NULL;
    leave(parser);
    if (!expr)
        return NULL;
    if (parser->token->kind != TOKEN_CLOSE_GROUP) {
        if (is_after_bracket(parser))
            report_unclosed(parser, open);
        else
            expected(parser, "'and', 'or' or ')'");
        return NULL;
    }
    advance(parser);
    return expr;
}

/* ("any" | "all" | "no") WORD "(" expr ")" */
static struct expr *parse_quantifier(struct parser *parser) {
    struct expr *expr = new_expr(parser, EXPR_QUANTIFIER);
    expr->word = take_word(parser);
    expr->comments = take_comments(parser);
    expr->range = take_word(parser);
    expr->parts = parse_group(parser);
    expr->span.end = last_token(parser)->end;
    return expr->parts ? expr : NULL;
}

static bool parse_operator(struct parser *parser, struct expr *expr) {
    static const struct {
        const char *word;
        enum test_operator comparison;
    } operators[] = {{"is", TEST_IS}, {"in", TEST_IN}, {"has", TEST_HAS}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (!word_is(parser, operators[i].word))
            continue;
        advance(parser);
        expr->comparison = operators[i].comparison;
        if (expr->comparison == TEST_IS && word_is(parser, "not")) {
            advance(parser);
            expr->comparison = TEST_IS_NOT;
        }
        return true;
    }
    return false;
}

/* WORD [ ("is" ["not"] | "in" | "has") value ] */
static struct expr *parse_comparison(struct parser *parser) {
    struct expr *expr = new_expr(parser, EXPR_TEST);
    expr->word = take_word(parser);
    expr->comments = take_comments(parser);
    if (word_is(parser, "not") && parser->token[1].kind == TOKEN_WORD &&
        slice_is(source_slice(parser->source, token_span(&parser->token[1])), "in")) {
        struct diagnostic *added =
            report_at(parser, DIAG_expected_condition, token_span(parser->token),
                      ARGS(SLICE("an operator"), SLICE("'not in'")));
        if (added)
            diag_hint(parser->diagnostics, added, "write: not %.*s in [...]",
                      SLICE_ARGS(word_text(&expr->word)));
        return NULL;
    }
    if (parse_operator(parser, expr)) {
        unsigned char kind = parser->token->kind;
        if (kind != TOKEN_WORD && kind != TOKEN_STRING && kind != TOKEN_TEXT &&
            kind != TOKEN_OPEN_LIST)
            return expected(parser, "a value");
        expr->value = parse_value(parser);
        if (!expr->value)
            return NULL;
    }
    expr->span.end = last_token(parser)->end;
    return expr;
}

static struct expr *parse_test(struct parser *parser) {
    if (parser->token->kind == TOKEN_OPEN_GROUP) {
        struct expr *expr = parse_group(parser);
        if (expr)
            expr->bracketed = true;
        return expr;
    }
    if (parser->token->kind != TOKEN_WORD)
        return expected(parser, "a test");
    bool quantifier = word_is(parser, "any") || word_is(parser, "all") || word_is(parser, "no");
    if (quantifier && parser->token[1].kind == TOKEN_WORD &&
        parser->token[2].kind == TOKEN_OPEN_GROUP)
        return parse_quantifier(parser);
    return parse_comparison(parser);
}

/* "not" not | test */
static struct expr *parse_not(struct parser *parser) {
    if (!word_is(parser, "not"))
        return parse_test(parser);
    struct expr *expr = new_expr(parser, EXPR_NOT);
    advance(parser);
    expr->comments = take_comments(parser);
    expr->parts = enter(parser) ? parse_not(parser) : NULL;
    leave(parser);
    expr->span.end = last_token(parser)->end;
    return expr->parts ? expr : NULL;
}

/* part { word part }, one part alone stands for itself */
static struct expr *parse_joined(struct parser *parser, enum expr_kind kind, const char *word,
                                 struct expr *(*parse_part)(struct parser *)) {
    struct expr *first = parse_part(parser);
    if (!first || !word_is(parser, word))
        return first;
    struct expr *joined = new_expr(parser, kind);
    joined->span.start = first->span.start;
    joined->parts = first;
    struct expr *last = first;
    while (word_is(parser, word)) {
        advance(parser);
        last->next = parse_part(parser);
        if (!last->next)
            return NULL;
        last = last->next;
    }
    joined->span.end = last_token(parser)->end;
    return joined;
}

static struct expr *parse_and(struct parser *parser) {
    return parse_joined(parser, EXPR_AND, "and", parse_not);
}

struct expr *parse_expr(struct parser *parser) {
    return parse_joined(parser, EXPR_OR, "or", parse_and);
}
