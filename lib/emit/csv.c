/* The rows in order of rank as CSV (RFC 4180), for spreadsheets: what they would take for a formula
 * gets an apostrophe before it. Blanks at the ends of a text are left out, and what cannot be seen
 * is shown as the terminal shows it: some programs skip both before they look for a formula. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"
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

static struct slice visible(struct emission *emission, struct slice text) {
    struct memory_writer memory;
    memory_writer_open(&memory, emission->arena);
    write_terminal(&memory.writer, slice_trim(text));
    return memory_writer_close(&memory);
}

/* Between quotes, a quote is written twice. Where the list separator of the country is a semicolon,
 * a program may begin a cell after each one in the text, and skips blanks and quotes there. */
void write_csv_cell(struct writer *writer, struct slice rest) {
    bool begins = true;
    write_char(writer, '"');
    for (; rest.length; rest = slice_part(rest, 1, rest.length)) {
        char c = rest.at[0];
        if (begins && is_formula(rest))
            write_char(writer, '\'');
        if (c == '"')
            write_char(writer, c);
        write_char(writer, c);
        begins = c == ';' || (begins && (c == ' ' || c == '"'));
    }
    write_char(writer, '"');
}

static void write_text(struct emission *emission, struct slice text) {
    write_csv_cell(emission->writer, visible(emission, text));
}

/* "forged_callback (open), replay (covered), stolen_token (yielded to forged_callback)" */
static struct slice patterns_of(struct emission *emission, const struct row *row) {
    struct arena *arena = emission->arena;
    struct memory_writer memory;
    memory_writer_open(&memory, arena);
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        write_format(&memory.writer, "%s%.*s (%s", pattern == row->patterns ? "" : ", ",
                     SLICE_ARGS(pattern_id(arena, pattern)), pattern_state_words[pattern->state]);
        if (pattern->state == PATTERN_YIELDED)
            write_format(&memory.writer, " to %.*s",
                         SLICE_ARGS(successor_id(arena, emission->rows, pattern)));
        write_char(&memory.writer, ')');
    }
    return memory_writer_close(&memory);
}

static void write_row(struct emission *emission, const struct row *row) {
    if (emission->options.tier && row->tier != emission->options.tier)
        return;
    struct arena_mark mark = arena_mark(emission->arena);
    write_format(emission->writer, "%.*s,%.*s,%.*s,%s,%d,%s,%d,",
                 SLICE_ARGS(row_id(emission->arena, row)), SLICE_ARGS(row->letter->code),
                 SLICE_ARGS(decl_id(row->subject)), kind_rows[row->subject->kind].word, row->tier,
                 row_state_words[row->state], row->score);
    write_text(emission, row_question(emission->arena, emission->rows, row));
    write_char(emission->writer, ',');
    write_text(emission, row_reason(emission->arena, emission->rows, row));
    write_char(emission->writer, ',');
    write_text(emission, patterns_of(emission, row));
    write_string(emission->writer, "\r\n");
    arena_rewind(emission->arena, mark);
}

static void write_cells(struct emission *emission, enum row_state state) {
    size_t letters = emission->rows->pack->method->letter_count;
    for (size_t i = 0; i < emission->model->subjects.count * letters; i++)
        if (emission->rows->cells[i].state == state)
            write_row(emission, &emission->rows->cells[i]);
}

bool emit_csv(struct emission *emission) {
    write_string(emission->writer, CSV_COLUMNS "\r\n");
    for (size_t i = 0; i < emission->rows->ranked_count; i++) {
        prefetch_rows(emission->rows, i);
        write_row(emission, emission->rows->ranked[i]);
    }
    if (emission->options.all) {
        write_cells(emission, ROW_OUT_OF_SCOPE);
        write_cells(emission, ROW_NOT_APPLICABLE);
    }
    return true;
}
