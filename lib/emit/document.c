/* Short ways to write what the document has again and again. */
// SPDX-License-Identifier: MIT
#include "emit/document.h"

static void put_within(struct document *document, enum document_part part, const char *words) {
    open_part(document, part);
    put_words(document, words);
    close_part(document, part);
}

void put_heading(struct document *document, unsigned level, const char *words) {
    open_heading(document, level);
    put_words(document, words);
    close_part(document, PART_HEADING);
}

void put_paragraph(struct document *document, const char *words) {
    put_within(document, PART_PARAGRAPH, words);
}

void put_strong(struct document *document, const char *words) {
    put_within(document, PART_STRONG, words);
}

void put_emphasis(struct document *document, const char *words) {
    put_within(document, PART_EMPHASIS, words);
}

void put_number(struct document *document, size_t number) {
    char digits[24], *at = digits + sizeof digits;
    *--at = 0;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    put_words(document, at);
}

void put_count(struct document *document, size_t count, const char *one, const char *many) {
    put_number(document, count);
    put_words(document, " ");
    put_words(document, count == 1 ? one : many);
}

void put_between(struct document *document, bool more, const char *words) {
    if (more)
        put_words(document, words);
}

void put_left_out(struct document *document, size_t count) {
    if (!count)
        return;
    put_words(document, " and ");
    put_number(document, count);
    put_words(document, " more");
}
