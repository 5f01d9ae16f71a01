/* Text of the user, read character by character for an output: whole runs of harmless bytes are
 * copied, the rest is replaced. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_READER_H
#define EMIT_READER_H

#include "base/writer.h"

#define REPLACEMENT "\xef\xbf\xbd" /* for bytes that are not UTF-8 */

/* Text that is read character by character. `run` is where the part begins that has been read but
 * not written; `last` is the first byte of the character that was read last. */
struct reader {
    struct writer *writer;
    const char *run, *last, *at, *end;
    int32_t before, character; /* the last two that were read; -1: none */
};

static inline struct reader reader_of(struct writer *writer, struct slice text) {
    const char *at = text.length ? text.at : "";
    return (struct reader){writer, at, at, at, at + text.length, -1, -1};
}

static inline bool read_next(struct reader *reader, int32_t *character) {
    if (reader->at == reader->end)
        return false;
    reader->last = reader->at;
    reader->before = reader->character;
    *character = reader->character = utf8_next(&reader->at, reader->end);
    return true;
}

/* The character that was read last cannot be seen, or changes how others are seen. */
static inline bool is_hidden(const struct reader *reader) {
    if (!character_is_hidden(reader->character))
        return false;
    const char *at = reader->at;
    int32_t after = at < reader->end ? utf8_next(&at, reader->end) : -1;
    return character_is_hidden_between(reader->before, reader->character, after);
}

/* Writes what was read before the last character; that one is dropped. */
static inline void write_run(struct reader *reader) {
    write_bytes(reader->writer, reader->run, (size_t)(reader->last - reader->run));
    reader->run = reader->at;
}

static inline void replace(struct reader *reader, const char *replacement) {
    write_run(reader);
    write_string(reader->writer, replacement);
}

static inline void write_rest(struct reader *reader) {
    write_bytes(reader->writer, reader->run, (size_t)(reader->end - reader->run));
}

/* A character that must not reach a reader's screen, as the language itself would write it. */
void write_visible(struct writer *writer, int32_t character);

/* The character at a place of the text ends what a service that reads logs takes for the beginning
 * of a command. Shown in another way, it ends nothing. */
bool completes_log_command(struct slice text, const char *at);

#endif
