/* The layout program's SVG, read in one scan and written again as ours: only elements, attributes
 * and ids that are known, only the text that the labels in DOT have, each shape once; so the result
 * is well-formed and holds the picture and no more, whatever that program wrote. Groups get their
 * full title and link; wrappers, comments and internal names go; boundary titles move to the end,
 * above the lines. A picture of our own is taken as well, and comes out as it was: svg.c tells by
 * that whether a picture on disk may be kept. */
// SPDX-License-Identifier: MIT
#include "emit/svg_scan.h"

#include <string.h>

/* Moves to the end of the next `text`; false, with a problem, when there is none. */
static bool skip_past(struct scan *scan, const char *text) {
    struct slice rest = slice_after(rest_of(scan), text);
    if (rest.at)
        scan->at = rest.at;
    else
        fail(scan, "the layout program's SVG is cut off");
    return rest.at != NULL;
}

/* ---- elements ---------------------------------------------------------------------------- */

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
        close_chip(scan);
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
