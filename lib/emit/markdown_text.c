/* User text as Markdown: nothing in it begins a block, is markup, or becomes a link or a notice
 * where the document is posted as a comment; code spans (`x`) stay code. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "emit/markdown.h"
#include "emit/reader.h"

#include <string.h>

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The neighbours of a character; 0 at the ends of the text. */
static char byte_before(const struct reader *reader, const char *start) {
    return reader->last == start ? 0 : reader->last[-1];
}

static char byte_after(const struct reader *reader) {
    return reader->at == reader->end ? 0 : *reader->at;
}

static bool is_word(char c) {
    return is_alphanumeric(c) || c == '_';
}

/* ---- what Markdown itself would read ----------------------------------------------------- */

/* The first character of a text may begin a heading, quote, list or rule, as may the dot or bracket
 * after digits that do. A slash there may begin a command of the host, such as /close. */
static bool starts_block(const struct reader *reader, const char *start, char c) {
    if (reader->last == start)
        return strchr("#+-=>/", c) != NULL;
    if (c != '.' && c != ')')
        return false;
    for (const char *at = start; at < reader->last; at++)
        if (!is_digit(*at))
            return false;
    return true;
}

/* www. becomes a link on its own. */
static bool ends_www(const struct reader *reader, const char *start) {
    return reader->last - start >= 3 && strncmp(reader->last - 3, "www", 3) == 0;
}

/* An underline between letters is never emphasis, so that names stay legible in the source. Braces
 * in pairs are commands of page generators. !1 %1 &1 are references on GitLab, which a backslash
 * ends there. */
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
    case '{':
        return after && strchr("{%#+-", after);
    case '!':
    case '&':
        return is_digit(after);
    case '%':
        return is_word(after) || after == '"';
    default:
        return starts_block(reader, start, c) || (c == '.' && ends_www(reader, start));
    }
}

/* ---- what hosts read in the text after that ---------------------------------------------- */

/* On GitHub and GitLab a comment, an issue or a pull request makes links and notices of @name, #1,
 * GH-1, commit ids, addresses and :emoji:. They look at the text after Markdown was read, so no
 * escape prevents it; they look at each piece of text by itself, so an empty comment does. */
#define APART "<!-- -->"

#define SHORTEST_COMMIT 7
#define LONGEST_COMMIT 64
#define FULL_COMMIT 40

/* The number of hexadecimal digits in the word that begins at the last character; 0 when it has
 * other characters. A number is no commit unless it is as long as one. */
static size_t commit_length(const struct reader *reader, const char *start) {
    size_t length = 0;
    bool letters = false;
    if (is_word(byte_before(reader, start)))
        return 0;
    for (const char *at = reader->last; at < reader->end && is_word(*at); at++, length++) {
        char c = lower_letter(*at);
        if (!is_digit(c) && !(c >= 'a' && c <= 'f'))
            return 0;
        letters |= !is_digit(c);
    }
    bool fits = length >= SHORTEST_COMMIT && length <= LONGEST_COMMIT;
    return fits && (letters || length == FULL_COMMIT) ? length : 0;
}

/* "://" */
static bool starts_with_slashes(const struct reader *reader) {
    return reader->end - reader->at >= 2 && memcmp(reader->at, "//", 2) == 0;
}

/* The numbers that are names of emoji. */
static bool is_number_emoji(const char *at, size_t length) {
    return (length == 3 && memcmp(at, "100", 3) == 0) ||
           (length == 4 && memcmp(at, "1234", 4) == 0);
}

/* ":tada:", of which the document may write the last colon after a label. */
static bool starts_emoji(const struct reader *reader) {
    const char *at = reader->at;
    bool number = true;
    while (at < reader->end && (is_word(*at) || *at == '+' || *at == '-'))
        number &= is_digit(*at++);
    size_t length = (size_t)(at - reader->at);
    return length && (at == reader->end || *at == ':') &&
           (!number || is_number_emoji(reader->at, length));
}

/* "GH-1", "GL-1" */
static bool ends_host_prefix(const struct reader *reader, const char *start) {
    if (reader->last - start < 2 || (reader->last - start > 2 && is_word(reader->last[-3])))
        return false;
    char host = lower_letter(reader->last[-1]);
    return lower_letter(reader->last[-2]) == 'g' && (host == 'h' || host == 'l');
}

/* "[vulnerability:1]", "[+ new +]" */
static bool starts_bracket(const struct reader *reader) {
    const char *at = reader->at;
    while (at < reader->end && is_word(*at))
        at++;
    char c = at < reader->end ? *at : 0;
    return at == reader->at ? c == '+' || c == '-' : c == ':';
}

/* Whether hosts would make a link or notice of the text that begins with this character, unless its
 * rest stands apart. */
static bool is_live(const struct reader *reader, const char *start, char c) {
    char after = byte_after(reader);
    switch (c) {
    case '@':
        return is_word(after) || after == '-' || after == '.';
    case '#':
        return is_digit(after);
    case '-':
        return is_digit(after) && ends_host_prefix(reader, start);
    case ':':
        return starts_with_slashes(reader) || starts_emoji(reader);
    case '[':
        return starts_bracket(reader);
    default:
        return false;
    }
}

/* ---- text -------------------------------------------------------------------------------- */

/* Writes a commit id as code: split into pieces of six digits nobody could read it. */
static void write_commit(struct reader *reader, size_t length) {
    write_bytes(reader->writer, reader->run, (size_t)(reader->last - reader->run));
    write_string(reader->writer, "<code>");
    write_bytes(reader->writer, reader->last, length);
    write_string(reader->writer, "</code>");
    reader->run = reader->at = reader->last + length;
}

static void write_markdown_ascii(struct reader *reader, const char *start, char c) {
    size_t commit = commit_length(reader, start);
    bool live = is_live(reader, start, c);
    if (commit) {
        write_commit(reader, commit);
    } else if (c == '<') {
        replace(reader, "&lt;");
    } else if (needs_backslash(reader, start, c)) {
        replace(reader, "\\");
        write_char(reader->writer, c);
    } else if (c == '&') {
        replace(reader, "&amp;");
    } else if (live) {
        write_run(reader);
        write_char(reader->writer, c);
    }
    if (live)
        write_string(reader->writer, APART);
}

/* A run of blanks and line breaks becomes one blank. */
static void write_blank(struct reader *reader) {
    const char *at = reader->at;
    while (at < reader->end && character_is_blank(utf8_next(&at, reader->end)))
        reader->at = at;
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
        if (character_is_blank(character))
            write_blank(&reader);
        else if (character < 0 || is_hidden(&reader))
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
        if (character_is_blank(character))
            write_blank(&reader);
        else if (character < 0 || is_hidden(&reader))
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
