/* The picture: DOT, laid out by the layout program, cleaned, with a head of our own. The root
 * element names the model and carries two digests: of all that the picture depends on, and of the
 * file itself. When both hold for the picture written before, and cleaning that one changes nothing
 * in it, it is written again. The digests only say that it is old: anybody can compute them. */
// SPDX-License-Identifier: MIT
#include "base/table.h"
#include "emit/excerpt.h"
#include "emit/sketch.h"
#include "layout/layout.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#ifndef GRAPHVIZ_VERSION
#define GRAPHVIZ_VERSION ""
#endif

#define DIGEST_LENGTH 16 /* hexadecimal digits */

static const char input_mark[] = " data-stridec-input=\"";
static const char layout_mark[] = "\" data-stridec-layout=\"";
static const char page_mark[] = "\" data-stridec-page=\"";
static const char digest_mark[] = "\" data-stridec-digest=\"";

static struct slice digest_of(struct arena *arena, uint64_t hash) {
    char digits[DIGEST_LENGTH + 1];
    snprintf(digits, sizeof digits, "%016" PRIx64, hash);
    return slice_copy(arena, (struct slice){digits, DIGEST_LENGTH});
}

/* ---- the head ---------------------------------------------------------------------------- */

/* The light colours are what shapes are drawn in, so that they need no classes, and viewers that
 * know no style sheet or no variables show the light picture. */
void write_picture_style(struct writer *writer, const char *medium) {
    static const char halo[] = ".tb-label text{paint-order:stroke;stroke:%s;stroke-width:4px;"
                               "stroke-linejoin:round}";
    write_format(writer, halo, palette[0].light);
    write_format(writer,
                 "a{text-decoration:none}a:hover,a:focus-visible{outline:2px solid "
                 "currentColor}@media %s(prefers-color-scheme:dark){",
                 medium);
    for (size_t i = 0; i < palette_count; i++)
        write_format(writer, "[fill=\"%s\"]{fill:%s}[stroke=\"%s\"]{stroke:%s}", palette[i].light,
                     palette[i].dark, palette[i].light, palette[i].dark);
    write_format(writer, halo, palette[0].dark);
    write_string(writer, "}");
}

static void write_description(struct writer *writer, const struct picture *picture) {
    if (picture->emission->excerpt) {
        write_xml(writer, picture->emission->excerpt->caption);
        return;
    }
    size_t crossing = picture->crossing_flow_count;
    write_count(writer, picture->element_count - picture->stub_count, "element");
    write_string(writer, ", ");
    write_count(writer, picture->flow_count, "flow");
    write_format(writer, ", %zu cross%s a boundary", crossing, crossing == 1 ? "es" : "");
    if (picture->chip_count) {
        write_string(writer, "; ");
        write_count(writer, picture->chip_count, "crossing");
        write_string(writer, " without a flow");
    }
    if (picture->stub_count) {
        write_string(writer, "; ");
        write_count(writer, picture->stub_count, "neighbour");
        write_string(writer, " of this view");
    }
}

/* Not the overview, which stands for all. */
static bool is_page(const struct picture *picture) {
    return picture->emission->excerpt && picture->emission->excerpt->page->parent;
}

static struct slice picture_title(const struct picture *picture) {
    const struct emit_options *options = &picture->emission->options;
    if (is_page(picture))
        return picture->emission->excerpt->page->title;
    if (options->view)
        return decl_title(options->view);
    struct slice title = {0};
    if (picture->model->system)
        title = decl_title(picture->model->system);
    return title.length ? title : SLICE("Data-flow diagram");
}

static void write_head(struct writer *writer, const struct picture *picture) {
    write_string(writer, "<title id=\"picture-title\">");
    write_xml(writer, picture_title(picture));
    write_string(writer, "</title>\n<desc id=\"picture-desc\">");
    write_description(writer, picture);
    write_string(writer, "</desc>\n");
    if (picture->emission->options.in_page)
        return;
    write_string(writer, "<style>");
    write_picture_style(writer, "");
    write_string(writer, "</style>\n");
}

static struct picture_size with_line_above(struct arena *arena, const struct picture_size *inner) {
    struct picture_size size = *inner;
    size.height = taller(arena, inner->height, LINE_ABOVE);
    size.view_box = text_format(arena, "0 -%d %.*s %.*s", LINE_ABOVE, SLICE_ARGS(size.width),
                                SLICE_ARGS(size.height));
    return size;
}

static void write_root(struct writer *writer, const struct picture *picture,
                       const struct sketch *sketch, struct slice input) {
    struct picture_size with_line = with_line_above(picture->arena, &sketch->size);
    const struct picture_size *size = picture->emission->excerpt ? &with_line : &sketch->size;
    write_string(writer, SVG_OPENING);
    write_xml(writer, picture->emission->options.model_name);
    write_format(writer,
                 "\" width=\"%.*s\" height=\"%.*s\" viewBox=\"%.*s\" role=\"graphics-document\" "
                 "aria-labelledby=\"picture-title\" aria-describedby=\"picture-desc\" "
                 "font-family=\"Helvetica,Arial,sans-serif\"%s%.*s",
                 SLICE_ARGS(size->width), SLICE_ARGS(size->height), SLICE_ARGS(size->view_box),
                 input_mark, SLICE_ARGS(input));
    if (sketch->layout.length)
        write_format(writer, "%s%.*s", layout_mark, SLICE_ARGS(sketch->layout));
    if (is_page(picture))
        write_format(writer, "%s%.*s", page_mark, SLICE_ARGS(picture->emission->excerpt->page->id));
}

/* ---- digests ----------------------------------------------------------------------------- */

/* Titles and links of shapes are no part of the DOT. */
static void write_annotations(struct writer *writer, struct picture *picture) {
    static const enum kind drawn[] = {KIND_BOUNDARY, KIND_EXTERNAL, KIND_ACTOR,   KIND_PROCESS,
                                      KIND_STORE,    KIND_FLOW,     KIND_CROSSING};
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        const struct decl_list *list = &picture->model->of[drawn[i]];
        for (size_t j = 0; j < list->count; j++) {
            write_shape_title(writer, picture, list->items[j]);
            write_char(writer, '\n');
            write_shape_link(writer, picture, list->items[j]);
            write_char(writer, '\n');
        }
    }
}

static struct slice layout_program(const struct picture *picture) {
    const char *given = picture->emission->options.layout;
    return given ? slice_of(given) : SLICE("stridec-layout");
}

/* The name of a layout program that is not ours; "" for ours, wherever it lies. A host that draws
 * is known by its version alone. */
static struct slice foreign_name(const struct picture *picture) {
    struct slice rest = layout_program(picture), name = {0};
    if (picture->emission->options.host || layout_is_ours(rest.at))
        return name;
    while (slice_cut(&rest, '/', &name))
        ;
    return name;
}

/* The version of what draws, as far as that can be known before it has drawn. */
static struct slice expected_version(const struct picture *picture) {
    const struct layout_host *host = picture->emission->options.host;
    return host ? host->version : slice_of(GRAPHVIZ_VERSION);
}

struct slice sketch_dot(struct sketch *sketch) {
    struct memory_writer dot;
    if (sketch->dot.length)
        return sketch->dot;
    memory_writer_open(&dot, sketch->picture->arena);
    write_dot(sketch->picture, &dot.writer);
    sketch->dot = memory_writer_close(&dot);
    return sketch->dot;
}

/* A digest of all that the picture depends on, with what draws it. */
static struct slice digest_input(struct sketch *sketch, struct slice graphviz,
                                 struct slice program) {
    struct picture *picture = sketch->picture;
    struct slice dot = sketch_dot(sketch), salt = sketch->salt;
    struct memory_writer rest;
    memory_writer_open(&rest, picture->arena);
    write_format(&rest.writer, "stridec %s graphviz %.*s\n", STRIDEC_VERSION, SLICE_ARGS(graphviz));
    write_slice(&rest.writer, program);
    write_xml(&rest.writer, picture->emission->options.model_name);
    write_head(&rest.writer, picture);
    write_annotations(&rest.writer, picture);
    write_slice(&rest.writer, salt);
    uint64_t hash = text_hash(TEXT_HASH, memory_writer_close(&rest));
    return digest_of(picture->arena, text_hash(hash, dot));
}

/* Over all but itself, so that a picture that was edited by hand is drawn anew. */
static struct slice digest_file(struct arena *arena, struct slice before, struct slice after) {
    return digest_of(arena, text_hash(text_hash(TEXT_HASH, before), after));
}

static bool digests_hold(struct arena *arena, struct slice previous, struct slice input) {
    struct slice rest = previous, line;
    if (!slice_cut(&rest, '\n', &line))
        return false;
    struct slice old_input = slice_part(slice_after(line, input_mark), 0, DIGEST_LENGTH);
    struct slice old_digest = slice_part(slice_after(line, digest_mark), 0, DIGEST_LENGTH);
    if (!slice_equal(old_input, input) || old_digest.length != DIGEST_LENGTH)
        return false;
    size_t start = (size_t)(old_digest.at - previous.at);
    struct slice digest = digest_file(arena, slice_part(previous, 0, start),
                                      slice_part(previous, start + DIGEST_LENGTH, previous.length));
    return slice_equal(digest, old_digest);
}

/* "across 1": a word and a number, or nothing. */
static struct slice layout_in(struct slice text, char end) {
    static const char *const words[] = {"across ", "down "};
    struct slice layout = {0};
    int number;
    slice_cut(&text, end, &layout);
    layout = slice_trim(layout);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_starts(layout, words[i]) &&
            slice_number(slice_part(layout, strlen(words[i]), layout.length), &number))
            return layout;
    return (struct slice){0};
}

/* The last line of the layout program's SVG says it. */
static struct slice layout_at_end(struct slice svg) {
    size_t tail = svg.length > 64 ? svg.length - 64 : 0;
    return layout_in(slice_after(slice_part(svg, tail, svg.length), "<!-- layout "), '-');
}

/* ---- layout ------------------------------------------------------------------------------ */

/* The version that Graphviz writes into its SVG; "" for a program that writes none. */
static struct slice version_in(struct slice svg) {
    struct slice rest =
        slice_after(slice_part(svg, 0, 1024), "<!-- Generated by graphviz version ");
    struct slice version = {0};
    slice_cut(&rest, ' ', &version);
    return version;
}

void sketch_draw(struct sketch *sketch, struct layout_time time, unsigned least) {
    struct picture *picture = sketch->picture;
    const struct layout_host *host = picture->emission->options.host;
    struct layout_request request = {
        .host = host,
        .program = layout_program(picture).at,
        .process = picture->emission->process,
        .least = least,
        .dot = sketch_dot(sketch),
        .time = time,
    };
    struct layout_answer answer = layout_run(picture->arena, &request);
    sketch->problem = answer.problem;
    sketch->graphviz = host ? host->version : version_in(answer.svg);
    sketch->started = answer.started;
    sketch->layout = layout_at_end(answer.svg);
    sketch->too_small = answer.too_small;
    if (sketch->problem || sketch->too_small)
        return;
    struct memory_writer body;
    memory_writer_open(&body, picture->arena);
    sketch->problem = clean_svg(picture, answer.svg, false, &body.writer, &sketch->size);
    sketch->body = memory_writer_close(&body);
}

/* Says what is drawn; on a page it leads to the overview. An <a> in any case, by which the line is
 * known. */
static void write_line_above(struct writer *writer, const struct picture *picture) {
    write_string(writer, "<a");
    if (is_page(picture) && picture->emission->options.picture.length) {
        write_string(writer, " href=\"");
        write_page_link(writer, picture->emission, NULL);
        write_string(writer, "\"");
    }
    write_format(writer,
                 "><rect x=\"0\" y=\"-%d\" width=\"100%%\" height=\"%d\" fill=\"%s\"/>"
                 "<text x=\"14\" y=\"-8\" font-size=\"10\" fill=\"%.*s\">",
                 LINE_ABOVE, LINE_ABOVE + 1, palette[0].light,
                 SLICE_ARGS(light_color(SLICE("ink"))));
    write_xml(writer, picture->emission->excerpt->caption);
    write_string(writer, "</text></a>\n");
}

static void write_picture(struct writer *writer, const struct sketch *sketch, struct slice input) {
    const struct picture *picture = sketch->picture;
    struct memory_writer root, rest;
    memory_writer_open(&root, picture->arena);
    write_root(&root.writer, picture, sketch, input);
    write_string(&root.writer, digest_mark);
    struct slice before = memory_writer_close(&root);
    memory_writer_open(&rest, picture->arena);
    write_string(&rest.writer, "\">\n");
    write_head(&rest.writer, picture);
    if (picture->emission->excerpt)
        write_line_above(&rest.writer, picture);
    write_slice(&rest.writer, sketch->body);
    write_string(&rest.writer, "</svg>\n");
    struct slice after = memory_writer_close(&rest);
    write_slice(writer, before);
    write_slice(writer, digest_file(picture->arena, before, after));
    write_slice(writer, after);
}

/* Whether the clean-up would write the very same file, which somebody may have forged. */
static bool still_holds(const struct sketch *sketch, struct slice input) {
    struct picture *picture = sketch->picture;
    struct slice previous = picture->emission->options.previous;
    if (!digests_hold(picture->arena, previous, input))
        return false;
    struct memory_writer body, file;
    struct slice rest = previous, line = {0};
    slice_cut(&rest, '\n', &line);
    struct sketch again = *sketch;
    again.layout = layout_in(slice_after(line, layout_mark), '"');
    memory_writer_open(&body, picture->arena);
    if (sketch->is_ready)
        write_slice(&body.writer, sketch->body);
    else
        again.problem = clean_svg(picture, previous, true, &body.writer, &again.size);
    again.body = memory_writer_close(&body);
    if (again.problem)
        return false;
    memory_writer_open(&file, picture->arena);
    write_picture(&file.writer, &again, input);
    return slice_equal(memory_writer_close(&file), previous);
}

/* Also what ours has drawn still holds where another program is asked for and is not there. */
bool sketch_is_kept(struct sketch *sketch, bool started) {
    const struct emission *emission = sketch->picture->emission;
    const struct slice ours = {0};
    if (!emission->options.previous.length)
        return false;
    struct slice input = digest_input(sketch, expected_version(sketch->picture),
                                      started ? foreign_name(sketch->picture) : ours);
    if (!still_holds(sketch, input))
        return false;
    write_slice(emission->writer, emission->options.previous);
    return true;
}

struct sketch make_sketch(struct emission *emission, struct slice salt) {
    return (struct sketch){.picture = plan_picture(emission), .salt = salt};
}

void sketch_write(struct sketch *sketch) {
    if (sketch->is_ready)
        sketch->graphviz = expected_version(sketch->picture);
    write_picture(sketch->picture->emission->writer, sketch,
                  digest_input(sketch, sketch->graphviz, foreign_name(sketch->picture)));
}
