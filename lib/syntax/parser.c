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

/* How a block ends: with its }, with one that is stray, or before the first line that stands no
 * deeper than `indent`. */
struct ending {
    bool to_stray, by_lines;
    size_t indent;
};
static const struct ending with_brace = {0}, with_stray = {.to_stray = true};

static void parse_items(struct parser *parser, struct block *block, struct ending ending);
static void parse_block(struct parser *parser, struct item *item);

/* process api "API" kind: api }: the attributes are read as if the brace stood there. */
static bool parse_braceless(struct parser *parser, struct item *item) {
    if (!report_lost_brace(parser, item))
        return false;
    parse_items(parser, add_block(item), with_stray);
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
    report_more(parser, item);
    skip_item(parser);
}

static bool begins_condition(const struct item *item) {
    return slice_is(word_text(&item->word), "when") || slice_is(word_text(&item->word), "unless");
}

/* `when crosses`, `when [crosses]`: the brackets are missing, or others. */
static bool lacks_brackets(const struct parser *parser, const struct item *item) {
    return begins_condition(item) && !is_item_end(parser->token) &&
           parser->token->kind != TOKEN_ARROW;
}

/* ":" value */
static bool parse_attribute(struct parser *parser, struct item *item) {
    item->kind = ITEM_ATTRIBUTE;
    if (begins_condition(item))
        return report_no_brackets(parser, item);
    advance(parser);
    const struct token *token = parser->token;
    bool value = token->kind == TOKEN_WORD || token->kind == TOKEN_STRING ||
                 token->kind == TOKEN_TEXT || token->kind == TOKEN_OPEN_LIST;
    if (!value || token->starts_line) {
        report_missing_value(parser, item);
        return false;
    }
    if (slice_is(word_text(&item->word), "flow") && token[1].kind == TOKEN_ARROW) {
        report_flow_colon(parser, item);
        return false;
    }
    item->value = parse_value(parser);
    return item->value;
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
    parser->tree->flows++;
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
    report_flow_without_equals(parser, item);
    struct ends *ends = own_ends(parser->arena, item->head);
    if (parser->token->kind == TOKEN_WORD) {
        ends->from = take_word(parser);
    } else {
        ends->from = item->head->name;
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
    report_early_equals(parser, item);
    if (slice_is(word_text(&item->word), "flow"))
        return parse_named_flow(parser, item);
    if (!begins_flow(parser->token))
        return false;
    item->head->name = item->word;
    item->word = word_new(parser->arena, SLICE("flow"), word_span(&item->word));
    return parse_named_flow(parser, item);
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
    bool flow = slice_is(word_text(&item->word), "flow");
    if (token->kind == TOKEN_EQUALS)
        return flow || begins_flow(token) ? parse_named_flow(parser, item)
                                          : pass_needless_equals(parser, item);
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
        report_second_word(parser, item);
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

static bool parse_declaration(struct parser *parser, struct item *item) {
    item->kind = ITEM_DECLARATION;
    item->head = ARENA_NEW(parser->arena, struct head);
    item->head->source = parser->source;
    parser->tree->declarations++;
    bool whole;
    bool is_import = slice_is(word_text(&item->word), "import");
    parser->tree->has_imports |= is_import;
    if (is_import && parser->token->kind == TOKEN_WORD && !parser->token->starts_line)
        return pass_odd_import(parser, item);
    if (parser->token->kind == TOKEN_ARROW && !parser->token->starts_line) {
        own_ends(parser->arena, item->head)->from = item->word;
        item->word = word_new(parser->arena, SLICE(""), word_span(&item->word));
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
    bool flow = slice_is(word_text(&item->word), "flow");
    if (!whole && !item->arrow && (flow || !word_text(&item->head->name).length)) {
        if (flow)
            add_word_damage(parser, word_text(&item->head->name));
        return false;
    }
    if (!word_text(&item->head->name).length && !item->arrow && !word_text(&item->head->label).at &&
        !item_block(item) && whole) {
        report_incomplete(parser, item);
        return false;
    }
    return true;
}

/* Broken, the rest of it skipped, when nothing of it can be used; NULL when it is not even a word.
 */
static struct item *parse_item(struct parser *parser) {
    struct item *item = ARENA_NEW(parser->arena, struct item);
    skip_list_marks(parser);
    const struct token copy = *parser->token, *first = &copy; /* it may leave the window */
    item->blank_before = first->blank_before;
    if (first->comments)
        own_remarks(parser->arena, &item->remarks)->comments = first->comments;
    if (first->kind != TOKEN_WORD) {
        report_no_item(parser, first);
        parser->token++;
        skip_item(parser);
        return NULL;
    }
    item->word =
        word_new(parser->arena, source_slice(parser->source, token_span(first)), token_span(first));
    parser->token++;
    join_kind(parser, item);
    bool whole;
    if (parser->token->kind == TOKEN_COLON && !parser->token->starts_line)
        whole = parse_attribute(parser, item);
    else if (parser->token->kind == TOKEN_OPEN_GROUP && !parser->token->starts_line)
        whole = kind_find(word_text(&item->word)) == KIND_COUNT ? parse_condition(parser, item)
                                                                : report_call(parser, item);
    else if (lacks_brackets(parser, item))
        whole = report_no_brackets(parser, item);
    else if (parser->token->kind == TOKEN_WORD && !parser->token->starts_line &&
             parser->token[1].kind == TOKEN_COLON && !parser->token[1].starts_line)
        whole = report_colon_after_id(parser, item, first);
    else
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
        report_brace_on_own_line(parser, last);
        parse_block(parser, last);
        return;
    }
    report_at(parser, DIAG_not_an_item, token_span(token), ARGS(SLICE("'{'")));
    if (token->stray)
        parser->token++;
    else
        parse_block(parser, &lost);
}

/* Reads what stands deeper after a declaration as its block, whose { is missing; where braces match
 * its } is as well. */
static void parse_lost_block(struct parser *parser, const struct token *first, struct item *item) {
    bool lacks_both = !parser->tokens.unbalanced;
    report_missing_brace(parser, lacks_both);
    const struct ending lines = {.by_lines = true, .indent = token_indent(parser->source, first)};
    parse_items(parser, add_block(item), lacks_both ? lines : with_stray);
    parser->token += !lacks_both && parser->token->kind == TOKEN_CLOSE_BRACE;
}

/* Ends reading at this token when there are too many mistakes. */
static void stop_when_full(struct parser *parser, struct token *token) {
    if (diag_is_full(parser->diagnostics)) {
        token->kind = TOKEN_END;
        parser->tokens.stopped = true;
    }
}

static bool ends_block(const struct parser *parser, const struct token *token,
                       struct ending ending) {
    return token->kind == TOKEN_END || token->unclosed ||
           (ending.by_lines && token->starts_line &&
            token_indent(parser->source, token) <= ending.indent);
}

/* Reads all items up to the token that ends the block. */
static void parse_items(struct parser *parser, struct block *block, struct ending ending) {
    struct item **end = &block->items, *last = NULL;
    for (;;) {
        arena_step(parser->arena);
        read_on(parser);
        struct token *token = parser->token;
        if (last && !around(last->remarks)->trailing)
            keep_trailing(parser, &last->remarks, token);
        stop_when_full(parser, token);
        /* the end reported here belongs to a block that was skipped; ignore it */
        if (!parser->depth)
            token->unclosed = 0;
        if (ends_block(parser, token, ending))
            break;
        if (token->kind == TOKEN_SEMICOLON) {
            parser->token++;
        } else if (token->kind == TOKEN_CLOSE_BRACE && (!token->stray || ending.to_stray)) {
            break;
        } else if (token->kind == TOKEN_CLOSE_BRACE) {
            report_at(parser, DIAG_stray_brace, token_span(token), NULL);
            parser->token++;
        } else if (token->kind == TOKEN_OPEN_BRACE) {
            parse_odd_block(parser, last);
        } else {
            const struct token first = *token; /* it may leave the window */
            struct item *item = parse_item(parser);
            block->damaged |= !item || item->kind == ITEM_BROKEN;
            if (!item)
                continue;
            keep_comments(parser, &item->remarks);
            read_on(parser);
            if (lacks_brace(parser, &first, item))
                parse_lost_block(parser, &first, item);
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
    const struct span open = token_span(parser->token);
    block->open = open.start & WORD_OFFSETS;
    bool deep = !enter(parser);
    parser->token++;
    struct token *first = parser->token;
    keep_trailing(parser, &block->remarks, first);
    block->one_line = !first->starts_line;
    if (deep) { /* the whole of it is skipped, as one mistake */
        skip_blocks(parser, 1);
        leave(parser);
        return;
    }
    uint32_t outer_line = parser->block_line, outer_start = parser->block_start;
    parser->block_line = first[-1].line;
    parser->block_start = open.start;
    parse_items(parser, block, with_brace);
    parser->block_line = outer_line;
    parser->block_start = outer_start;
    leave(parser);
    struct token *close = parser->token;
    if (close->kind == TOKEN_CLOSE_BRACE && !close->unclosed) {
        block->close = close->start & WORD_OFFSETS;
        parser->token++;
    } else {
        if (!parser->tokens.swallowed && !parser->tokens.stopped)
            report_at(parser, DIAG_unclosed_block, open, NULL);
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
    parse_items(&parser, &parser.tree->file, with_brace);
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
