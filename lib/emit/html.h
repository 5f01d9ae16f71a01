/* HTML: text of others, and the document. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_HTML_H
#define EMIT_HTML_H

#include "emit/document.h"

/* The one door for text of the user into the page, between tags or in quotes: whatever it is, it
 * stays text. */
void write_html(struct writer *writer, struct slice text);
/* The same between tags, where what stands between two ` is code. */
void write_html_text(struct writer *writer, struct slice text);
/* Text of several lines, in which line breaks count. */
void write_html_lines(struct writer *writer, struct slice text);
/* A fragment that leads to this id: what a URL does not take as it is, is escaped. */
void write_fragment(struct writer *writer, struct slice id);

/* Writes a document about an emission as a part of a page. */
struct html {
    size_t cell;            /* columns that the open cell takes; 0: none is open */
    size_t level;           /* of the open heading */
    bool in_link, is_inner; /* a link in a link is none */
    bool in_verbatim;
};
struct document html_document(const struct emission *emission, struct html *html);

#endif
