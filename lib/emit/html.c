/* The document as HTML, for a page: the same calls as Markdown's, so that both say the same. No
 * attribute holds anything of the user but ids in links. */
// SPDX-License-Identifier: MIT
#include "emit/html.h"

#include <string.h>

/* ---- text -------------------------------------------------------------------------------- */

void write_html(struct writer *writer, struct slice text) {
    write_xml(writer, text);
}

void write_html_text(struct writer *writer, struct slice text) {
    while (text.length) {
        struct slice before, code, rest = text;
        bool opens = slice_has(text, '`') && slice_cut(&rest, '`', &before);
        bool closes = opens && slice_has(rest, '`') && slice_cut(&rest, '`', &code) && code.length;
        if (!closes) {
            write_html(writer, text);
            return;
        }
        write_html(writer, before);
        write_string(writer, "<code>");
        write_html(writer, code);
        write_string(writer, "</code>");
        text = rest;
    }
}

void write_html_lines(struct writer *writer, struct slice text) {
    while (text.length) {
        const char *end = memchr(text.at, '\n', text.length);
        size_t length = end ? (size_t)(end - text.at) : text.length;
        write_html(writer, slice_part(text, 0, length));
        write_string(writer, end ? "\n" : "");
        text = slice_part(text, length + 1, text.length);
    }
}

/* Ids are letters of any script, digits and a few signs. */
void write_fragment(struct writer *writer, struct slice id) {
    for (size_t i = 0; i < id.length; i++) {
        unsigned char byte = (unsigned char)id.at[i];
        if (byte > ' ' && byte < 0x7f && !strchr("\"<>\\'^`{|}%&#", byte))
            write_char(writer, (char)byte);
        else
            write_percent(writer, byte);
    }
}

/* ---- parts ------------------------------------------------------------------------------- */

static struct html *html_of(struct document *document) {
    return document->context;
}

static struct writer *writer_of(struct document *document) {
    return document->emission->writer;
}

static const char *const tags[] = {
    [PART_PARAGRAPH] = "p", [PART_LIST] = "ul",      [PART_STEPS] = "ol", [PART_TASKS] = "ul",
    [PART_ITEM] = "li",     [PART_VERBATIM] = "pre", [PART_ROW] = "tr",   [PART_STRONG] = "strong",
    [PART_EMPHASIS] = "em", [PART_FOLD] = "details",
};

static void open_html(struct document *document, enum document_part part) {
    html_of(document)->in_verbatim |= part == PART_VERBATIM;
    if (part == PART_TASKS)
        write_string(writer_of(document), "<ul class=\"tasks\">\n");
    else if (part == PART_VERBATIM)
        write_string(writer_of(document), "<pre tabindex=\"0\">");
    else
        write_format(writer_of(document), "<%s>", tags[part]);
}

static void end_cell(struct document *document) {
    struct html *html = html_of(document);
    if (html->cell)
        write_string(writer_of(document), "</td>");
    html->cell = 0;
}

static void close_link(struct document *document) {
    struct html *html = html_of(document);
    if (!html->is_inner) {
        write_string(writer_of(document), "</a>");
        html->in_link = false;
    }
    html->is_inner = false;
}

static void close_html(struct document *document, enum document_part part) {
    struct writer *writer = writer_of(document);
    switch (part) {
    case PART_LINK:
        close_link(document);
        return;
    case PART_TABLE:
        write_string(writer, "</tbody></table></div>\n");
        return;
    case PART_ROW:
        end_cell(document);
        break;
    case PART_HEADING:
        write_format(writer, "</h%zu>\n", html_of(document)->level);
        return;
    case PART_VERBATIM:
        html_of(document)->in_verbatim = false;
        break;
    default:
        break;
    }
    bool inside = part == PART_STRONG || part == PART_EMPHASIS;
    write_format(writer, inside ? "</%s>" : "</%s>\n", tags[part]);
}

static void open_html_heading(struct document *document, unsigned level) {
    html_of(document)->level = level;
    write_format(writer_of(document), "<h%u>", level);
}

static void open_html_table(struct document *document, struct columns columns) {
    struct writer *writer = writer_of(document);
    bool any = false;
    write_format(writer,
                 "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"
                 "<table%s%s%s>",
                 columns.name ? " class=\"" : "", columns.name ? columns.name : "",
                 columns.name ? "\"" : "");
    for (size_t i = 0; i < columns.count; i++)
        any |= *columns.titles[i] != 0;
    if (any) {
        write_string(writer, "<thead><tr>");
        for (size_t i = 0; i < columns.count; i++) {
            write_string(writer, *columns.titles[i] ? "<th scope=\"col\">" : "<td>");
            write_html(writer, slice_of(columns.titles[i]));
            write_string(writer, *columns.titles[i] ? "</th>" : "</td>");
        }
        write_string(writer, "</tr></thead>\n");
    }
    write_string(writer, "<tbody>\n");
}

static void open_html_link(struct document *document, bool to_anchor, struct slice target) {
    struct html *html = html_of(document);
    struct writer *writer = writer_of(document);
    html->is_inner = html->in_link;
    if (html->in_link)
        return;
    html->in_link = true;
    write_string(writer, to_anchor ? "<a href=\"#" : "<a href=\"");
    if (to_anchor)
        write_fragment(writer, target);
    else
        write_html(writer, target);
    write_string(writer, "\">");
}

static void open_html_fold(struct document *document, const char *title) {
    write_string(writer_of(document), "<details><summary>");
    write_html(writer_of(document), slice_of(title));
    write_string(writer_of(document), "</summary>\n");
}

static void next_html_cell(struct document *document, size_t width) {
    end_cell(document);
    html_of(document)->cell = width;
    if (width == 1)
        write_string(writer_of(document), "<td>");
    else
        write_format(writer_of(document), "<td colspan=\"%zu\">", width);
}

/* Lines count where they are written as they are. */
static void write_html_words(struct document *document, const char *words) {
    if (html_of(document)->in_verbatim)
        write_html_lines(writer_of(document), slice_of(words));
    else
        write_html(writer_of(document), slice_of(words));
}

static void write_html_part(struct document *document, struct slice text) {
    if (html_of(document)->in_verbatim)
        write_html(writer_of(document), text);
    else
        write_html_text(writer_of(document), text);
}

static void write_html_code(struct document *document, struct slice code) {
    write_string(writer_of(document), "<code>");
    write_html(writer_of(document), code);
    write_string(writer_of(document), "</code>");
}

static void write_html_anchor(struct document *document, struct slice name) {
    write_string(writer_of(document), "<a id=\"");
    write_html(writer_of(document), name);
    write_string(writer_of(document), "\"></a>");
}

/* The page has its pictures in it. */
static void write_html_image(struct document *document, struct slice path, const char *instead) {
    (void)path;
    write_html(writer_of(document), slice_of(instead));
}

static void break_html_line(struct document *document) {
    write_string(writer_of(document), "<br/>");
}

/* The worst is 0; what is below all of them is the last. */
static void write_html_band(struct document *document, struct slice priority) {
    const struct bands *bands = document->emission->rows->bands;
    size_t place = 0;
    while (place < bands->count && !slice_equal(bands->of[place].word, priority))
        place++;
    place = place == bands->count ? BAND_LIMIT - 1 : place;
    write_format(writer_of(document), "<i class=\"band band%zu\"></i>", place);
}

static const struct document_form html_form = {
    .open_heading = open_html_heading,
    .open_table = open_html_table,
    .open_link = open_html_link,
    .open_fold = open_html_fold,
    .open = open_html,
    .close = close_html,
    .next_cell = next_html_cell,
    .words = write_html_words,
    .text = write_html_part,
    .code = write_html_code,
    .anchor = write_html_anchor,
    .image = write_html_image,
    .line_break = break_html_line,
    .band = write_html_band,
    .shows_all = true,
};

struct document html_document(const struct emission *emission, struct html *html) {
    *html = (struct html){0};
    return (struct document){&html_form, html, emission};
}
