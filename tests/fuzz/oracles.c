/* The terminal, diagnostics and JSON; and which check is for which format. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include "base/character.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- characters -------------------------------------------------------------------------- */

/* The next character and its length; 0 where the text is not UTF-8. */
static size_t decode(const unsigned char *at, size_t left, uint32_t *character) {
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = *at < 0x80       ? 1
                    : *at >> 5 == 6  ? 2
                    : *at >> 4 == 14 ? 3
                    : *at >> 3 == 30 ? 4
                                     : 0;
    if (!length || length > left)
        return 0;
    *character = length == 1 ? *at : *at & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (at[i] >> 6 != 2)
            return 0;
        *character = *character << 6 | (at[i] & 0x3fu);
    }
    bool surrogate = *character >= 0xd800 && *character < 0xe000;
    return *character < lowest[length] || *character > 0x10ffff || surrogate ? 0 : length;
}

/* Whether the character hides or reorders text, or is a blank other than the plain one. */
static bool is_dangerous(uint32_t character) {
    enum character_class class = character_class((int32_t)character);
    return class == CHARACTER_HIDDEN ||
           (class == CHARACTER_BLANK && character != ' ' && character != '\n');
}

/* The length of ESC [ digits m, or 0. */
static size_t style_length(const char *at) {
    if (strncmp(at, "\x1b[", 2) != 0)
        return 0;
    size_t length = 2 + strspn(at + 2, "0123456789;");
    return at[length] == 'm' ? length + 1 : 0;
}

/* The length of what is allowed here, or 0. */
static size_t allowed_length(enum allowed allowed, const char *at) {
    static const char *const sequences[] = {[JOINERS] = "&amp;\xe2\x81\xa0", [LINE_ENDS] = "\r\n"};
    if (allowed == NOTHING || allowed == COLORS)
        return allowed == COLORS ? style_length(at) : 0;
    size_t length = strlen(sequences[allowed]);
    return strncmp(at, sequences[allowed], length) == 0 ? length : 0;
}

void check_terminal(const char *what, struct bytes text, enum allowed allowed) {
    for (size_t i = 0; i < text.length;) {
        uint32_t character = 0;
        size_t length = allowed_length(allowed, text.at + i);
        if (!length) {
            length = decode((const unsigned char *)text.at + i, text.length - i, &character);
            if (!length)
                refuse("%s: byte %02x at %zu is not UTF-8:\n%s", what, (unsigned char)text.at[i], i,
                       text.at);
            if (character && is_dangerous(character))
                refuse("%s: U+%04X at %zu:\n%s", what, (unsigned)character, i, text.at);
        }
        i += length;
    }
    if (memchr(text.at, 0, text.length))
        refuse("%s: a NUL:\n%s", what, text.at);
}

/* ---- logs -------------------------------------------------------------------------------- */

/* As the runners of GitHub (actions/runner, ActionCommand.cs), Azure and TeamCity read a line. */
static bool is_command(const char *line, size_t length) {
    size_t blanks = strspn(line, " \t");
    const char *name = line + blanks, *end = line + length;
    if (blanks < length && strncmp(name, "::", 2) == 0) {
        size_t letters = strspn(name + 2, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
        if (letters && (name[2 + letters] == ' ' || strncmp(name + 2 + letters, "::", 2) == 0))
            return true;
    }
    for (const char *at = line; at + 2 < end; at++) {
        if (strncmp(at, "##", 2) != 0)
            continue;
        size_t letters = strspn(at + 2, "abcdefghijklmnopqrstuvwxyz");
        if (at[2 + letters] == '[')
            return true;
    }
    return false;
}

void check_log(const char *what, struct bytes text) {
    for (size_t start = 0, end; start < text.length; start = end + 1) {
        const char *close = memchr(text.at + start, '\n', text.length - start);
        end = close ? (size_t)(close - text.at) : text.length;
        if (is_command(text.at + start, end - start))
            refuse("%s: a command in the log:\n%.*s", what, (int)(end - start), text.at + start);
    }
}

/* ---- diagnostics ------------------------------------------------------------------------- */

/* The number of characters in the line; SIZE_MAX when there is no such line. */
static size_t line_length(const struct document *document, size_t line) {
    const char *at = document->at, *end = at + document->length;
    while (--line) {
        at = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (!at++)
            return SIZE_MAX;
    }
    size_t length = 0;
    for (; at < end && *at != '\n'; at++)
        length++;
    return length;
}

static void check_place(const struct document *document, const stridec_diagnostic *at) {
    if (strcmp(at->path, document->path) != 0) {
        if (*at->path ? at->line == 0 : at->line != 0)
            refuse("%s in '%s' at line %zu", at->code, at->path, at->line);
        return;
    }
    size_t length = line_length(document, at->line), last = line_length(document, at->end_line);
    if (length == SIZE_MAX || at->column < 1 || at->column > length + 2)
        refuse("%s starts outside of the text: %zu:%zu", at->code, at->line, at->column);
    if (last == SIZE_MAX || at->end_column < 1 || at->end_column > last + 2)
        refuse("%s ends outside of the text: %zu:%zu", at->code, at->end_line, at->end_column);
    if (at->end_line < at->line || (at->end_line == at->line && at->end_column < at->column))
        refuse("%s ends before it starts: %zu:%zu to %zu:%zu", at->code, at->line, at->column,
               at->end_line, at->end_column);
}

static void check_diagnostic(const struct document *document, const stridec_diagnostic *at) {
    check_place(document, at);
    if (!*at->message || strlen(at->code) != 5)
        refuse("%s has no message", at->code);
}

static void check_printed(stridec *compilation, bool color) {
    struct bytes text = {0};
    bytes_add(&text, "", 0);
    if (stridec_print_diagnostics(compilation, color, bytes_take, &text) != STRIDEC_OK)
        refuse("diagnostics cannot be printed");
    check_terminal("diagnostics", text, color ? COLORS : NOTHING);
    check_log("diagnostics", text);
    free(text.at);
}

void check_diagnostics(stridec *compilation, const struct document *document) {
    stridec_diagnostic at = {.size = sizeof at}, note = {.size = sizeof note};
    size_t last_line = 0;
    for (size_t i = 0; i < stridec_diagnostic_count(compilation); i++) {
        if (!stridec_diagnostic_at(compilation, i, &at))
            refuse("diagnostic %zu cannot be had", i);
        check_diagnostic(document, &at);
        if (!strcmp(at.path, document->path) && at.line < last_line)
            refuse("%s is not in order of place", at.code);
        last_line = strcmp(at.path, document->path) ? 0 : at.line;
        for (size_t k = 0; k < at.note_count; k++) {
            if (!stridec_note_at(compilation, i, k, &note))
                refuse("note %zu of diagnostic %zu cannot be had", k, i);
            check_diagnostic(document, &note);
        }
    }
    check_printed(compilation, false);
    check_printed(compilation, true);
    check_reports(compilation, document->path);
}

/* ---- sizes ------------------------------------------------------------------------------- */

#define BASE ((size_t)128 << 10)
#define PER_BYTE ((size_t)128)
#define PER_LINE ((size_t)16 << 10)

void check_size(const char *what, struct bytes text, size_t model, size_t lines) {
    size_t most = BASE + PER_BYTE * model + PER_LINE * lines;
    if (text.length > most)
        refuse("%s: %zu bytes, of %zu bytes and %zu lines at most %zu", what, text.length, model,
               lines, most);
}

/* ---- formats ----------------------------------------------------------------------------- */

void check_json(struct bytes text) {
    json_error_t error;
    json_t *value =
        json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!value)
        refuse("JSON: %s at line %d:\n%s", error.text, error.line, text.at);
    json_decref(value);
    check_log("JSON", text);
}

void check_output(const char *format, struct bytes text, const stridec_output *output) {
    static const struct {
        const char *format;
        void (*check)(struct bytes text);
        enum allowed allowed;
    } checks[] = {{"json", check_json, NOTHING},  {"markdown", check_markdown, NOTHING},
                  {"dot", check_dot, JOINERS},    {"svg", check_svg, NOTHING},
                  {"csv", check_csv, LINE_ENDS},  {"mermaid", check_mermaid, NOTHING},
                  {"sarif", check_json, NOTHING}, {"html", check_page, NOTHING}};
    enum allowed allowed = output && output->color && !strcmp(format, "text") ? COLORS : NOTHING;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (!strcmp(format, checks[i].format)) {
            allowed = checks[i].allowed;
            checks[i].check(text);
        }
    }
    check_terminal(format, text, allowed);
    if (!strcmp(format, "text"))
        check_log(format, text);
}
