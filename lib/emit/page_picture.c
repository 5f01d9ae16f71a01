/* A picture in the page. What svg.c writes for a file of its own gets other ids, so that they are
 * there once, and has no style, which would be that of the whole page. It is our own SVG: in no
 * text or value of it stands a quote or a bracket as it is. */
// SPDX-License-Identifier: MIT
#include "emit/page.h"

#include <stdio.h>
#include <string.h>

static const char *find(const char *at, const char *end, const char *text) {
    size_t length = strlen(text);
    for (; (size_t)(end - at) >= length; at++) {
        at = memchr(at, text[0], (size_t)(end - at) - length + 1);
        if (!at)
            return end;
        if (memcmp(at, text, length) == 0)
            return at;
    }
    return end;
}

/* Attributes whose values are ids of the picture itself. */
static bool names_own_id(struct slice written) {
    static const char *const names[] = {" id=\"", " aria-labelledby=\"", " aria-describedby=\""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_ends(written, names[i]))
            return true;
    return false;
}

/* Copies up to the next quote, or all; whether that opens an id of the picture. */
static bool copy_to_quote(struct writer *writer, struct slice *part) {
    const char *quote = memchr(part->at, '"', part->length);
    size_t length = quote ? (size_t)(quote - part->at) + 1 : part->length;
    struct slice piece = slice_part(*part, 0, length);
    write_slice(writer, piece);
    *part = slice_part(*part, length, part->length);
    return names_own_id(piece);
}

/* Copies a tag, or several; after each quote that opens an id of the picture comes the prefix. */
static void copy_with_prefix(struct writer *writer, struct slice part, const char *prefix) {
    while (part.length)
        if (copy_to_quote(writer, &part))
            write_string(writer, prefix);
}

/* What was read last of a group: of the halves of a flow only the label has an id. */
struct group_seen {
    struct slice title;
    bool has_id;
};

/* A link without a text is called as its group is, for readers that see no picture; the keyboard
 * goes to each shape once. */
static void copy_link(struct writer *writer, struct slice tag, const struct group_seen *group,
                      bool has_text) {
    write_string(writer, "<a");
    if (!has_text)
        write_format(writer, " aria-label=\"%.*s\"", SLICE_ARGS(group->title));
    if (!group->has_id)
        write_string(writer, " tabindex=\"-1\"");
    write_slice(writer, slice_part(tag, 2, tag.length));
}

static void copy_tags(struct writer *writer, struct slice svg, const char *prefix) {
    struct group_seen group = {.has_id = false};
    const char *at = svg.at, *end = svg.at + svg.length;
    while (at < end) {
        const char *text = find(at, end, ">");
        text += text < end;
        const char *next = find(text, end, "<");
        struct slice tag = {at, (size_t)(text - at)};
        if (slice_starts(tag, "<g"))
            group.has_id = find(at, text, " id=\"") < text;
        if (slice_is(tag, "<title>"))
            group.title = (struct slice){text, (size_t)(next - text)};
        if (slice_starts(tag, "<a ")) {
            const char *inside = find(text, end, "</a>");
            copy_link(writer, tag, &group, find(text, inside, "<text") < inside);
        } else {
            copy_with_prefix(writer, tag, prefix);
        }
        write_bytes(writer, text, (size_t)(next - text));
        at = next;
    }
}

/* The first line names the model, which the page does already. Its digests say whether the picture
 * is still the same when the page is made again. */
static void write_root(struct writer *writer, struct slice tag, const char *prefix) {
    static const char *const kept[] = {" width=\"",
                                       " height=\"",
                                       " viewBox=\"",
                                       " aria-labelledby=\"",
                                       " aria-describedby=\"",
                                       " font-family=\"",
                                       " data-stridec-input=\"",
                                       " data-stridec-layout=\"",
                                       " data-stridec-page=\"",
                                       " data-stridec-digest=\""};
    const char *end = tag.at + tag.length;
    write_string(writer, "<svg role=\"group\"");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *at = find(tag.at, end, kept[i]);
        if (at == end)
            continue;
        const char *value = at + strlen(kept[i]), *close = find(value, end, "\"");
        copy_with_prefix(writer, (struct slice){at, (size_t)(close - at) + 1}, prefix);
    }
    write_string(writer, ">");
}

static struct slice scope(struct arena *arena, struct slice svg, const char *prefix) {
    struct slice rest = svg, root = {0};
    struct memory_writer out;
    slice_cut(&rest, '>', &root);
    memory_writer_open(&out, arena);
    write_root(&out.writer, root, prefix);
    copy_tags(&out.writer, rest, prefix);
    return memory_writer_close(&out);
}

/* ---- and back ---------------------------------------------------------------------------- */

/* What stands after a quote that opens an id of the picture, without the prefix. */
static void copy_without_prefix(struct writer *writer, struct slice part, const char *prefix) {
    while (part.length)
        if (copy_to_quote(writer, &part) && slice_starts(part, prefix))
            part = slice_part(part, strlen(prefix), part.length);
}

/* The link without what copy_link() has added. */
static void copy_bare_link(struct writer *writer, struct slice tag) {
    static const char *const added[] = {" aria-label=\"", " tabindex=\""};
    struct slice rest = slice_part(tag, 2, tag.length);
    write_string(writer, "<a");
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        if (!slice_starts(rest, added[i]))
            continue;
        struct slice value;
        rest = slice_part(rest, strlen(added[i]), rest.length);
        slice_cut(&rest, '"', &value);
    }
    write_slice(writer, rest);
}

static void copy_bare_tags(struct writer *writer, struct slice svg, const char *prefix) {
    while (svg.length) {
        const char *end = svg.at + svg.length, *text = find(svg.at, end, ">");
        text += text < end;
        const char *next = find(text, end, "<");
        struct slice tag = {svg.at, (size_t)(text - svg.at)};
        if (slice_starts(tag, "<a "))
            copy_bare_link(writer, tag);
        else
            copy_without_prefix(writer, tag, prefix);
        write_bytes(writer, text, (size_t)(next - text));
        svg = slice_part(svg, (size_t)(next - svg.at), svg.length);
    }
}

/* The picture with this prefix, as the file that it was made from, of a page that was written
 * before; "" where there is none. `rest` goes on after it. Whatever somebody has made of it: it is
 * kept only where it is what would be drawn now. */
static struct slice find_before(const struct emission *emission, struct slice *rest,
                                const char *prefix) {
    static const char open[] = "<svg role=\"group\"", close[] = "</svg>\n";
    if (!rest->length)
        return *rest;
    const char *end = rest->at + rest->length;
    const char *start = find(rest->at, end, open);
    const char *after = find(start, end, close);
    if (after == end) {
        *rest = (struct slice){0}; /* there are no more */
        return *rest;
    }
    struct slice svg = {start + strlen(open),
                        (size_t)(after - start) + strlen(close) - strlen(open)};
    struct slice root, body = svg;
    slice_cut(&body, '>', &root);
    char own[64];
    snprintf(own, sizeof own, " aria-labelledby=\"%spicture-title\"", prefix);
    const char *role = find(root.at, root.at + root.length, own);
    if (role == root.at + root.length)
        return (struct slice){0};
    struct memory_writer out;
    memory_writer_open(&out, emission->arena);
    write_string(&out.writer, SVG_OPENING);
    write_xml(&out.writer, emission->options.model_name);
    write_string(&out.writer, "\"");
    write_bytes(&out.writer, root.at, (size_t)(role - root.at));
    write_string(&out.writer, " role=\"graphics-document\"");
    copy_without_prefix(&out.writer, (struct slice){role, (size_t)(root.at + root.length - role)},
                        prefix);
    write_string(&out.writer, ">");
    copy_bare_tags(&out.writer, body, prefix);
    *rest = (struct slice){after, (size_t)(end - after)};
    return memory_writer_close(&out);
}

/* ---- one of the page --------------------------------------------------------------------- */

struct page_picture draw_page_picture(const struct emission *emission, const struct page_part *part,
                                      struct slice *before) {
    struct emission drawing = *emission;
    struct memory_writer svg;
    const char *kind = part->view ? "view" : part->fold ? "page" : "picture";
    char prefix[32];
    if (part->number)
        snprintf(prefix, sizeof prefix, "%s%zu-", kind, part->number);
    else
        snprintf(prefix, sizeof prefix, "%s-", kind);
    drawing.options.view = part->view;
    drawing.options.page = part->fold ? part->fold->id : (struct slice){0};
    drawing.options.picture = SLICE("#picture");
    drawing.options.page_pictures = SLICE("#" PAGE_ANCHOR "*");
    drawing.options.previous = find_before(emission, before, prefix);
    drawing.options.in_page = true;
    memory_writer_open(&svg, emission->arena);
    drawing.writer = &svg.writer;
    bool drawn = emit_svg(&drawing);
    struct slice text = memory_writer_close(&svg);
    return (struct page_picture){.svg = drawn ? scope(emission->arena, text, prefix)
                                              : (struct slice){0},
                                 .division = drawing.division};
}
