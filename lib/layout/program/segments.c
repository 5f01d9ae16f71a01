/* Lengths, areas and segments in integers. */
// SPDX-License-Identifier: MIT
#include "scene.h"

static extent least(extent a, extent b) {
    return a < b ? a : b;
}

static extent most(extent a, extent b) {
    return a > b ? a : b;
}

/* Newton's method from above; it ends at the root, rounded down. */
static extent square_root(extent square) {
    if (square < 2)
        return square;
    extent root = square, next = square / 2 + 1;
    for (int bits = 1; bits < 31 && (square >> (2 * bits)) > 0; bits++)
        next = (extent)1 << (bits + 1);
    while (next < root) {
        root = next;
        next = (root + square / root) / 2;
    }
    return root;
}

extent distance(struct spot a, struct spot b) {
    extent across = a.x - b.x, down = a.y - b.y;
    return square_root(across * across + down * down);
}

bool area_holds(struct area outer, struct area inner) {
    return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top &&
           inner.bottom <= outer.bottom;
}

struct spot area_middle(struct area area) {
    return (struct spot){(area.left + area.right) / 2, (area.top + area.bottom) / 2};
}

/* On which side of the segment from a to b: negative, 0 on its line, positive. */
static extent side_of(struct spot a, struct spot b, struct spot spot) {
    return (b.x - a.x) * (spot.y - a.y) - (b.y - a.y) * (spot.x - a.x);
}

static int sign(extent number) {
    return (number > 0) - (number < 0);
}

bool segments_cross(struct spot a, struct spot b, struct spot c, struct spot d) {
    return sign(side_of(c, d, a)) * sign(side_of(c, d, b)) < 0 &&
           sign(side_of(a, b, c)) * sign(side_of(a, b, d)) < 0;
}

/* The two distances from the other line are made small enough for a product. */
struct spot crossing_of(struct spot a, struct spot b, struct spot c, struct spot d) {
    extent before = side_of(c, d, a), after = side_of(c, d, b), whole = before - after;
    while (whole > (extent)1 << 30 || whole < -((extent)1 << 30)) {
        before /= 2;
        whole /= 2;
    }
    if (!whole)
        return a;
    return (struct spot){a.x + (b.x - a.x) * before / whole, a.y + (b.y - a.y) * before / whole};
}

/* The boxes overlap, and the corners do not all lie on one side of the segment. */
static bool segment_enters(struct spot a, struct spot b, struct area area) {
    if (most(a.x, b.x) <= area.left || least(a.x, b.x) >= area.right ||
        most(a.y, b.y) <= area.top || least(a.y, b.y) >= area.bottom)
        return false;
    const struct spot corners[] = {{area.left, area.top},
                                   {area.right, area.top},
                                   {area.left, area.bottom},
                                   {area.right, area.bottom}};
    int below = 0, above = 0;
    for (size_t i = 0; i < 4; i++) {
        int side = sign(side_of(a, b, corners[i]));
        below += side <= 0;
        above += side >= 0;
    }
    return below < 4 && above < 4;
}

bool spots_enter(const struct spot *spots, size_t count, struct area area) {
    if (area.left >= area.right || area.top >= area.bottom)
        return false;
    for (size_t i = 1; i < count; i++)
        if (segment_enters(spots[i - 1], spots[i], area))
            return true;
    return false;
}

size_t passages_between(struct spot a, struct spot b, struct area area) {
    bool first = area_has(area, a), second = area_has(area, b);
    if (first != second)
        return 1;
    return !first && segment_enters(a, b, area) ? 2 : 0;
}

struct area spots_area(const struct spot *spots, size_t count) {
    struct area area = {spots[0].x, spots[0].y, spots[0].x, spots[0].y};
    for (size_t i = 1; i < count; i++) {
        area.left = least(area.left, spots[i].x);
        area.right = most(area.right, spots[i].x);
        area.top = least(area.top, spots[i].y);
        area.bottom = most(area.bottom, spots[i].y);
    }
    return area;
}

extent distance_to_segment(struct spot from, struct spot a, struct spot b) {
    extent across = b.x - a.x, down = b.y - a.y, square = across * across + down * down;
    extent along = (from.x - a.x) * across + (from.y - a.y) * down;
    if (along <= 0 || !square)
        return distance(from, a);
    if (along >= square)
        return distance(from, b);
    extent off = side_of(a, b, from) / square_root(square);
    return off < 0 ? -off : off;
}
