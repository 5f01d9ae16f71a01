/* The groups of the SVG and what is drawn in them: each is a shape of the model's, is there once,
 * has all of its parts, and lies in the boundary that it belongs to. It gets its full title and
 * link. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/svg_scan.h"

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

void close_row(struct scan *scan) {
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

enum role open_group(struct scan *scan, const struct tag *tag) {
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

/* ---- the end of a group ------------------------------------------------------------------ */

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

void close_shape(struct scan *scan) {
    if (!is_complete(scan))
        fail(scan, "the layout program's SVG lacks a part of the picture");
    close_row(scan);
    write_string(scan->writer, is_bundle(scan) ? "</g>\n" : "</a>\n</g>\n");
    scan->shape = NULL;
}

void close_chip(struct scan *scan) {
    write_string(scan->writer, "</a>\n</g>\n");
    if (scan->shape)
        open_link(scan, scan->shape);
}

/* ---- what is drawn ----------------------------------------------------------------------- */

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

void draw_shape(struct scan *scan, const struct tag *tag) {
    struct box box = {0, 0, 0, 0};
    if (!is_known(scan, tag))
        fail(scan, "the layout program's SVG has a shape that is none of the model's");
    else if (!write_shape(scan->writer, tag->name, tag->attributes, &box))
        fail(scan, "the layout program's SVG has an attribute that makes no sense");
    else if (scan->ours && !is_in_place(scan, box))
        fail(scan, "a shape is not where it belongs");
    else if (scan->shape && scan->drawn == 1 && decl_is_element(scan->shape))
        scan->elements[scan->shape->number] = box;
    scan->last = box;
}
