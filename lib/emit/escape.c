/* User text on its way out: each writer copies whole runs of harmless bytes and replaces the rest,
 * so that text can never become markup, structure or a command of the terminal. Bytes that are not
 * UTF-8 are written as U+FFFD everywhere. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "emit/markdown.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* Text that is read character by character. `run` is where the part begins that has been read but
 * not written; `last` is the first byte of the character that was read last. */
struct reader {
    struct writer *writer;
    const char *run, *last, *at, *end;
};

static struct reader reader_of(struct writer *writer, struct slice text) {
    const char *at = text.length ? text.at : "";
    return (struct reader){writer, at, at, at, at + text.length};
}

static bool read_next(struct reader *reader, int32_t *character) {
    if (reader->at == reader->end)
        return false;
    reader->last = reader->at;
    *character = utf8_next(&reader->at, reader->end);
    return true;
}

/* Writes what was read before the last character; that one is dropped. */
static void write_run(struct reader *reader) {
    write_bytes(reader->writer, reader->run, (size_t)(reader->last - reader->run));
    reader->run = reader->at;
}

static void replace(struct reader *reader, const char *replacement) {
    write_run(reader);
    write_string(reader->writer, replacement);
}

static void write_rest(struct reader *reader) {
    write_bytes(reader->writer, reader->run, (size_t)(reader->end - reader->run));
}

static void write_hex(struct writer *writer, uint32_t number, unsigned digits) {
    for (unsigned shift = digits * 4; shift; shift -= 4)
        write_char(writer, "0123456789ABCDEF"[number >> (shift - 4) & 0xf]);
}

/* U+200C and U+200D shape letters and emoji; they neither hide nor reorder anything. */
static bool is_hidden(int32_t character) {
    return character != 0x200c && character != 0x200d && character_is_unsafe(character);
}

/* A character that must not reach a reader's screen, as the language itself would write it. */
static void write_visible(struct writer *writer, int32_t character) {
    uint32_t number = (uint32_t)character;
    unsigned digits = 2;
    while (digits < 6 && number >> (digits * 4))
        digits++;
    write_string(writer, "\\u{");
    write_hex(writer, number, digits);
    write_char(writer, '}');
}

static bool is_blank(int32_t character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
}

/* ---- XML --------------------------------------------------------------------------------- */

static const char *xml_replacement(int32_t character) {
    if (character == '\t' || character == '\n' || character == '\r')
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
        return character < 0x20 || character == 0xfffe || character == 0xffff ? REPLACEMENT : NULL;
    }
}

void write_xml(struct writer *writer, struct slice text) {
    struct reader reader = reader_of(writer, text);
    for (int32_t character; read_next(&reader, &character);) {
        const char *replacement = xml_replacement(character);
        if (replacement) {
            replace(&reader, replacement);
        } else if (character >= 0x7f && is_hidden(character)) {
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
    return c < ' ' || c == 0x7f || c == '"' || c == '\\';
}

/* So many bytes without a way out of the loop: compilers make vector code of it. */
#define RUN 16
static bool is_plain_run(const signed char *at) {
    unsigned char special = 0;
    for (size_t i = 0; i < RUN; i++)
        special |= is_special(at[i]) ? 1 : 0;
    return !special;
}

/* Most of a large output is plain ASCII, which needs no decoding. The last run of a text overlaps
 * the one before. */
static void skip_plain(struct reader *reader) {
    const signed char *start = (const signed char *)reader->at, *at = start;
    const signed char *end = (const signed char *)reader->end;
    while (end - at >= RUN && is_plain_run(at))
        at += RUN;
    if (end - at < RUN && end - start >= RUN && is_plain_run(end - RUN))
        at = end;
    while (at < end && !is_special(*at))
        at++;
    reader->at = (const char *)at;
}

/* Also escapes what hides or reorders text: JSON is read in terminals and reviews as well. */
void write_json_string(struct writer *writer, struct slice text) {
    struct reader reader = reader_of(writer, text);
    write_char(writer, '"');
    for (int32_t character; skip_plain(&reader), read_next(&reader, &character);) {
        if (character < 0) {
            replace(&reader, REPLACEMENT);
        } else if (character == '"' || character == '\\' || character_is_unsafe(character)) {
            write_run(&reader);
            write_json_escape(writer, character);
        }
    }
    write_rest(&reader);
    write_char(writer, '"');
}

/* ---- terminal ---------------------------------------------------------------------------- */

void write_terminal(struct writer *writer, struct slice text) {
    struct reader reader = reader_of(writer, text);
    for (int32_t character; read_next(&reader, &character);) {
        if (character < 0) {
            replace(&reader, REPLACEMENT);
        } else if (is_blank(character)) {
            replace(&reader, " ");
        } else if (is_hidden(character)) {
            write_run(&reader);
            write_visible(writer, character);
        }
    }
    write_rest(&reader);
}

/* ---- Markdown ---------------------------------------------------------------------------- */

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What the neighbours of a character are: 0 at the ends of the text. */
static char byte_before(const struct reader *reader, const char *start) {
    return reader->last == start ? 0 : reader->last[-1];
}

static char byte_after(const struct reader *reader) {
    return reader->at == reader->end ? 0 : *reader->at;
}

/* The first character of a text may begin a heading, quote, list or rule, as may the dot or bracket
 * behind digits that do. */
static bool starts_block(const struct reader *reader, const char *start, char c) {
    if (reader->last == start)
        return strchr("#+-=>", c) != NULL;
    if (c != '.' && c != ')')
        return false;
    for (const char *at = start; at < reader->last; at++)
        if (*at < '0' || *at > '9')
            return false;
    return true;
}

/* www. becomes a link on its own. */
static bool ends_www(const struct reader *reader, const char *start) {
    return reader->last - start >= 3 && strncmp(reader->last - 3, "www", 3) == 0;
}

/* An underline between letters is never emphasis, so that names stay legible in the source. */
static bool needs_backslash(const struct reader *reader, const char *start, char c) {
    char before = byte_before(reader, start), after = byte_after(reader);
    switch (c) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '~':
    case '$':
    case '|':
        return true;
    case '_':
        return !is_alphanumeric(before) || !is_alphanumeric(after);
    case ':':
        return after == '/';
    default:
        return starts_block(reader, start, c) || (c == '.' && ends_www(reader, start));
    }
}

/* Whether a name with a dot in it begins here, up to the next '@'. */
static bool starts_domain(const char *at, const char *end) {
    while (at < end && (is_alphanumeric(*at) || *at == '-' || *at == '_'))
        at++;
    return at < end && *at == '.';
}

/* Mail addresses become links, and no escape prevents it: an empty comment does. */
static bool joins_address(const struct reader *reader, const char *start) {
    char before = byte_before(reader, start);
    return before && (is_alphanumeric(before) || strchr(".-_+", before)) &&
           starts_domain(reader->at, reader->end);
}

static void write_markdown_ascii(struct reader *reader, const char *start, char c) {
    if (c == '<') {
        replace(reader, "&lt;");
    } else if (c == '&') {
        replace(reader, "&amp;");
    } else if (c == '@' && joins_address(reader, start)) {
        replace(reader, "<!-- -->@");
    } else if (needs_backslash(reader, start, c)) {
        replace(reader, "\\");
        write_char(reader->writer, c);
    }
}

/* A run of blanks and line breaks becomes one blank. */
static void write_blank(struct reader *reader) {
    while (reader->at < reader->end && is_blank(*reader->at))
        reader->at++;
    replace(reader, " ");
}

static void write_hidden(struct reader *reader, int32_t character, const char *backslash) {
    write_run(reader);
    if (character < 0) {
        write_string(reader->writer, REPLACEMENT);
    } else {
        write_string(reader->writer, backslash);
        write_visible(reader->writer, character);
    }
}

/* Text without any markup at all. */
static void write_markdown_text(struct writer *writer, struct slice text) {
    struct reader reader = reader_of(writer, text);
    const char *start = reader.at;
    for (int32_t character; read_next(&reader, &character);) {
        if (is_blank(character))
            write_blank(&reader);
        else if (character < 0 || is_hidden(character))
            write_hidden(&reader, character, "\\");
        else if (character < 0x80)
            write_markdown_ascii(&reader, start, (char)character);
    }
    write_rest(&reader);
}

void write_markdown_code(struct writer *writer, struct slice code) {
    /* In a table, | ends the cell even inside a code span, and its escape is not one elsewhere. */
    if (slice_has(code, '|') || slice_has(code, '`') || slice_trim(code).length == 0) {
        write_string(writer, "<code>");
        write_markdown_text(writer, code);
        write_string(writer, "</code>");
        return;
    }
    struct reader reader = reader_of(writer, slice_trim(code));
    write_char(writer, '`');
    for (int32_t character; read_next(&reader, &character);) {
        if (is_blank(character))
            write_blank(&reader);
        else if (character < 0 || is_hidden(character))
            write_hidden(&reader, character, "");
    }
    write_rest(&reader);
    write_char(writer, '`');
}

static size_t count_ticks(struct slice text, size_t start) {
    size_t i = start;
    while (i < text.length && text.at[i] == '`')
        i++;
    return i - start;
}

/* `x`: one backtick, something, one backtick. */
static bool is_code(struct slice text, size_t start, struct slice *code) {
    struct slice rest = slice_part(text, start + 1, text.length);
    if (count_ticks(text, start) != 1 || !slice_cut(&rest, '`', code))
        return false;
    size_t close = start + 1 + code->length;
    return slice_trim(*code).length && count_ticks(text, close) == 1;
}

/* Where the next code span begins; the end of the text when there is none. */
static size_t find_code(struct slice text, struct slice *code) {
    for (size_t i = 0; i < text.length;) {
        const char *tick = memchr(text.at + i, '`', text.length - i);
        if (!tick)
            break;
        i = (size_t)(tick - text.at);
        if (is_code(text, i, code))
            return i;
        i += count_ticks(text, i);
    }
    return text.length;
}

void write_markdown(struct writer *writer, struct slice text) {
    struct slice rest = slice_trim(text), code;
    while (rest.length) {
        size_t plain = find_code(rest, &code);
        write_markdown_text(writer, slice_part(rest, 0, plain));
        if (plain < rest.length) {
            write_markdown_code(writer, code);
            plain += code.length + 2;
        }
        rest = slice_part(rest, plain, rest.length);
    }
}
