/* How much of a very large model the report has: its first rows, and the flows that have one of them.
 * A browser would need minutes for all of it. The document always has everything. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_EXTENT_H
#define EMIT_EXTENT_H

#include "emit/document_words.h"

/* As many as a browser opens without a long pause: some thirty megabytes. */
#define PAGE_ROWS 20000

/* Decides it, at the beginning of the page; all of it where the caller wants that. */
void cut_page(struct emission *emission);
/* Of the rows that are wanted, how many there are. */
size_t count_wanted_rows(const struct emission *emission);

/* Whether the page has a row: it is among the first, and of the tier that is wanted. */
static inline bool page_has_row(const struct emission *emission, const struct row *row) {
    return row->place < emission->page_end && shows_tier(emission, row->tier);
}
/* Elements and boundaries are always there; in the document everything is. */
bool page_has_subject(const struct emission *emission, const struct decl *subject);
/* "12 more flows are not in this page.", where there are any. */
void put_absent_flows(struct document *document, size_t count);

#endif
