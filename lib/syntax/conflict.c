/* See conflict.h. Git's markers are lines that begin with seven characters, or as many as
 * conflict-marker-size says; all of one conflict have the same length. */
// SPDX-License-Identifier: MIT
#include "syntax/conflict.h"

#define SHORTEST_MARKER 7

/* The line at the offset, without its break. */
static struct slice line_at(struct slice text, uint32_t at) {
    size_t end = at;
    while (end < text.length && text.at[end] != '\n')
        end++;
    end -= end > at && text.at[end - 1] == '\r';
    return slice_part(text, at, end - at);
}

static uint32_t next_line(struct slice text, uint32_t at) {
    const char *end = at < text.length ? memchr(text.at + at, '\n', text.length - at) : NULL;
    return end ? (uint32_t)(end - text.at) + 1 : (uint32_t)text.length;
}

/* How many of the character the line begins with, where a blank or nothing follows. */
static size_t marker_length(struct slice line, char c) {
    size_t length = 0;
    while (length < line.length && line.at[length] == c)
        length++;
    return length == line.length || line.at[length] == ' ' ? length : 0;
}

/* The first line from the offset on that is a marker of this length; the length of the text where
 * there is none. */
static uint32_t find_marker(struct slice text, uint32_t at, char c, size_t length) {
    while (at < text.length && marker_length(line_at(text, at), c) != length)
        at = next_line(text, at);
    return at;
}

static struct span line_span(struct slice text, uint32_t at) {
    return (struct span){at, at + (uint32_t)line_at(text, at).length};
}

bool find_conflict(struct slice text, uint32_t from, struct conflict *found) {
    for (uint32_t at = from; at < text.length; at = next_line(text, at)) {
        size_t length = text.at[at] == '<' ? marker_length(line_at(text, at), '<') : 0;
        if (length < SHORTEST_MARKER)
            continue;
        uint32_t middle = find_marker(text, next_line(text, at), '=', length);
        uint32_t last = find_marker(text, next_line(text, middle), '>', length);
        if (last >= text.length)
            continue;
        *found = (struct conflict){line_span(text, at), line_span(text, last)};
        return true;
    }
    return false;
}
