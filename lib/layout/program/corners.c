/* Moves lines apart that turn around the same corner of something: Graphviz leads each the shortest
 * way, all through one place, and from there on they run side by side. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <stdlib.h>

#define GAP (9 * POINT / 2) /* between two lines */
#define UNIT 1000

/* A corner of a half of a line. */
struct bend {
    Agedge_t *edge;
    size_t line, corner;
    struct spot spot;
    struct spot inwards; /* to what it turns around: the longer, the sharper it turns; in units */
};

static struct spot direction(struct spot from, struct spot to) {
    extent length = distance(from, to);
    length = length ? length : 1;
    return (struct spot){(to.x - from.x) * UNIT / length, (to.y - from.y) * UNIT / length};
}

static size_t read_bends(struct bend *bends, size_t line, Agedge_t *edge) {
    struct spot corners[MOST_CORNERS];
    size_t count = read_corners(edge, corners), bend_count = 0;
    for (size_t i = 1; i + 1 < count; i++) {
        struct spot before = direction(corners[i], corners[i - 1]),
                    after = direction(corners[i], corners[i + 1]);
        bends[bend_count++] =
            (struct bend){edge, line, i, corners[i], {before.x + after.x, before.y + after.y}};
    }
    return bend_count;
}

static extent sharpness(const struct bend *bend) {
    return distance((struct spot){0, 0}, bend->inwards);
}

/* By place, and there the sharpest first. */
static int compare_bends(const void *one, const void *other) {
    const struct bend *a = one, *b = other;
    if (a->spot.x != b->spot.x)
        return a->spot.x < b->spot.x ? -1 : 1;
    if (a->spot.y != b->spot.y)
        return a->spot.y < b->spot.y ? -1 : 1;
    extent first = sharpness(a), second = sharpness(b);
    if (first != second)
        return first > second ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static void put_corner(const struct bend *bend, struct spot spot) {
    struct spot corners[MOST_CORNERS];
    size_t count = read_corners(bend->edge, corners);
    if (bend->corner + 1 >= count)
        return;
    corners[bend->corner] = spot;
    write_corners(bend->edge, corners, count, 0);
}

/* The n-th lies n gaps farther out. */
static struct spot place_of_bend(const struct bend *bend, const struct bend *sharpest, size_t n) {
    extent length = sharpness(sharpest);
    length = length ? length : 1;
    return (struct spot){bend->spot.x - sharpest->inwards.x * GAP * (extent)n / length,
                         bend->spot.y - sharpest->inwards.y * GAP * (extent)n / length};
}

static void move_bends(struct laid_out *out, const struct bend *bends, size_t count,
                       struct worth *worth) {
    for (size_t i = 1; i < count; i++)
        put_corner(&bends[i], place_of_bend(&bends[i], bends, i));
    if (is_worth_it(out, worth))
        return;
    for (size_t i = 1; i < count; i++)
        put_corner(&bends[i], bends[i].spot);
    read_lines_again(out);
}

void spread_corners(struct laid_out *out) {
    const struct network *network = out->network;
    struct bend *bends = need_room(network->link_count * 2 * MOST_CORNERS, sizeof *bends);
    size_t count = 0;
    for (size_t i = 0; i < network->link_count; i++) {
        count += read_bends(bends + count, i, network->links[i].in);
        count += read_bends(bends + count, i, network->links[i].out);
    }
    qsort(bends, count, sizeof *bends, compare_bends);
    struct worth worth = weigh_again(out);
    for (size_t i = 0, next; i < count; i = next) {
        next = i + 1;
        while (next < count && distance(bends[next].spot, bends[i].spot) < POINT / 2)
            next++;
        if (next - i > 1)
            move_bends(out, bends + i, next - i, &worth);
    }
    free(bends);
}
