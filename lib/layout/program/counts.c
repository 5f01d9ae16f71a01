/* Counts what a reader minds. Each count is a plain walk over pairs, with boxes around lines to
 * skip most of them; pictures that are counted have tens of lines, rarely hundreds. */
// SPDX-License-Identifier: MIT
#include "scene.h"

#include "layout/layout.h"

#include <string.h>

#define SLACK (3 * POINT / 2) /* a line that only touches is no fault */
#define MEETING (4 * POINT)   /* around an element at which two lines both end */
#define SHORTEST (20 * POINT) /* ends that are nearer count as this far apart */
#define DETOUR(length) (8 * (length) / 5)
#define NEAR (7 * POINT / 2)     /* of two lines that are hard to tell apart */
#define PIECE (10 * POINT)       /* a line is looked at in pieces of at most this length */
#define LONG_BESIDE (20 * POINT) /* from here on it is a fault */
#define APART (10 * POINT)       /* of two siblings, to stand before or after */
#define PAGE_WIDTH ((extent)LAYOUT_PAGE_WIDTH * POINT)
#define PAGE_HEIGHT ((extent)LAYOUT_PAGE_HEIGHT * POINT)
#define LETTERS ((extent)LAYOUT_LETTERS * POINT)

struct count {
    const struct scene *scene;
    struct counts *counts;
    fault_listener *listener;
    void *context;
};

static void tell(struct count *count, enum fault fault, size_t one, size_t other) {
    count->counts->of[fault]++;
    if (count->listener)
        count->listener(count->context, fault, one, other);
}

/* ---- lines and what stands still --------------------------------------------------------- */

static bool line_enters(const struct line *line, struct area area) {
    return areas_meet(line->area, area) && spots_enter(line->spots, line->count, area);
}

static void count_under(struct count *count, size_t i) {
    const struct scene *scene = count->scene;
    const struct line *line = &scene->lines[i];
    for (size_t j = 0; j < scene->shape_count; j++)
        if (j != line->from && j != line->to &&
            line_enters(line, area_within(scene->shapes[j].area, SLACK)))
            tell(count, FAULT_elements, i, j);
    for (size_t j = 0; j < scene->line_count; j++)
        if (j != i && line_enters(line, area_within(scene->lines[j].label, SLACK)))
            tell(count, FAULT_labels, i, j);
    for (size_t j = 0; j < scene->frame_count; j++)
        if (line_enters(line, area_within(scene->frames[j].title, POINT / 2)))
            tell(count, FAULT_titles, i, j);
}

/* ---- lines and boundaries ---------------------------------------------------------------- */

static bool lies_in(const struct scene *scene, size_t shape, size_t frame) {
    size_t around = scene->shapes[shape].frame;
    while (around != NOWHERE && around != frame)
        around = scene->frames[around].around;
    return around == frame;
}

/* How often the line goes over the boundary's, from the middle of one element to that of the
 * other. */
static size_t passages(const struct scene *scene, const struct line *line, struct area area) {
    struct spot at = area_middle(scene->shapes[line->from].area);
    size_t number = 0;
    for (size_t i = 0; i < line->count; i++) {
        number += passages_between(at, line->spots[i], area);
        at = line->spots[i];
    }
    return number + passages_between(at, area_middle(scene->shapes[line->to].area), area);
}

static void count_boundaries(struct count *count, size_t i) {
    const struct scene *scene = count->scene;
    const struct line *line = &scene->lines[i];
    for (size_t j = 0; j < scene->frame_count; j++) {
        bool first = lies_in(scene, line->from, j), second = lies_in(scene, line->to, j);
        if (!areas_meet(line->area, scene->frames[j].area))
            continue;
        struct area area = area_within(scene->frames[j].area, first || second ? 0 : SLACK);
        size_t number = passages(scene, line, area);
        if (!first && !second && number)
            tell(count, FAULT_foreign, i, j);
        else if (number > (size_t)(first != second))
            tell(count, FAULT_again, i, j);
    }
}

/* ---- one line ---------------------------------------------------------------------------- */

static extent line_length(const struct line *line) {
    extent length = 0;
    for (size_t i = 1; i < line->count; i++)
        length += distance(line->spots[i - 1], line->spots[i]);
    return length;
}

/* The angle between a vector and the axis that it is nearer to, in degrees: at most half a degree wrong.
 */
static extent degrees_off(extent small, extent large) {
    extent ratio = large ? 1000 * small / large : 0;
    return (45 * ratio * 1000 + 156 * ratio * (1000 - ratio) / 10 + 500000) / 1000000;
}

/* By how much a line turns where it comes by `a` to `b` and goes on to `c`. */
static extent turn(struct spot a, struct spot b, struct spot c) {
    extent along = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
    extent off = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    extent ahead = along < 0 ? -along : along;
    off = off < 0 ? -off : off;
    while (ahead > (extent)1 << 40 || off > (extent)1 << 40) {
        ahead /= 2;
        off /= 2;
    }
    extent angle = off <= ahead ? degrees_off(off, ahead) : 90 - degrees_off(ahead, off);
    return along < 0 ? 180 - angle : angle;
}

static void count_way(struct count *count, size_t i) {
    const struct line *line = &count->scene->lines[i];
    extent length = line_length(line);
    extent apart = distance(line->spots[0], line->spots[line->count - 1]);
    count->counts->length += length;
    if (line->from != line->to && length > DETOUR(apart > SHORTEST ? apart : SHORTEST))
        tell(count, FAULT_detours, i, line->to);
    for (size_t j = 2; j < line->count; j++)
        count->counts->turns += turn(line->spots[j - 2], line->spots[j - 1], line->spots[j]);
}

/* A single head shows where the line goes; lines with none or two say nothing. */
static void count_direction(struct count *count, const struct line *line) {
    struct spot from = area_middle(count->scene->shapes[line->from].area);
    struct spot to = area_middle(count->scene->shapes[line->to].area);
    extent across = to.x - from.x, down = to.y - from.y;
    bool level = across * across > down * down;
    if (line->heads == 1 && line->from != line->to)
        count->counts->backward += (level ? across : down) < 0;
}

/* ---- two lines --------------------------------------------------------------------------- */

/* Lines may cross just before the element at which both end: nobody minds. */
static bool meet_there(const struct scene *scene, const struct line *one, const struct line *other,
                       struct spot spot) {
    const size_t ends[] = {one->from, one->to};
    for (size_t i = 0; i < 2; i++)
        if ((ends[i] == other->from || ends[i] == other->to) &&
            area_has(area_within(scene->shapes[ends[i]].area, -MEETING), spot))
            return true;
    return false;
}

static struct spot nudged(struct spot spot, extent by) {
    return (struct spot){spot.x + by, spot.y + 2 * by};
}

/* How often the one crosses the other when it lies a little beside where it is. */
static size_t crossings_beside(const struct scene *scene, const struct line *one,
                               const struct line *other, extent by) {
    size_t number = 0;
    for (size_t k = 1; k < one->count; k++) {
        struct spot a = nudged(one->spots[k - 1], by), b = nudged(one->spots[k], by);
        const struct spot segment[] = {a, b};
        if (!areas_meet(area_within(spots_area(segment, 2), -1), area_within(other->area, -1)))
            continue;
        for (size_t l = 1; l < other->count; l++)
            number += segments_cross(a, b, other->spots[l - 1], other->spots[l]) &&
                      !meet_there(scene, one, other,
                                  crossing_of(a, b, other->spots[l - 1], other->spots[l]));
    }
    return number;
}

/* Lines that turn around the same corner touch there, whether they cross or not. So one is shifted a
 * little to either side, and the smaller number counts: it is 0 where they only touch. */
static void count_crossings(struct count *count, size_t i, size_t j) {
    const struct line *one = &count->scene->lines[i], *other = &count->scene->lines[j];
    if (!areas_meet(area_within(one->area, -3), area_within(other->area, -3)))
        return;
    size_t number = crossings_beside(count->scene, one, other, 1);
    size_t less = number ? crossings_beside(count->scene, one, other, -1) : 0;
    for (size_t k = 0; k < (number < less ? number : less); k++)
        tell(count, FAULT_crossings, i, j);
}

static void count_heads(struct count *count, size_t i, size_t j) {
    const struct line *one = &count->scene->lines[i], *other = &count->scene->lines[j];
    for (size_t k = 0; k < one->heads; k++)
        for (size_t l = 0; l < other->heads; l++)
            if (areas_meet(area_within(one->head[k], SLACK / 2),
                           area_within(other->head[l], SLACK / 2)))
                tell(count, FAULT_heads, i, j);
}

/* ---- side by side ------------------------------------------------------------------------ */

/* Whether the two run in about the same direction, or the opposite one: the sine is below 0.3. */
static bool are_parallel(struct spot a, struct spot b, struct spot c, struct spot d) {
    extent product = distance(a, b) * distance(c, d);
    extent off = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
    return product && (off < 0 ? -off : off) <= product / 10 * 3;
}

/* Whether a piece of segment ab lies beside a way that runs as it does. */
static bool runs_near(const struct spot *way, size_t count, struct spot a, struct spot b,
                      struct spot middle) {
    for (size_t i = 1; i < count; i++)
        if (area_has(area_within(spots_area(way + i - 1, 2), -NEAR), middle) &&
            distance_to_segment(middle, way[i - 1], way[i]) < NEAR &&
            are_parallel(a, b, way[i - 1], way[i]))
            return true;
    return false;
}

/* Of a segment that is cut into so many pieces: where piece k has its middle. */
static struct spot middle_of_piece(struct spot a, struct spot b, extent k, extent pieces) {
    return (struct spot){a.x + (b.x - a.x) * (2 * k + 1) / (2 * pieces),
                         a.y + (b.y - a.y) * (2 * k + 1) / (2 * pieces)};
}

/* Whether any piece of segment ab can lie beside a way; most can not, and are not cut. */
static bool comes_near(const struct spot *way, size_t count, struct spot a, struct spot b) {
    const struct spot segment[] = {a, b};
    struct area area = area_within(spots_area(segment, 2), -NEAR - 1);
    for (size_t i = 1; i < count; i++)
        if (areas_meet(area_within(spots_area(way + i - 1, 2), -1), area) &&
            are_parallel(a, b, way[i - 1], way[i]))
            return true;
    return false;
}

static bool has_neighbours(const struct scene *scene, size_t own, struct spot a, struct spot b) {
    const struct spot segment[] = {a, b};
    struct area area = area_within(spots_area(segment, 2), -NEAR - 1);
    for (size_t i = 0; i < scene->line_count; i++)
        if (i != own && areas_meet(area_within(scene->lines[i].area, -1), area) &&
            comes_near(scene->lines[i].spots, scene->lines[i].count, a, b))
            return true;
    return false;
}

/* The first line beside which `middle`, a place on segment ab, lies; or NOWHERE. */
static size_t neighbour(const struct scene *scene, size_t own, struct spot a, struct spot b,
                        struct spot middle) {
    for (size_t i = 0; i < scene->line_count; i++)
        if (i != own && area_has(area_within(scene->lines[i].area, -NEAR), middle) &&
            runs_near(scene->lines[i].spots, scene->lines[i].count, a, b, middle))
            return i;
    return NOWHERE;
}

static void count_beside(struct count *count, size_t i) {
    const struct line *line = &count->scene->lines[i];
    extent beside = 0;
    size_t whom = NOWHERE;
    for (size_t j = 1; j < line->count; j++) {
        struct spot a = line->spots[j - 1], b = line->spots[j];
        extent length = distance(a, b), pieces = length / PIECE + 1;
        if (length < POINT / 2 || !has_neighbours(count->scene, i, a, b))
            continue;
        for (extent k = 0; k < pieces; k++) {
            size_t found = neighbour(count->scene, i, a, b, middle_of_piece(a, b, k, pieces));
            beside += found == NOWHERE ? 0 : length / pieces;
            whom = found == NOWHERE ? whom : found;
        }
    }
    count->counts->beside += beside;
    if (beside > LONG_BESIDE)
        tell(count, FAULT_beside, i, whom);
}

static void count_along(struct count *count, size_t i, size_t frame) {
    const struct line *line = &count->scene->lines[i];
    const struct area area = count->scene->frames[frame].area;
    const struct spot around[] = {{area.left, area.top},
                                  {area.right, area.top},
                                  {area.right, area.bottom},
                                  {area.left, area.bottom},
                                  {area.left, area.top}};
    extent along = 0;
    for (size_t j = 1; j < line->count; j++) {
        struct spot a = line->spots[j - 1], b = line->spots[j];
        extent length = distance(a, b), pieces = length / PIECE + 1;
        if (length < POINT / 2 || !comes_near(around, 5, a, b))
            continue;
        for (extent k = 0; k < pieces; k++) {
            struct spot middle = middle_of_piece(a, b, k, pieces);
            along += runs_near(around, 5, a, b, middle) ? length / pieces : 0;
        }
    }
    if (along > LONG_BESIDE)
        tell(count, FAULT_borders, i, frame);
}

/* ---- order ------------------------------------------------------------------------------- */

static bool has_like(const struct scene *scene, const struct line *line, size_t at,
                     size_t instead) {
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *like = &scene->lines[i];
        size_t from = line->from == at ? instead : line->from,
               to = line->to == at ? instead : line->to;
        bool reversed = like->from == to && like->to == from && line->heads != 1;
        if (like->heads == line->heads && ((like->from == from && like->to == to) || reversed))
            return true;
    }
    return false;
}

/* Whether each line of the one has its like at the other: then nothing but their declarations says
 * which stands first. */
static bool are_alike(const struct scene *scene, size_t one, size_t other) {
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        if ((line->from == one || line->to == one) && !has_like(scene, line, one, other))
            return false;
        if ((line->from == other || line->to == other) && !has_like(scene, line, other, one))
            return false;
    }
    return true;
}

static void compare_order(struct count *count, struct area first, struct area second, size_t i,
                          size_t j) {
    struct spot one = area_middle(first), other = area_middle(second);
    extent ahead = count->scene->across ? other.y - one.y : other.x - one.x;
    if (ahead < APART && ahead > -APART)
        return;
    count->counts->pairs++;
    if (ahead < 0)
        tell(count, FAULT_siblings, j, i);
}

/* One stands above the other where lines go across, beside it where they go down. */
static bool are_stacked(const struct scene *scene, struct area a, struct area b) {
    return scene->across ? a.left < b.right && b.left < a.right
                         : a.top < b.bottom && b.top < a.bottom;
}

static void count_order(struct count *count) {
    const struct scene *scene = count->scene;
    for (size_t j = 0; j < scene->shape_count; j++)
        for (size_t i = 0; i < j; i++)
            if (scene->shapes[i].frame == scene->shapes[j].frame && are_alike(scene, i, j))
                compare_order(count, scene->shapes[i].area, scene->shapes[j].area, i, j);
    for (size_t j = 0; j < scene->frame_count; j++)
        for (size_t i = 0; i < j; i++)
            if (scene->frames[i].around == scene->frames[j].around &&
                are_stacked(scene, scene->frames[i].area, scene->frames[j].area))
                compare_order(count, scene->frames[i].area, scene->frames[j].area,
                              scene->shape_count + i, scene->shape_count + j);
}

/* ---- the whole --------------------------------------------------------------------------- */

/* What a line does, whatever the others do. */
static void count_line(struct count *count, size_t i) {
    const struct scene *scene = count->scene;
    count_under(count, i);
    count_boundaries(count, i);
    count_way(count, i);
    count_direction(count, &scene->lines[i]);
    for (size_t j = 0; j < scene->frame_count; j++)
        if (areas_meet(area_within(scene->lines[i].area, -NEAR), scene->frames[j].area))
            count_along(count, i, j);
}

static void count_pair(struct count *count, size_t i, size_t j) {
    count_crossings(count, i, j);
    count_heads(count, i, j);
}

void count_faults(const struct scene *scene, struct counts *counts, fault_listener *listener,
                  void *context) {
    struct count count = {scene, counts, listener, context};
    *counts = (struct counts){.length = 0};
    for (size_t i = 0; i < scene->line_count; i++) {
        count_line(&count, i);
        count_beside(&count, i);
        for (size_t j = 0; j < i; j++)
            count_pair(&count, i, j);
    }
    count_order(&count);
}

/* ---- the whole, anew --------------------------------------------------------------------- */

bool lines_alike(const struct line *one, const struct line *other) {
    return one->count == other->count && one->heads == other->heads &&
           memcmp(one->spots, other->spots, one->count * sizeof *one->spots) == 0 &&
           memcmp(one->head, other->head, one->heads * sizeof *one->head) == 0;
}

static bool lines_come_near(const struct line *one, const struct line *other) {
    if (!areas_meet(area_within(one->area, -1), area_within(other->area, -NEAR - 1)))
        return false;
    for (size_t i = 1; i < one->count; i++)
        if (comes_near(other->spots, other->count, one->spots[i - 1], one->spots[i]))
            return true;
    return false;
}

static bool comes_beside(const struct difference *difference, const struct scene *scene,
                         const struct line *line) {
    for (size_t i = 0; i < difference->moved_count; i++)
        if (lines_come_near(line, &scene->lines[difference->moved[i]]))
            return true;
    return false;
}

static void find_difference(const struct scene *before, const struct scene *after,
                            struct difference *difference) {
    difference->moved_count = difference->near_count = 0;
    for (size_t i = 0; i < after->line_count; i++) {
        difference->is_moved[i] = !lines_alike(&before->lines[i], &after->lines[i]);
        if (difference->is_moved[i])
            difference->moved[difference->moved_count++] = i;
    }
    for (size_t i = 0; difference->moved_count && i < after->line_count; i++)
        if (difference->is_moved[i] || comes_beside(difference, before, &after->lines[i]) ||
            comes_beside(difference, after, &after->lines[i]))
            difference->near[difference->near_count++] = i;
}

/* All that the difference can have changed. */
static struct counts count_difference(const struct scene *scene,
                                      const struct difference *difference) {
    struct counts counts = {.length = 0};
    struct count count = {scene, &counts, NULL, NULL};
    for (size_t i = 0; i < difference->near_count; i++)
        count_beside(&count, difference->near[i]);
    for (size_t i = 0; i < difference->moved_count; i++) {
        size_t moved = difference->moved[i];
        count_line(&count, moved);
        for (size_t j = 0; j < scene->line_count; j++)
            if (j != moved && (!difference->is_moved[j] || j < moved))
                count_pair(&count, moved > j ? moved : j, moved > j ? j : moved);
    }
    return counts;
}

static void add_counts(struct counts *counts, const struct counts *more, extent times) {
    for (size_t i = 0; i < FAULT_COUNT; i++)
        counts->of[i] += times * more->of[i];
    counts->beside += times * more->beside;
    counts->length += times * more->length;
    counts->turns += times * more->turns;
    counts->backward += times * more->backward;
}

void count_again(const struct scene *before, const struct scene *after,
                 struct difference *difference, struct counts *counts) {
    find_difference(before, after, difference);
    struct counts then = count_difference(before, difference),
                  now = count_difference(after, difference);
    add_counts(counts, &then, -1);
    add_counts(counts, &now, 1);
}

/* ---- what it weighs ---------------------------------------------------------------------- */

/* The scale, in thousandths, at which the picture fits a page; at most 1000, as nothing is enlarged.
 */
static extent fit(const struct scene *scene) {
    extent across = scene->width ? 1000 * PAGE_WIDTH / scene->width : 1000;
    extent down = scene->height ? 1000 * PAGE_HEIGHT / scene->height : 1000;
    extent least = across < down ? across : down;
    return least > 1000 ? 1000 : least < 1 ? 1 : least;
}

extent letter_size(const struct scene *scene) {
    return LETTERS * fit(scene) / 1000;
}

extent weigh(const struct scene *scene, const struct counts *counts) {
    static const extent weights[] = {
#define FAULT(name, weight, unit, target, sentence) weight,
#include "faults.def"
#undef FAULT
    };
    extent sum = 0;
    for (size_t i = 0; i < FAULT_COUNT; i++)
        sum += weights[i] * counts->of[i];
    sum += counts->turns / 25 + 5 * counts->backward;
    sum += (extent)scene->line_count * 15 * (1000 - fit(scene)) / fit(scene);
    return letter_size(scene) < LAYOUT_LEGIBLE * POINT ? sum + 600 : sum;
}
