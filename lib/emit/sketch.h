/* A picture on its way: what it is laid out from, and what came of that. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_SKETCH_H
#define EMIT_SKETCH_H

#include "emit/svg.h"
#include "layout/layout.h"

struct sketch {
    struct picture *picture;
    struct slice dot;    /* "" until somebody asks for it */
    struct slice salt;   /* what else it depends on: a page on the whole of which it is a page */
    struct slice layout; /* "down 4": what the layout program has chosen; "" when it says nothing */
    struct slice body;   /* of the SVG */
    struct picture_size size;
    struct slice graphviz; /* the version that drew it */
    bool is_ready;         /* the body needs no layout */
    bool started;          /* the layout program was, or the host asked */
    bool too_small;        /* its letters are, so it has no body */
    const char *problem;   /* NULL: none */
};

struct sketch make_sketch(struct emission *emission, struct slice salt);
/* The DOT that it is laid out from. */
struct slice sketch_dot(struct sketch *sketch);
/* Whether the picture written before is the same: then it has been written again. `started`: the
 * program that is asked for can be. */
bool sketch_is_kept(struct sketch *sketch, bool started);
/* Has it laid out. `least`: with smaller letters it is not wanted, see layout_letters; 0: it is. */
void sketch_draw(struct sketch *sketch, struct layout_time time, unsigned least);
void sketch_write(struct sketch *sketch);

/* A page as a table of who talks to whom, without a layout: the body of a sketch. */
void draw_table(struct sketch *sketch);

#endif
