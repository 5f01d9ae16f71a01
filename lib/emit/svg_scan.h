/* Shared by the files that clean the SVG up: what is known of it on the way. svg_clean.c goes
 * through its tags, svg_shapes.c sees to its groups and what is drawn in them, svg_texts.c to its
 * texts. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_SVG_SCAN_H
#define EMIT_SVG_SCAN_H

#include "emit/svg.h"

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
    struct box last;              /* of what was drawn last in the open group */
    const char *problem;
};

struct tag {
    struct slice name, attributes;
    bool closes, empty;
};

/* The scan ends there; the first problem counts. */
static inline void fail(struct scan *scan, const char *problem) {
    if (!scan->problem)
        scan->problem = problem;
    scan->at = scan->end;
}

static inline struct slice rest_of(const struct scan *scan) {
    return (struct slice){scan->at, (size_t)(scan->end - scan->at)};
}

#define SLACK 1.5 /* points, for what has been rounded */

static inline bool lies_in(struct box inner, struct box outer) {
    return inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK &&
           inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;
}

/* ---- texts ------------------------------------------------------------------------------- */

/* The next text of a label; false where none is left. */
bool next_text(struct scan *scan, struct label *label, struct mark *mark);
enum role open_text(struct scan *scan, const struct tag *tag);
/* Writes the titles of boundaries, which have waited, and sees that no text is missing. */
void write_titles(struct scan *scan);
/* Sees that arrows in labels point as their flows go. */
void check_arrows(struct scan *scan);

/* ---- groups, and what is drawn in them --------------------------------------------------- */

enum role open_group(struct scan *scan, const struct tag *tag);
void close_row(struct scan *scan);
/* Goes on with the link of the shape that a crossing stands in. */
void close_chip(struct scan *scan);
void close_shape(struct scan *scan);
void draw_shape(struct scan *scan, const struct tag *tag);

#endif
