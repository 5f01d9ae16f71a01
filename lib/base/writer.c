/* Writes text to a sink, through a buffer of 4 KiB; larger pieces go straight through. */
// SPDX-License-Identifier: MIT
#include "base/writer.h"

#include <string.h>

void writer_open(struct writer *writer, writer_sink *sink, void *context) {
    writer->sink = sink;
    writer->context = context;
    writer->failed = false;
    writer->used = 0;
}

static void flush(struct writer *writer) {
    if (writer->used && !writer->failed)
        writer->failed = !writer->sink(writer->context, writer->pending, writer->used);
    writer->used = 0;
}

bool writer_close(struct writer *writer) {
    flush(writer);
    return !writer->failed;
}

void write_through(struct writer *writer, const char *at, size_t length) {
    flush(writer);
    if (length <= sizeof writer->pending)
        write_bytes(writer, at, length);
    else if (!writer->failed)
        writer->failed = !writer->sink(writer->context, at, length);
}

void write_decimal(struct writer *writer, size_t number) {
    char digits[24], *at = digits + sizeof digits;
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    write_bytes(writer, at, (size_t)(digits + sizeof digits - at));
}

void write_count(struct writer *writer, size_t count, const char *noun) {
    write_format(writer, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void write_repeated(struct writer *writer, char c, size_t count) {
    while (count--)
        write_char(writer, c);
}

/* The conversions that this code base uses, straight into the buffer: no length limit, no locale,
 * and several times the speed of vsnprintf. */
void write_format(struct writer *writer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    for (const char *at = format; *at; at++) {
        const char *percent = strchr(at, '%');
        if (!percent) {
            write_string(writer, at);
            break;
        }
        write_bytes(writer, at, (size_t)(percent - at));
        at = percent + 1;
        if (*at == 's') {
            write_string(writer, va_arg(args, const char *));
        } else if (strncmp(at, ".*s", 3) == 0) {
            int length = va_arg(args, int);
            write_bytes(writer, va_arg(args, const char *), (size_t)length);
            at += 2;
        } else if (*at == 'c') {
            write_char(writer, (char)va_arg(args, int));
        } else if (*at == '%') {
            write_char(writer, '%');
        } else if (strncmp(at, "zu", 2) == 0) {
            write_decimal(writer, va_arg(args, size_t));
            at++;
        } else {
            int number = va_arg(args, int);
            if (number < 0)
                write_char(writer, '-');
            write_decimal(writer, number < 0 ? 0u - (unsigned)number : (unsigned)number);
        }
    }
    va_end(args);
}

static bool sink_to_memory(void *context, const char *at, size_t length) {
    struct memory_writer *memory = context;
    size_t needed = memory->bytes.count + length;
    if (!memory->bytes.items || needed > memory->bytes.capacity) {
        /* Most texts come in one piece. */
        size_t larger = memory->bytes.capacity ? needed * 2 : needed;
        char *copy = arena_alloc(memory->arena, larger);
        if (memory->bytes.count)
            memcpy(copy, memory->bytes.items, memory->bytes.count);
        memory->bytes.items = copy;
        memory->bytes.capacity = larger;
    }
    memcpy(memory->bytes.items + memory->bytes.count, at, length);
    memory->bytes.count = needed;
    return true;
}

void memory_writer_open(struct memory_writer *memory, struct arena *arena) {
    memory->arena = arena; /* not the whole struct: its buffer need not be cleared */
    memory->bytes.items = NULL;
    memory->bytes.count = memory->bytes.capacity = 0;
    writer_open(&memory->writer, sink_to_memory, memory);
}

struct slice memory_writer_close(struct memory_writer *memory) {
    writer_close(&memory->writer);
    return (struct slice){memory->bytes.items, memory->bytes.count};
}

/* ---- commands ---------------------------------------------------------------------------- */

static bool is_plain_word(struct slice word) {
    struct slice plain = SLICE("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                               "_@%+=:,./-");
    for (size_t i = 0; i < word.length; i++)
        if (!slice_has(plain, word.at[i]))
            return false;
    return word.length > 0;
}

void write_shell_word(struct writer *writer, struct slice word) {
    if (is_plain_word(word)) {
        write_slice(writer, word);
        return;
    }
    write_char(writer, '\'');
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] == '\'')
            write_string(writer, "'\\''");
        else
            write_char(writer, word.at[i]);
    write_char(writer, '\'');
}

void write_shell_path(struct writer *writer, struct slice path) {
    if (slice_starts(path, "-") && path.length > 1)
        write_string(writer, "./");
    write_shell_word(writer, path);
}

struct slice shell_path(struct arena *arena, struct slice path) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_shell_path(&text.writer, path);
    return memory_writer_close(&text);
}
