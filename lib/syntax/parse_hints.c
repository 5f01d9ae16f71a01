/* Habits from other languages and newcomers' mistakes, and what to write instead. Nothing here is
 * grammar: items are read on by parser.c. */
// SPDX-License-Identifier: MIT
#include "syntax/parse_hints.h"

#include "model/kind.h"
#include "syntax/braces.h"
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
        diag_hint(parser->diagnostics, added, "write \"%.*s\"", SLICE_ARGS(found));
}

/* What an attribute of this name takes, on whatever kind of declaration. */
struct taking {
    enum attribute_type type; /* of the first such attribute */
    bool known, texts, lists; /* one takes text, or a list */
};

static struct taking what_takes(struct slice name) {
    struct taking taking = {0};
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        if (!slice_is(name, row->name))
            continue;
        if (!taking.known)
            taking.type = row->type;
        taking.known = true;
        taking.texts |= row->type == TYPE_TEXT || row->type == TYPE_STRINGS;
        taking.lists |= attribute_takes_list(row->type);
    }
    return taking;
}

/* data: secret tokens */
static void report_words(struct parser *parser, const struct item *item,
                         const struct taking *taking) {
    const struct token *token = parser->token;
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(token),
                                         ARGS(token_in_words(parser, token - 1)));
    if (item->value->word.kind == VALUE_WORD) /* it is half of what was meant, and no id */
        add_word_damage(parser, word_text(&item->value->word));
    if (!added)
        return;
    bool two = taking->lists && token->kind == TOKEN_WORD && is_item_end(&token[1]);
    diag_hint(parser->diagnostics, added, "'%.*s' takes %s%s", SLICE_ARGS(word_text(&item->word)),
              attribute_type_words[taking->type],
              !two ? ""
                   : slice_string(
                         parser->arena,
                         text_format(parser->arena, ": [%.*s, %.*s]",
                                     SLICE_ARGS(word_text(&item->value->word)),
                                     SLICE_ARGS(source_slice(parser->source, token_span(token))))));
}

/* process my api "API"; `joined` is what could be its id. */
static void report_split_id(struct parser *parser, const struct token *token, struct slice joined) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    bool as = slice_is(source_slice(parser->source, token_span(token)), "as");
    if (added && as)
        diag_hint(parser->diagnostics, added, "leave 'as' away");
    else if (added)
        diag_hint(parser->diagnostics, added, "an id is one word, such as %.*s",
                  SLICE_ARGS(joined));
}

/* process api kind: web: attributes without their block. */
void report_braceless(struct parser *parser) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    if (added)
        diag_hint(parser->diagnostics, added, "attributes stand in { }");
}

/* What is meant by text after a declaration; NULL: nobody knows. */
static const char *meant_after_declaration(const struct token *token) {
    switch (token->kind) {
    case TOKEN_EQUALS:
        return "no '=' after an id";
    case TOKEN_COLON:
        return token[1].starts_line ? "write '{' in place of ':', and '}' below what it holds"
                                    : "no ':' after an id";
    case TOKEN_OPEN_LIST:
    case TOKEN_OPEN_GROUP:
    case TOKEN_WORD:
        return "attributes stand in { }";
    default:
        return NULL;
    }
}

/* Whether one more declaration begins there. */
static bool begins_declaration(const struct parser *parser, const struct token *token) {
    return token->kind == TOKEN_WORD &&
           (token[1].kind == TOKEN_ARROW ||
            (token[1].kind != TOKEN_COLON &&
             kind_find(source_slice(parser->source, token_span(token))) != KIND_COUNT));
}

/* What is meant by text behind the block of a declaration; NULL: nobody knows. */
static const char *meant_after_block(const struct token *token) {
    switch (token->kind) {
    case TOKEN_STRING:
        return "the label stands before the '{'";
    case TOKEN_OPEN_BRACE:
        return "all attributes stand in one { }";
    case TOKEN_WORD:
        return token[1].kind == TOKEN_COLON ? "attributes stand before the '}'" : NULL;
    default:
        return NULL;
    }
}

static const char *meant_after_item(const struct parser *parser, const struct item *item,
                                    const struct token *token) {
    if (begins_declaration(parser, token))
        return "write ';' between declarations on one line";
    if (last_token(parser)->kind == TOKEN_CLOSE_BRACE)
        return meant_after_block(token);
    return item->kind == ITEM_DECLARATION ? meant_after_declaration(token) : NULL;
}

/* Reports text after a complete item that is neither of those, and its probable meaning. */
static void report_other(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    bool attribute = token->kind == TOKEN_WORD && token[1].kind == TOKEN_COLON;
    const char *hint = token->kind == TOKEN_ARROW ? "write a flow for each arrow"
                       : item->kind == ITEM_ATTRIBUTE && attribute
                           ? "write ';' between attributes on one line"
                           : meant_after_item(parser, item, token);
    if (added && hint)
        diag_hint(parser->diagnostics, added, "%s", hint);
}

void report_more(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    bool text = item->kind == ITEM_ATTRIBUTE && item->value->word.kind == VALUE_WORD &&
                (token->kind == TOKEN_WORD || token->kind == TOKEN_COLON) &&
                token[1].kind != TOKEN_COLON;
    struct taking taking = what_takes(word_text(&item->word));
    if (text && taking.known && !taking.texts)
        report_words(parser, item, &taking);
    else if (text)
        report_unquoted(parser, token - 1);
    else if (last_token(parser)->kind == TOKEN_CLOSE_BRACE)
        report_other(parser, item);
    else if (item->arrow && !word_text(&item->head->label).at && token->kind == TOKEN_WORD)
        report_unquoted(parser, token);
    else if (item->kind == ITEM_DECLARATION && token->kind == TOKEN_WORD &&
             token[1].kind == TOKEN_COLON)
        report_braceless(parser);
    else
        report_other(parser, item);
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
                  SLICE_ARGS(source_slice(parser->source, token_span(last))));
}

/* An arrow of another language. The flow is not turned round by the hint: `a <- b` is b -> a. */
void report_arrow(struct parser *parser, const struct token *arrow, struct head *head) {
    struct diagnostic *added = report_at(parser, DIAG_wrong_arrow, token_span(arrow),
                                         ARGS(source_slice(parser->source, token_span(arrow))));
    if (arrow->arrow == ARROW_LEFT && word_text(&ends_of(head)->to).length) {
        struct ends *ends = own_ends(parser->arena, head);
        *ends = (struct ends){ends->to, ends->from};
    }
    if (!added)
        return;
    if (arrow->arrow == ARROW_ODD)
        diag_hint(parser->diagnostics, added, "write '->'");
    else if (arrow->arrow == ARROW_BOTH)
        diag_hint(parser->diagnostics, added, "write two flows, one for each direction");
    else if (arrow->arrow == ARROW_LINE || !word_text(&ends_of(head)->to).length)
        diag_hint(parser->diagnostics, added, "write '->', from where data comes to where it goes");
    else
        diag_hint(parser->diagnostics, added, "swap the ends: %.*s -> %.*s",
                  SLICE_ARGS(word_text(&ends_of(head)->from)),
                  SLICE_ARGS(word_text(&ends_of(head)->to)));
}

void report_incomplete(struct parser *parser, const struct item *item) {
    struct diagnostic *added = report_at(parser, DIAG_incomplete_item, word_span(&item->word),
                                         ARGS(word_text(&item->word)));
    if (added && kind_find(word_text(&item->word)) != KIND_COUNT)
        diag_hint(parser->diagnostics, added, "give it an id, such as: %.*s x",
                  SLICE_ARGS(word_text(&item->word)));
    else if (added && !kind_meant(word_text(&item->word)) &&
             !strchr("@./-", *word_text(&item->word).at))
        diag_hint(parser->diagnostics, added, "if it is an id, say what it is: process %.*s",
                  SLICE_ARGS(word_text(&item->word)));
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
    struct span span = {item->word.start, second->end};
    const char *meant =
        kind_meant(text_join(parser->arena, word_text(&item->word), SLICE("_"), word));
    if (!meant)
        return;
    struct diagnostic *added =
        report_at(parser, DIAG_unknown_kind, span, ARGS(source_slice(parser->source, span)));
    if (added)
        diag_hint(parser->diagnostics, added, "write '%s'", meant);
    item->word = word_new(parser->arena, slice_of(meant), word_span(&item->word));
    parser->token++;
}

void skip_list_marks(struct parser *parser) {
    while (parser->token->kind == TOKEN_WORD && is_word_on_line(&parser->token[1]) &&
           is_list_mark(source_slice(parser->source, token_span(parser->token)))) {
        struct diagnostic *added = report_at(parser, DIAG_not_an_item, token_span(parser->token),
                                             ARGS(token_in_words(parser, parser->token)));
        if (added && is_item_end(&parser->token[2]))
            diag_hint(parser->diagnostics, added,
                      "the values of a list stand in [ ], after its name: data: [a, b]");
        else if (added)
            diag_hint(parser->diagnostics, added, "leave it away");
        advance(parser);
    }
}

/* ---- commas ------------------------------------------------------------------------------ */

static const char *meant_by_comma(bool flow, bool declaration, bool attribute) {
    return flow          ? "write a flow for each of them"
           : declaration ? "write one declaration a line"
           : attribute   ? "write ';'"
                         : "several values stand in [ ]";
}

void report_comma(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    bool more = !is_item_end(&token[1]), declaration = item->kind == ITEM_DECLARATION;
    bool attribute = token[1].kind == TOKEN_WORD && token[2].kind == TOKEN_COLON;
    bool flow = item->arrow || slice_is(word_text(&item->word), "flow");
    const struct taking taking = what_takes(word_text(&item->word));
    bool one = more && !declaration && !attribute && taking.known && !taking.lists;
    if (one && taking.texts) {
        report_unquoted(parser, token - 1);
        skip_item(parser);
        return;
    }
    for (const struct token *at = token; declaration && !at->starts_line; at++)
        flow |= at->kind == TOKEN_ARROW;
    struct diagnostic *added = report_at(parser, DIAG_comma_between, token_span(token),
                                         ARGS(flow          ? SLICE("ends of flows")
                                              : declaration ? SLICE("declarations")
                                                            : SLICE("attributes")));
    if (added && one)
        diag_hint(parser->diagnostics, added, "'%.*s' takes %s", SLICE_ARGS(word_text(&item->word)),
                  attribute_type_words[taking.type]);
    else if (added)
        diag_hint(parser->diagnostics, added, "%s",
                  more ? meant_by_comma(flow, declaration, attribute) : "leave it away");
    if (more && (!attribute || declaration))
        skip_item(parser);
    else
        parser->token++;
}

/* ---- braces ------------------------------------------------------------------------------ */

bool report_lost_brace(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token, *close = token;
    while (close->kind != TOKEN_END && !close->stray && close->line == token->line)
        close++;
    if (item->kind != ITEM_DECLARATION || item_block(item) || token->kind != TOKEN_WORD ||
        token[1].kind != TOKEN_COLON || !close->stray || close->line != token->line)
        return false;
    struct diagnostic *added = report_at(parser, DIAG_missing_brace, token_span(token), NULL);
    if (added)
        diag_hint(parser->diagnostics, added, "write '{' before it");
    return true;
}

void report_brace_on_own_line(struct parser *parser, const struct item *before) {
    struct diagnostic *added =
        report_at(parser, DIAG_brace_on_own_line, token_span(parser->token), NULL);
    struct slice line = slice_part(source_slice(parser->source, item_span(before)), 0, 60);
    bool whole = line.length < 60 && !slice_has(line, '\n');
    if (added)
        diag_hint(parser->diagnostics, added, "write: %.*s%s {",
                  SLICE_ARGS(whole ? line : word_text(&before->word)), whole ? "" : " ...");
}

/* Where braces match, indentation alone says what was meant: attributes below a declaration, and
 * declarations below one that may hold some. */
static bool is_meant_inside(const struct token *next, const struct item *item) {
    enum kind kind = kind_find(word_text(&item->word));
    if (next[1].kind == TOKEN_COLON && !next[1].starts_line)
        return !slice_is(word_text(&item->word), "import");
    for (size_t i = 0; i < KIND_COUNT && kind != KIND_COUNT; i++)
        if (kind_in(kind, kind_rows[i].parents))
            return true;
    return false;
}

/* The blanks that the line of an offset begins with. */
static struct slice blanks_before(const struct source *source, uint32_t at) {
    while (at && source->text.at[at - 1] != '\n')
        at--;
    uint32_t end = at;
    while (end < source->text.length && slice_has(SLICE(" \t"), source->text.at[end]))
        end++;
    return source_slice(source, (struct span){at, end});
}

/* Tabs and blanks are compared as they are, so that nobody has to know how wide a tab is. */
static bool is_deeper(const struct source *source, uint32_t inner, uint32_t outer) {
    struct slice longer = blanks_before(source, inner), shorter = blanks_before(source, outer);
    return longer.length > shorter.length &&
           slice_equal(slice_part(longer, 0, shorter.length), shorter);
}

/* In a block that is not indented itself, as after a merge, it says nothing. */
static bool is_indented_below(const struct parser *parser, const struct token *first) {
    const struct token *next = parser->token;
    return is_deeper(parser->source, next->start, first->start) &&
           (!parser->depth || is_deeper(parser->source, first->start, parser->block_start));
}

bool lacks_brace(const struct parser *parser, const struct token *first, const struct item *item) {
    const struct token *next = parser->token;
    if (item->kind != ITEM_DECLARATION || item_block(item) || !next->starts_line ||
        next->kind != TOKEN_WORD || !first->starts_line)
        return false;
    return parser->tokens.unbalanced
               ? token_indent(parser->source, next) > token_indent(parser->source, first)
               : is_indented_below(parser, first) && is_meant_inside(next, item);
}

void report_missing_brace(struct parser *parser, bool lacks_both) {
    struct diagnostic *added =
        report_at(parser, DIAG_missing_brace, token_span(last_token(parser)), NULL);
    if (added)
        diag_hint(parser->diagnostics, added, "write '{' after it%s",
                  lacks_both ? ", and '}' below what it holds" : "");
}

/* ---- attributes and declarations --------------------------------------------------------- */

bool report_no_brackets(struct parser *parser, const struct item *item) {
    struct diagnostic *added = expected_in_condition(parser, "'('");
    if (added)
        diag_hint(parser->diagnostics, added, "write: %.*s ( ... )",
                  SLICE_ARGS(word_text(&item->word)));
    return false;
}

void report_missing_value(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    struct diagnostic *added = report_at(parser, DIAG_expected_value, word_span(&item->word),
                                         ARGS(word_text(&item->word)));
    bool bracket = token->kind == TOKEN_OPEN_GROUP || token->kind == TOKEN_OPEN_BRACE;
    bool points = token->kind == TOKEN_WORD && token->starts_line &&
                  is_list_mark(source_slice(parser->source, token_span(token)));
    bool text =
        token->kind == TOKEN_STRING || token->kind == TOKEN_TEXT || token->kind == TOKEN_OPEN_LIST;
    if (added && ((bracket && !token->starts_line) || points))
        diag_hint(parser->diagnostics, added, "a list stands in [ ]");
    else if (added && text)
        diag_hint(parser->diagnostics, added, "the value begins on the same line");
}

bool report_call(struct parser *parser, const struct item *item) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    if (added)
        diag_hint(parser->diagnostics, added, "an id stands without brackets: %.*s ID",
                  SLICE_ARGS(word_text(&item->word)));
    return false;
}

bool report_colon_after_id(struct parser *parser, const struct item *item,
                           const struct token *first) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, first)));
    if (added && slice_is(word_text(&item->word), "flow"))
        diag_hint(parser->diagnostics, added, "a flow's name takes '=': flow NAME = a -> b");
    else if (added)
        diag_hint(parser->diagnostics, added, "%s",
                  parser->token[2].starts_line
                      ? "write '{' in place of ':', and '}' below what it holds"
                      : "no ':' after an id");
    return false;
}

void report_second_word(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    struct slice joined =
        text_format(parser->arena, "%.*s_%.*s", SLICE_ARGS(word_text(&item->head->name)),
                    SLICE_ARGS(source_slice(parser->source, token_span(token))));
    add_word_damage(parser, joined);
    if (token[1].kind == TOKEN_STRING && !token[1].starts_line)
        report_split_id(parser, token, joined);
    else
        report_unquoted(parser, token);
}

void report_no_item(struct parser *parser, const struct token *first) {
    if (first->kind == TOKEN_ARROW)
        report_at(parser, DIAG_missing_end, token_span(first), ARGS(SLICE("source")));
    else
        report_at(parser, DIAG_not_an_item, token_span(first), ARGS(token_in_words(parser, first)));
}

bool pass_odd_import(struct parser *parser, const struct item *item) {
    struct diagnostic *added = report_at(parser, DIAG_import_form, word_span(&item->word), NULL);
    if (added)
        diag_hint(parser->diagnostics, added, "write: import \"PATH\" as NAME");
    while (!is_item_end(parser->token))
        parser->token++;
    return false;
}

/* ---- flows ------------------------------------------------------------------------------- */

bool begins_flow(const struct token *equals) {
    return equals[1].kind == TOKEN_WORD && equals[2].kind == TOKEN_ARROW;
}

void report_flow_colon(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    struct diagnostic *added =
        report_at(parser, DIAG_flow_without_equals, word_span(&item->word), NULL);
    if (added && token[1].arrow == ARROW_RIGHT)
        diag_hint(parser->diagnostics, added,
                  "leave 'flow:' away, or write: flow NAME = %.*s -> ...",
                  SLICE_ARGS(source_slice(parser->source, token_span(token))));
}

void report_flow_without_equals(struct parser *parser, const struct item *item) {
    const struct token *token = parser->token;
    bool named = token->kind == TOKEN_WORD;
    if (token[named].arrow != ARROW_RIGHT)
        return; /* an odd arrow comes first: it may turn the ends round */
    struct diagnostic *added =
        report_at(parser, DIAG_flow_without_equals, word_span(&item->head->name), NULL);
    if (added && named)
        diag_hint(parser->diagnostics, added, "write: flow %.*s = %.*s -> ...",
                  SLICE_ARGS(word_text(&item->head->name)),
                  SLICE_ARGS(source_slice(parser->source, token_span(token))));
    else if (added)
        diag_hint(parser->diagnostics, added,
                  "leave 'flow' away, or write: flow NAME = %.*s -> ...",
                  SLICE_ARGS(word_text(&item->head->name)));
}

void report_early_equals(struct parser *parser, const struct item *item) {
    if (slice_is(word_text(&item->word), "flow")) {
        report_at(parser, DIAG_missing_id, word_span(&item->word), ARGS(SLICE("a named flow")));
        return;
    }
    bool flow = begins_flow(parser->token);
    struct diagnostic *added = report_at(parser, flow ? DIAG_unknown_kind : DIAG_expected_value,
                                         word_span(&item->word), ARGS(word_text(&item->word)));
    if (added)
        diag_hint(parser->diagnostics, added, "%s",
                  flow ? "a named flow begins with 'flow'"
                       : "an attribute takes ':' instead of '='");
}

bool pass_needless_equals(struct parser *parser, const struct item *item) {
    struct diagnostic *added = report_at(parser, DIAG_expected_end, token_span(parser->token),
                                         ARGS(token_in_words(parser, last_token(parser))));
    if (added)
        diag_hint(parser->diagnostics, added, "no '=' after an id: %.*s %.*s \"...\"",
                  SLICE_ARGS(word_text(&item->word)), SLICE_ARGS(word_text(&item->head->name)));
    advance(parser);
    return true;
}
