/* The layout program's SVG, read in one scan and written again as ours: only elements, attributes
 * and ids that are known, so that whatever it wrote, what comes out is well-formed and holds no
 * more than the picture. Groups get their full title and link; wrappers, comments and internal
 * names go; boundary titles move to the end, above the lines. */
// SPDX-License-Identifier: MIT
#include "emit/picture.h"

#include <string.h>

#define DEPTH_LIMIT 16 /* boundaries are not nested in it */

/* What an open element is to us, which says what its end writes. */
enum role {
    ROLE_ROOT,
    ROLE_COPIED,
    ROLE_DROPPED, /* its contents stay */
    ROLE_SHAPE,   /* a group with a link inside */
    ROLE_CHIP,    /* the same inside of a shape, whose link it interrupts */
    ROLE_TEXT
};

struct opened {
    struct slice name;
    enum role role;
};

struct scan {
    struct picture *picture;
    const char *at, *end;
    struct writer *writer;
    struct memory_writer titles; /* of boundaries */
    struct picture_size *size;
    struct opened opened[DEPTH_LIMIT];
    size_t depth;
    bool started, in_boundary;
    const struct decl *shape; /* whose group is open */
    size_t shapes;
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

/* Moves behind `text`; false, with a problem, when it does not come. */
static bool skip_past(struct scan *scan, const char *text) {
    size_t length = strlen(text);
    for (const char *at = scan->at; (size_t)(scan->end - at) >= length; at++) {
        at = memchr(at, text[0], (size_t)(scan->end - at) - length + 1);
        if (!at)
            break;
        if (memcmp(at, text, length) == 0) {
            scan->at = at + length;
            return true;
        }
    }
    fail(scan, "the layout program's SVG is cut off");
    return false;
}

/* ---- attributes -------------------------------------------------------------------------- */

/* The next name="value"; false at the end or at what is none. */
static bool next_attribute(struct slice *rest, struct slice *name, struct slice *value) {
    *rest = slice_trim(*rest);
    const char *quote = rest->length ? memchr(rest->at, '"', rest->length) : NULL;
    if (!quote || quote < rest->at + 2 || quote[-1] != '=')
        return false;
    *name = slice_part(*rest, 0, (size_t)(quote - rest->at) - 1);
    *rest = slice_part(*rest, name->length + 2, rest->length);
    const char *close = rest->length ? memchr(rest->at, '"', rest->length) : NULL;
    if (!close)
        return false;
    *value = slice_part(*rest, 0, (size_t)(close - rest->at));
    *rest = slice_part(*rest, value->length + 1, rest->length);
    return true;
}

static struct slice attribute(struct slice attributes, const char *wanted) {
    struct slice name, value;
    while (next_attribute(&attributes, &name, &value))
        if (slice_is(name, wanted))
            return value;
    return (struct slice){0};
}

/* Values of the attributes we keep are numbers, colours and a few words. */
static bool is_harmless(struct slice value) {
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        bool figure = (c >= '0' && c <= '9') || c == ',' || c == '.' || c == ' ' || c == '-';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!figure && !letter && c != '#' && c != '(' && c != ')')
            return false;
    }
    return true;
}

static bool is_digit(const struct slice *text, size_t i) {
    return i < text->length && text->at[i] >= '0' && text->at[i] <= '9';
}

/* A number with at most one decimal, rounded half away from zero; "-0" and ".0" are not written.
 * This is most of what a picture consists of, so it goes without format strings. */
static size_t write_number(struct writer *writer, struct slice text) {
    char digits[24], *start = digits + sizeof digits;
    size_t at = text.at[0] == '-';
    bool negative = at;
    unsigned long long tenths = 0;
    for (unsigned count = 0; is_digit(&text, at); at++)
        if (count++ < 15)
            tenths = tenths * 10 + (unsigned)(text.at[at] - '0');
    tenths *= 10;
    if (at < text.length && text.at[at] == '.') {
        if (is_digit(&text, ++at))
            tenths += (unsigned)(text.at[at++] - '0');
        if (is_digit(&text, at))
            tenths += text.at[at] >= '5';
        while (is_digit(&text, at))
            at++;
    }
    if (tenths % 10) {
        *--start = (char)('0' + tenths % 10);
        *--start = '.';
    }
    unsigned long long whole = tenths / 10;
    do
        *--start = (char)('0' + whole % 10);
    while (whole /= 10);
    if (negative && tenths)
        *--start = '-';
    write_bytes(writer, start, (size_t)(digits + sizeof digits - start));
    return at;
}

static void write_rounded(struct writer *writer, struct slice value) {
    for (size_t at = 0; at < value.length;) {
        struct slice rest = {value.at + at, value.length - at};
        if (is_digit(&rest, rest.at[0] == '-'))
            at += write_number(writer, rest);
        else
            write_char(writer, value.at[at++]);
    }
}

enum treatment { KEPT, ROUNDED, PAINT };

/* What is kept of shapes and texts. The font's family stands on the root, once. */
#define KEEP(name, treatment)                                                                      \
    { {name, sizeof(name) - 1}, treatment }
static const struct {
    struct slice name;
    enum treatment treatment;
} kept_attributes[] = {
    KEEP("fill", PAINT),
    KEEP("stroke", PAINT),
    KEEP("points", ROUNDED),
    KEEP("stroke-width", ROUNDED),
    KEEP("d", ROUNDED),
    KEEP("x", ROUNDED),
    KEEP("y", ROUNDED),
    KEEP("font-weight", KEPT),
    KEEP("font-size", ROUNDED),
    KEEP("font-style", KEPT),
    KEEP("stroke-dasharray", KEPT),
    KEEP("cx", ROUNDED),
    KEEP("cy", ROUNDED),
    KEEP("rx", ROUNDED),
    KEEP("ry", ROUNDED),
    KEEP("class", KEPT),
    KEEP("transform", ROUNDED),
};
#undef KEEP

static void write_attribute(struct scan *scan, struct slice name, struct slice value) {
    size_t i = 0, count = sizeof kept_attributes / sizeof *kept_attributes;
    while (i < count && !slice_equal(name, kept_attributes[i].name))
        i++;
    if (i == count)
        return;
    if (!is_harmless(value))
        fail(scan, "the layout program's SVG has an attribute that makes no sense");
    write_char(scan->writer, ' ');
    write_slice(scan->writer, name);
    write_string(scan->writer, "=\"");
    if (kept_attributes[i].treatment == ROUNDED)
        write_rounded(scan->writer, value);
    else if (kept_attributes[i].treatment == PAINT && slice_is(value, "transparent"))
        write_string(scan->writer, "none"); /* the other is no colour of SVG 1.1 */
    else
        write_slice(scan->writer, value);
    write_char(scan->writer, '"');
}

static void write_start(struct scan *scan, const struct tag *tag) {
    struct slice rest = tag->attributes, name, value;
    write_char(scan->writer, '<');
    write_slice(scan->writer, tag->name);
    while (next_attribute(&rest, &name, &value))
        write_attribute(scan, name, value);
    write_string(scan->writer, tag->empty ? "/>\n" : ">");
}

/* ---- groups ------------------------------------------------------------------------------ */

/* The part of an id behind its prefix, or nothing. */
static struct slice behind(struct slice id, const char *prefix) {
    return slice_starts(id, prefix) ? slice_part(id, strlen(prefix), id.length) : (struct slice){0};
}

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

/* Whose group it is. Halves of a flow keep no id, it is on the flow's label. */
static const struct decl *find_shape(const struct scan *scan, struct slice id, bool *keeps_id) {
    static const struct {
        const char *prefix;
        unsigned kinds;
        bool keeps_id;
    } groups[] = {
        {"el-", ON_ELEMENT, true},  {"flow-", ON_FLOW, true},   {"tb-", ON_BOUNDARY, true},
        {"half1-", ON_FLOW, false}, {"half2-", ON_FLOW, false}, {"crossing-", ON_CROSSING, true},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct slice own = behind(id, groups[i].prefix);
        const struct decl *decl = own.length ? model_find(scan->picture->model, own) : NULL;
        *keeps_id = groups[i].keeps_id;
        if (decl && kind_in(decl->kind, groups[i].kinds))
            return decl;
    }
    return NULL;
}

static void open_link(struct scan *scan, const struct decl *decl) {
    write_string(scan->writer, "<a href=\"");
    write_link(scan->writer, decl);
    write_string(scan->writer, "\">\n");
}

/* `kind` is its class; what Graphviz says of it is our own from the DOT. */
static void open_shape(struct scan *scan, const struct decl *decl, struct slice id,
                       struct slice kind) {
    if (!is_harmless(kind))
        fail(scan, "the layout program's SVG has a class that makes no sense");
    write_string(scan->writer, "<g");
    if (id.length)
        write_format(scan->writer, " id=\"%.*s\"", S(id));
    write_format(scan->writer, " class=\"%.*s\">\n<title>", S(kind));
    write_shape_title(scan->writer, scan->picture, decl);
    write_string(scan->writer, "</title>\n");
    open_link(scan, decl);
    scan->shapes++;
}

static enum role open_group(struct scan *scan, const struct tag *tag) {
    struct slice id = plain_id(scan, attribute(tag->attributes, "id"));
    struct slice kind = attribute(tag->attributes, "class");
    bool keeps_id;
    if (slice_starts(id, "a_crossing-") && scan->shape) {
        struct slice own = behind(id, "a_");
        const struct decl *chip = find_shape(scan, own, &keeps_id);
        write_string(scan->writer, "</a>\n");
        if (!chip)
            fail(scan, "the layout program's SVG has a crossing that is none of the model's");
        else
            open_shape(scan, chip, own, SLICE("crossing"));
        return ROLE_CHIP;
    }
    if (slice_starts(id, "a_"))
        return ROLE_DROPPED;
    if (slice_is(id, "graph0")) {
        write_start(scan, tag);
        write_char(scan->writer, '\n');
        return ROLE_COPIED;
    }
    scan->shape = scan->shape ? NULL : find_shape(scan, id, &keeps_id);
    if (!scan->shape) {
        fail(scan, "the layout program's SVG has a shape that is none of the model's");
        return ROLE_DROPPED;
    }
    scan->in_boundary = scan->shape->kind == KIND_BOUNDARY;
    open_shape(scan, scan->shape, keeps_id ? id : (struct slice){0}, kind);
    return ROLE_SHAPE;
}

/* ---- the rest of the elements ------------------------------------------------------------ */

/* "0.00 0.00 W H". The size is taken from here, not from width and height, which Graphviz rounds: a
 * hair's breadth of page would show beside the picture. */
static enum role open_root(struct scan *scan, const struct tag *tag) {
    struct slice box = attribute(tag->attributes, "viewBox"), part;
    struct memory_writer rounded;
    if (scan->started || !box.length || !is_harmless(box))
        fail(scan, "the layout program's SVG has no size");
    scan->started = true;
    memory_writer_open(&rounded, scan->picture->arena);
    write_rounded(&rounded.writer, box);
    struct slice rest = scan->size->view_box = memory_writer_close(&rounded);
    for (size_t i = 0; slice_cut(&rest, ' ', &part); i++) {
        if (i == 2)
            scan->size->width = part;
        if (i == 3)
            scan->size->height = part;
    }
    if (!scan->size->height.length)
        fail(scan, "the layout program's SVG has no size");
    return ROLE_ROOT;
}

/* The references that Graphviz writes; length 0 for anything else. */
static size_t reference_length(struct slice text) {
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#160;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_starts(text, known[i]))
            return strlen(known[i]);
    return 0;
}

/* The text of a <text>, up to the next tag. See write_text() of dot.c for the word joiner. */
static void copy_text(struct scan *scan) {
    while (scan->at < scan->end && *scan->at != '<') {
        struct slice rest = rest_of(scan);
        const char *start = scan->at;
        if (slice_starts(rest, "&#45;")) {
            write_char(scan->writer, '-');
            scan->at += 5;
        } else if (*scan->at == '&') {
            size_t length = reference_length(rest);
            if (!length)
                fail(scan, "the layout program's SVG has a reference that is not known");
            write_bytes(scan->writer, start, length);
            scan->at += length;
            if (slice_starts(rest, "&amp;\xe2\x81\xa0"))
                scan->at += 3;
        } else if (utf8_next(&scan->at, scan->end) < ' ') {
            fail(scan, "the layout program's SVG has bytes that are no text");
        } else {
            write_bytes(scan->writer, start, (size_t)(scan->at - start));
        }
    }
}

static enum role open_text(struct scan *scan, const struct tag *tag) {
    struct writer *writer = scan->writer;
    if (scan->in_boundary)
        scan->writer = &scan->titles.writer;
    write_start(scan, tag);
    copy_text(scan);
    write_string(scan->writer, "</text>\n");
    scan->writer = writer;
    return ROLE_TEXT;
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

static void write_titles(struct scan *scan) {
    write_string(scan->writer, "<g class=\"tb-label\" pointer-events=\"none\">\n");
    write_slice(scan->writer, memory_writer_close(&scan->titles));
    write_string(scan->writer, "</g>\n");
}

static void close_element(struct scan *scan, enum role role) {
    switch (role) {
    case ROLE_COPIED: /* the whole graph */
        write_titles(scan);
        write_string(scan->writer, "</g>\n");
        break;
    case ROLE_SHAPE:
        write_string(scan->writer, "</a>\n</g>\n");
        scan->shape = NULL;
        scan->in_boundary = false;
        break;
    case ROLE_CHIP:
        write_string(scan->writer, "</a>\n</g>\n");
        if (scan->shape)
            open_link(scan, scan->shape);
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
    static const char *const shapes[] = {"polygon", "polyline", "path", "ellipse"};
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
        skip_past(scan, "</title>"); /* an internal name */
    } else if (tag->empty && scan->depth && is_shape(tag->name)) {
        write_start(scan, tag);
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

const char *clean_svg(struct picture *picture, struct slice svg, struct writer *writer,
                      struct picture_size *size) {
    struct scan scan = {.picture = picture,
                        .at = svg.at,
                        .end = svg.at + svg.length,
                        .writer = writer,
                        .size = size};
    memory_writer_open(&scan.titles, picture->arena);
    while (scan.at < scan.end)
        take_next(&scan);
    size_t expected = picture->element_count + 3 * picture->flow_count + picture->zone_count +
                      picture->chip_count;
    if (!scan.problem && (scan.depth || !scan.started))
        scan.problem = "the layout program's SVG is cut off";
    if (!scan.problem && scan.shapes != expected)
        scan.problem = "the layout program's SVG lacks a part of the picture";
    return scan.problem;
}
