/* The digest shows whether somebody has edited a file. It does not see line ends, as version
 * control may change them. It is no seal: anybody can compute it anew, and then risks that the text
 * is written over. */
// SPDX-License-Identifier: MIT
#include "emit/origin.h"

#include "base/mark.h"
#include "base/table.h"

#include <inttypes.h>
#include <stdio.h>

#define DIGITS 16

static const char made[] = MADE_BY_US " from ";
static const char advice[] = "; edit that file, not this one.";
static const char shortest_advice[] = "; edit that"; /* what files of older versions say, too */
static const char digest_word[] = " Digest ";

/* ---- the digest -------------------------------------------------------------------------- */

struct digest {
    struct arena *arena; /* of an emission; NULL of a file that is read */
    uint64_t hash;
    bool returned; /* a carriage return that may belong to a line end */
};

static bool take_bytes(void *context, const char *at, size_t length) {
    struct digest *digest = context;
    if (digest->arena)
        arena_ask(digest->arena);
    for (size_t i = 0; i < length; i++) {
        if (digest->returned && at[i] != '\n')
            digest->hash = text_hash(digest->hash, SLICE("\r"));
        digest->returned = at[i] == '\r';
        if (!digest->returned)
            digest->hash = text_hash(digest->hash, (struct slice){at + i, 1});
    }
    return true;
}

static void write_digits(const struct digest *digest, char digits[DIGITS + 1]) {
    snprintf(digits, DIGITS + 1, "%016" PRIx64, digest->hash);
}

/* ---- writing ----------------------------------------------------------------------------- */

void write_model_name(struct writer *writer, struct arena *arena, struct slice name) {
    struct memory_writer visible, escaped;
    memory_writer_open(&visible, arena);
    write_file_name(&visible.writer, name);
    memory_writer_open(&escaped, arena);
    write_xml(&escaped.writer, memory_writer_close(&visible));
    struct slice text = memory_writer_close(&escaped);
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == '%')
            write_string(writer, "#37;");
        else
            write_char(writer, text.at[i]);
}

static void write_line(struct emission *emission, const struct format *format,
                       const struct digest *digest) {
    char digits[DIGITS + 1];
    write_digits(digest, digits);
    write_string(emission->writer, format->comment);
    write_string(emission->writer, made);
    write_model_name(emission->writer, emission->arena, emission->options.model_name);
    write_string(emission->writer, advice);
    write_format(emission->writer, "%s%s.%s\n", digest_word, digits, format->comment_end);
}

/* Written twice, first into the digest, so that no output is held in memory as a whole. Nothing of
 * what an emitter allocates is used after it. */
bool emit_with_origin(struct emission *emission, const struct format *format) {
    struct digest digest = {.arena = emission->arena, .hash = TEXT_HASH};
    struct writer digesting, *writer = emission->writer;
    if (!format->comment || !emission->options.model_name.length)
        return format->emit(emission);
    struct arena_mark mark = arena_mark(emission->arena);
    writer_open(&digesting, take_bytes, &digest);
    emission->writer = &digesting;
    bool can_be_made = format->emit(emission);
    writer_close(&digesting);
    emission->writer = writer;
    if (!can_be_made)
        return false; /* the reason is among the diagnostics, which were allocated after the mark */
    arena_rewind(emission->arena, mark);
    write_line(emission, format, &digest);
    return format->emit(emission);
}

/* ---- reading ----------------------------------------------------------------------------- */

/* The text after the last `mark`, or "". */
static struct slice after_last(struct slice text, const char *mark) {
    size_t length = strlen(mark);
    for (size_t i = text.length; i >= length; i--)
        if (text.at[i - length] == *mark && memcmp(text.at + i - length, mark, length) == 0)
            return slice_part(text, i, text.length);
    return (struct slice){0};
}

/* The text after the beginning, whatever its line ends; at = NULL when the text begins otherwise.
 */
static struct slice after(struct slice text, const char *beginning) {
    size_t i = 0;
    for (; *beginning; beginning++) {
        i += *beginning == '\n' && i < text.length && text.at[i] == '\r';
        if (i >= text.length || text.at[i++] != *beginning)
            return (struct slice){0};
    }
    return slice_part(text, i, text.length);
}

/* False when the line has no digest: older versions wrote none. */
static bool is_edited(struct slice line, struct slice rest) {
    struct digest digest = {.hash = TEXT_HASH};
    char digits[DIGITS + 1];
    struct slice said = slice_part(after_last(line, digest_word), 0, DIGITS);
    take_bytes(&digest, rest.at, rest.length);
    write_digits(&digest, digits);
    return said.length && !slice_is(said, digits);
}

/* The blank line after some comments is no part of the output itself. */
static struct slice output_after(const struct format *format, struct slice rest) {
    return strchr(format->comment_end, '\n') ? after(rest, "\n") : rest;
}

static bool read_comment(const struct format *format, struct slice text, struct origin *origin) {
    struct slice rest = text, line = {0};
    slice_cut(&rest, '\n', &line);
    struct slice name = after(line, format->comment);
    name = name.at ? after(name, made) : name;
    struct slice said = name.at ? after_last(name, shortest_advice) : (struct slice){0};
    if (!said.at)
        return false;
    size_t length = (size_t)(said.at - name.at) - strlen(shortest_advice);
    *origin = (struct origin){format, slice_part(name, 0, length),
                              is_edited(said, output_after(format, rest))};
    return true;
}

/* Formats without comments are known by how they begin; where that ends in a quote, the model's
 * name follows up to the next one. */
static bool read_opening(const struct format *format, struct slice text, struct origin *origin) {
    struct slice rest = after(text, format->opening), name = {0};
    if (!rest.at)
        return false;
    if (format->opening[strlen(format->opening) - 1] == '"' && !slice_cut(&rest, '"', &name))
        return false;
    *origin = (struct origin){format, name, format->is_filled_in && format->is_filled_in(rest)};
    return true;
}

struct origin read_origin(struct slice text) {
    struct origin origin = {0};
    for (size_t i = 0; i < format_count; i++)
        if (formats[i].comment ? read_comment(&formats[i], text, &origin)
                               : read_opening(&formats[i], text, &origin))
            break;
    return origin;
}
