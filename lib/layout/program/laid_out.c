/* Reads what Graphviz has found into a scene. Its points have y upwards. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>
#include <stdlib.h>
#include <string.h>

static extent units(double points) {
    return (extent)(points * (double)POINT + (points < 0 ? -0.5 : 0.5));
}

static struct spot spot_of(pointf point) {
    return (struct spot){units(point.x), units(-point.y)};
}

static struct area node_area(Agnode_t *node) {
    struct spot at = spot_of(ND_coord(node));
    return (struct area){at.x - units(ND_lw(node)), at.y - units(ND_ht(node) / 2),
                         at.x + units(ND_rw(node)), at.y + units(ND_ht(node) / 2)};
}

/* ---- boundaries -------------------------------------------------------------------------- */

static size_t count_boundaries(Agraph_t *graph) {
    size_t count = 0;
    for (Agraph_t *inner = agfstsubg(graph); inner; inner = agnxtsubg(inner))
        count += 1 + count_boundaries(inner);
    return count;
}

/* Text fills its lines but for a little above and below. */
static struct area title_area(const textlabel_t *title) {
    struct spot middle = spot_of(title->pos);
    extent across = units(title->dimen.x) / 2, down = units(title->dimen.y) / 2;
    struct area area = {middle.x - across, middle.y - down, middle.x + across, middle.y + down};
    area.top += down > 2 * POINT ? POINT : 0;
    area.bottom -= down > 2 * POINT ? POINT : 0;
    return area;
}

static void mark_members(struct laid_out *out, Agraph_t *graph, size_t frame) {
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node))
        if (place_of(node) != NOWHERE)
            out->scene.shapes[place_of(node)].frame = frame;
}

/* In the order of `source`. Members are marked again by the boundaries inside. */
static void read_boundaries(struct laid_out *out, Agraph_t *source, Agraph_t *graph,
                            size_t around) {
    for (Agraph_t *like = agfstsubg(source); like; like = agnxtsubg(like)) {
        Agraph_t *inner = agsubg(graph, agnameof(like), 0);
        size_t own = out->scene.frame_count++;
        struct frame *frame = &out->scene.frames[own];
        struct spot low = spot_of(GD_bb(inner).LL), high = spot_of(GD_bb(inner).UR);
        *frame = (struct frame){.area = {low.x, high.y, high.x, low.y}, .around = around};
        if (GD_label(inner))
            frame->title = title_area(GD_label(inner));
        out->boundaries[own] = inner;
        mark_members(out, inner, own);
        read_boundaries(out, like, inner, own);
    }
}

/* ---- lines ------------------------------------------------------------------------------- */

static void add_corner(struct spot *corners, size_t *count, pointf point) {
    struct spot spot = spot_of(point);
    if (!*count || distance(corners[*count - 1], spot) >= POINT / 2)
        corners[(*count)++] = spot;
}

/* The base of a head is no corner: the tip lies ahead of it. */
size_t read_corners(Agedge_t *edge, struct spot *corners) {
    size_t count = 0;
    if (!ED_spl(edge) || ED_spl(edge)->size != 1 ||
        ED_spl(edge)->list[0].size / 3 > MOST_CORNERS - 4)
        return 0;
    const bezier *curve = &ED_spl(edge)->list[0];
    int first = curve->sflag ? 3 : 0, last = curve->eflag ? curve->size - 4 : curve->size - 1;
    if (curve->sflag)
        add_corner(corners, &count, curve->sp);
    for (int i = first; i <= last; i += 3)
        add_corner(corners, &count, curve->list[i]);
    if (curve->eflag)
        add_corner(corners, &count, curve->ep);
    return count;
}

#define HALF_A_HEAD (27 * POINT / 10) /* as wide as Graphviz draws it */

static struct area head_area(pointf point, pointf from) {
    struct spot tip = spot_of(point), base = spot_of(from);
    extent length = distance(tip, base), x = tip.x - base.x, y = tip.y - base.y;
    if (!length)
        length = 1;
    const struct spot spots[] = {
        tip,
        {base.x - y * HALF_A_HEAD / length, base.y + x * HALF_A_HEAD / length},
        {base.x + y * HALF_A_HEAD / length, base.y - x * HALF_A_HEAD / length}};
    return spots_area(spots, 3);
}

static void read_heads(struct line *line, Agedge_t *edge) {
    const bezier *curve = &ED_spl(edge)->list[0];
    if (curve->sflag && line->heads < 2)
        line->head[line->heads++] = head_area(curve->sp, curve->list[0]);
    if (curve->eflag && line->heads < 2)
        line->head[line->heads++] = head_area(curve->ep, curve->list[curve->size - 1]);
}

static void turn_around(struct line *line) {
    for (size_t i = 0, j = line->count - 1; i < j; i++, j--) {
        struct spot spot = line->spots[i];
        line->spots[i] = line->spots[j];
        line->spots[j] = spot;
    }
}

bool read_line(struct line *line, const struct link *link) {
    struct spot corners[2 * MOST_CORNERS];
    size_t count = read_corners(link->in, corners);
    size_t more = count ? read_corners(link->out, corners + count) : 0;
    if (!more)
        return false;
    *line = (struct line){.from = link->start, .to = link->end, .count = count + more};
    line->label = node_area(link->label);
    line->spots = need_room(line->count, sizeof *line->spots);
    memcpy(line->spots, corners, line->count * sizeof *corners);
    line->area = spots_area(line->spots, line->count);
    read_heads(line, link->in);
    read_heads(line, link->out);
    if (link->back && !link->forth) {
        turn_around(line);
        line->from = link->end;
        line->to = link->start;
    }
    return true;
}

bool read_laid_out(struct laid_out *out, const struct network *network, Agraph_t *graph,
                   bool down) {
    struct scene *scene = &out->scene;
    size_t boundaries = count_boundaries(graph);
    *out = (struct laid_out){.network = network};
    scene->across = !down;
    scene->width = units(GD_bb(graph).UR.x - GD_bb(graph).LL.x);
    scene->height = units(GD_bb(graph).UR.y - GD_bb(graph).LL.y);
    scene->shapes = need_room(network->element_count, sizeof *scene->shapes);
    scene->frames = need_room(boundaries, sizeof *scene->frames);
    scene->lines = need_room(network->link_count, sizeof *scene->lines);
    out->boundaries = need_room(boundaries, sizeof(Agraph_t *));
    for (; scene->shape_count < network->element_count; scene->shape_count++)
        scene->shapes[scene->shape_count] = (struct shape){
            .area = node_area(network->elements[scene->shape_count]), .frame = NOWHERE};
    read_boundaries(out, network->source, graph, NOWHERE);
    for (; scene->line_count < network->link_count; scene->line_count++)
        if (!read_line(&scene->lines[scene->line_count], &network->links[scene->line_count]))
            return false;
    return true;
}

/* ---- changes that have to pay ------------------------------------------------------------ */

void read_lines_again(struct laid_out *out) {
    for (size_t i = 0; i < out->scene.line_count; i++)
        read_line(&out->scene.lines[i], &out->network->links[i]);
}

static struct worth worth_of(const struct scene *scene, const struct counts *counts) {
    return (struct worth){*counts, weigh(scene, counts)};
}

struct worth weigh_again(struct laid_out *out) {
    struct counts counts;
    read_lines_again(out);
    count_faults(&out->scene, &counts, NULL, NULL);
    return worth_of(&out->scene, &counts);
}

/* Lines that have not changed keep their spots. */
static struct line *read_changed_lines(const struct laid_out *out) {
    const struct scene *scene = &out->scene;
    struct line *lines = need_room(scene->line_count, sizeof *lines);
    for (size_t i = 0; i < scene->line_count; i++)
        if (!read_line(&lines[i], &out->network->links[i])) {
            lines[i] = scene->lines[i];
        } else if (lines_alike(&lines[i], &scene->lines[i])) {
            free(lines[i].spots);
            lines[i] = scene->lines[i];
        }
    return lines;
}

struct worth weigh_change(struct laid_out *out, const struct worth *before) {
    struct scene was = out->scene;
    struct counts counts = before->counts;
    out->scene.lines = read_changed_lines(out);
    size_t room = was.line_count;
    struct difference difference = {.is_moved = need_room(room, sizeof(bool)),
                                    .moved = need_room(room, sizeof(size_t)),
                                    .near = need_room(room, sizeof(size_t))};
    count_again(&was, &out->scene, &difference, &counts);
    for (size_t i = 0; i < difference.moved_count; i++)
        free(was.lines[difference.moved[i]].spots);
    free(difference.is_moved);
    free(difference.moved);
    free(difference.near);
    free(was.lines);
    return worth_of(&out->scene, &counts);
}

bool is_worth_it(struct laid_out *out, struct worth *worth) {
    struct worth after = weigh_change(out, worth);
    bool worth_it = after.weight <= worth->weight &&
                    after.counts.of[FAULT_crossings] <= worth->counts.of[FAULT_crossings];
    if (worth_it)
        *worth = after;
    return worth_it;
}
