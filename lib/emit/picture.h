/* The picture between model and DOT: what is drawn, where it lies and which way it points. Also
 * what dot.c and svg.c share. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_PICTURE_H
#define EMIT_PICTURE_H

#include "emit/emit.h"

#define PICTURE_LABEL_LIMIT 200 /* characters of one label */

struct color {
    const char *name, *light, *dark;
};
extern const struct color palette[];
extern const size_t palette_count;

/* A boundary on the picture, or the outside. */
struct zone {
    const struct decl *boundary; /* NULL: outside of all */
    size_t number;               /* n of its TBn */
    bool shown;
    struct zone *parent, *first, *last, *next;
    struct member *members, *last_member;
};

/* An element, or a flow's label. */
struct member {
    const struct decl *decl;
    struct member *next;
};

struct picture {
    const struct emission *emission;
    const struct model *model;
    struct arena *arena;
    struct zone outside;
    struct zone *zones;    /* by boundary index; hidden ones are never shown */
    bool *shown;           /* by subject number */
    bool *reversed;        /* by flow index: laid out from its target to its source */
    struct member **chips; /* by subject number: the crossings at a process */
    size_t element_count, flow_count, crossing_flow_count, chip_count, zone_count;
};

/* What emission->options ask for. */
struct picture *plan_picture(const struct emission *emission);
bool flow_crosses(const struct picture *picture, const struct decl *flow);
/* Goes through the shown zones inside of `outside`, parents first: the next one below or beside
 * `zone`, NULL at the end. `left` counts the zones that end before it. */
struct zone *next_zone(struct zone *zone, size_t *left);

/* Text as it can be drawn: one line, nothing that reorders or breaks it, at most 200 characters. */
struct slice drawable_text(struct arena *arena, struct slice text);
/* Cuts the next line of at most `columns` off drawable text; false when nothing is left. */
bool wrap_next(struct slice *rest, size_t columns, struct slice *line);
/* "PostgreSQL (RDS)" is a name and what stands in small letters below it. */
void split_label(struct slice label, struct slice *name, struct slice *detail);

/* What a shape is, in full, for its <title>; where it leads to, for its href. As XML. */
void write_shape_title(struct writer *writer, struct picture *picture, const struct decl *decl);
void write_link(struct writer *writer, const struct decl *decl);

/* Makes the layout program's SVG ours and writes all that stands inside of the root element. NULL,
 * or what is wrong with it; then what was written is of no use. */
struct picture_size {
    struct slice width, height, view_box; /* without units */
};
const char *clean_svg(struct picture *picture, struct slice svg, struct writer *writer,
                      struct picture_size *size);

#endif
