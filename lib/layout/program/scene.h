/* A finished picture as geometry: what lies where, in integers, so that the same picture counts the
 * same on every machine. laid_out.c makes one of a layout; the tests make one of a finished SVG,
 * and count with the same functions. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_SCENE_H
#define PROGRAM_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t extent; /* hundredths of a point; y grows downwards */
#define POINT ((extent)100)

struct spot {
    extent x, y;
};

struct area {
    extent left, top, right, bottom;
};

#define NOWHERE ((size_t)-1)

/* An element; shapes stand in the order of their declarations. */
struct shape {
    struct area area;
    size_t frame; /* the innermost boundary around it, or NOWHERE */
};

/* A boundary, in the order of declarations. */
struct frame {
    struct area area, title; /* the title is empty, all 0, where there is none */
    size_t around;           /* or NOWHERE */
};

/* A flow, or all flows between the same two elements: from one element to the other by way of its
 * label. A line with one head has it at its end. */
struct line {
    size_t from, to; /* shapes */
    struct area label;
    struct spot *spots;
    size_t count;
    struct area area;    /* of the spots */
    struct area head[2]; /* arrow heads */
    size_t heads;
};

struct scene {
    struct shape *shapes;
    struct frame *frames;
    struct line *lines;
    size_t shape_count, frame_count, line_count;
    extent width, height;
    bool across; /* lines run from left to right, else from top to bottom */
};

enum fault {
#define FAULT(name, weight, unit, target, sentence) FAULT_##name,
#include "faults.def"
#undef FAULT
    FAULT_COUNT
};

/* The picture's flaws, and what they are measured by. */
struct counts {
    extent of[FAULT_COUNT];
    extent beside, length; /* of lines beside another one; of all lines */
    extent pairs;          /* of siblings whose order says nothing else */
    extent turns;          /* of all lines, in degrees */
    extent backward;       /* heads that point left or up */
};

/* Hears of each flaw: the line, boundary or shape that is at fault, and what it meets. Of siblings,
 * boundaries are numbered after the shapes. */
typedef void fault_listener(void *context, enum fault fault, size_t one, size_t other);

/* `listener` may be NULL. */
void count_faults(const struct scene *scene, struct counts *counts, fault_listener *listener,
                  void *context);
/* From the counts of `before` to those of `after`, which differs from it in where lines run and in
 * nothing else. Looks only at the lines that do, and at what they come near. */
struct difference {
    bool *is_moved;       /* by line */
    size_t *moved, *near; /* lines that differ, and those that may lie beside one */
    size_t moved_count, near_count;
};
/* `difference` comes with room for all lines in its lists. */
void count_again(const struct scene *before, const struct scene *after,
                 struct difference *difference, struct counts *counts);
/* Whether two lines run the same way. */
bool lines_alike(const struct line *one, const struct line *other);
/* What a picky reader pays, in tenths of a crossing. */
extent weigh(const struct scene *scene, const struct counts *counts);
/* The smallest letters of the picture when it is shrunk to a page, in hundredths of a point. */
extent letter_size(const struct scene *scene);

/* ---- geometry ---------------------------------------------------------------------------- */

extent distance(struct spot a, struct spot b);
static inline bool areas_meet(struct area a, struct area b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
/* Smaller on all sides by the margin; larger where that is negative. */
static inline struct area area_within(struct area area, extent margin) {
    return (struct area){area.left + margin, area.top + margin, area.right - margin,
                         area.bottom - margin};
}
bool area_holds(struct area outer, struct area inner);
struct spot area_middle(struct area area);
/* Whether some part of the way lies in the area. */
bool spots_enter(const struct spot *spots, size_t count, struct area area);
struct area spots_area(const struct spot *spots, size_t count);
bool segments_cross(struct spot a, struct spot b, struct spot c, struct spot d);
/* Where two segments that cross do so. */
struct spot crossing_of(struct spot a, struct spot b, struct spot c, struct spot d);
/* How often the way from a to b goes over the outline of an area: 0, 1 or 2. */
size_t passages_between(struct spot a, struct spot b, struct area area);
static inline bool area_has(struct area area, struct spot spot) {
    return spot.x > area.left && spot.x < area.right && spot.y > area.top && spot.y < area.bottom;
}
/* From a place to the nearest of a segment. */
extent distance_to_segment(struct spot from, struct spot a, struct spot b);

#endif
