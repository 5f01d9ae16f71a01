/* file   = { [ item ] end } .          end = newline | ";" | before "}" | end of file .
 * item   = WORD ( ":" value                                         attribute
 *               | "(" expr ")"                                      condition
 *               | "->" WORD [ ":" ] [ STRING ] [ block ]            unnamed flow
 *               | [ WORD [ "=" WORD "->" WORD [ ":" ] ] ] [ STRING [ "as" WORD ] ] [ block ] ) .
 * block  = "{" file "}" .
 * A mistake is reported once, the item keeps what was understood, and reading goes on at the next
 * item. Words of what is skipped are kept as damage, so that nobody misses what they declared. */
// SPDX-License-Identifier: MIT
#include "syntax/parser.h"

#include "model/kind.h"
#include "syntax/braces.h"
#include "syntax/parse_hints.h"
#include "syntax/parse_state.h"

static void add_word_damage(struct parser *parser, struct slice word) {
    struct damage *damage = ARENA_NEW(parser->arena, struct damage);
    *damage = (struct damage){parser->tree->damage, word};
    parser->tree->damage = damage;
}

static void add_damage(struct parser *parser, const struct token *token) {
    add_word_damage(parser, source_slice(parser->source, token_span(token)));
}

static bool is_item_end(const struct token *token) {
    return token->starts_line || token->unclosed || token->kind == TOKEN_SEMICOLON ||
           token->kind == TOKEN_CLOSE_BRACE || token->kind == TOKEN_END;
}

/* Refills the window of tokens; other pointers to tokens become stale. */
static void read_on(struct parser *parser) {
    if ((size_t)(parser->token - parser->tokens.list.items) >= parser->tokens.ready)
        parser->token = lex_on(&parser->tokens, parser->token);
}

/* Skips to the end of the item's line, or of the item in a block on one line, nested blocks whole;
 * `blocks` of them are already open. Skipped words are recorded as damage. */
static void skip_blocks(struct parser *parser, unsigned blocks) {
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

static void skip_item(struct parser *parser) {
    skip_blocks(parser, 0);
}

static void parse_items(struct parser *parser, struct block *block, bool to_stray);
static void parse_block(struct parser *parser, struct item *item);

/* carries: a, b  or  owner: "x", kind: y  or  a -> b, c  or  a, b -> c */
static void report_comma(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    bool more = !is_item_end(&token[1]), declaration = item->kind == ITEM_DECLARATION;
    bool attribute = token[1].kind == TOKEN_WORD && token[2].kind == TOKEN_COLON;
    bool flow = item->arrow || slice_is(item->word.text, "flow");
    for (const struct token *at = token; declaration && !at->starts_line; at++)
        flow |= at->kind == TOKEN_ARROW;
    struct diagnostic *added = report_at(parser, DIAG_comma_between, token_span(token),
                                         ARGS(flow          ? SLICE("ends of flows")
                                              : declaration ? SLICE("declarations")
                                                            : SLICE("attributes")));
    const char *hint = !more         ? "leave it away"
                       : flow        ? "write a flow for each of them"
                       : declaration ? "write one declaration a line"
                       : attribute   ? "write ';'"
                                     : "several values stand in [ ]";
    if (added)
        diag_hint(parser->diagnostics, added, "%s", hint);
    if (more && (!attribute || declaration))
        skip_item(parser);
    else
        parser->token++;
}

/* process api "API" kind: api }: the attributes are read as if the brace stood there. */
static bool parse_braceless(struct parser *parser, struct item *item) {
    const struct token *token = parser->token, *close = token;
    while (close->kind != TOKEN_END && !close->stray && close->line == token->line)
        close++;
    if (item->kind != ITEM_DECLARATION || item_block(item) || token->kind != TOKEN_WORD ||
        token[1].kind != TOKEN_COLON || !close->stray || close->line != token->line)
        return false;
    struct diagnostic *added = report_at(parser, DIAG_missing_brace, token_span(token), NULL);
    if (added)
        diag_hint(parser->diagnostics, added, "write '{' before it");
    parse_items(parser, add_block(item), true);
    parser->token += parser->token->stray;
    return true;
}

/* Checks that nothing follows a complete item on its line. */
static void expect_item_end(struct parser *parser, struct item *item) {
    const struct token *token = parser->token;
    if (is_item_end(token))
        return;
    if (token->kind == TOKEN_COMMA) {
        report_comma(parser, item);
        return;
    }
    if (parse_braceless(parser, item))
        return;
    bool text = item->kind == ITEM_ATTRIBUTE && item->value->kind == VALUE_WORD;
    if (text && (token->kind == TOKEN_WORD || token->kind == TOKEN_COLON) &&
        token[1].kind != TOKEN_COLON)
        report_unquoted(parser, token - 1);
    else if (item->arrow && !item->head->label.text.at && token->kind == TOKEN_WORD)
        report_unquoted(parser, token);
    else if (item->kind == ITEM_DECLARATION && token->kind == TOKEN_WORD &&
             token[1].kind == TOKEN_COLON)
        report_braceless(parser);
    else
        report_more(parser, item);
    skip_item(parser);
}

/* ":" value */
static bool parse_attribute(struct parser *parser, struct item *item) {
    item->kind = ITEM_ATTRIBUTE;
    if (slice_is(item->word.text, "when") || slice_is(item->word.text, "unless")) {
        struct diagnostic *added = expected_in_condition(parser, "'('");
        if (added)
            diag_hint(parser->diagnostics, added, "write: %.*s ( ... )", S(item->word.text));
        return false;
    }
    advance(parser);
    const struct token *token = parser->token;
    bool value = token->kind == TOKEN_WORD || token->kind == TOKEN_STRING ||
                 token->kind == TOKEN_TEXT || token->kind == TOKEN_OPEN_LIST;
    if (!value || token->starts_line) {
        struct diagnostic *added =
            report_at(parser, DIAG_expected_value, item->word.span, ARGS(item->word.text));
        bool bracket = token->kind == TOKEN_OPEN_GROUP || token->kind == TOKEN_OPEN_BRACE;
        if (added && bracket && !token->starts_line)
            diag_hint(parser->diagnostics, added, "a list stands in [ ]");
        else if (added && value && token->kind != TOKEN_WORD)
            diag_hint(parser->diagnostics, added, "the value begins on the same line");
        return false;
    }
    if (slice_is(item->word.text, "flow") && token[1].kind == TOKEN_ARROW) {
        struct diagnostic *added =
            report_at(parser, DIAG_flow_without_equals, item->word.span, NULL);
        if (added && token[1].arrow == ARROW_RIGHT)
            diag_hint(parser->diagnostics, added,
                      "leave 'flow:' away, or write: flow NAME = %.*s -> ...",
                      S(source_slice(parser->source, token_span(token))));
        return false;
    }
    item->value = parse_value(parser);
    return item->value;
}

/* process(api) */
static bool parse_call(struct parser *parser, const struct item *item) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    if (added)
        diag_hint(parser->diagnostics, added, "an id stands without brackets: %.*s ID",
                  S(item->word.text));
    return false;
}

/* "(" expr ")" */
static bool parse_condition(struct parser *parser, struct item *item) {
    item->kind = ITEM_CONDITION;
    struct span open = token_span(parser->token);
    advance(parser);
    item->expr = parse_expr(parser);
    if (!item->expr)
        return false;
    if (parser->token->kind != TOKEN_CLOSE_GROUP) {
        if (parser->token->kind == TOKEN_CLOSE_BRACE || parser->token->kind == TOKEN_END ||
            parser->token->starts_line)
            report_at(parser, DIAG_unclosed_bracket, open, ARGS(SLICE("(")));
        else
            expected_in_condition(parser, "'and', 'or' or ')'");
        return false;
    }
    advance(parser);
    item->expr->tail = take_comments(parser);
    return true;
}

/* "->" WORD [ ":" ] */
static bool parse_target(struct parser *parser, struct item *item) {
    item->arrow = true;
    if (parser->token->kind != TOKEN_ARROW) {
        report_missing_end(parser, "'->' and target");
        return false;
    }
    const struct token arrow = *parser->token;
    advance(parser);
    bool target = parser->token->kind == TOKEN_WORD && !parser->token->starts_line;
    if (target)
        own_ends(parser->arena, item->head)->to = take_word(parser);
    if (arrow.arrow != ARROW_RIGHT)
        report_arrow(parser, &arrow, item->head);
    if (!target) {
        report_missing_end(parser, "target");
        return false;
    }
    if (parser->token->kind == TOKEN_COLON && !parser->token->starts_line) {
        advance(parser);
        if (parser->token->kind == TOKEN_WORD && !parser->token->starts_line) {
            report_unquoted(parser, parser->token);
            return false;
        }
    }
    return true;
}

/* Reads the rest of a `flow` or `flow NAME` without '='. */
static bool parse_flow_without_equals(struct parser *parser, struct item *item) {
    const struct token *arrow = parser->token + (parser->token->kind == TOKEN_WORD);
    struct diagnostic *added = /* an odd arrow comes first: it may turn the ends round */
        arrow->arrow == ARROW_RIGHT
            ? report_at(parser, DIAG_flow_without_equals, item->head->name.span, NULL)
            : NULL;
    if (parser->token->kind == TOKEN_WORD) {
        if (added)
            diag_hint(parser->diagnostics, added, "write: flow %.*s = %.*s -> ...",
                      S(item->head->name.text),
                      S(source_slice(parser->source, token_span(parser->token))));
        own_ends(parser->arena, item->head)->from = take_word(parser);
    } else {
        if (added)
            diag_hint(parser->diagnostics, added,
                      "leave 'flow' away, or write: flow NAME = %.*s -> ...",
                      S(item->head->name.text));
        own_ends(parser->arena, item->head)->from = item->head->name;
        item->head->name = (struct word){0};
    }
    return parse_target(parser, item);
}

/* "=" WORD "->" WORD [ ":" ] */
static bool parse_named_flow(struct parser *parser, struct item *item) {
    advance(parser);
    item->arrow = true;
    if (parser->token->kind != TOKEN_WORD || parser->token->starts_line) {
        report_missing_end(parser, "source");
        return false;
    }
    own_ends(parser->arena, item->head)->from = take_word(parser);
    return parse_target(parser, item);
}

/* "=" directly after the first word: `pay = a -> b` lacks `flow`, `flow = a -> b` its name, and
 * `kind = api` is an attribute. */
static bool parse_early_equals(struct parser *parser, struct item *item) {
    const struct token *token = parser->token;
    struct diagnostic *added;
    if (slice_is(item->word.text, "flow")) {
        report_at(parser, DIAG_missing_id, item->word.span, ARGS(SLICE("a named flow")));
        return parse_named_flow(parser, item);
    }
    if (token[1].kind != TOKEN_WORD || token[2].kind != TOKEN_ARROW) {
        added = report_at(parser, DIAG_expected_value, item->word.span, ARGS(item->word.text));
        if (added)
            diag_hint(parser->diagnostics, added, "an attribute takes ':' instead of '='");
        return false;
    }
    added = report_at(parser, DIAG_unknown_kind, item->word.span, ARGS(item->word.text));
    if (added)
        diag_hint(parser->diagnostics, added, "a named flow begins with 'flow'");
    item->head->name = item->word;
    item->word = (struct word){SLICE("flow"), item->word.span};
    return parse_named_flow(parser, item);
}

/* `edge pay = a -> b` is a flow with another word for its kind; `process api = "API"` is none. */
static bool begins_flow(const struct item *item, const struct token *equals) {
    return slice_is(item->word.text, "flow") ||
           (equals[1].kind == TOKEN_WORD && equals[2].kind == TOKEN_ARROW);
}

static bool parse_needless_equals(struct parser *parser, struct item *item) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    if (added)
        diag_hint(parser->diagnostics, added, "no '=' after an id: %.*s %.*s \"...\"",
                  S(item->word.text), S(item->head->name.text));
    advance(parser);
    return true;
}

/* [ WORD [ "=" ... ] ], the first word of a declaration being read */
static bool parse_name(struct parser *parser, struct item *item) {
    const struct token *token = parser->token;
    if (token->starts_line)
        return true;
    if (token->kind == TOKEN_EQUALS)
        return parse_early_equals(parser, item);
    if (token->kind == TOKEN_COMMA) {
        report_comma(parser, item);
        return false;
    }
    if (token->kind != TOKEN_WORD)
        return true;
    item->head->name = take_word(parser);
    token = parser->token;
    if (token->starts_line)
        return true;
    bool flow = slice_is(item->word.text, "flow");
    if (token->kind == TOKEN_EQUALS)
        return begins_flow(item, token) ? parse_named_flow(parser, item)
                                        : parse_needless_equals(parser, item);
    if (token->kind == TOKEN_COMMA && flow) {
        report_comma(parser, item);
        return false;
    }
    if (token->kind == TOKEN_ARROW ||
        (flow && token->kind == TOKEN_WORD && token[1].kind == TOKEN_ARROW))
        return parse_flow_without_equals(parser, item);
    if (token->kind == TOKEN_WORD && token[1].kind == TOKEN_COLON) {
        report_braceless(parser);
        return false;
    }
    if (token->kind == TOKEN_WORD) {
        /* Either a label without quotes or an id of two words. */
        struct slice joined = text_format(parser->arena, "%.*s_%.*s", S(item->head->name.text),
                                          S(source_slice(parser->source, token_span(token))));
        add_word_damage(parser, joined);
        if (token[1].kind == TOKEN_STRING && !token[1].starts_line)
            report_split_id(parser, token, joined);
        else
            report_unquoted(parser, token);
        return false;
    }
    return true;
}

/* [ STRING [ "as" WORD ] ] */
static void parse_label(struct parser *parser, struct item *item) {
    const struct token *token = parser->token;
    if ((token->kind != TOKEN_STRING && token->kind != TOKEN_TEXT) || token->starts_line)
        return;
    item->head->label = take_word(parser);
    if (word_is(parser, "as") && !parser->token->starts_line &&
        parser->token[1].kind == TOKEN_WORD) {
        advance(parser);
        struct word *alias = ARENA_NEW(parser->arena, struct word);
        *alias = take_word(parser);
        item->head->alias = alias;
    }
}

/* import without its quotes, its alias, or with both the other way round. */
static bool parse_odd_import(struct parser *parser, const struct item *item) {
    struct token *token = parser->token;
    struct diagnostic *added = report_at(parser, DIAG_import_form, item->word.span, NULL);
    if (added)
        diag_hint(parser->diagnostics, added, "write: import \"PATH\" as NAME");
    while (!is_item_end(token))
        token++;
    parser->token = token;
    return false;
}

static bool parse_declaration(struct parser *parser, struct item *item) {
    item->kind = ITEM_DECLARATION;
    item->head = ARENA_NEW(parser->arena, struct head);
    parser->tree->declarations++;
    bool whole;
    if (slice_is(item->word.text, "import") && parser->token->kind == TOKEN_WORD &&
        !parser->token->starts_line)
        return parse_odd_import(parser, item);
    if (parser->token->kind == TOKEN_ARROW && !parser->token->starts_line) {
        own_ends(parser->arena, item->head)->from = item->word;
        item->word = (struct word){{"", 0}, item->word.span};
        whole = parse_target(parser, item);
    } else {
        whole = parse_name(parser, item);
    }
    if (whole)
        parse_label(parser, item);
    else /* the label and the words before the block are lost, the block is not */
        while (!is_item_end(parser->token) && parser->token->kind != TOKEN_OPEN_BRACE)
            add_damage(parser, parser->token++);
    if (parser->token->kind == TOKEN_OPEN_BRACE && !parser->token->starts_line)
        parse_block(parser, item);
    bool flow = slice_is(item->word.text, "flow");
    if (!whole && !item->arrow && (flow || !item->head->name.text.length)) {
        if (flow)
            add_word_damage(parser, item->head->name.text);
        return false;
    }
    if (!item->head->name.text.length && !item->arrow && !item->head->label.text.at &&
        !item_block(item) && whole) {
        report_incomplete(parser, item);
        return false;
    }
    return true;
}

/* Broken, the rest of it skipped, when nothing of it can be used; NULL when it is not even a word. */
static struct item *parse_item(struct parser *parser) {
    struct item *item = ARENA_NEW(parser->arena, struct item);
    skip_list_marks(parser);
    const struct token copy = *parser->token, *first = &copy; /* it may leave the window */
    item->blank_before = first->blank_before;
    if (first->comments)
        own_remarks(parser->arena, &item->remarks)->comments = first->comments;
    if (first->kind != TOKEN_WORD) {
        if (first->kind == TOKEN_ARROW)
            report_at(parser, DIAG_missing_end, token_span(first), ARGS(SLICE("source")));
        else
            report_at(parser, DIAG_not_an_item, token_span(first),
                      ARGS(token_in_words(parser, first)));
        parser->token++;
        skip_item(parser);
        return NULL;
    }
    item->word = (struct word){source_slice(parser->source, token_span(first)), token_span(first)};
    parser->token++;
    join_kind(parser, item);
    bool whole;
    if (parser->token->kind == TOKEN_COLON && !parser->token->starts_line)
        whole = parse_attribute(parser, item);
    else if (parser->token->kind == TOKEN_OPEN_GROUP && !parser->token->starts_line)
        whole = kind_find(item->word.text) == KIND_COUNT ? parse_condition(parser, item)
                                                         : parse_call(parser, item);
    else if (parser->token->kind == TOKEN_WORD && !parser->token->starts_line &&
             parser->token[1].kind == TOKEN_COLON && !parser->token[1].starts_line) {
        struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                             ARGS(token_in_words(parser, first)));
        if (added && slice_is(item->word.text, "flow"))
            diag_hint(parser->diagnostics, added, "a flow's name takes '=': flow NAME = a -> b");
        else if (added)
            diag_hint(parser->diagnostics, added, "no ':' after an id");
        whole = false;
    } else
        whole = parse_declaration(parser, item);
    item->end = last_token(parser)->end;
    if (whole) {
        expect_item_end(parser, item);
        return item;
    }
    add_damage(parser, first);
    skip_item(parser);
    item->kind = ITEM_BROKEN;
    item->end = last_token(parser)->end;
    return item;
}

/* A comment after something on its line belongs to it. */
static void keep_trailing(struct parser *parser, struct remarks **remarks, struct token *token) {
    struct comment *comment = token->comments;
    if (!comment || !comment->same_line)
        return;
    token->comments = comment->next;
    comment->next = NULL;
    own_remarks(parser->arena, remarks)->trailing = comment;
}

/* A "{" where an item should begin: on a line of its own it opens the block of the item before; one
 * too many is passed over; any other is read as a block that belongs to nothing. */
static void parse_odd_block(struct parser *parser, struct item *last) {
    const struct token *token = parser->token;
    struct head head = {0};
    struct item lost = {.kind = ITEM_DECLARATION, .head = &head};
    if (token->starts_line && last && last->kind == ITEM_DECLARATION && !item_block(last)) {
        struct diagnostic *added =
            report_at(parser, DIAG_brace_on_own_line, token_span(token), NULL);
        if (added)
            diag_hint(parser->diagnostics, added, "write: %.*s ... {", S(last->word.text));
        parse_block(parser, last);
        return;
    }
    report_at(parser, DIAG_not_an_item, token_span(token), ARGS(SLICE("'{'")));
    if (token->stray)
        parser->token++;
    else
        parse_block(parser, &lost);
}

/* Where a } is left over and the lines below a declaration stand deeper, its { is missing. All
 * tokens are in memory then. */
static bool lacks_brace(const struct parser *parser, const struct token *first,
                        const struct item *item) {
    const struct token *next = parser->token;
    return parser->tokens.unbalanced && item && item->kind == ITEM_DECLARATION &&
           !item_block(item) && next->starts_line && next->kind == TOKEN_WORD &&
           first->starts_line &&
           token_indent(parser->source, next) > token_indent(parser->source, first);
}

/* Reads all items up to the token that ends the block, which becomes `close`. */
static void parse_items(struct parser *parser, struct block *block, bool to_stray) {
    struct item **end = &block->items, *last = NULL;
    for (;;) {
        arena_step(parser->arena);
        read_on(parser);
        struct token *token = (struct token *)parser->token;
        if (last && !around(last->remarks)->trailing)
            keep_trailing(parser, &last->remarks, token);
        if (diag_is_full(parser->diagnostics)) {
            token->kind = TOKEN_END;
            parser->tokens.stopped = true;
        }
        /* the end reported here belongs to a block that was skipped; ignore it */
        if (!parser->depth)
            token->unclosed = 0;
        if (token->kind == TOKEN_END || token->unclosed)
            break;
        if (token->kind == TOKEN_SEMICOLON) {
            parser->token++;
        } else if (token->kind == TOKEN_CLOSE_BRACE && (!token->stray || to_stray)) {
            break;
        } else if (token->kind == TOKEN_CLOSE_BRACE) {
            report_at(parser, DIAG_stray_brace, token_span(token), NULL);
            parser->token++;
        } else if (token->kind == TOKEN_OPEN_BRACE) {
            parse_odd_block(parser, last);
        } else {
            struct item *item = parse_item(parser);
            block->damaged |= !item || item->kind == ITEM_BROKEN;
            if (!item)
                continue;
            keep_comments(parser, &item->remarks);
            if (lacks_brace(parser, token, item)) {
                report_at(parser, DIAG_missing_brace, token_span(last_token(parser)), NULL);
                parse_items(parser, add_block(item), true);
                parser->token += parser->token->kind == TOKEN_CLOSE_BRACE;
            }
            *end = last = item;
            end = &item->next;
        }
    }
    if (parser->token->comments)
        own_remarks(parser->arena, &block->remarks)->tail = parser->token->comments;
}

/* "{" file "}" */
static void parse_block(struct parser *parser, struct item *item) {
    struct block *block = add_block(item);
    block->open = token_span(parser->token);
    bool deep = !enter(parser);
    parser->token++;
    struct token *first = (struct token *)parser->token;
    keep_trailing(parser, &block->remarks, first);
    block->one_line = !first->starts_line;
    if (deep) { /* the whole of it is skipped, as one mistake */
        skip_blocks(parser, 1);
        leave(parser);
        return;
    }
    uint32_t outer_line = parser->block_line;
    parser->block_line = first[-1].line;
    parse_items(parser, block, false);
    parser->block_line = outer_line;
    leave(parser);
    struct token *close = (struct token *)parser->token;
    if (close->kind == TOKEN_CLOSE_BRACE && !close->unclosed) {
        block->close = token_span(close);
        parser->token++;
    } else {
        if (!parser->tokens.swallowed && !parser->tokens.stopped)
            report_at(parser, DIAG_unclosed_block, block->open, NULL);
        block->damaged = true;
        if (close->unclosed)
            close->unclosed--;
    }
}

/* NULL when braces do not match and not all tokens were in memory. */
static struct tree *parse_tokens(struct diagnostics *diagnostics, struct source *source,
                                 bool whole) {
    struct parser parser = {.arena = diagnostics->arena,
                            .diagnostics = diagnostics,
                            .source = source,
                            .tree = ARENA_NEW(diagnostics->arena, struct tree)};
    parser.tree->source = source;
    lex(diagnostics, source, &parser.tokens, whole);
    parser.token = parser.tokens.list.items;
    parse_items(&parser, &parser.tree->file, false);
    parser.tree->damaged |= parser.tokens.unreadable || parser.tokens.bad_lines.count;
    parser.tree->truncated = parser.tokens.swallowed || parser.tokens.stopped;
    bool complete = !parser.tokens.unbalanced && parser.token->kind == TOKEN_END;
    return complete || whole || parser.tokens.stopped ? parser.tree : NULL;
}

/* Nearly every file has matching braces. In any other, only the whole file shows which brace lacks
 * its other half, so it is read again as a whole. */
struct tree *parse(struct diagnostics *diagnostics, struct source *source) {
    struct diagnostics before = *diagnostics;
    struct tree *tree = parse_tokens(diagnostics, source, false);
    if (tree)
        return tree;
    *diagnostics = before;
    return parse_tokens(diagnostics, source, true);
}
