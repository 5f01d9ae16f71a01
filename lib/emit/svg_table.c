/* A page as a table: who talks to whom, for what has too many lines to be followed. A row for each
 * box, a column for each as well; a cell has the number of flows from the row to the column, red
 * where one crosses a boundary. Needs no layout, so it never fails. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/sketch.h"

#define MARGIN 14
#define ROW 18
#define CELL 24
#define NAMES 260 /* the width of the column with names */
#define NAME_COLUMNS 44
#define HEAD 46 /* above the first row */

struct cell {
    size_t flows;
    bool crosses;
};

struct table_drawing {
    struct picture *picture;
    struct writer *writer;
    const struct decl_list *boxes;
    struct cell *cells; /* by row, then column */
};

static struct cell *cell_at(const struct table_drawing *table, size_t row, size_t column) {
    return &table->cells[row * table->boxes->count + column];
}

/* Boxes are numbered as they are listed. */
static void count_flows(struct table_drawing *table) {
    const struct decl_list *flows = &table->picture->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        const struct stand_in *line = stand_in_for(table->picture, flow);
        bool crosses = flow_crosses(table->picture, flow);
        struct cell *forth = cell_at(table, flow->from->number, flow->to->number);
        struct cell *back = cell_at(table, flow->to->number, flow->from->number);
        forth->flows += line ? line->forth : 1;
        forth->crosses |= crosses;
        back->flows += line ? line->back : 0;
        back->crosses |= crosses && line && line->back;
    }
}

static void open_text(struct table_drawing *table, size_t x, size_t y, const char *color,
                      const char *more) {
    write_format(table->writer, "<text x=\"%zu\" y=\"%zu\"%s font-size=\"10\" fill=\"%.*s\">", x, y,
                 more, SLICE_ARGS(light_color(slice_of(color))));
}

static void draw_rectangle(struct table_drawing *table, size_t x, size_t y, size_t width,
                           size_t height, const char *fill) {
    write_format(table->writer,
                 "<rect x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%zu\" fill=\"%.*s\"/>\n", x, y,
                 width, height, SLICE_ARGS(light_color(slice_of(fill))));
}

static void write_caption(struct table_drawing *table) {
    static const char *const lines[] = {
        "As a table, since lines would be too many to follow: a cell counts the flows from its row",
        "to its column, in bold where one crosses a boundary."};
    for (size_t i = 0; i < 2; i++) {
        open_text(table, MARGIN, 12 + 12 * i, "muted", "");
        write_format(table->writer, "%s</text>\n", lines[i]);
    }
}

static void write_name(struct table_drawing *table, const struct decl *box, size_t y) {
    struct arena *arena = table->picture->arena;
    const struct stand_in *folded = stand_in_for(table->picture, box);
    struct slice name, line;
    if (!folded)
        name = drawable_text(arena, decl_title(box));
    else if (folded->fold)
        name = text_format(arena, "%.*s (%zu)", SLICE_ARGS(folded->fold->title), folded->elements);
    else
        name = SLICE("Other pages");
    write_string(table->writer, "<a href=\"");
    write_shape_link(table->writer, table->picture, box);
    write_string(table->writer, "\"><title>");
    write_shape_title(table->writer, table->picture, box);
    write_string(table->writer, "</title>");
    open_text(table, MARGIN + 22, y, folded ? "red" : "ink", folded ? " font-weight=\"bold\"" : "");
    struct slice rest = name;
    if (wrap_next(&rest, NAME_COLUMNS, &line)) {
        write_xml(table->writer, line);
        write_string(table->writer, rest.length ? "\xe2\x80\xa6" : "");
    }
    write_string(table->writer, "</text></a>\n");
}

static void write_row(struct table_drawing *table, size_t row) {
    size_t top = HEAD + row * ROW, count = table->boxes->count;
    if (row % 2 == 0)
        draw_rectangle(table, MARGIN, top, NAMES + CELL * count, ROW, "external");
    open_text(table, MARGIN + 16, top + 13, "muted", " text-anchor=\"end\"");
    write_format(table->writer, "%zu</text>\n", row + 1);
    write_name(table, table->boxes->items[row], top + 13);
    for (size_t column = 0; column < count; column++) {
        const struct cell *cell = cell_at(table, row, column);
        if (!cell->flows)
            continue;
        open_text(table, MARGIN + NAMES + CELL * column + CELL / 2, top + 13,
                  cell->crosses ? "red" : "ink",
                  cell->crosses ? " text-anchor=\"middle\" font-weight=\"bold\""
                                : " text-anchor=\"middle\"");
        write_format(table->writer, "%zu</text>\n", cell->flows);
    }
}

static void write_columns(struct table_drawing *table) {
    for (size_t i = 0; i < table->boxes->count; i++) {
        open_text(table, MARGIN + NAMES + CELL * i + CELL / 2, HEAD - 5, "muted",
                  " text-anchor=\"middle\"");
        write_format(table->writer, "%zu</text>\n", i + 1);
    }
}

void draw_table(struct sketch *sketch) {
    struct arena *arena = sketch->picture->arena;
    struct memory_writer body;
    memory_writer_open(&body, arena);
    struct table_drawing table = {sketch->picture, &body.writer, &sketch->picture->model->elements,
                                  NULL};
    size_t count = table.boxes->count;
    size_t width = 2 * MARGIN + NAMES + CELL * count, height = HEAD + ROW * count + MARGIN;
    width = width > 560 ? width : 560;
    table.cells = ARENA_ARRAY(arena, struct cell, count * count + 1);
    count_flows(&table);
    write_string(&body.writer, "<g class=\"graph dfd\">\n");
    draw_rectangle(&table, 0, 0, width, height, "paper");
    write_caption(&table);
    write_columns(&table);
    for (size_t i = 0; i < count; i++)
        write_row(&table, i);
    write_string(&body.writer, "</g>\n");
    sketch->body = memory_writer_close(&body);
    sketch->size =
        (struct picture_size){text_format(arena, "%zu", width), text_format(arena, "%zu", height),
                              text_format(arena, "0 0 %zu %zu", width, height)};
    sketch->is_ready = true;
}
