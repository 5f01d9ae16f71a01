/* Spreads the ends of lines along the sides of elements: Graphviz leads all to the middle, where
 * heads lie on top of each other and lines run side by side. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <stdlib.h>
#include <string.h>

enum side { LEFT, RIGHT, ABOVE, BELOW };

/* Where a half of a line meets an element. */
struct end {
    Agedge_t *edge;
    size_t shape;
    enum side side;
    bool first;         /* of its corners */
    extent along, away; /* from the middle of the side to the next corner */
    struct spot corners[MOST_CORNERS];
    size_t count;
};

static extent absolute(extent number) {
    return number < 0 ? -number : number;
}

static struct spot own_spot(const struct end *end) {
    return end->corners[end->first ? 0 : end->count - 1];
}

static struct spot next_spot(const struct end *end) {
    return end->corners[end->first ? 1 : end->count - 2];
}

static enum side side_of(struct area area, struct spot spot) {
    const extent gaps[] = {absolute(spot.x - area.left), absolute(spot.x - area.right),
                           absolute(spot.y - area.top), absolute(spot.y - area.bottom)};
    enum side side = LEFT;
    for (enum side other = RIGHT; other <= BELOW; other++)
        if (gaps[other] < gaps[side])
            side = other;
    return side;
}

static bool is_level(enum side side) {
    return side == ABOVE || side == BELOW;
}

/* By shape and side, then by the direction from which the line comes to the middle of the side. */
static int compare_ends(const void *one, const void *other) {
    const struct end *a = one, *b = other;
    if (a->shape != b->shape)
        return a->shape < b->shape ? -1 : 1;
    if (a->side != b->side)
        return a->side < b->side ? -1 : 1;
    extent first = a->along * b->away, second = b->along * a->away;
    if (first != second)
        return first < second ? -1 : 1;
    return AGSEQ(a->edge) < AGSEQ(b->edge) ? -1 : AGSEQ(a->edge) > AGSEQ(b->edge);
}

static bool read_end(struct end *end, const struct scene *scene, Agedge_t *edge, size_t shape,
                     bool first) {
    *end = (struct end){.edge = edge, .shape = shape, .first = first};
    end->count = read_corners(edge, end->corners);
    if (end->count < 2)
        return false;
    struct area area = scene->shapes[shape].area;
    struct spot next = next_spot(end), middle = area_middle(area);
    end->side = side_of(area, own_spot(end));
    end->along = is_level(end->side) ? next.x - middle.x : next.y - middle.y;
    end->away = end->side == LEFT    ? area.left - next.x
                : end->side == RIGHT ? next.x - area.right
                : end->side == ABOVE ? area.top - next.y
                                     : next.y - area.bottom;
    end->away = end->away > 0 ? end->away : 1;
    return true;
}

/* In percent: the corners of a side are round, or a store's open ends. */
#define SIDE_BEGINS 15
#define SIDE_LENGTH 70

/* The i-th of so many places along a side. */
static struct spot place_on(struct area area, enum side side, size_t i, size_t count) {
    extent part = SIDE_BEGINS * (extent)(count + 1) + SIDE_LENGTH * (extent)(i + 1);
    extent across = area.left + (area.right - area.left) * part / (100 * (extent)(count + 1));
    extent down = area.top + (area.bottom - area.top) * part / (100 * (extent)(count + 1));
    return is_level(side) ? (struct spot){across, side == ABOVE ? area.top : area.bottom}
                          : (struct spot){side == LEFT ? area.left : area.right, down};
}

static void move_end(const struct end *end, struct spot spot) {
    struct spot corners[MOST_CORNERS];
    memcpy(corners, end->corners, end->count * sizeof *corners);
    corners[end->first ? 0 : end->count - 1] = spot;
    write_corners(end->edge, corners, end->count, 0);
}

/* All ends of a side, or none of them: what is left is no worse than before. */
static void spread_side(struct laid_out *out, const struct end *ends, size_t count,
                        struct worth *worth) {
    struct area area = out->scene.shapes[ends->shape].area;
    for (size_t i = 0; i < count; i++)
        move_end(&ends[i], place_on(area, ends->side, i, count));
    if (is_worth_it(out, worth))
        return;
    for (size_t i = 0; i < count; i++)
        move_end(&ends[i], own_spot(&ends[i]));
    read_lines_again(out);
}

void spread_ends(struct laid_out *out) {
    const struct network *network = out->network;
    struct end *ends = need_room(2 * network->link_count, sizeof *ends);
    size_t count = 0;
    for (size_t i = 0; i < network->link_count; i++) {
        const struct link *link = &network->links[i];
        if (link->start == link->end)
            continue;
        count += read_end(&ends[count], &out->scene, link->in, link->start, true);
        count += read_end(&ends[count], &out->scene, link->out, link->end, false);
    }
    qsort(ends, count, sizeof *ends, compare_ends);
    struct worth worth = weigh_again(out);
    for (size_t i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && ends[next].shape == ends[i].shape && ends[next].side == ends[i].side)
            next++;
        if (next - i > 1)
            spread_side(out, ends + i, next - i, &worth);
    }
    free(ends);
}
