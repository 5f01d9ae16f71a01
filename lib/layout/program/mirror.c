/* Turns a picture over: Graphviz does not know that siblings are better off in the order of their
 * declarations. */
// SPDX-License-Identifier: MIT
#include "laid_out.h"

#include <graphviz/gvc.h>

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

static void stretch(boxf *box, pointf low, pointf high) {
    box->LL.x = low.x < box->LL.x ? low.x : box->LL.x;
    box->LL.y = low.y < box->LL.y ? low.y : box->LL.y;
    box->UR.x = high.x > box->UR.x ? high.x : box->UR.x;
    box->UR.y = high.y > box->UR.y ? high.y : box->UR.y;
}

static void stretch_over(boxf *box, Agedge_t *edge) {
    for (int i = 0; ED_spl(edge) && i < ED_spl(edge)->size; i++)
        for (int j = 0; j < ED_spl(edge)->list[i].size; j++)
            stretch(box, ED_spl(edge)->list[i].list[j], ED_spl(edge)->list[i].list[j]);
}

/* Around all that is turned: text below the picture stays where it is. */
static boxf contents(Agraph_t *graph) {
    boxf box = {{GD_bb(graph).UR.x, GD_bb(graph).UR.y}, {GD_bb(graph).LL.x, GD_bb(graph).LL.y}};
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        pointf at = ND_coord(node);
        stretch(&box, (pointf){at.x - ND_lw(node), at.y - ND_ht(node) / 2},
                (pointf){at.x + ND_rw(node), at.y + ND_ht(node) / 2});
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge))
            stretch_over(&box, edge);
    }
    for (Agraph_t *inner = agfstsubg(graph); inner; inner = agnxtsubg(inner))
        stretch(&box, GD_bb(inner).LL, GD_bb(inner).UR);
    return box;
}

static struct mirror mirror_of(Agraph_t *graph, bool across) {
    boxf box = contents(graph);
    return (struct mirror){across, across ? box.LL.y + box.UR.y : box.LL.x + box.UR.x};
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
