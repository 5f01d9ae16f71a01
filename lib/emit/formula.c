/* What a spreadsheet would calculate gets an apostrophe before it, and loses it on the way back. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

/* Beginnings of cells that a spreadsheet would calculate; the last four are the wide forms. */
static const char *const formula_starts[] = {
    "=", "+", "-", "@", "%", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20",
};

static bool is_formula(struct slice text) {
    for (size_t i = 0; i < sizeof formula_starts / sizeof *formula_starts; i++)
        if (slice_starts(text, formula_starts[i]))
            return true;
    return false;
}

/* Where the list separator of the country is a semicolon, a program may begin a cell after each one
 * in the text, and skips blanks and quotes there. */
static bool still_begins(bool begins, char c) {
    return c == ';' || (begins && (c == ' ' || c == '"'));
}

/* Between quotes, a quote is written twice. */
static void write_protected(struct writer *writer, struct slice rest, bool quoted) {
    bool begins = true;
    for (; rest.length; rest = slice_part(rest, 1, rest.length)) {
        char c = rest.at[0];
        if (begins && is_formula(rest))
            write_char(writer, '\'');
        if (c == '"' && quoted)
            write_char(writer, c);
        write_char(writer, c);
        begins = still_begins(begins, c);
    }
}

void write_csv_cell(struct writer *writer, struct slice visible) {
    write_char(writer, '"');
    write_protected(writer, visible, true);
    write_char(writer, '"');
}

struct slice cell_shown(struct arena *arena, struct slice text) {
    struct memory_writer visible, cell;
    memory_writer_open(&visible, arena);
    write_terminal(&visible.writer, slice_trim(text));
    memory_writer_open(&cell, arena);
    write_protected(&cell.writer, memory_writer_close(&visible), false);
    return memory_writer_close(&cell);
}

struct slice cell_meant(struct arena *arena, struct slice cell) {
    struct memory_writer text;
    bool begins = true;
    memory_writer_open(&text, arena);
    for (struct slice rest = slice_trim(cell); rest.length;
         rest = slice_part(rest, 1, rest.length)) {
        bool protects =
            begins && rest.at[0] == '\'' && is_formula(slice_part(rest, 1, rest.length));
        if (protects)
            rest = slice_part(rest, 1, rest.length);
        write_char(&text.writer, rest.at[0]);
        begins = still_begins(begins, rest.at[0]);
    }
    return memory_writer_close(&text);
}
