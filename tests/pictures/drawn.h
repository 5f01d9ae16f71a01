/* A finished SVG of ours, read back as what a reader sees: boxes, their texts, lines. Knows our
 * pictures only: all shapes in one coordinate system, text from its left end. */
// SPDX-License-Identifier: MIT
#ifndef PICTURES_DRAWN_H
#define PICTURES_DRAWN_H

#include "scene.h"
#include "support.h"

#define NAME_LENGTH 120
#define DEPTH_LIMIT 32

enum what { NOTHING, BOUNDARY, TITLE, LABEL, SHAPE, HALF, LEGEND };
extern const char *const what_words[];

/* Something with a box: a boundary, its title, a flow's label, an element, a line of the legend. */
struct thing {
    enum what what;
    char name[NAME_LENGTH];
    struct area box;
    bool drawn; /* the box holds something */
};

/* A text that has to lie inside of the thing it belongs to. */
struct inscription {
    char name[NAME_LENGTH];
    struct area box;
    size_t thing;
};

/* Half of a flow's line: from an element to the label, or on from there. */
struct half {
    char name[NAME_LENGTH]; /* "F3" */
    struct spot *spots;
    size_t count;
    struct area head;
    struct spot tip;
    bool has_head;
};

struct drawn {
    struct thing *things;
    struct inscription *inscriptions;
    struct half *halves;
    size_t count, inscription_count, half_count;
    extent width, height;
};

struct drawn read_drawn(const char *svg);
void free_drawn(struct drawn *drawn);

/* A scene, and the names of what is in it. */
struct named_scene {
    struct scene scene;
    char (*shapes)[NAME_LENGTH], (*frames)[NAME_LENGTH], (*lines)[NAME_LENGTH];
};

/* `order` has the ids of elements and boundaries as they were declared, each within blanks; NULL:
 * they are in the order of the SVG. */
struct named_scene make_scene(const struct drawn *drawn, const char *order);
void free_scene(struct named_scene *scene);
/* The order of declarations is that of DOT: the ids in it. Free it. Also counts the flows. */
struct text declared_order(const char *dot, size_t *flows);

/* What is on top of something else; each is printed with the path before it, unless that is NULL.
 */
size_t count_collisions(const struct drawn *drawn, const char *path);
/* The same of the faults of lines. */
size_t tell_faults(const struct named_scene *scene, struct counts *counts, const char *path);

#endif
