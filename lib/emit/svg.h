/* Shared by the files that make the SVG: the clean-up, and the labels and values that it compares
 * with. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_SVG_H
#define EMIT_SVG_H

#include "emit/picture.h"

/* A text, or a box or line, as it must be drawn. */
struct mark {
    const char *element; /* NULL: a text */
    struct slice fill, stroke;
    struct slice width; /* of the stroke; "" when it is not said */
    bool dashed;
    struct slice text, size; /* plain text, and the size of its font */
    bool bold;
    bool flush; /* begins at the left of its cell; others stand in the middle */
};

#define LABEL_NESTING 8
#define LABEL_WAITING 3

/* The marks that are drawn for a shape; next_mark() takes them off in order. */
struct label {
    struct slice rest; /* HTML */
    struct font {
        struct slice color, size;
    } font[LABEL_NESTING];
    struct table_style {
        struct slice color;
        bool border, cells, dashed, lines;
    } table[LABEL_NESTING];
    size_t fonts, tables; /* which are open */
    bool bold, flush;
    struct mark waiting[LABEL_WAITING];
    size_t waiting_count;
    size_t shapes; /* how many boxes and lines are in all of it */
};

/* The marks of an element, or of the label of a flow's line. */
struct label label_of(struct picture *picture, const struct decl *decl);
/* The marks of a boundary's title, which is drawn apart from the outline. */
struct label title_of(struct picture *picture, const struct decl *boundary);
/* What stands below the picture; empty where nothing does. */
struct label legend_of(struct picture *picture);
struct label outline_of_boundary(void);
/* The marks of half of a line, and of the arrow head that it may have. */
struct label half_of_flow(const struct picture *picture, const struct decl *flow);
/* False at the end. */
bool next_mark(struct arena *arena, struct label *label, struct mark *mark);

/* ---- groups ------------------------------------------------------------------------------ */

/* Parts of what is drawn. A line has two halves besides its label, one of them with a head, or
 * both. The label of several flows is a group of its own, which each of them lies in. */
enum { SEEN_ITSELF = 1, SEEN_HALF = 2, SEEN_OTHER_HALF = 4, SEEN_HEAD = 8, SEEN_BUNDLE = 16 };

struct group {
    const struct decl *decl; /* NULL: nothing of this picture */
    unsigned seen;           /* which part of it */
};

struct group group_by_id(const struct picture *picture, struct slice id);
/* In a picture of our own the halves of a flow have no id; the title that comes next begins with
 * the flow's number. */
struct group half_by_title(const struct picture *picture, struct slice rest);
/* The class as Graphviz writes it, from the class in DOT. */
const char *group_class(const struct picture *picture, const struct group *group);

/* ---- values of attributes ---------------------------------------------------------------- */

#define LONGEST_NUMBER ((size_t)9) /* digits before the point */

/* Takes the next name="value" off; false at the end or at what is none. */
bool next_attribute(struct slice *rest, struct slice *name, struct slice *value);
/* "" when it is not there. */
struct slice attribute_value(struct slice attributes, const char *wanted);

/* A way to write a character in a text. */
struct reference {
    const char *written;
    char plain;
};
/* Written by write_text() of dot_label.c for an & of the user, so that Graphviz does not take it for
 * an escape. */
#define JOINED_AND "&amp;\xe2\x81\xa0"
/* The text as it was before, by the first row that fits. */
struct slice plain_text(struct arena *arena, struct slice text, const struct reference *rows,
                        size_t count);

struct box {
    double left, top, right, bottom;
};

/* "14.5", or "14". */
struct slice tenths_text(struct arena *arena, size_t tenths);

/* Each writes what it takes, numbers rounded to one decimal, and says where that is. False when it
 * is something else; then what was written is of no use. */
bool write_single_number(struct writer *writer, struct slice text, double *number);
bool write_translation(struct writer *writer, struct slice transform, double *x, double *y);
/* A whole element such as <polygon/>, with the attributes that are kept. */
bool write_shape(struct writer *writer, struct slice name, struct slice attributes,
                 struct box *box);

/* ---- the clean-up ------------------------------------------------------------------------ */

struct picture_size {
    struct slice width, height, view_box; /* without units */
};

/* Room for the line of text above a page, in points. */
#define LINE_ABOVE 24
#define LINE_ABOVE_TEXT "24"
/* A height with at most one decimal, and so many points more. */
struct slice taller(struct arena *arena, struct slice height, size_t points);

/* Makes the layout program's SVG ours and writes all that stands inside of the root element.
 * `ours`: takes a picture written before, of which nothing but coordinates may be other than it
 * would be drawn. NULL, or what is wrong with it; then what was written is of no use. */
const char *clean_svg(struct picture *picture, struct slice svg, bool ours, struct writer *writer,
                      struct picture_size *size);

#endif
