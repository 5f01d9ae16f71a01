/* Text of the user as Markdown. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_MARKDOWN_H
#define EMIT_MARKDOWN_H

#include "emit/document.h"

/* Writes any text as code: `x`, or <code> where backticks would not do. */
void write_markdown_code(struct writer *writer, struct slice code);
/* Writes a document as Markdown. */
void write_as_markdown(const struct emission *emission, document_content *content,
                       const void *what);

#endif
