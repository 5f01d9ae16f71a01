/* Leads lines around what they pass behind or under: Graphviz cuts corners where a line falls
 * steeply between two layers. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <string.h>

#define CLEAR (4 * POINT) /* that a line keeps from what it goes around */
#define TOUCH (3 * POINT / 2)
#define MOST_TURNS 4 /* that are added to half a line */

/* A segment of a line. */
struct passage {
    const struct scene *scene;
    size_t line;
    struct spot from, to;
};

static bool enters(const struct passage *passage, struct area area, extent margin) {
    const struct spot segment[] = {passage->from, passage->to};
    return spots_enter(segment, 2, area_within(area, margin));
}

/* The first thing that it passes under; false: none. Its own elements and label are none. */
static bool find_obstacle(const struct passage *passage, extent margin, struct area *found) {
    const struct scene *scene = passage->scene;
    const struct line *own = &scene->lines[passage->line];
    for (size_t i = 0; i < scene->shape_count; i++)
        if (i != own->from && i != own->to && enters(passage, scene->shapes[i].area, margin)) {
            *found = scene->shapes[i].area;
            return true;
        }
    for (size_t i = 0; i < scene->line_count; i++)
        if (i != passage->line && enters(passage, scene->lines[i].label, margin)) {
            *found = scene->lines[i].label;
            return true;
        }
    return false;
}

static bool is_free(const struct passage *passage, struct spot from, struct spot to) {
    const struct passage part = {passage->scene, passage->line, from, to};
    struct area obstacle;
    return !find_obstacle(&part, TOUCH, &obstacle);
}

/* The corner of the obstacle by which the way is free, and shortest; else the one that is shortest
 * and free on one side. */
static bool find_corner(const struct passage *passage, struct area obstacle, struct spot *best) {
    struct area around = area_within(obstacle, -CLEAR);
    const struct spot corners[] = {{around.left, around.top},
                                   {around.right, around.top},
                                   {around.left, around.bottom},
                                   {around.right, around.bottom}};
    extent least = 0;
    for (size_t i = 0; i < 4; i++) {
        int free =
            is_free(passage, passage->from, corners[i]) + is_free(passage, corners[i], passage->to);
        extent length = distance(passage->from, corners[i]) + distance(corners[i], passage->to) +
                        (extent)(2 - free) * 1000 * POINT;
        if (free && (!least || length < least)) {
            least = length;
            *best = corners[i];
        }
    }
    return least != 0;
}

/* How many corners there are then. */
static size_t add_turns(const struct scene *scene, size_t line, struct spot *corners,
                        size_t count) {
    for (size_t i = 1, added = 0; i < count && added < MOST_TURNS && count < MOST_CORNERS;) {
        const struct passage passage = {scene, line, corners[i - 1], corners[i]};
        struct area obstacle;
        struct spot corner;
        if (!find_obstacle(&passage, TOUCH, &obstacle) ||
            !find_corner(&passage, obstacle, &corner)) {
            i++;
            continue;
        }
        memmove(corners + i + 1, corners + i, (count - i) * sizeof *corners);
        corners[i] = corner;
        count++;
        added++;
    }
    return count;
}

static void lead_half(struct laid_out *out, size_t line, Agedge_t *edge, struct worth *worth) {
    struct spot corners[MOST_CORNERS + 1], before[MOST_CORNERS];
    size_t count = read_corners(edge, before);
    memcpy(corners, before, count * sizeof *corners);
    size_t more = add_turns(&out->scene, line, corners, count);
    if (more == count)
        return;
    try_corners(out, edge, (struct corners){corners, more}, (struct corners){before, count}, worth);
}

void lead_around(struct laid_out *out) {
    struct counts counts;
    count_faults(&out->scene, &counts, NULL, NULL);
    if (!counts.of[FAULT_elements] && !counts.of[FAULT_labels])
        return;
    struct worth worth = weigh_again(out);
    for (size_t i = 0; i < out->scene.line_count; i++) {
        lead_half(out, i, out->network->links[i].in, &worth);
        lead_half(out, i, out->network->links[i].out, &worth);
    }
}
