/* Where output goes: a sink that gathers bytes, hands them to a callback and remembers the first
 * failure, so that emitters need no checks and the caller needs one. */
// SPDX-License-Identifier: MIT
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include "base/text.h"

/* Takes all of the bytes and returns true, or returns false. */
typedef bool writer_sink(void *context, const char *at, size_t length);

struct writer {
    writer_sink *sink;
    void *context;
    bool failed;
    size_t used;
    char pending[4096];
};

void writer_open(struct writer *writer, writer_sink *sink, void *context);
/* False when any byte was not taken. */
bool writer_close(struct writer *writer);

/* Writes bytes for which `pending` has no room. */
void write_through(struct writer *writer, const char *at, size_t length);

/* Short pieces are written by the million: here, so that they become a copy in place. */
static inline void write_bytes(struct writer *writer, const char *at, size_t length) {
    if (length > sizeof writer->pending - writer->used) {
        write_through(writer, at, length);
    } else if (length) {
        memcpy(writer->pending + writer->used, at, length);
        writer->used += length;
    }
}

static inline void write_slice(struct writer *writer, struct slice slice) {
    write_bytes(writer, slice.at, slice.length);
}

static inline void write_string(struct writer *writer, const char *text) {
    write_bytes(writer, text, strlen(text));
}

static inline void write_char(struct writer *writer, char c) {
    write_bytes(writer, &c, 1);
}

void write_repeated(struct writer *writer, char c, size_t count);
void write_decimal(struct writer *writer, size_t number);
/* "1 flow", "2 flows". */
void write_count(struct writer *writer, size_t count, const char *noun);
/* %s %.*s %c %d %u %zu %% only. */
void write_format(struct writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Text in memory: a writer whose bytes end in the arena. */
struct memory_writer {
    struct writer writer;
    struct arena *arena;
    ARRAY_OF(char) bytes;
};
void memory_writer_open(struct memory_writer *memory, struct arena *arena);
struct slice memory_writer_close(struct memory_writer *memory);

/* A word of a command, quoted where the shell would take it for more than that. */
void write_shell_word(struct writer *writer, struct slice word);
/* A path likewise; one that would be taken for an option is a path all the same. */
void write_shell_path(struct writer *writer, struct slice path);
struct slice shell_path(struct arena *arena, struct slice path);

#endif
