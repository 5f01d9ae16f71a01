/* The marks that are drawn for a shape, in order: its own outline, and the texts, boxes and lines
 * of its label, read back from DOT. Only coordinates are up to the layout program. Reads what
 * dot_label.c writes and nothing else. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/svg.h"

#include <string.h>

/* The value of name="value" in a tag, or nothing. */
static struct slice value_in(struct slice tag, const char *name) {
    size_t length = strlen(name);
    for (size_t i = 0; i + length < tag.length; i++) {
        if (tag.at[i] != ' ' || memcmp(tag.at + i + 1, name, length) != 0)
            continue;
        struct slice rest = slice_part(tag, i + 1 + length, tag.length), value;
        if (slice_starts(rest, "=\"")) {
            rest = slice_part(rest, 2, rest.length);
            return slice_cut(&rest, '"', &value) ? value : (struct slice){0};
        }
    }
    return (struct slice){0};
}

/* ---- shapes ------------------------------------------------------------------------------ */

static void add_mark(struct label *label, struct mark mark) {
    if (label->waiting_count < LABEL_WAITING)
        label->waiting[label->waiting_count++] = mark;
}

static void add_background(struct label *label, struct slice color) {
    if (color.length)
        add_mark(label,
                 (struct mark){.element = "polygon", .fill = color, .stroke = SLICE("none")});
}

static void add_border(struct label *label, const char *element, struct slice color, bool dashed) {
    add_mark(label,
             (struct mark){
                 .element = element, .fill = SLICE("none"), .stroke = color, .dashed = dashed});
}

static void open_table(struct label *label, struct slice tag) {
    if (label->tables + 1 == LABEL_NESTING)
        return;
    label->table[++label->tables] = (struct table_style){
        .color = value_in(tag, "color"),
        .border = slice_is(value_in(tag, "border"), "1"),
        .cells = slice_is(value_in(tag, "cellborder"), "1"),
        .dashed = value_in(tag, "style").length > 0,
        .lines = value_in(tag, "sides").length > 0,
    };
    add_background(label, value_in(tag, "bgcolor"));
}

/* The border of a table is drawn after its cells; that of a store is two lines. */
static void close_table(struct label *label) {
    const struct table_style *table = &label->table[label->tables--];
    if (!table->border)
        return;
    add_border(label, table->lines ? "polyline" : "polygon", table->color, table->dashed);
    if (table->lines)
        add_border(label, "polyline", table->color, table->dashed);
}

static void open_cell(struct label *label, struct slice tag) {
    const struct table_style *table = &label->table[label->tables];
    struct slice color = value_in(tag, "color");
    label->flush = slice_is(value_in(tag, "align"), "left");
    add_background(label, value_in(tag, "bgcolor"));
    if (table->cells || slice_is(value_in(tag, "border"), "1"))
        add_border(label, "polygon", color.length ? color : table->color, false);
}

/* ---- text -------------------------------------------------------------------------------- */

static void open_font(struct label *label, struct slice tag) {
    if (label->fonts + 1 == LABEL_NESTING)
        return;
    struct font *font = &label->font[++label->fonts];
    struct slice color = value_in(tag, "color"), size = value_in(tag, "point-size");
    *font = font[-1];
    if (color.length)
        font->color = color;
    if (size.length)
        font->size = size;
}

static void take_tag(struct label *label, struct slice tag) {
    if (slice_starts(tag, "font"))
        open_font(label, tag);
    else if (slice_starts(tag, "/font"))
        label->fonts--;
    else if (slice_is(tag, "b") || slice_is(tag, "/b"))
        label->bold = tag.at[0] == 'b';
    else if (slice_starts(tag, "table"))
        open_table(label, tag);
    else if (slice_starts(tag, "/table"))
        close_table(label);
    else if (slice_starts(tag, "td"))
        open_cell(label, tag);
}

/* The opposite of write_text() in dot_label.c. */
static void take_text(struct arena *arena, struct label *label, struct mark *mark) {
    static const struct reference escapes[] = {
        {JOINED_AND, '&'}, {"&amp;", '&'}, {"&lt;", '<'},  {"&gt;", '>'},
        {"&quot;", '"'},   {"&#93;", ']'}, {"\\\\", '\\'},
    };
    size_t length = 0;
    while (length < label->rest.length && label->rest.at[length] != '<')
        length++;
    const struct font *font = &label->font[label->fonts];
    *mark = (struct mark){
        .fill = font->color, .size = font->size, .bold = label->bold, .flush = label->flush};
    mark->text = plain_text(arena, slice_part(label->rest, 0, length), escapes,
                            sizeof escapes / sizeof *escapes);
    label->rest = slice_part(label->rest, length, label->rest.length);
}

bool next_mark(struct arena *arena, struct label *label, struct mark *mark) {
    struct slice tag;
    while (!label->waiting_count && label->rest.length) {
        if (label->rest.at[0] != '<') {
            take_text(arena, label, mark);
            return true;
        }
        label->rest = slice_part(label->rest, 1, label->rest.length);
        slice_cut(&label->rest, '>', &tag);
        take_tag(label, tag);
    }
    if (!label->waiting_count)
        return false;
    *mark = label->waiting[0];
    memmove(label->waiting, label->waiting + 1, --label->waiting_count * sizeof *mark);
    return true;
}

/* ---- labels ------------------------------------------------------------------------------ */

static size_t count_shapes(struct arena *arena, struct label label) {
    struct mark mark;
    size_t count = 0;
    while (next_mark(arena, &label, &mark))
        count += mark.element != NULL;
    return count;
}

static struct slice color_of(const char *name) {
    return light_color(slice_of(name));
}

static struct label label_in(const char *color, struct slice size, struct slice text) {
    struct label label = {.rest = text};
    label.font[0] = (struct font){color_of(color), size};
    return label;
}

static struct slice dot_label(struct picture *picture, const struct decl *decl) {
    struct memory_writer text;
    memory_writer_open(&text, picture->arena);
    write_dot_label(picture, &text.writer, decl);
    return memory_writer_close(&text);
}

static struct mark boundary_mark(void) {
    return (struct mark){.element = "path",
                         .fill = color_of("paper"),
                         .stroke = color_of("red"),
                         .width = SLICE("1.4"),
                         .dashed = true};
}

/* The outline of what is no store. */
static struct mark outline_of(const struct picture *picture, const struct decl *element) {
    if (stand_in_for(picture, element))
        return boundary_mark();
    bool pale = is_pale(picture, element), process = element->kind == KIND_PROCESS;
    const char *fill = pale ? "paper" : process ? "process" : "external";
    return (struct mark){.element = process && !picture->stub[element->number] ? "path" : "polygon",
                         .fill = color_of(fill),
                         .stroke = color_of(pale ? "muted" : "ink"),
                         .width = pale ? SLICE("0.8") : SLICE("1.2")};
}

struct label label_of(struct picture *picture, const struct decl *decl) {
    struct label label = label_in("ink", SLICE("11"), dot_label(picture, decl));
    if (decl_is_element(decl) && (decl->kind != KIND_STORE || picture->stub[decl->number]))
        add_mark(&label, outline_of(picture, decl));
    label.shapes = count_shapes(picture->arena, label);
    return label;
}

struct label title_of(struct picture *picture, const struct decl *boundary) {
    struct label label = label_in("red", SLICE("10"), dot_label(picture, boundary));
    label.flush = true;
    return label;
}

struct label legend_of(struct picture *picture) {
    struct memory_writer text;
    memory_writer_open(&text, picture->arena);
    write_picture_legend(picture, &text.writer);
    return label_in("red", SLICE("10"), memory_writer_close(&text));
}

struct label outline_of_boundary(void) {
    struct label label = {.shapes = 1};
    add_mark(&label, boundary_mark());
    return label;
}

struct label half_of_flow(const struct picture *picture, const struct decl *flow) {
    bool crosses = flow_crosses(picture, flow);
    struct mark line = {.element = "path",
                        .fill = SLICE("none"),
                        .stroke = color_of(crosses ? "red" : "muted"),
                        .width = crosses ? SLICE("2") : SLICE("1.1")};
    struct mark head = line;
    struct label label = {.shapes = 2};
    head.element = "polygon";
    head.fill = line.stroke;
    add_mark(&label, line);
    add_mark(&label, head);
    return label;
}
