/* Finds lines and columns in a source. Line starts are found once, in one pass, when the first
 * message needs a place. */
// SPDX-License-Identifier: MIT
#include "diag/source.h"

#include <string.h>

struct source *source_new(struct arena *arena, struct slice path, struct slice text) {
    struct source *source = ARENA_NEW(arena, struct source);
    source->path = path;
    source->bom = slice_starts(text, "\xef\xbb\xbf");
    source->text = source->bom ? slice_part(text, 3, text.length) : text;
    const char *newline = text.length ? memchr(text.at, '\n', text.length) : NULL;
    source->crlf = newline && newline > text.at && newline[-1] == '\r';
    return source;
}

static void find_lines(struct arena *arena, struct source *source) {
    ARRAY_OF(uint32_t) lines = {0};
    *ARRAY_ADD(arena, &lines) = 0;
    for (size_t i = 0; i < source->text.length; i++)
        if (source->text.at[i] == '\n')
            *ARRAY_ADD(arena, &lines) = (uint32_t)(i + 1);
    source->lines = lines.items;
    source->line_count = lines.count;
}

void source_share(struct arena *arena, struct source *source) {
    if (source->shared)
        return;
    if (!source->lines)
        find_lines(arena, source);
    source->shared = true;
}

size_t source_line_number(struct arena *arena, struct source *source, uint32_t offset) {
    if (!source->lines)
        find_lines(arena, source);
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

struct place source_place(struct arena *arena, struct source *source, uint32_t offset) {
    size_t line = source_line_number(arena, source, offset);
    uint32_t start = source->lines[line - 1];
    size_t column = 1;
    if (source->last_offset >= start && source->last_offset <= offset && source->last_column) {
        start = source->last_offset;
        column = source->last_column;
    }
    column += utf8_count(slice_part(source->text, start, offset - start));
    if (!source->shared) {
        source->last_offset = offset;
        source->last_column = column;
    }
    return (struct place){line, column};
}

struct slice source_line(struct arena *arena, struct source *source, size_t line) {
    if (!source->lines)
        find_lines(arena, source);
    uint32_t start = source->lines[line - 1];
    size_t end = line < source->line_count ? source->lines[line] - 1 : source->text.length;
    if (end > start && source->text.at[end - 1] == '\r')
        end--;
    return slice_part(source->text, start, end - start);
}
