/* What is done to a picture after Graphviz: titles give way to lines, and corners get round. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <string.h>

/* ---- titles ------------------------------------------------------------------------------ */

#define STEP (4 * POINT)
#define TITLE_MARGIN (8 * POINT) /* that Graphviz keeps to the side of a boundary */
#define LINE_MARGIN (2 * POINT)
#define BLOCK 10 /* lines, that weigh as much as something else under the title */

static extent lines_over(const struct scene *scene, struct area area) {
    extent count = 0;
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        count += areas_meet(line->area, area) && spots_enter(line->spots, line->count, area);
    }
    return count;
}

static extent things_under(const struct scene *scene, size_t frame, struct area area) {
    extent count = 0;
    for (size_t i = 0; i < scene->shape_count; i++)
        count += areas_meet(scene->shapes[i].area, area);
    for (size_t i = 0; i < scene->line_count; i++)
        count += areas_meet(scene->lines[i].label, area);
    for (size_t i = 0; i < scene->frame_count; i++)
        count += i != frame && area_holds(scene->frames[frame].area, scene->frames[i].area) &&
                 areas_meet(scene->frames[i].area, area);
    return count;
}

static struct area moved(struct area area, extent by) {
    return (struct area){area.left + by, area.top, area.right + by, area.bottom};
}

/* By how far the title is to be moved; the first of the best places. */
static extent best_move(const struct scene *scene, size_t frame) {
    struct area title = scene->frames[frame].title, own = scene->frames[frame].area;
    extent best = 0, least = -1;
    for (extent by = 0; !by || title.right + by <= own.right - TITLE_MARGIN; by += STEP) {
        struct area area = moved(title, by);
        area.left -= LINE_MARGIN;
        area.right += LINE_MARGIN;
        extent count = lines_over(scene, area) + BLOCK * things_under(scene, frame, area);
        if (least < 0 || count < least) {
            least = count;
            best = by;
        }
        if (!count)
            break;
    }
    return best;
}

void slide_titles(struct laid_out *out) {
    for (size_t i = 0; i < out->scene.frame_count; i++) {
        if (!GD_label(out->boundaries[i]))
            continue;
        extent by = best_move(&out->scene, i);
        GD_label(out->boundaries[i])->pos.x += (double)by / (double)POINT;
        out->scene.frames[i].title = moved(out->scene.frames[i].title, by);
    }
}

/* ---- corners ----------------------------------------------------------------------------- */

#define CURVE (14 * POINT) /* how far from a corner the line begins to turn */

static pointf point_of(struct spot spot) {
    return (pointf){(double)spot.x / (double)POINT, -(double)spot.y / (double)POINT};
}

/* The place on the way from a to b that is `part` of `whole` away from a. */
static struct spot on_the_way(struct spot a, struct spot b, extent part, extent whole) {
    return (struct spot){a.x + (b.x - a.x) * part / whole, a.y + (b.y - a.y) * part / whole};
}

static void add_curve(bezier *curve, struct spot control, struct spot other, struct spot end) {
    curve->list[curve->size++] = point_of(control);
    curve->list[curve->size++] = point_of(other);
    curve->list[curve->size++] = point_of(end);
}

static void add_straight(bezier *curve, struct spot from, struct spot to) {
    add_curve(curve, from, to, to);
}

/* The place at which a head of this length begins, on the way from its tip to the next corner. */
static struct spot head_base(struct spot tip, struct spot next, extent length) {
    extent whole = distance(tip, next);
    return length < whole ? on_the_way(tip, next, length, whole) : next;
}

static extent length_between(pointf a, pointf b) {
    const struct spot one = {(extent)(a.x * (double)POINT), (extent)(a.y * (double)POINT)};
    const struct spot other = {(extent)(b.x * (double)POINT), (extent)(b.y * (double)POINT)};
    return distance(one, other);
}

/* The edge has the tips by themselves; its line is without them. */
static void cut_heads(bezier *curve, struct spot *corners, size_t count) {
    struct spot first = corners[0], last = corners[count - 1];
    if (curve->sflag)
        corners[0] = head_base(first, corners[1], length_between(curve->sp, curve->list[0]));
    if (curve->eflag)
        corners[count - 1] = head_base(last, corners[count - 2],
                                       length_between(curve->ep, curve->list[curve->size - 1]));
    curve->sp = point_of(first);
    curve->ep = point_of(last);
}

static void add_corner(bezier *curve, struct spot *at, const struct spot *corner, extent round) {
    extent before = distance(corner[-1], corner[0]), after = distance(corner[0], corner[1]);
    round = before / 2 < round ? before / 2 : round;
    round = after / 2 < round ? after / 2 : round;
    struct spot begin = round ? on_the_way(corner[0], corner[-1], round, before) : corner[0];
    struct spot end = round ? on_the_way(corner[0], corner[1], round, after) : corner[0];
    add_straight(curve, *at, begin);
    if (round)
        add_curve(curve, on_the_way(begin, corner[0], 2, 3), on_the_way(end, corner[0], 2, 3), end);
    *at = end;
}

void write_corners(Agedge_t *edge, const struct spot *corners, size_t count, extent round) {
    bezier *curve = &ED_spl(edge)->list[0];
    struct spot *own = need_room(count, sizeof *own), at;
    memcpy(own, corners, count * sizeof *own);
    cut_heads(curve, own, count);
    at = own[0];
    curve->list = need_room(6 * count + 1, sizeof *curve->list);
    curve->size = 0;
    curve->list[curve->size++] = point_of(at);
    for (size_t i = 1; i + 1 < count; i++)
        add_corner(curve, &at, &own[i], round);
    add_straight(curve, at, own[count - 1]);
}

void try_corners(struct laid_out *out, Agedge_t *edge, struct corners corners,
                 struct corners before, struct worth *worth) {
    write_corners(edge, corners.spots, corners.count, 0);
    struct worth after = weigh_change(out, worth);
    if (after.weight < worth->weight) {
        *worth = after;
        return;
    }
    write_corners(edge, before.spots, before.count, 0);
    read_lines_again(out);
}

static void round_edge(Agedge_t *edge) {
    struct spot corners[MOST_CORNERS];
    size_t count = read_corners(edge, corners);
    if (count > 1)
        write_corners(edge, corners, count, CURVE);
}

void round_lines(const struct laid_out *out) {
    for (size_t i = 0; i < out->network->link_count; i++) {
        round_edge(out->network->links[i].in);
        round_edge(out->network->links[i].out);
    }
}
