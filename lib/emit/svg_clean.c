/* The layout program's SVG, read in one scan and written again as ours: only elements, attributes
 * and ids that are known, only the text that the labels in DOT have, each shape once; so the result
 * is well-formed and holds the picture and no more, whatever that program wrote. Groups get their
 * full title and link; wrappers, comments and internal names go; boundary titles move to the end,
 * above the lines. A picture of our own is taken as well, and comes out as it was: svg.c tells by
 * that whether a picture on disk may be kept. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/svg.h"

#include <string.h>

#define DEPTH_LIMIT 16 /* boundaries are not nested in it */

/* The role of an open element, which decides what is written at its end. */
enum role {
    ROLE_ROOT,
    ROLE_GRAPH,
    ROLE_DROPPED, /* its contents stay */
    ROLE_TITLES,  /* of boundaries, in a picture of our own */
    ROLE_SHAPE,   /* a group with a link inside */
    ROLE_CHIP,    /* the same inside of a shape, whose link it interrupts */
    ROLE_ROW,     /* of one flow, in the label of several */
    ROLE_TEXT
};

struct opened {
    struct slice name;
    enum role role;
};

/* An arrow in a label, which has to point as the flow does. */
struct arrow {
    const struct decl *flow;
    const char *text;
};

struct scan {
    struct picture *picture;
    const char *at, *end;
    struct writer *writer;
    struct memory_writer titles; /* of boundaries */
    struct picture_size *size;
    struct opened opened[DEPTH_LIMIT];
    size_t depth;
    bool ours; /* what is read has been written by us */
    bool started, has_graph, has_page, in_titles;
    const struct decl *shape; /* whose group is open */
    bool is_half;             /* of a flow */
    const struct decl *row;   /* the flow of the open row of a label */
    struct box *elements;     /* their boxes, by number */
    ARRAY_OF(struct arrow) arrows;
    struct label label;                       /* what is left of its label */
    size_t drawn;                             /* boxes and lines of the open group */
    unsigned char *seen;                      /* by number, boundaries after the subjects */
    ARRAY_OF(const struct decl *) boundaries; /* in the order of their groups */
    size_t titled;                            /* how many of them have begun to get their title */
    struct label legend;
    struct label title; /* what is left of the title of the last of those */
    size_t shapes;
    double width, height;
    struct box page, box, *zones; /* of the open group; of boundaries, by index */
    const char *problem;
};

struct tag {
    struct slice name, attributes;
    bool closes, empty;
};

static void fail(struct scan *scan, const char *problem) {
    if (!scan->problem)
        scan->problem = problem;
    scan->at = scan->end;
}

static struct slice rest_of(const struct scan *scan) {
    return (struct slice){scan->at, (size_t)(scan->end - scan->at)};
}

/* Moves to the end of the next `text`; false, with a problem, when there is none. */
static bool skip_past(struct scan *scan, const char *text) {
    struct slice rest = slice_after(rest_of(scan), text);
    if (rest.at)
        scan->at = rest.at;
    else
        fail(scan, "the layout program's SVG is cut off");
    return rest.at != NULL;
}

/* ---- places ------------------------------------------------------------------------------ */

#define SLACK 1.5 /* points, for what has been rounded */

static bool lies_in(struct box inner, struct box outer) {
    return inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK &&
           inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;
}

/* The first shape of a group is its box, which lies in that of the boundary around it; all else of
 * the group lies in this box. Lines may go anywhere. */
static bool is_in_place(struct scan *scan, struct box drawn) {
    const struct decl *shape = scan->shape;
    if (!shape)
        return lies_in(drawn, scan->page) && lies_in(scan->page, drawn);
    if (scan->is_half)
        return true;
    if (scan->drawn > 1)
        return lies_in(drawn, scan->box);
    scan->box = drawn;
    if (shape->kind == KIND_BOUNDARY)
        scan->zones[shape->index] = drawn;
    const struct zone *zone =
        shape->kind == KIND_FLOW ? &scan->picture->outside : drawn_zone(scan->picture, shape);
    return lies_in(drawn, zone->boundary ? scan->zones[zone->boundary->index] : scan->page);
}

/* ---- groups ------------------------------------------------------------------------------ */

/* Graphviz writes '-' as a character reference. */
static struct slice plain_id(struct scan *scan, struct slice id) {
    struct memory_writer out;
    memory_writer_open(&out, scan->picture->arena);
    while (id.length) {
        bool dash = slice_starts(id, "&#45;");
        write_char(&out.writer, dash ? '-' : id.at[0]);
        id = slice_part(id, dash ? 5 : 1, id.length);
    }
    return memory_writer_close(&out);
}

static void open_link(struct scan *scan, const struct decl *decl) {
    write_string(scan->writer, "<a href=\"");
    write_shape_link(scan->writer, scan->picture, decl);
    write_string(scan->writer, "\">\n");
}

/* The group of several flows has no link: each of its rows has one. */
static void open_shape(struct scan *scan, const struct group *group, struct slice id) {
    bool itself = group->seen == SEEN_ITSELF;
    unsigned char *seen = &scan->seen[group->decl->number];
    if (*seen & group->seen)
        fail(scan, "the layout program's SVG has a shape twice");
    *seen |= (unsigned char)group->seen;
    write_string(scan->writer, "<g");
    if (itself || group->seen == SEEN_BUNDLE) /* a flow's id is on its label */
        write_format(scan->writer, " id=\"%.*s\"", SLICE_ARGS(id));
    write_format(scan->writer, " class=\"%s\">\n<title>", group_class(scan->picture, group));
    if (itself)
        write_shape_title(scan->writer, scan->picture, group->decl);
    else
        write_bundle_title(scan->writer, scan->picture, bundle_of(scan->picture, group->decl));
    write_string(scan->writer, "</title>\n");
    if (group->seen != SEEN_BUNDLE)
        open_link(scan, group->decl);
    scan->shapes++;
}

static struct label label_of_group(struct scan *scan, const struct group *group) {
    if (group->decl->kind == KIND_BOUNDARY)
        return outline_of_boundary();
    return group->seen == SEEN_ITSELF || group->seen == SEEN_BUNDLE
               ? label_of(scan->picture, group->decl)
               : half_of_flow(scan->picture, group->decl);
}

static enum role open_group_of(struct scan *scan, struct slice id) {
    struct group group =
        id.length ? group_by_id(scan->picture, id) : half_by_title(scan->picture, rest_of(scan));
    if (group.decl && !id.length && scan->seen[group.decl->number] & SEEN_HALF)
        group.seen = SEEN_OTHER_HALF;
    bool of_several = group.decl && group.decl->kind == KIND_FLOW &&
                      bundle_of(scan->picture, group.decl)->count > 1;
    bool misplaced =
        (group.seen == SEEN_ITSELF && of_several) || (group.seen == SEEN_BUNDLE && !of_several);
    if (scan->shape || !group.decl || group.decl->kind == KIND_CROSSING || misplaced) {
        fail(scan, "the layout program's SVG has a shape that is none of the model's");
        return ROLE_DROPPED;
    }
    scan->shape = group.decl;
    scan->is_half = group.seen == SEEN_HALF || group.seen == SEEN_OTHER_HALF;
    scan->drawn = 0;
    scan->label = label_of_group(scan, &group);
    if (group.decl->kind == KIND_BOUNDARY)
        *ARRAY_ADD(scan->picture->arena, &scan->boundaries) = group.decl;
    open_shape(scan, &group, id);
    return ROLE_SHAPE;
}

static enum role open_chip(struct scan *scan, struct slice id) {
    struct group chip = group_by_id(scan->picture, id);
    write_string(scan->writer, "</a>\n");
    if (!chip.decl || more_of(chip.decl)->at != scan->shape)
        fail(scan, "the layout program's SVG has a crossing that is none of the model's");
    else
        open_shape(scan, &chip, id);
    return ROLE_CHIP;
}

static void close_row(struct scan *scan) {
    if (scan->row)
        write_string(scan->writer, "</a>\n</g>\n");
    scan->row = NULL;
}

/* The layout program has a group around the row's first cell; the row goes on up to the next one.
 */
static enum role open_row(struct scan *scan, struct slice id) {
    struct group row = group_by_id(scan->picture, id);
    const struct decl *flow = row.decl;
    if (!scan->ours)
        close_row(scan);
    bool fits = flow && flow->kind == KIND_FLOW && scan->shape->kind == KIND_FLOW && !scan->row &&
                !scan->is_half &&
                bundle_of(scan->picture, flow) == bundle_of(scan->picture, scan->shape);
    if (fits)
        open_shape(scan, &row, id);
    else
        fail(scan, "the layout program's SVG has a flow that is none of the line's");
    scan->row = flow;
    return scan->ours ? ROLE_ROW : ROLE_DROPPED;
}

static enum role open_graph(struct scan *scan, const struct tag *tag) {
    double left = 0, top = 0;
    struct slice transform = attribute_value(tag->attributes, "transform");
    write_string(scan->writer, "<g class=\"graph dfd\" transform=\"");
    if (scan->has_graph || !write_translation(scan->writer, transform, &left, &top))
        fail(scan, "the layout program's SVG has no place for the picture");
    write_string(scan->writer, "\">\n");
    scan->has_graph = true;
    scan->page = (struct box){-left, -top, scan->width - left, scan->height - top};
    return ROLE_GRAPH;
}

static enum role open_group(struct scan *scan, const struct tag *tag) {
    struct slice id = plain_id(scan, attribute_value(tag->attributes, "id"));
    struct slice kind = attribute_value(tag->attributes, "class");
    if (slice_is(kind, "graph dfd"))
        return open_graph(scan, tag);
    if (slice_is(kind, "tb-label") && !scan->shape) {
        scan->in_titles = true;
        return ROLE_TITLES;
    }
    if (scan->shape && (slice_starts(id, "a_crossing-") || slice_starts(id, "crossing-")))
        return open_chip(scan, slice_starts(id, "a_") ? slice_part(id, 2, id.length) : id);
    if (scan->shape && (slice_starts(id, "a_flow-") || slice_starts(id, "flow-")))
        return open_row(scan, slice_starts(id, "a_") ? slice_part(id, 2, id.length) : id);
    if (slice_starts(id, "a_"))
        return ROLE_DROPPED;
    return open_group_of(scan, id);
}

/* ---- text -------------------------------------------------------------------------------- */

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

static void write_text_mark(struct scan *scan, const struct tag *tag, const struct mark *mark,
                            struct writer *writer, struct box box) {
    double x = 0, y = 0;
    write_string(writer, "<text x=\"");
    bool placed = write_single_number(writer, attribute_value(tag->attributes, "x"), &x);
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
static bool next_text(struct scan *scan, struct label *label, struct mark *mark) {
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

static enum role open_text(struct scan *scan, const struct tag *tag) {
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

/* ---- the rest of the elements ------------------------------------------------------------ */

static struct slice tenths_text(struct arena *arena, size_t tenths) {
    return tenths % 10 ? text_format(arena, "%zu.%zu", tenths / 10, tenths % 10)
                       : text_format(arena, "%zu", tenths / 10);
}

struct slice taller(struct arena *arena, struct slice height, size_t points) {
    int whole = 0, part = 0;
    struct slice rest = height, before = {0};
    slice_cut(&rest, '.', &before);
    slice_number(before, &whole);
    slice_number(rest, &part);
    return tenths_text(arena, 10 * ((size_t)whole + points) + (size_t)part);
}

/* Above a page of our own there is a line of text, which the rest of the picture knows nothing of.
 */
static bool leave_out_line(const struct scan *scan, struct slice *top, struct slice *height,
                           double *number) {
    bool fine = *number > LINE_ABOVE && slice_is(*top, "-" LINE_ABOVE_TEXT);
    if (!fine)
        return false;
    size_t tenths = (size_t)(10 * (*number - LINE_ABOVE) + 0.5);
    *number = (double)tenths / 10;
    *top = SLICE("0");
    *height = tenths_text(scan->picture->arena, tenths);
    return true;
}

/* "0.00 0.00 W H". The size is taken from here, not from width and height, which Graphviz rounds: a
 * hair's breadth of page would show beside the picture. */
static enum role open_root(struct scan *scan, const struct tag *tag) {
    struct slice box = attribute_value(tag->attributes, "viewBox"), part, parts[4] = {{0}};
    double numbers[4] = {0};
    bool fine = !scan->started;
    for (size_t i = 0; i < 4; i++) {
        struct memory_writer number;
        memory_writer_open(&number, scan->picture->arena);
        fine = slice_cut(&box, ' ', &part) &&
               write_single_number(&number.writer, part, &numbers[i]) && fine;
        parts[i] = memory_writer_close(&number);
    }
    if (scan->ours && scan->picture->emission->excerpt)
        fine = leave_out_line(scan, &parts[1], &parts[3], &numbers[3]) && fine;
    if (!fine || box.length || !slice_is(parts[0], "0") || !slice_is(parts[1], "0"))
        fail(scan, "the layout program's SVG has no size");
    scan->started = true;
    scan->width = numbers[2];
    scan->height = numbers[3];
    *scan->size = (struct picture_size){parts[2], parts[3],
                                        text_format(scan->picture->arena, "0 0 %.*s %.*s",
                                                    SLICE_ARGS(parts[2]), SLICE_ARGS(parts[3]))};
    return ROLE_ROOT;
}

static enum role open_element(struct scan *scan, const struct tag *tag) {
    if (slice_is(tag->name, "svg"))
        return open_root(scan, tag);
    if (!scan->depth)
        fail(scan, "the layout program did not write SVG");
    else if (slice_is(tag->name, "g"))
        return open_group(scan, tag);
    else if (slice_is(tag->name, "text"))
        return open_text(scan, tag);
    else if (!slice_is(tag->name, "a"))
        fail(scan, "the layout program's SVG has an element that is not known");
    return ROLE_DROPPED;
}

/* Dashes of what has no stroke are nothing: Graphviz leaves them from the shape before. */
static bool is_drawn_as(const struct tag *tag, const struct mark *mark) {
    bool dashes = attribute_value(tag->attributes, "stroke-dasharray").length != 0;
    return mark->element && slice_is(tag->name, mark->element) &&
           slice_equal(attribute_value(tag->attributes, "fill"), mark->fill) &&
           slice_equal(attribute_value(tag->attributes, "stroke"), mark->stroke) &&
           slice_equal(attribute_value(tag->attributes, "stroke-width"), mark->width) &&
           (dashes == mark->dashed || slice_is(mark->stroke, "none"));
}

/* The page itself, or something of the open group. */
static bool is_known(struct scan *scan, const struct tag *tag) {
    struct mark mark = {
        .element = "polygon", .fill = light_color(SLICE("paper")), .stroke = SLICE("none")};
    if (!scan->shape) {
        bool first = scan->has_graph && !scan->has_page;
        scan->has_page = true;
        return first && (!scan->ours || is_drawn_as(tag, &mark));
    }
    if (++scan->drawn > scan->label.shapes)
        return false;
    return !scan->ours ||
           (next_mark(scan->picture->arena, &scan->label, &mark) && is_drawn_as(tag, &mark));
}

static void draw_shape(struct scan *scan, const struct tag *tag) {
    struct box box;
    if (!is_known(scan, tag))
        fail(scan, "the layout program's SVG has a shape that is none of the model's");
    else if (!write_shape(scan->writer, tag->name, tag->attributes, &box))
        fail(scan, "the layout program's SVG has an attribute that makes no sense");
    else if (scan->ours && !is_in_place(scan, box))
        fail(scan, "a shape is not where it belongs");
    else if (scan->shape && scan->drawn == 1 && decl_is_element(scan->shape))
        scan->elements[scan->shape->number] = box;
}

static void write_titles(struct scan *scan) {
    struct mark mark;
    if (next_title(scan, &mark) || next_text(scan, &scan->legend, &mark))
        fail(scan, "the layout program's SVG lacks a part of the picture");
    write_string(scan->writer, "<g class=\"tb-label\" pointer-events=\"none\">\n");
    write_slice(scan->writer, memory_writer_close(&scan->titles));
    write_string(scan->writer, "</g>\n");
}

/* A half may do without the head, but not both of a line's; with flows in both directions, neither.
 */
static bool is_complete(struct scan *scan) {
    struct mark mark;
    unsigned char *seen = &scan->seen[scan->shape->number];
    if (!scan->is_half)
        return !next_text(scan, &scan->label, &mark) &&
               (!scan->ours || scan->drawn == scan->label.shapes);
    const struct bundle *bundle = bundle_of(scan->picture, scan->shape);
    bool head = scan->drawn == 2, again = *seen & SEEN_HEAD;
    *seen |= head ? SEEN_HEAD : 0;
    bool both = (*seen & SEEN_HALF) && (*seen & SEEN_OTHER_HALF);
    if (bundle->forth && bundle->back)
        return head || !scan->ours;
    return scan->drawn && !(head && again) && (!scan->ours || !both || head || again);
}

static bool is_bundle(const struct scan *scan) {
    return scan->shape->kind == KIND_FLOW && !scan->is_half &&
           bundle_of(scan->picture, scan->shape)->count > 1;
}

static void close_shape(struct scan *scan) {
    if (!is_complete(scan))
        fail(scan, "the layout program's SVG lacks a part of the picture");
    close_row(scan);
    write_string(scan->writer, is_bundle(scan) ? "</g>\n" : "</a>\n</g>\n");
    scan->shape = NULL;
}

static void close_element(struct scan *scan, enum role role) {
    switch (role) {
    case ROLE_GRAPH:
        write_titles(scan);
        write_string(scan->writer, "</g>\n");
        break;
    case ROLE_SHAPE:
        close_shape(scan);
        break;
    case ROLE_CHIP:
        write_string(scan->writer, "</a>\n</g>\n");
        if (scan->shape)
            open_link(scan, scan->shape);
        break;
    case ROLE_ROW:
        close_row(scan);
        break;
    case ROLE_TITLES:
        scan->in_titles = false;
        break;
    case ROLE_ROOT:
    case ROLE_DROPPED:
    case ROLE_TEXT:
        break;
    }
}

/* ---- the scan ---------------------------------------------------------------------------- */

static bool read_tag(struct scan *scan, struct tag *tag) {
    const char *close = memchr(scan->at, '>', (size_t)(scan->end - scan->at));
    if (!close) {
        fail(scan, "the layout program's SVG is cut off");
        return false;
    }
    struct slice text = {scan->at + 1, (size_t)(close - scan->at) - 1};
    scan->at = close + 1;
    tag->closes = slice_starts(text, "/");
    tag->empty = slice_ends(text, "/");
    text = slice_part(text, tag->closes, text.length - tag->closes - tag->empty);
    size_t length = 0;
    while (length < text.length && !strchr(" \t\r\n", text.at[length]))
        length++;
    tag->name = slice_part(text, 0, length);
    tag->attributes = slice_part(text, length, text.length);
    return true;
}

static bool is_shape(struct slice name) {
    static const char *const shapes[] = {"polygon", "polyline", "path"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (slice_is(name, shapes[i]))
            return true;
    return false;
}

static void take_tag(struct scan *scan, const struct tag *tag) {
    if (tag->closes) {
        if (!scan->depth || !slice_equal(scan->opened[scan->depth - 1].name, tag->name))
            fail(scan, "the layout program's SVG is not well-formed");
        else
            close_element(scan, scan->opened[--scan->depth].role);
    } else if (slice_is(tag->name, "title") && !tag->empty) {
        skip_past(scan, "</title>"); /* an internal name, or one that is written anew */
    } else if (scan->depth == 1 && slice_is(tag->name, "desc")) {
        skip_past(scan, "</desc>"); /* of a picture of our own, as the style sheet is */
    } else if (scan->depth == 1 && slice_is(tag->name, "style")) {
        skip_past(scan, "</style>");
    } else if (scan->depth == 1 && scan->ours && slice_is(tag->name, "a") && !tag->empty) {
        skip_past(scan, "</a>"); /* the line above a page */
    } else if (tag->empty && scan->depth && is_shape(tag->name)) {
        draw_shape(scan, tag);
    } else if (tag->empty || scan->depth == DEPTH_LIMIT) {
        fail(scan, "the layout program's SVG has an element that is not known");
    } else {
        enum role role = open_element(scan, tag);
        scan->opened[scan->depth++] = (struct opened){tag->name, role};
    }
}

static void take_next(struct scan *scan) {
    struct slice rest = rest_of(scan);
    struct tag tag;
    if (slice_starts(rest, "<!--"))
        skip_past(scan, "-->");
    else if (slice_starts(rest, "<?") || slice_starts(rest, "<!"))
        skip_past(scan, ">");
    else if (rest.at[0] == '<') {
        if (read_tag(scan, &tag))
            take_tag(scan, &tag);
    } else if (strchr(" \t\r\n", rest.at[0]))
        scan->at++;
    else
        fail(scan, "the layout program did not write SVG");
}

static struct box box_of(const struct scan *scan, const struct decl *element) {
    return scan->elements[element->number];
}

/* An arrow that points away from the flow's target would be worse than none. */
static void check_arrows(struct scan *scan) {
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

const char *clean_svg(struct picture *picture, struct slice svg, bool ours, struct writer *writer,
                      struct picture_size *size) {
    struct scan scan = {.picture = picture,
                        .at = svg.at,
                        .end = svg.at + svg.length,
                        .writer = writer,
                        .size = size,
                        .ours = ours};
    memory_writer_open(&scan.titles, picture->arena);
    scan.seen =
        ARENA_ARRAY(picture->arena, unsigned char,
                    picture->model->subjects.count + picture->model->of[KIND_BOUNDARY].count);
    scan.elements =
        ARENA_ARRAY(picture->arena, struct box, picture->emission->analysis->model->subjects.count);
    scan.legend = legend_of(picture);
    scan.zones = ARENA_ARRAY(picture->arena, struct box, picture->model->of[KIND_BOUNDARY].count);
    while (scan.at < scan.end) {
        arena_step(picture->arena);
        take_next(&scan);
    }
    check_arrows(&scan);
    size_t expected = picture->element_count + picture->flow_count + 2 * picture->line_count +
                      picture->bundled_count + picture->zone_count + picture->chip_count;
    if (!scan.problem && (scan.depth || !scan.has_page))
        scan.problem = "the layout program's SVG is cut off";
    if (!scan.problem && scan.shapes != expected)
        scan.problem = "the layout program's SVG lacks a part of the picture";
    return scan.problem;
}
