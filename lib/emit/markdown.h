/* Text of the user as Markdown. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_MARKDOWN_H
#define EMIT_MARKDOWN_H

#include "emit/emit.h"

/* Writes any text as code: `x`, or <code> where backticks would not do. */
void write_markdown_code(struct writer *writer, struct slice code);

#endif
