/* Takes corners out of lines where the straight way is free: Graphviz leads a line around what it
 * has laid out in layers, also where nothing is in its way. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <string.h>

#define CLEAR (3 * POINT) /* that a line keeps from what it passes */

struct shortcut {
    const struct laid_out *out;
    size_t line;
    struct spot before, corner, after;
};

static bool segment_enters(const struct shortcut *shortcut, struct area area) {
    const struct spot segment[] = {shortcut->before, shortcut->after};
    return spots_enter(segment, 2, area);
}

static bool is_free(const struct shortcut *shortcut) {
    const struct scene *scene = &shortcut->out->scene;
    const struct line *own = &scene->lines[shortcut->line];
    for (size_t i = 0; i < scene->shape_count; i++) {
        bool end = i == own->from || i == own->to;
        if (segment_enters(shortcut, area_within(scene->shapes[i].area, end ? POINT : -CLEAR)))
            return false;
    }
    for (size_t i = 0; i < scene->line_count; i++)
        if (segment_enters(
                shortcut, area_within(scene->lines[i].label, i == shortcut->line ? POINT : -CLEAR)))
            return false;
    for (size_t i = 0; i < scene->frame_count; i++)
        if (segment_enters(shortcut, scene->frames[i].title))
            return false;
    return true;
}

static size_t crossings_of(const struct shortcut *shortcut, struct spot a, struct spot b) {
    const struct scene *scene = &shortcut->out->scene;
    const struct spot segment[] = {a, b};
    struct area area = area_within(spots_area(segment, 2), -1);
    size_t count = 0;
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *other = &scene->lines[i];
        if (i == shortcut->line || !areas_meet(area_within(other->area, -1), area))
            continue;
        for (size_t j = 1; j < other->count; j++)
            count += segments_cross(a, b, other->spots[j - 1], other->spots[j]);
    }
    return count;
}

/* It goes over no line more often than the way around does. */
static bool is_no_worse(const struct shortcut *shortcut) {
    const struct scene *scene = &shortcut->out->scene;
    for (size_t i = 0; i < scene->frame_count; i++) {
        struct area area = scene->frames[i].area;
        if (passages_between(shortcut->before, shortcut->after, area) >
            passages_between(shortcut->before, shortcut->corner, area) +
                passages_between(shortcut->corner, shortcut->after, area))
            return false;
    }
    return crossings_of(shortcut, shortcut->before, shortcut->after) <=
           crossings_of(shortcut, shortcut->before, shortcut->corner) +
               crossings_of(shortcut, shortcut->corner, shortcut->after);
}

/* How many corners are left. */
static size_t take_corners_out(const struct laid_out *out, size_t line, struct spot *corners,
                               size_t count) {
    for (size_t i = 1; i + 1 < count;) {
        struct shortcut shortcut = {out, line, corners[i - 1], corners[i], corners[i + 1]};
        if (!is_free(&shortcut) || !is_no_worse(&shortcut)) {
            i++;
            continue;
        }
        memmove(corners + i, corners + i + 1, (count - i - 1) * sizeof *corners);
        count--;
        i = i > 1 ? i - 1 : 1;
    }
    return count;
}

static void straighten_half(struct laid_out *out, size_t line, Agedge_t *edge) {
    struct spot corners[MOST_CORNERS];
    size_t count = read_corners(edge, corners);
    size_t left = take_corners_out(out, line, corners, count);
    if (left < count)
        write_corners(edge, corners, left, 0);
}

void straighten_lines(struct laid_out *out) {
    for (size_t i = 0; i < out->scene.line_count; i++) {
        straighten_half(out, i, out->network->links[i].in);
        straighten_half(out, i, out->network->links[i].out);
        read_line(&out->scene.lines[i], &out->network->links[i]);
    }
}
