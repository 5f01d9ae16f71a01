/* Moves lines off the outlines of boundaries that they run along: Graphviz leads a line through the
 * room that it has by the shortest way, which often is the very edge of it. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <string.h>

#define CLEAR (6 * POINT) /* that a line keeps from an outline where there is room */

/* Lines, and the boundary that each runs along. */
struct alongs {
    struct along {
        size_t line, frame;
    } * items;
    size_t count;
};

static void add_along(void *context, enum fault fault, size_t line, size_t frame) {
    struct alongs *alongs = context;
    if (fault == FAULT_borders)
        alongs->items[alongs->count++] = (struct along){line, frame};
}

/* How far to go from `at` to be clear of a side, to the left of it or above, or to the other side;
 * 0 for what is clear already. */
static extent way_off(extent at, extent side, bool before) {
    extent off = at - side;
    if (off >= CLEAR || off <= -CLEAR)
        return 0;
    return before ? -CLEAR - off : CLEAR - off;
}

/* A corner, clear of the sides that its way, to the corners before and after it, runs past. */
static struct spot spot_off(struct spot spot, struct area way, struct area area, bool inside) {
    struct spot moved = spot;
    if (way.top < area.bottom && way.bottom > area.top) {
        moved.x += way_off(spot.x, area.left, !inside);
        moved.x += way_off(spot.x, area.right, inside);
    }
    if (way.left < area.right && way.right > area.left) {
        moved.y += way_off(spot.y, area.top, !inside);
        moved.y += way_off(spot.y, area.bottom, inside);
    }
    return moved;
}

/* Its corners, all into the boundary or all out of it; it stays where that makes no better picture.
 */
static void lead_off(struct laid_out *out, Agedge_t *edge, struct area area, bool inside,
                     struct worth *worth) {
    struct spot corners[MOST_CORNERS], before[MOST_CORNERS];
    size_t count = read_corners(edge, before);
    memcpy(corners, before, count * sizeof *corners);
    for (size_t i = 1; i + 1 < count; i++)
        corners[i] = spot_off(before[i], spots_area(before + i - 1, 3), area, inside);
    if (count < 3 || memcmp(corners, before, count * sizeof *corners) == 0)
        return;
    try_corners(out, edge, (struct corners){corners, count}, (struct corners){before, count},
                worth);
}

void keep_off_borders(struct laid_out *out) {
    const struct scene *scene = &out->scene;
    struct alongs alongs = {need_room(scene->line_count * scene->frame_count, sizeof *alongs.items),
                            0};
    struct counts counts;
    count_faults(scene, &counts, add_along, &alongs);
    struct worth worth = weigh_again(out);
    for (size_t i = 0; i < 2 * alongs.count; i++) {
        const struct along *along = &alongs.items[i / 2];
        struct area area = scene->frames[along->frame].area;
        lead_off(out, out->network->links[along->line].in, area, i % 2 == 0, &worth);
        lead_off(out, out->network->links[along->line].out, area, i % 2 == 0, &worth);
    }
}
