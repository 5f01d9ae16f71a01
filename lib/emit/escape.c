/* User text on its way out: each writer copies whole runs of harmless bytes and replaces the rest,
 * so that text can never become markup, structure or a command of the terminal. Bytes that are not
 * UTF-8 are written as U+FFFD everywhere. Markdown has a file of its own. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "emit/reader.h"

#include <string.h>

static void write_hex(struct writer *writer, uint32_t number, unsigned digits) {
    for (unsigned shift = digits * 4; shift; shift -= 4)
        write_char(writer, "0123456789ABCDEF"[number >> (shift - 4) & 0xf]);
}

void write_visible(struct writer *writer, int32_t character) {
    uint32_t number = (uint32_t)character;
    unsigned digits = 2;
    while (digits < 6 && number >> (digits * 4))
        digits++;
    write_string(writer, "\\u{");
    write_hex(writer, number, digits);
    write_char(writer, '}');
}

/* ---- XML --------------------------------------------------------------------------------- */

static const char *xml_replacement(int32_t character) {
    if (character_is_blank(character))
        return " "; /* a title or attribute is one line */
    switch (character) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return character < 0 ? REPLACEMENT : NULL;
    }
}

void write_xml(struct writer *writer, struct slice text) {
    struct reader reader = reader_of(writer, text);
    for (int32_t character; read_next(&reader, &character);) {
        const char *replacement = xml_replacement(character);
        if (replacement) {
            replace(&reader, replacement);
        } else if (is_hidden(&reader)) {
            write_run(&reader);
            write_visible(writer, character);
        }
    }
    write_rest(&reader);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static void write_json_unit(struct writer *writer, uint32_t unit) {
    write_string(writer, "\\u");
    write_hex(writer, unit, 4);
}

static void write_json_escape(struct writer *writer, int32_t character) {
    static const char plain[] = "\"\\\b\f\n\r\t", escaped[] = "\"\\bfnrt";
    const char *found = character && character < 0x80 ? strchr(plain, character) : NULL;
    if (found) {
        write_char(writer, '\\');
        write_char(writer, escaped[found - plain]);
    } else if (character > 0xffff) {
        uint32_t rest = (uint32_t)character - 0x10000;
        write_json_unit(writer, 0xd800 + (rest >> 10));
        write_json_unit(writer, 0xdc00 + (rest & 0x3ff));
    } else {
        write_json_unit(writer, (uint32_t)character);
    }
}

/* Bytes of other characters than ASCII are negative. */
static bool is_special(signed char c) {
    return c < ' ' || c == 0x7f || c == '"' || c == '\\' || c == '[';
}

/* Compilers make vector code of a loop over a fixed number of bytes without a way out. */
#define RUN 16
#define LONG_RUN 64
static inline bool is_plain_run(const signed char *at, size_t length) {
    unsigned char special = 0;
    for (size_t i = 0; i < length; i++)
        special |= is_special(at[i]) ? 1 : 0;
    return !special;
}

/* Most of a large output is plain ASCII, which needs no decoding. The last run of a text overlaps
 * the one before. */
static const char *skip_plain(const char *from, const char *to) {
    const signed char *start = (const signed char *)from, *at = start;
    const signed char *end = (const signed char *)to;
    while (end - at >= LONG_RUN && is_plain_run(at, LONG_RUN))
        at += LONG_RUN;
    while (end - at >= RUN && is_plain_run(at, RUN))
        at += RUN;
    if (end - at < RUN && end - start >= RUN && is_plain_run(end - RUN, RUN))
        at = end;
    while (at < end && !is_special(*at))
        at++;
    return (const char *)at;
}

/* Which characters are escaped: those that hide, reorder, look like a blank or begin a command, for
 * people who read JSON as text, in a terminal, a log or a review. As data, every character is kept.
 */
static bool json_escapes(int32_t c) {
    return c == '"' || c == '\\' || character_is_hidden(c) || (c != ' ' && character_is_blank(c));
}

/* `plain`: where the first character stands that is to be looked at. */
static void write_json_text(struct writer *writer, struct slice text, const char *plain) {
    struct reader reader = reader_of(writer, text);
    reader.at = plain;
    for (int32_t character; read_next(&reader, &character);
         reader.at = skip_plain(reader.at, reader.end)) {
        if (character < 0) {
            replace(&reader, REPLACEMENT);
        } else if (json_escapes(character) ||
                   (character == '[' && completes_log_command(text, reader.last))) {
            write_run(&reader);
            write_json_escape(writer, character);
        }
    }
    write_rest(&reader);
}

void write_json_string(struct writer *writer, struct slice text) {
    const char *end = text.length ? text.at + text.length : text.at;
    const char *plain = skip_plain(text.at, end);
    write_char(writer, '"');
    if (plain == end)
        write_slice(writer, text);
    else
        write_json_text(writer, text, plain);
    write_char(writer, '"');
}

/* ---- terminal ---------------------------------------------------------------------------- */

static void write_shown(struct writer *writer, struct slice text, const char *blank) {
    struct reader reader = reader_of(writer, text);
    for (int32_t character; read_next(&reader, &character);) {
        if (character == ' ')
            continue;
        if (character < 0) {
            replace(&reader, REPLACEMENT);
        } else if (blank && character_is_blank(character)) {
            replace(&reader, blank);
        } else if (character_is_blank(character) || is_hidden(&reader) ||
                   completes_log_command(text, reader.last)) {
            write_run(&reader);
            write_visible(writer, character);
        }
    }
    write_rest(&reader);
}

void write_terminal(struct writer *writer, struct slice text) {
    write_shown(writer, text, " ");
}

void write_file_name(struct writer *writer, struct slice name) {
    write_shown(writer, name, NULL);
}

void write_percent(struct writer *writer, unsigned char byte) {
    write_char(writer, '%');
    write_hex(writer, byte, 2);
}
