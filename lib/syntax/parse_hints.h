/* Messages about what is nearly right, for parser.c. Those that return false say that nothing of
 * the item can be used. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_PARSE_HINTS_H
#define SYNTAX_PARSE_HINTS_H

#include "syntax/parse_state.h"

/* Text without quotes, from this token on. */
void report_unquoted(struct parser *parser, const struct token *token);
/* process api kind: web */
void report_braceless(struct parser *parser);
/* Something after a complete item. */
void report_more(struct parser *parser, const struct item *item);
/* carries: a, b  or  owner: "x", kind: y  or  a -> b, c  or  a, b -> c. Passes over the comma, or
 * over the item where nothing can be made of the rest. */
void report_comma(struct parser *parser, const struct item *item);
/* A word alone. */
void report_incomplete(struct parser *parser, const struct item *item);
/* Something that is no word where an item should begin. */
void report_no_item(struct parser *parser, const struct token *first);

/* process api "API" kind: api }. False, and nothing reported, where it is something else. */
bool report_lost_brace(struct parser *parser, const struct item *item);
/* A "{" on a line of its own, after the item that it belongs to. */
void report_brace_on_own_line(struct parser *parser, const struct item *before);
/* Where the lines below a declaration stand deeper, its { is missing: of any where a } is left over,
 * and all tokens are in memory; elsewhere of one whose inside they can be. */
bool lacks_brace(const struct parser *parser, const struct token *first, const struct item *item);
/* `lacks_both`: its } as well. */
void report_missing_brace(struct parser *parser, bool lacks_both);

/* when: ... */
bool report_no_brackets(struct parser *parser, const struct item *item);
/* kind: and then nothing that is a value */
void report_missing_value(struct parser *parser, const struct item *item);
/* process(api) */
bool report_call(struct parser *parser, const struct item *item);
/* process api: "API" */
bool report_colon_after_id(struct parser *parser, const struct item *item,
                           const struct token *first);
/* process my api: a label without quotes, or an id of two words. */
void report_second_word(struct parser *parser, const struct item *item);
/* import without its quotes, its alias, or with both the other way round; passes over it. */
bool pass_odd_import(struct parser *parser, const struct item *item);

void report_missing_end(struct parser *parser, const char *which);
/* An arrow of another language; ends that stand the wrong way round are swapped. */
void report_arrow(struct parser *parser, const struct token *arrow, struct head *head);
/* flow: a -> b */
void report_flow_colon(struct parser *parser, const struct item *item);
/* flow a -> b, or flow NAME a -> b */
void report_flow_without_equals(struct parser *parser, const struct item *item);
/* pay = a -> b, flow = a -> b, kind = api */
void report_early_equals(struct parser *parser, const struct item *item);
/* `edge pay = a -> b` is a flow with another word for its kind; `process api = "API"` is none. */
bool begins_flow(const struct token *equals);
/* process api = "API"; reading goes on after the "=". */
bool pass_needless_equals(struct parser *parser, const struct item *item);

/* Reads a kind of two words, trust boundary, as the one that is meant. */
void join_kind(struct parser *parser, struct item *item);
/* Passes over "-" and "1." before an item. */
void skip_list_marks(struct parser *parser);

#endif
