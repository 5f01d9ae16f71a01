/* Where the page of a very large model ends. */
// SPDX-License-Identifier: MIT
#include "emit/extent.h"

size_t count_wanted_rows(const struct emission *emission) {
    const struct rows *rows = emission->rows;
    size_t count = 0;
    for (size_t i = 0; i < rows->listed_count; i++)
        count += shows_tier(emission, rows->ranked[i]->tier);
    return count;
}

/* The place behind the last row that the page has. */
static size_t find_page_end(const struct emission *emission) {
    const struct rows *rows = emission->rows;
    size_t place = 0;
    for (size_t left = PAGE_ROWS; place < rows->listed_count; place++)
        if (shows_tier(emission, rows->ranked[place]->tier) && !left--)
            break;
    return place;
}

void cut_page(struct emission *emission) {
    size_t all = emission->rows->listed_count;
    emission->page_end = emission->options.all ? all : find_page_end(emission);
    emission->page_is_cut = emission->page_end < all;
}

bool page_has_subject(const struct emission *emission, const struct decl *subject) {
    if (!emission->page_is_cut || subject->kind != KIND_FLOW)
        return true;
    const struct row *rows = rows_of(emission->rows, subject);
    for (size_t i = 0; i < emission->rows->pack->method->letter_count; i++)
        if (page_has_row(emission, &rows[i]))
            return true;
    return false;
}

void put_absent_flows(struct document *document, size_t count) {
    if (!count)
        return;
    open_part(document, PART_PARAGRAPH);
    put_count(document, count, "more flow is", "more flows are");
    put_words(document, " not in this page.");
    close_part(document, PART_PARAGRAPH);
}
