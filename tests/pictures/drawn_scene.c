/* Finds out from a finished SVG which line belongs to which elements and labels, by where they lie
 * and nothing else: so it also notices where the layout program is wrong about it. */
// SPDX-License-Identifier: MIT
#include "drawn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *room(size_t count, size_t size) {
    void *memory = calloc(count + 1, size);
    assert_non_null(memory);
    return memory;
}

/* ---- order ------------------------------------------------------------------------------- */

struct text declared_order(const char *dot, size_t *flows) {
    struct text order = {0};
    text_add(&order, " ", 1);
    *flows = 0;
    for (const char *at = dot; (at = strstr(at, " id=\"")); at++) {
        const char *id = at + 5;
        size_t length = strcspn(id, "\"");
        *flows += strncmp(id, "flow-", 5) == 0;
        text_add(&order, id, length);
        text_add(&order, " ", 1);
    }
    return order;
}

/* Where a name stands among the declared ones. */
static size_t rank_of(const char *name, const char *order) {
    char word[NAME_LENGTH + 2];
    const char *found = NULL;
    snprintf(word, sizeof word, " %s ", name);
    if (order)
        found = strstr(order, word);
    return found ? (size_t)(found - order) : 0;
}

/* The things of a kind, as they were declared; the caller frees the list. */
static const struct thing **list_things(const struct drawn *drawn, enum what what,
                                        const char *order, size_t *count) {
    const struct thing **list = room(drawn->count, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < drawn->count; i++) {
        const struct thing *thing = &drawn->things[i];
        if (thing->what != what || !thing->drawn)
            continue;
        size_t at = (*count)++;
        for (; at && rank_of(list[at - 1]->name, order) > rank_of(thing->name, order); at--)
            list[at] = list[at - 1];
        list[at] = thing;
    }
    return list;
}

/* ---- what lies in what ------------------------------------------------------------------- */

static extent extent_of(struct area area) {
    return (area.right - area.left) / POINT * ((area.bottom - area.top) / POINT);
}

static size_t innermost(const struct scene *scene, struct area area, size_t except) {
    size_t found = NOWHERE;
    for (size_t i = 0; i < scene->frame_count; i++)
        if (i != except && area_holds(area_within(scene->frames[i].area, -POINT), area) &&
            (found == NOWHERE ||
             extent_of(scene->frames[i].area) < extent_of(scene->frames[found].area)))
            found = i;
    return found;
}

static void make_frames(struct named_scene *named, const struct drawn *drawn, const char *order) {
    struct scene *scene = &named->scene;
    const struct thing **list = list_things(drawn, BOUNDARY, order, &scene->frame_count);
    scene->frames = room(scene->frame_count, sizeof *scene->frames);
    named->frames = room(scene->frame_count, sizeof *named->frames);
    for (size_t i = 0; i < scene->frame_count; i++) {
        scene->frames[i].area = list[i]->box;
        memcpy(named->frames[i], list[i]->name, NAME_LENGTH);
    }
    for (size_t i = 0; i < scene->frame_count; i++)
        scene->frames[i].around = innermost(scene, scene->frames[i].area, i);
    for (size_t i = 0; i < drawn->count; i++) {
        size_t around = drawn->things[i].what == TITLE
                            ? innermost(scene, drawn->things[i].box, NOWHERE)
                            : NOWHERE;
        if (around != NOWHERE)
            scene->frames[around].title = drawn->things[i].box;
    }
    free(list);
}

static void make_shapes(struct named_scene *named, const struct drawn *drawn, const char *order) {
    struct scene *scene = &named->scene;
    const struct thing **list = list_things(drawn, SHAPE, order, &scene->shape_count);
    scene->shapes = room(scene->shape_count, sizeof *scene->shapes);
    named->shapes = room(scene->shape_count, sizeof *named->shapes);
    for (size_t i = 0; i < scene->shape_count; i++) {
        scene->shapes[i].area = list[i]->box;
        scene->shapes[i].frame = innermost(scene, list[i]->box, NOWHERE);
        memcpy(named->shapes[i], list[i]->name, NAME_LENGTH);
    }
    free(list);
}

/* ---- lines ------------------------------------------------------------------------------- */

static extent gap(struct spot spot, struct area area) {
    struct spot nearest = spot;
    nearest.x = nearest.x < area.left ? area.left : nearest.x > area.right ? area.right : nearest.x;
    nearest.y = nearest.y < area.top ? area.top : nearest.y > area.bottom ? area.bottom : nearest.y;
    return distance(spot, nearest);
}

/* From the end that is nearer to a label to that label. */
static extent label_gap(const struct half *half, struct area label) {
    extent start = gap(half->spots[0], label), end = gap(half->spots[half->count - 1], label);
    return start < end ? start : end;
}

static const struct thing *find_label(const struct drawn *drawn, const struct half *one,
                                      const struct half *other) {
    const struct thing *found = NULL;
    extent least = 0;
    for (size_t i = 0; i < drawn->count; i++) {
        const struct thing *thing = &drawn->things[i];
        if (thing->what != LABEL || !thing->drawn)
            continue;
        extent far = label_gap(one, thing->box) + label_gap(other, thing->box);
        if (found && far >= least)
            continue;
        found = thing;
        least = far;
    }
    return found;
}

/* The whole of a half with its head, so that it ends at the label, or begins there. */
static void add_half(struct line *line, const struct half *half, struct area label, bool ends) {
    const struct spot *last = &half->spots[half->count - 1];
    bool forward = (gap(*last, label) < gap(half->spots[0], label)) == ends;
    bool tip_last = distance(half->tip, *last) < distance(half->tip, half->spots[0]);
    if (half->has_head && tip_last != forward)
        line->spots[line->count++] = half->tip;
    for (size_t i = 0; i < half->count; i++)
        line->spots[line->count++] = half->spots[forward ? i : half->count - 1 - i];
    if (half->has_head && tip_last == forward)
        line->spots[line->count++] = half->tip;
    if (half->has_head)
        line->head[line->heads++] = half->head;
}

static size_t nearest_shape(const struct scene *scene, struct spot spot) {
    size_t found = NOWHERE;
    for (size_t i = 0; i < scene->shape_count; i++)
        if (found == NOWHERE ||
            gap(spot, scene->shapes[i].area) < gap(spot, scene->shapes[found].area))
            found = i;
    return found;
}

static void turn_around(struct line *line) {
    for (size_t i = 0, j = line->count - 1; i < j; i++, j--) {
        struct spot spot = line->spots[i];
        line->spots[i] = line->spots[j];
        line->spots[j] = spot;
    }
}

static void make_line(struct scene *scene, struct line *line, const struct drawn *drawn,
                      const struct half *one, const struct half *other) {
    const struct thing *label = find_label(drawn, one, other);
    *line = (struct line){.spots = room(one->count + other->count + 2, sizeof *line->spots)};
    line->label = label ? label->box : (struct area){0};
    add_half(line, one, line->label, true);
    add_half(line, other, line->label, false);
    struct spot start = line->spots[0];
    if (line->heads == 1 && distance(area_middle(line->head[0]), start) <
                                distance(area_middle(line->head[0]), line->spots[line->count - 1]))
        turn_around(line);
    line->area = spots_area(line->spots, line->count);
    line->from = nearest_shape(scene, line->spots[0]);
    line->to = nearest_shape(scene, line->spots[line->count - 1]);
}

static void make_lines(struct named_scene *named, const struct drawn *drawn) {
    struct scene *scene = &named->scene;
    scene->lines = room(drawn->half_count, sizeof *scene->lines);
    named->lines = room(drawn->half_count, sizeof *named->lines);
    for (size_t i = 0; i < drawn->half_count; i++) {
        const struct half *half = &drawn->halves[i];
        size_t j = i + 1;
        while (j < drawn->half_count && strcmp(drawn->halves[j].name, half->name) != 0)
            j++;
        if (j == drawn->half_count || !half->count || !drawn->halves[j].count)
            continue;
        memcpy(named->lines[scene->line_count], half->name, NAME_LENGTH);
        make_line(scene, &scene->lines[scene->line_count++], drawn, half, &drawn->halves[j]);
    }
}

/* Labels lie between the ranks of their ends: beside them where lines run across. */
static bool runs_across(const struct scene *scene) {
    size_t across = 0, down = 0;
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        struct area from = scene->shapes[line->from].area, to = scene->shapes[line->to].area;
        if (line->from == line->to)
            continue;
        across += from.right < line->label.left && line->label.right < to.left;
        across += to.right < line->label.left && line->label.right < from.left;
        down += from.bottom < line->label.top && line->label.bottom < to.top;
        down += to.bottom < line->label.top && line->label.bottom < from.top;
    }
    return across >= down;
}

struct named_scene make_scene(const struct drawn *drawn, const char *order) {
    struct named_scene named = {.scene = {.width = drawn->width, .height = drawn->height}};
    make_frames(&named, drawn, order);
    make_shapes(&named, drawn, order);
    if (named.scene.shape_count)
        make_lines(&named, drawn);
    named.scene.across = runs_across(&named.scene);
    return named;
}

void free_scene(struct named_scene *named) {
    for (size_t i = 0; i < named->scene.line_count; i++)
        free(named->scene.lines[i].spots);
    free(named->scene.lines);
    free(named->scene.shapes);
    free(named->scene.frames);
    free(named->shapes);
    free(named->frames);
    free(named->lines);
}
