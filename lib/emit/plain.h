/* A document as text for the terminal. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_PLAIN_H
#define EMIT_PLAIN_H

#include "emit/document.h"

/* Writes a document in lines of `emission->options.width` columns at most, 80 by default. */
void write_as_plain(const struct emission *emission, document_content *content, const void *what);

#endif
