/* The texts of the SVG: each is one that the labels in DOT have, in their order, and lies where its
 * label does. */
// SPDX-License-Identifier: MIT
#include "emit/svg_scan.h"

#include <string.h>

/* The text of a <text>, up to the next tag. */
static struct slice read_text(struct scan *scan) {
    static const struct reference references[] = {
        {JOINED_AND, '&'}, {"&amp;", '&'},  {"&lt;", '<'},  {"&gt;", '>'},
        {"&quot;", '"'},   {"&#39;", '\''}, {"&#45;", '-'},
    };
    const char *start = scan->at;
    while (scan->at < scan->end && *scan->at != '<')
        scan->at++;
    return plain_text(scan->picture->arena, (struct slice){start, (size_t)(scan->at - start)},
                      references, sizeof references / sizeof *references);
}

/* Writes a text as Graphviz does. Labels were made fit to be drawn before, so nothing else needs an
 * escape. */
static void write_drawn_text(struct writer *writer, struct slice text) {
    static const struct {
        char plain;
        const char *written;
    } references[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t at = 0; at < text.length; at++) {
        size_t i = 0, count = sizeof references / sizeof *references;
        while (i < count && references[i].plain != text.at[at])
            i++;
        if (i < count)
            write_string(writer, references[i].written);
        else
            write_char(writer, text.at[at]);
    }
}

/* A little less than a half is added, so that a half is never a matter of rounding errors. */
static void write_middle(struct scan *scan, struct writer *writer, struct box cell) {
    double middle = (cell.left + cell.right) / 2;
    size_t tenths = (size_t)(10 * (middle < 0 ? -middle : middle) + 0.25);
    write_string(writer, middle < 0 && tenths ? "-" : "");
    write_slice(writer, tenths_text(scan->picture->arena, tenths));
    write_string(writer, "\" text-anchor=\"middle");
}

/* Graphviz says where a text begins. Readers have other fonts than the one that it was measured
 * for, so what stands in the middle of a cell is anchored there: it grows to both sides. */
static void write_text_mark(struct scan *scan, const struct tag *tag, const struct mark *mark,
                            struct writer *writer, struct box box) {
    struct memory_writer begin;
    memory_writer_open(&begin, scan->picture->arena);
    double x = 0, y = 0;
    bool placed = write_single_number(&begin.writer, attribute_value(tag->attributes, "x"), &x);
    struct slice begins = memory_writer_close(&begin);
    struct box cell = scan->shape ? scan->last : scan->page;
    write_string(writer, "<text x=\"");
    if (!mark->flush && x >= cell.left && x <= cell.right)
        write_middle(scan, writer, cell);
    else
        write_slice(writer, begins);
    write_string(writer, "\" y=\"");
    placed = write_single_number(writer, attribute_value(tag->attributes, "y"), &y) && placed;
    if (!placed || (scan->ours && !lies_in((struct box){x, y, x, y}, box)))
        fail(scan, "the layout program's SVG has a text without a place");
    write_format(writer, "\"%s font-size=\"%.*s\" fill=\"%.*s\">",
                 mark->bold ? " font-weight=\"bold\"" : "", SLICE_ARGS(mark->size),
                 SLICE_ARGS(mark->fill));
    write_drawn_text(writer, mark->text);
    write_string(writer, "</text>\n");
}

/* The next text of a label. The layout program may draw boxes and lines in an order of its own. */
bool next_text(struct scan *scan, struct label *label, struct mark *mark) {
    while (next_mark(scan->picture->arena, label, mark))
        if (!mark->element || scan->ours)
            return !mark->element;
    return false;
}

/* The next line of the titles of boundaries: within each group when the layout program writes, all
 * of them at the end in a picture of our own. */
static bool next_title(struct scan *scan, struct mark *mark) {
    while (!next_text(scan, &scan->title, mark)) {
        if (scan->titled == scan->boundaries.count)
            return false;
        scan->title = title_of(scan->picture, scan->boundaries.items[scan->titled++]);
    }
    return true;
}

void write_titles(struct scan *scan) {
    struct mark mark;
    if (next_title(scan, &mark) || next_text(scan, &scan->legend, &mark))
        fail(scan, "the layout program's SVG lacks a part of the picture");
    write_string(scan->writer, "<g class=\"tb-label\" pointer-events=\"none\">\n");
    write_slice(scan->writer, memory_writer_close(&scan->titles));
    write_string(scan->writer, "</g>\n");
}

/* ---- arrows ------------------------------------------------------------------------------ */

/* The layout program chooses which way a line runs, and so which of these stands in its label. */
static bool take_arrow(struct scan *scan, struct slice text, struct mark *mark) {
    static const char *const arrows[] = {ARROW_LEFT, ARROW_UP, ARROW_RIGHT, ARROW_DOWN};
    if (!scan->row || !slice_is(mark->size, ARROW_SIZE))
        return false;
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (slice_is(text, arrows[i])) {
            mark->text = text;
            *ARRAY_ADD(scan->picture->arena, &scan->arrows) = (struct arrow){scan->row, arrows[i]};
            return true;
        }
    return false;
}

static struct box box_of(const struct scan *scan, const struct decl *element) {
    return scan->elements[element->number];
}

/* An arrow that points away from the flow's target would be worse than none. */
void check_arrows(struct scan *scan) {
    for (size_t i = 0; i < scan->arrows.count; i++) {
        const struct arrow *arrow = &scan->arrows.items[i];
        struct box from = box_of(scan, arrow->flow->from), to = box_of(scan, arrow->flow->to);
        double across = to.left + to.right - from.left - from.right;
        double down = to.top + to.bottom - from.top - from.bottom;
        double ahead = strcmp(arrow->text, ARROW_RIGHT) == 0  ? across
                       : strcmp(arrow->text, ARROW_LEFT) == 0 ? -across
                       : strcmp(arrow->text, ARROW_DOWN) == 0 ? down
                                                              : -down;
        if (ahead <= 0)
            fail(scan, "the layout program's SVG has an arrow that points away from where its flow "
                       "goes");
    }
}

/* ---- a text ------------------------------------------------------------------------------ */

enum role open_text(struct scan *scan, const struct tag *tag) {
    bool title = scan->in_titles || (scan->shape && scan->shape->kind == KIND_BOUNDARY);
    struct slice text = read_text(scan);
    struct mark mark;
    bool known = title ? next_title(scan, &mark)
                       : scan->has_page &&
                             next_text(scan, scan->shape ? &scan->label : &scan->legend, &mark);
    if (!known || !(slice_equal(text, mark.text) || take_arrow(scan, text, &mark)))
        fail(scan, "the layout program's SVG has a text that is none of the model's");
    else if (title)
        write_text_mark(scan, tag, &mark, &scan->titles.writer,
                        scan->zones[scan->boundaries.items[scan->titled - 1]->index]);
    else
        write_text_mark(scan, tag, &mark, scan->writer, scan->shape ? scan->box : scan->page);
    return ROLE_TEXT;
}
