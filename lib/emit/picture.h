/* The picture between model and DOT: what is drawn, where it lies and which way it points. Also
 * what the files of DOT, mermaid.c and the files of the SVG share. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_PICTURE_H
#define EMIT_PICTURE_H

#include "emit/emit.h"

struct color {
    const char *name, *light, *dark;
};
extern const struct color palette[];
extern const size_t palette_count;
/* The colour that is drawn under this name; "" when there is none. */
struct slice light_color(struct slice name);

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

/* All flows between two elements. They are drawn as one line, whose label has a row for each. */
struct bundle {
    const struct decl *leader; /* the first of them, by which the line is known */
    struct member *flows, *last;
    size_t count;
    bool forth, back; /* some flow goes as the leader does; some the other way */
};

struct picture {
    const struct emission *emission;
    const struct model *model;
    struct arena *arena;
    struct zone outside;
    struct zone *zones; /* by boundary index; hidden ones are never shown */
    bool *shown;        /* by subject number; what this file does not name never is */
    bool *stub; /* by subject number: shown only as the other end of a flow that leaves the view */
    bool *reversed;          /* by flow index: laid out from its target to its source */
    struct bundle **bundles; /* by flow index; NULL where it is not shown */
    bool across;             /* laid out from left to right, else from top to bottom */
    bool pinned;             /* the model says so */
    struct slice choice;     /* the layout that the model says, a number; or "" */
    struct member **chips;   /* by subject number: the crossings at a process */

    size_t element_count, flow_count, crossing_flow_count, chip_count, zone_count;
    size_t stub_count;
    bool leaves_out;                  /* flows that leave the view, as they are too many */
    bool dims;                        /* something is drawn pale, as it is out of scope */
    size_t line_count, bundled_count; /* bundles; those of several flows */
};

/* Plans the picture that emission->options ask for. */
struct picture *plan_picture(const struct emission *emission);
/* Where a declaration lies: the innermost boundary around it that is drawn. */
struct zone *picture_zone(struct picture *picture, const struct decl *decl);
/* The same, of what is drawn: a stub may lie in boundaries that the view does not show. */
struct zone *drawn_zone(struct picture *picture, const struct decl *decl);
/* Pale: nothing is asked of it, here or at all. */
bool is_pale(const struct picture *picture, const struct decl *element);
bool flow_crosses(const struct picture *picture, const struct decl *flow);
/* The bundle of a flow that is shown. */
const struct bundle *bundle_of(const struct picture *picture, const struct decl *flow);
/* Goes through the shown zones inside of `outside`, parents first: the next one below or beside
 * `zone`, NULL at the end. `left` counts the zones that end before it. */
struct zone *next_zone(struct zone *zone, size_t *left);

/* The DOT that the "dot" format has, and that the picture is laid out from. */
void write_dot(struct picture *picture, struct writer *writer);

/* Text as it can be drawn: one line, nothing that reorders or breaks it, at most LABEL_LIMIT
 * characters. */
struct slice drawable_text(struct arena *arena, struct slice text);
/* The same of its label, or of its id where that has nothing to be seen. */
struct slice drawable_title(struct arena *arena, const struct decl *decl);
/* What is drawn at a flow, as it was typed: its label, or else the id that somebody chose for it.
 */
struct slice flow_text(const struct decl *flow);
/* Cuts the next line of at most `columns` off drawable text; false when nothing is left. */
bool wrap_next(struct slice *rest, size_t columns, struct slice *line);
/* The fewest columns in which no word is cut. */
size_t wrap_columns(struct slice text, size_t least, size_t most);
/* "PostgreSQL (RDS)" is a name and what stands in small letters below it. */
void split_label(struct slice label, struct slice *name, struct slice *detail);

/* Which way a flow goes on a line of several; no other text of a label has this size. */
#define ARROW_SIZE "10"
#define ARROW_LEFT "\xe2\x86\x90"
#define ARROW_UP "\xe2\x86\x91"
#define ARROW_RIGHT "\xe2\x86\x92"
#define ARROW_DOWN "\xe2\x86\x93"

/* The path of a part's picture: `pictures` with its id for the "*". */
struct slice picture_of_part(struct arena *arena, struct slice pictures, struct slice id);
/* Describe a shape, for its <title>, and its link, for its href. As XML. */
void write_shape_title(struct writer *writer, struct picture *picture, const struct decl *decl);
void write_link(struct writer *writer, const struct decl *decl);
/* Whether that leads to the web, as the declaration's `link` says. */
bool has_outer_link(const struct decl *decl);
/* What the id of a shape begins with: "flow" of flow-pay. */
const char *shape_prefix(enum kind kind);
/* The titles of all flows of a bundle, the leader's first. */
void write_bundle_title(struct writer *writer, struct picture *picture,
                        const struct bundle *bundle);
/* The HTML label of an element, bundle of a flow, or boundary, as it stands in DOT between < and >.
 */
void write_dot_label(struct picture *picture, struct writer *writer, const struct decl *decl);
/* What the style sheet of a picture says. `medium`: what is dark on the screen is so only there,
 * "screen and "; or "" for whatever shows the picture. */
void write_picture_style(struct writer *writer, const char *medium);
/* What stands below the picture: what its marks mean. Nothing where nothing needs it, or it is not
 * wanted. */
void write_picture_legend(struct picture *picture, struct writer *writer);

#endif
