/* One input text, and the way from a byte offset to line, column and the line itself. */
// SPDX-License-Identifier: MIT
#ifndef DIAG_SOURCE_H
#define DIAG_SOURCE_H

#include "base/text.h"

#include <stdint.h>

/* Bytes of a source. Offsets fit 32 bits, as a source is at most SOURCE_LIMIT bytes long. */
struct span {
    uint32_t start, end;
};

#define SOURCE_LIMIT ((size_t)64 << 20)

struct source {
    struct slice path; /* as the user wrote it, for messages */
    struct slice text; /* without a BOM */
    bool bom, crlf;    /* a text that is written back keeps them */
    bool is_ascii;     /* known once it has been checked */
    uint32_t *lines;   /* offset of each line's first byte; made on first use */
    size_t line_count;
    uint32_t last_offset; /* the last place asked for, from which the next is counted on */
    size_t last_column;
    size_t unit; /* its number among the files of a compilation */
    bool shared; /* read by several threads: nothing in it changes any more */
};

/* In the bytes that were handed in: a BOM is not part of the text. */
static inline size_t source_offset(const struct source *source, uint32_t offset) {
    return offset + (source->bom ? (size_t)3 : 0);
}

struct place {
    size_t line, column; /* from 1; the column counts characters */
};

/* Copies nothing: `path` and `text` live as long as the source. */
struct source *source_new(struct arena *arena, struct slice path, struct slice text);
/* From now on it is only read, whatever is asked of it. */
void source_share(struct arena *arena, struct source *source);
struct place source_place(struct arena *arena, struct source *source, uint32_t offset);
/* The line alone, without counting columns. */
size_t source_line_number(struct arena *arena, struct source *source, uint32_t offset);
/* The line, without its line break. */
struct slice source_line(struct arena *arena, struct source *source, size_t line);
static inline struct slice source_slice(const struct source *source, struct span span) {
    return slice_part(source->text, span.start, span.end - span.start);
}

#endif
