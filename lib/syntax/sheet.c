/* RFC 4180 with three additions: other separators, other line ends, and rows that are shorter than
 * the first. */
// SPDX-License-Identifier: MIT
#include "syntax/sheet.h"

#include "base/writer.h"

static char peek(const struct sheet *sheet, uint32_t ahead) {
    struct slice text = sheet->source->text;
    return sheet->at + ahead < text.length ? text.at[sheet->at + ahead] : 0;
}

static bool is_at_end(const struct sheet *sheet) {
    return sheet->at >= sheet->source->text.length;
}

static bool is_at_break(const struct sheet *sheet) {
    return peek(sheet, 0) == '\n' || (peek(sheet, 0) == '\r' && peek(sheet, 1) == '\n');
}

static bool cell_ends(const struct sheet *sheet) {
    return is_at_end(sheet) || is_at_break(sheet) || peek(sheet, 0) == sheet->separator;
}

static bool fail(struct sheet *sheet, uint32_t at, const char *problem) {
    sheet->problem = problem;
    sheet->problem_at = at;
    return false;
}

/* ---- the separator ----------------------------------------------------------------------- */

/* In the first row, outside of quotes. */
static size_t count_in_first_row(const struct sheet *sheet, char separator) {
    struct slice text = sheet->source->text;
    size_t count = 0;
    bool quoted = false;
    for (size_t i = sheet->at; i < text.length && (quoted || text.at[i] != '\n'); i++) {
        quoted ^= text.at[i] == '"';
        count += !quoted && text.at[i] == separator;
    }
    return count;
}

void sheet_open(struct sheet *sheet, struct arena *arena, const struct source *source) {
    static const char others[] = {';', '\t'};
    *sheet = (struct sheet){.arena = arena, .source = source, .separator = ','};
    if (slice_starts(source->text, "sep=") && source->text.length > 5) {
        sheet->separator = source->text.at[4];
        sheet->at = 5;
        if (is_at_break(sheet))
            return;
        sheet->at = 0;
        sheet->separator = ',';
    }
    for (size_t i = 0; i < sizeof others; i++)
        if (count_in_first_row(sheet, others[i]) > count_in_first_row(sheet, sheet->separator))
            sheet->separator = others[i];
}

/* ---- cells ------------------------------------------------------------------------------- */

/* Up to the closing quote; a quote is written twice, and a line break is one character. */
static bool read_quoted(struct sheet *sheet, struct slice *cell) {
    uint32_t start = sheet->at++;
    struct memory_writer text;
    memory_writer_open(&text, sheet->arena);
    for (; !is_at_end(sheet); sheet->at++) {
        if (peek(sheet, 0) == '"' && peek(sheet, 1) != '"')
            break;
        sheet->at += peek(sheet, 0) == '"' || (peek(sheet, 0) == '\r' && peek(sheet, 1) == '\n');
        write_char(&text.writer, peek(sheet, 0));
    }
    *cell = memory_writer_close(&text);
    if (is_at_end(sheet))
        return fail(sheet, start, "the cell that begins here with a quote has no closing quote");
    sheet->at++;
    return cell_ends(sheet) ||
           fail(sheet, start,
                "after the closing quote of this cell there is more text: a quote "
                "inside of a cell is written twice");
}

static bool read_plain(struct sheet *sheet, struct slice *cell) {
    uint32_t start = sheet->at;
    for (; !cell_ends(sheet); sheet->at++)
        if (peek(sheet, 0) == '"' &&
            slice_trim(slice_part(sheet->source->text, start, sheet->at - start)).length)
            return fail(sheet, start,
                        "a quote stands inside of a cell that does not begin with "
                        "one: put the cell into quotes, and write that quote twice");
        else if (peek(sheet, 0) == '"')
            return read_quoted(sheet, cell); /* after blanks */
    *cell = slice_part(sheet->source->text, start, sheet->at - start);
    return true;
}

struct cells {
    struct slice *items;
    size_t count, capacity;
};

static bool read_row(struct sheet *sheet, struct sheet_row *row, bool *says) {
    struct cells cells = {0};
    bool more = true;
    row->start = sheet->at;
    *says = false;
    for (; more; sheet->at += more) {
        struct slice cell;
        if (!read_plain(sheet, &cell))
            return false;
        *ARRAY_ADD(sheet->arena, &cells) = cell;
        *says |= slice_is_visible(cell);
        more = !is_at_end(sheet) && !is_at_break(sheet);
    }
    if (!is_at_end(sheet))
        sheet->at += peek(sheet, 0) == '\r' ? 2 : 1;
    row->cells = cells.items;
    row->count = cells.count;
    return true;
}

bool sheet_next(struct sheet *sheet, struct sheet_row *row) {
    bool says = false;
    while (!says && !is_at_end(sheet))
        if (sheet->problem || !read_row(sheet, row, &says))
            return false;
    return says;
}
