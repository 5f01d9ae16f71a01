/* Turns a picture over: Graphviz does not know that siblings are better off in the order of their
 * declarations. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>

#define BELOW 0 /* BOTTOM_IX of Graphviz, whose header is not installed */

/* Across the direction of lines, all that was at `sum` - n is at n. */
struct mirror {
    bool across; /* lines run across: y is turned, else x */
    double sum;
};

static void turn_point(const struct mirror *mirror, pointf *point) {
    if (mirror->across)
        point->y = mirror->sum - point->y;
    else
        point->x = mirror->sum - point->x;
}

static void turn_box(const struct mirror *mirror, boxf *box) {
    pointf low = box->LL, high = box->UR;
    turn_point(mirror, &low);
    turn_point(mirror, &high);
    if (mirror->across)
        *box = (boxf){{low.x, high.y}, {high.x, low.y}};
    else
        *box = (boxf){{high.x, low.y}, {low.x, high.y}};
}

/* Titles are set flush left. */
static void turn_title(const struct mirror *mirror, Agraph_t *boundary, double margin) {
    textlabel_t *title = GD_label(boundary);
    if (!title)
        return;
    if (mirror->across)
        turn_point(mirror, &title->pos);
    else
        title->pos.x = GD_bb(boundary).LL.x + margin;
}

static void turn_boundaries(const struct mirror *mirror, Agraph_t *graph) {
    for (Agraph_t *inner = agfstsubg(graph); inner; inner = agnxtsubg(inner)) {
        double margin = GD_label(inner) ? GD_label(inner)->pos.x - GD_bb(inner).LL.x : 0;
        turn_box(mirror, &GD_bb(inner));
        turn_title(mirror, inner, margin);
        turn_boundaries(mirror, inner);
    }
}

static void turn_edge(const struct mirror *mirror, Agedge_t *edge) {
    if (!ED_spl(edge))
        return;
    for (int i = 0; i < ED_spl(edge)->size; i++) {
        bezier *curve = &ED_spl(edge)->list[i];
        for (int j = 0; j < curve->size; j++)
            turn_point(mirror, &curve->list[j]);
        turn_point(mirror, &curve->sp);
        turn_point(mirror, &curve->ep);
    }
    turn_box(mirror, &ED_spl(edge)->bb);
}

/* A line of text below the picture stays where it is. */
static struct mirror mirror_of(Agraph_t *graph, bool across) {
    boxf box = GD_bb(graph);
    double below = across && GD_label(graph) ? GD_border(graph)[BELOW].y : 0;
    return (struct mirror){across, across ? box.LL.y + below + box.UR.y : box.LL.x + box.UR.x};
}

void turn_over(struct laid_out *out, Agraph_t *graph) {
    const struct mirror mirror = mirror_of(graph, out->scene.across);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        turn_point(&mirror, &ND_coord(node));
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge))
            turn_edge(&mirror, edge);
    }
    turn_boundaries(&mirror, graph);
    read_laid_out(out, out->network, graph, !out->scene.across);
}
