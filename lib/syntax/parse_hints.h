/* Messages about items that are nearly right, for parser.c. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_PARSE_HINTS_H
#define SYNTAX_PARSE_HINTS_H

#include "syntax/parse_state.h"

/* Text without quotes, from this token on. */
void report_unquoted(struct parser *parser, const struct token *token);
/* process my api "API"; `joined` could be its id. */
void report_split_id(struct parser *parser, const struct token *token, struct slice joined);
/* process api kind: web */
void report_braceless(struct parser *parser);
/* Text after a complete item. */
void report_more(struct parser *parser, const struct item *item);
void report_missing_end(struct parser *parser, const char *which);
/* An arrow of another language; ends that stand the wrong way round are swapped. */
void report_arrow(struct parser *parser, const struct token *arrow, struct head *head);
/* A word alone. */
void report_incomplete(struct parser *parser, const struct item *item);
/* Reads a kind of two words, trust boundary, as the one that is meant. */
void join_kind(struct parser *parser, struct item *item);
/* Passes over "-" and "1." before an item. */
void skip_list_marks(struct parser *parser);

#endif
