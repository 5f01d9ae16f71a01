/* Finds which brace belongs to which when their numbers do not match. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_BRACES_H
#define SYNTAX_BRACES_H

#include "syntax/lexer.h"

/* Blanks before the token's line. */
size_t token_indent(const struct source *source, const struct token *token);

/* Where { and } do not match, finds by indentation which { lacks its } (`unclosed` of the token
 * before which it should stand) and which } lacks its { (`stray`). */
void match_braces(struct arena *arena, struct tokens *tokens);

#endif
