/* Habits from other languages, and what to write instead. Nothing here is grammar: items are read
 * on by parser.c. */
// SPDX-License-Identifier: MIT
#include "syntax/parse_hints.h"

#include "model/kind.h"
#include "syntax/synonyms.h"

/* Text without quotes, an URL or a label: shown as a whole. */
void report_unquoted(struct parser *parser, const struct token *token) {
    struct span span = token_span(token);
    uint32_t line = token->line;
    for (; token->line == line &&
           (token->kind == TOKEN_WORD || token->kind == TOKEN_COLON || token->kind == TOKEN_COMMA);
         token++)
        span.end = token->end;
    struct slice found = slice_part(source_slice(parser->source, span), 0, 60);
    struct diagnostic *added = report_at(parser, DIAG_unquoted_text, span, ARGS(found));
    if (added)
        diag_hint(parser->diagnostics, added, "write \"%.*s\"", S(found));
}

/* process my api "API" */
void report_split_id(struct parser *parser, const struct token *token, struct slice joined) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    bool as = slice_is(source_slice(parser->source, token_span(token)), "as");
    if (added && as)
        diag_hint(parser->diagnostics, added, "leave 'as' away");
    else if (added)
        diag_hint(parser->diagnostics, added, "an id is one word, such as %.*s", S(joined));
}

/* process api kind: web: attributes without their block. */
void report_braceless(struct parser *parser) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    if (added)
        diag_hint(parser->diagnostics, added, "attributes stand in { }");
}

/* Reports text after a complete item, and its probable meaning. */
void report_more(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    bool bracket = token->kind == TOKEN_OPEN_LIST || token->kind == TOKEN_OPEN_GROUP;
    bool declaration = item->kind == ITEM_DECLARATION;
    const char *hint = token->kind == TOKEN_ARROW                   ? "write a flow for each arrow"
                       : declaration && token->kind == TOKEN_EQUALS ? "no '=' after an id"
                       : declaration && token->kind == TOKEN_COLON  ? "no ':' after an id"
                       : declaration && (bracket || token->kind == TOKEN_WORD)
                           ? "attributes stand in { }"
                       : !declaration && token->kind == TOKEN_WORD && token[1].kind == TOKEN_COLON
                           ? "write ';' between attributes on one line"
                           : NULL;
    if (added && hint)
        diag_hint(parser->diagnostics, added, "%s", hint);
}

void report_missing_end(struct parser *parser, const char *which) {
    const struct token *last = last_token(parser), *token = parser->token;
    struct diagnostic *added =
        report_at(parser, DIAG_missing_end, token_span(last), ARGS(slice_of(which)));
    if (!added || token->starts_line)
        return;
    if (token->kind == TOKEN_STRING)
        diag_hint(parser->diagnostics, added, "the ends are ids, without quotes");
    else if (token->kind == TOKEN_WORD && last->kind == TOKEN_WORD)
        diag_hint(parser->diagnostics, added, "write: %.*s -> ...",
                  S(source_slice(parser->source, token_span(last))));
}

/* An arrow of another language. The flow is not turned round by the hint: `a <- b` is b -> a. */
void report_arrow(struct parser *parser, const struct token *arrow, struct head *head) {
    struct diagnostic *added = report_at(parser, DIAG_wrong_arrow, token_span(arrow),
                                         ARGS(source_slice(parser->source, token_span(arrow))));
    if (arrow->arrow == ARROW_LEFT && ends_of(head)->to.text.length) {
        struct ends *ends = own_ends(parser->arena, head);
        *ends = (struct ends){ends->to, ends->from};
    }
    if (!added)
        return;
    if (arrow->arrow == ARROW_ODD)
        diag_hint(parser->diagnostics, added, "write '->'");
    else if (arrow->arrow == ARROW_BOTH)
        diag_hint(parser->diagnostics, added, "write two flows, one for each direction");
    else if (arrow->arrow == ARROW_LINE || !ends_of(head)->to.text.length)
        diag_hint(parser->diagnostics, added, "write '->', from where data comes to where it goes");
    else
        diag_hint(parser->diagnostics, added, "swap the ends: %.*s -> %.*s",
                  S(ends_of(head)->from.text), S(ends_of(head)->to.text));
}

void report_incomplete(struct parser *parser, const struct item *item) {
    struct diagnostic *added =
        report_at(parser, DIAG_incomplete_item, item->word.span, ARGS(item->word.text));
    if (added && kind_find(item->word.text) != KIND_COUNT)
        diag_hint(parser->diagnostics, added, "give it an id, such as: %.*s x", S(item->word.text));
    else if (added && !kind_meant(item->word.text) && !strchr("@./-", *item->word.text.at))
        diag_hint(parser->diagnostics, added, "if it is an id, say what it is: process %.*s",
                  S(item->word.text));
}

static bool is_word_on_line(const struct token *token) {
    return token->kind == TOKEN_WORD && !token->starts_line;
}

/* "-" and "1.", as before the points of a list */
static bool is_list_mark(struct slice word) {
    int number;
    return slice_is(word, "-") ||
           (slice_ends(word, ".") && slice_number(slice_part(word, 0, word.length - 1), &number));
}

/* trust boundary vpc "VPC": a kind of two words, and an id after it. */
void join_kind(struct parser *parser, struct item *item) {
    const struct token *second = parser->token;
    if (!is_word_on_line(second) || !is_word_on_line(&second[1]) || second[1].kind == TOKEN_COLON)
        return;
    struct slice word = source_slice(parser->source, token_span(second));
    struct span span = {item->word.span.start, second->end};
    const char *meant = kind_meant(text_join(parser->arena, item->word.text, SLICE("_"), word));
    if (!meant)
        return;
    struct diagnostic *added =
        report_at(parser, DIAG_unknown_kind, span, ARGS(source_slice(parser->source, span)));
    if (added)
        diag_hint(parser->diagnostics, added, "write '%s'", meant);
    item->word.text = slice_of(meant);
    parser->token++;
}

void skip_list_marks(struct parser *parser) {
    while (parser->token->kind == TOKEN_WORD && is_word_on_line(&parser->token[1]) &&
           is_list_mark(source_slice(parser->source, token_span(parser->token)))) {
        struct diagnostic *added = report_at(parser, DIAG_not_an_item, token_span(parser->token),
                                             ARGS(token_in_words(parser, parser->token)));
        if (added)
            diag_hint(parser->diagnostics, added, "leave it away");
        advance(parser);
    }
}
