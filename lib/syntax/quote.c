/* Decides which words need quotes. When in doubt, quote: quotes never change what is read. */
// SPDX-License-Identifier: MIT
#include "syntax/quote.h"

#include "syntax/lexer.h"

#include <string.h>

/* Whether one of the readers refuses the character or takes it for a line break: controls, NEL, LS,
 * PS, BOM. */
static bool needs_escape(int32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
           c == 0xfffe || c == 0xffff;
}

static bool has_escapes(struct slice text, bool tabs) {
    const char *end = text.at + text.length;
    for (const char *at = text.at; at < end;) {
        int32_t c = utf8_next(&at, end);
        if (needs_escape(c) && !(tabs && c == '\t'))
            return true;
    }
    return false;
}

static void write_hex(struct writer *writer, int32_t c, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        write_char(writer, "0123456789abcdef"[c >> shift & 15]);
}

/* The escapes that both forms have, or '\0'. */
static char short_escape(int32_t c) {
    static const char escaped[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
    const char *found = c > 0 && c < 0x80 ? strchr(escaped, (char)c) : NULL;
    return found ? letters[found - escaped] : '\0';
}

static void write_quoted(struct writer *writer, struct slice text,
                         void (*escape)(struct writer *writer, int32_t c)) {
    const char *end = text.at + text.length;
    write_char(writer, '"');
    for (const char *at = text.at; at < end;) {
        const char *start = at;
        int32_t c = utf8_next(&at, end);
        char letter = short_escape(c);
        if (letter) {
            write_char(writer, '\\');
            write_char(writer, letter);
        } else if (needs_escape(c)) {
            escape(writer, c);
        } else {
            write_bytes(writer, start, (size_t)(at - start));
        }
    }
    write_char(writer, '"');
}

static void escape_dsl(struct writer *writer, int32_t c) {
    write_string(writer, "\\u{");
    write_hex(writer, c, c < 0x100 ? 2 : 4);
    write_char(writer, '}');
}

/* In other languages // begins a comment, and here a message about that. */
bool fits_dsl_word(struct slice text) {
    return is_word(text) && !slice_starts(text, "//");
}

void write_dsl_string(struct writer *writer, struct slice text) {
    write_quoted(writer, text, escape_dsl);
}

/* The indentation that all lines share and blanks on a line of their own would be lost, and an
 * empty first line too. */
bool fits_dsl_text(struct slice text) {
    bool at_margin = false;
    struct slice rest = text, line;
    if (!text.length || text.at[0] == '\n')
        return false;
    while (slice_cut(&rest, '\n', &line)) {
        if (line.length && !slice_trim(line).length)
            return false;
        if (has_escapes(line, true))
            return false;
        at_margin |= line.length && line.at[0] != ' ' && line.at[0] != '\t';
        for (size_t i = 0; i + 2 < line.length; i++)
            if (memcmp(line.at + i, "\"\"\"", 3) == 0)
                return false;
    }
    return at_margin;
}

static void escape_yaml(struct writer *writer, int32_t c) {
    write_string(writer, c < 0x100 ? "\\x" : "\\u");
    write_hex(writer, c, c < 0x100 ? 2 : 4);
}

static bool is_one_of(struct slice text, const char *const *words) {
    for (; *words; words++) {
        size_t i = 0;
        while (i < text.length && (*words)[i] && lower_letter(text.at[i]) == (*words)[i])
            i++;
        if (i == text.length && !(*words)[i])
            return true;
    }
    return false;
}

/* Whether readers of YAML 1.1 or 1.2 take the text for something else. */
static bool reads_as_other(struct slice text, enum yaml_use use) {
    static const char *const others[] = {"null", "true", "false", NULL};
    static const char *const booleans[] = {"yes", "no", "on", "off", "y", "n", NULL};
    char first = text.at[0];
    if (is_one_of(text, others) || (use == YAML_USE_STRING && is_one_of(text, booleans)))
        return true;
    return use != YAML_USE_NUMBER && first >= '0' && first <= '9';
}

/* Begins with nothing that is an indicator anywhere, and holds none. */
static bool is_plain(struct slice text, bool in_list) {
    if (!text.length || (!strchr("_/($<", text.at[0]) && (unsigned char)text.at[0] < 0x80 &&
                         !is_letter(text.at[0]) && !is_digit(text.at[0])))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i], next = i + 1 < text.length ? text.at[i + 1] : ' ';
        if ((c == ':' && next == ' ') || (c == ' ' && (next == '#' || i + 1 == text.length)) ||
            (in_list && strchr(",[]{}:?#", c)))
            return false;
    }
    return !has_escapes(text, false);
}

void write_yaml_scalar(struct writer *writer, struct slice text, enum yaml_use use, bool in_list) {
    if (use != YAML_USE_QUOTED && is_plain(text, in_list) && !reads_as_other(text, use))
        write_slice(writer, text);
    else
        write_quoted(writer, text, escape_yaml);
}

/* The reader finds the indentation by the first line, so that does not begin with a blank. */
bool fits_yaml_literal(struct slice text) {
    struct slice rest = text, line;
    if (!text.length || strchr("\n\t ", text.at[0]) || text.at[text.length - 1] == '\n')
        return false;
    while (slice_cut(&rest, '\n', &line))
        if ((line.length && !slice_trim(line).length) || has_escapes(line, true))
            return false;
    return true;
}

void write_comment(struct writer *writer, struct slice text) {
    const char *end = text.at + text.length;
    for (const char *at = text.at; at < end;) {
        const char *start = at;
        int32_t c = utf8_next(&at, end);
        if (needs_escape(c) && c != '\t')
            escape_yaml(writer, c);
        else
            write_bytes(writer, start, (size_t)(at - start));
    }
}
