/* Reads the layers of a graph, keeps account of what is where, and says what an order costs. */
// SPDX-License-Identifier: MIT
#include "layers.h"

#include "network.h"
#include "scene.h"

#include <graphviz/gvc.h>
#include <string.h>

/* In tenths of a crossing, as in faults.def. */
#define CROSSING 10
#define FOREIGN 80
#define OUT_OF_ORDER 1
#define PARTS_OUT_OF_ORDER 30

/* ---- boundaries -------------------------------------------------------------------------- */

bool is_within(const struct layers *layers, size_t part, size_t outer) {
    if (part == outer || outer == NOWHERE)
        return true;
    return part != NOWHERE && part > outer && part < layers->parts[outer].beyond;
}

bool has_layer(const struct part *part, size_t layer) {
    return layer >= part->first && layer <= part->last;
}

const struct run *run_of(const struct part *part, size_t layer) {
    return &part->runs[layer - part->first];
}

static size_t count_clusters(Agraph_t *graph) {
    size_t count = 0;
    for (int i = 1; i <= GD_n_cluster(graph); i++)
        count += 1 + count_clusters(GD_clust(graph)[i]);
    return count;
}

static void read_parts(struct layers *layers, Agraph_t *graph, size_t around, int first,
                       bool ascending) {
    int count = GD_n_cluster(graph);
    for (int i = 1; i <= count; i++) {
        Agraph_t *cluster = GD_clust(graph)[ascending ? i : count + 1 - i];
        struct part *part = &layers->parts[layers->part_count];
        *part = (struct part){.cluster = cluster,
                              .around = around,
                              .first = (size_t)(GD_minrank(cluster) - first),
                              .last = (size_t)(GD_maxrank(cluster) - first)};
        part->runs = need_room(part->last - part->first + 1, sizeof *part->runs);
        read_parts(layers, cluster, layers->part_count++, first, ascending);
        part->beyond = layers->part_count;
    }
}

/* The innermost boundary around the i-th of a layer: Graphviz has what belongs to one in a row. */
static size_t part_at(const struct layers *layers, Agraph_t *graph, int rank, int i) {
    size_t found = NOWHERE;
    for (size_t j = 0; j < layers->part_count; j++) {
        Agraph_t *cluster = layers->parts[j].cluster;
        if (rank < GD_minrank(cluster) || rank > GD_maxrank(cluster))
            continue;
        long low = GD_rank(cluster)[rank].v - GD_rank(graph)[rank].v;
        if (i >= low && i < low + GD_rank(cluster)[rank].n)
            found = j;
    }
    return found;
}

/* ---- reading and writing ----------------------------------------------------------------- */

#define REAL 0 /* a node of the graph, as against those that Graphviz adds */

static void read_layer(struct layers *layers, Agraph_t *graph, int rank, bool ascending) {
    size_t number = (size_t)(rank - GD_minrank(graph));
    struct layer *layer = &layers->layers[number];
    layer->count = (size_t)GD_rank(graph)[rank].n;
    layer->knots = need_room(layer->count, sizeof *layer->knots);
    for (size_t i = 0; i < layer->count; i++) {
        Agnode_t *node = GD_rank(graph)[rank].v[i];
        size_t place = ND_node_type(node) == REAL ? place_of(node) : NOWHERE;
        layer->knots[i] = layers->knot_count;
        layers->knots[layers->knot_count++] = (struct knot){
            .node = node,
            .layer = number,
            .part = part_at(layers, graph, rank, (int)i),
            .declared = place == NOWHERE ? NO_ELEMENT
                        : ascending      ? (long)place
                                         : agnnodes(graph) - (long)place,
        };
    }
}

/* Adds the knots at the other ends of `list` that lie in `layer`. */
static size_t add_links(const struct layers *layers, size_t *links, elist list, bool heads,
                        size_t layer, int first) {
    size_t count = 0;
    for (int i = 0; i < list.size; i++) {
        Agnode_t *node = heads ? aghead(list.list[i]) : agtail(list.list[i]);
        if (ND_rank(node) == first + (int)layer)
            links[count++] = layers->layers[layer].knots[ND_order(node)];
    }
    return count;
}

static void read_links(struct layers *layers, struct knot *knot, int first) {
    elist in = ND_in(knot->node), out = ND_out(knot->node);
    knot->links = need_room((size_t)in.size + (size_t)out.size, sizeof *knot->links);
    if (knot->layer)
        knot->before = add_links(layers, knot->links, in, false, knot->layer - 1, first);
    if (knot->layer + 1 < layers->layer_count)
        knot->after =
            add_links(layers, knot->links + knot->before, out, true, knot->layer + 1, first);
}

struct layers read_layers(Agraph_t *graph, bool ascending) {
    int first = GD_minrank(graph), last = GD_maxrank(graph);
    size_t knots = 0, parts = count_clusters(graph);
    struct layers layers = {.layer_count = (size_t)(last - first + 1)};
    for (int rank = first; rank <= last; rank++)
        knots += (size_t)GD_rank(graph)[rank].n;
    layers.parts = need_room(parts, sizeof *layers.parts);
    layers.knots = need_room(knots, sizeof *layers.knots);
    layers.layers = need_room(layers.layer_count, sizeof *layers.layers);
    read_parts(&layers, graph, NOWHERE, first, ascending);
    for (int rank = first; rank <= last; rank++)
        read_layer(&layers, graph, rank, ascending);
    for (size_t i = 0; i < layers.knot_count; i++)
        read_links(&layers, &layers.knots[i], first);
    for (size_t i = 0; i < layers.layer_count; i++)
        number_layer(&layers, i);
    return layers;
}

void write_layers(const struct layers *layers, Agraph_t *graph) {
    int first = GD_minrank(graph);
    for (size_t i = 0; i < layers->knot_count; i++) {
        const struct knot *knot = &layers->knots[i];
        GD_rank(graph)[first + (int)knot->layer].v[knot->place] = knot->node;
        ND_order(knot->node) = (int)knot->place;
    }
    for (size_t i = 0; i < layers->part_count; i++) {
        const struct part *part = &layers->parts[i];
        for (size_t j = part->first; j <= part->last; j++)
            if (run_of(part, j)->low != NOWHERE)
                GD_rank(part->cluster)[first + (int)j].v =
                    GD_rank(graph)[first + (int)j].v + run_of(part, j)->low;
    }
}

/* ---- places ------------------------------------------------------------------------------ */

static void number_runs(struct layers *layers, size_t number) {
    const struct layer *layer = &layers->layers[number];
    for (size_t i = 0; i < layers->part_count; i++)
        if (has_layer(&layers->parts[i], number))
            layers->parts[i].runs[number - layers->parts[i].first] = (struct run){NOWHERE, 0};
    for (size_t i = 0; i < layer->count; i++)
        for (size_t part = layers->knots[layer->knots[i]].part; part != NOWHERE;
             part = layers->parts[part].around) {
            struct run *run = &layers->parts[part].runs[number - layers->parts[part].first];
            run->low = run->low == NOWHERE ? i : run->low;
            run->high = i;
        }
}

static void disturb(struct layers *layers, size_t number) {
    for (size_t i = number ? number - 1 : 0; i <= number + 1 && i < layers->layer_count; i++) {
        layers->layers[i].restless = true;
        layers->layers[i].reckoned = i > number && layers->layers[i].reckoned;
    }
}

void number_layer(struct layers *layers, size_t number) {
    const struct layer *layer = &layers->layers[number];
    for (size_t i = 0; i < layer->count; i++)
        layers->knots[layer->knots[i]].place = i;
    number_runs(layers, number);
    disturb(layers, number);
}

size_t part_below(const struct layers *layers, size_t part, size_t outer) {
    size_t below = NOWHERE;
    for (; part != outer; part = layers->parts[part].around)
        below = part;
    return below;
}

size_t next_beyond(const struct layers *layers, const struct knot *knot, size_t place, bool right) {
    const struct layer *layer = &layers->layers[knot->layer];
    if (right ? place + 1 == layer->count : !place)
        return NOWHERE;
    size_t next = right ? place + 1 : place - 1;
    size_t part = layers->knots[layer->knots[next]].part;
    if (!is_within(layers, part, knot->part))
        return NOWHERE;
    size_t below = part_below(layers, part, knot->part);
    if (below == NOWHERE)
        return next;
    const struct run *run = run_of(&layers->parts[below], knot->layer);
    return right ? run->high : run->low;
}

void move_knot(struct layers *layers, size_t number, size_t place) {
    const struct knot *knot = &layers->knots[number];
    struct layer *layer = &layers->layers[knot->layer];
    size_t from = knot->place;
    if (place > from)
        memmove(layer->knots + from, layer->knots + from + 1,
                (place - from) * sizeof *layer->knots);
    else
        memmove(layer->knots + place + 1, layer->knots + place,
                (from - place) * sizeof *layer->knots);
    layer->knots[place] = number;
    number_layer(layers, knot->layer);
}

bool step(struct layers *layers, size_t number, bool right) {
    const struct knot *knot = &layers->knots[number];
    size_t place = next_beyond(layers, knot, knot->place, right);
    if (place != NOWHERE)
        move_knot(layers, number, place);
    return place != NOWHERE;
}

/* ---- costs ------------------------------------------------------------------------------- */

static long crossings_after(const struct layers *layers, const struct knot *one,
                            const struct knot *other) {
    const size_t *links = one->links + one->before, *others = other->links + other->before;
    long crossings = 0;
    for (size_t i = 0; i < one->after; i++)
        for (size_t j = 0; j < other->after; j++)
            crossings += layers->knots[links[i]].place > layers->knots[others[j]].place;
    return crossings * CROSSING;
}

static long cost_of_order(const struct knot *one, const struct knot *other) {
    return one->declared != NO_ELEMENT && other->declared != NO_ELEMENT &&
                   one->part == other->part && one->declared > other->declared
               ? OUT_OF_ORDER
               : 0;
}

/* How many lines of the two cross once they change places, less those that cross now. */
static long crossings_of_exchange(const struct layers *layers, const size_t *left, size_t count,
                                  const size_t *right, size_t right_count) {
    long crossings = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = layers->knots[left[i]].place;
        for (size_t j = 0; j < right_count; j++) {
            size_t other = layers->knots[right[j]].place;
            crossings += (place < other) - (place > other);
        }
    }
    return crossings * CROSSING;
}

long cost_of_exchange(const struct layers *layers, const struct knot *left,
                      const struct knot *right) {
    return crossings_of_exchange(layers, left->links, left->before, right->links, right->before) +
           crossings_of_exchange(layers, left->links + left->before, left->after,
                                 right->links + right->before, right->after) +
           cost_of_order(right, left) - cost_of_order(left, right);
}

static bool is_left(size_t place, const struct part *part, size_t layer) {
    return place <= run_of(part, layer)->low;
}

/* A line that is on one side of a boundary here and on the other in the next layer passes through
 * it. */
static long cost_of_passage(const struct layers *layers, const struct knot *one, size_t place,
                            const struct knot *other) {
    long cost = 0;
    for (size_t i = 0; i < layers->part_count; i++) {
        const struct part *part = &layers->parts[i];
        if (!has_layer(part, one->layer) || !has_layer(part, other->layer) ||
            run_of(part, one->layer)->low == NOWHERE || run_of(part, other->layer)->low == NOWHERE)
            continue;
        if (is_within(layers, one->part, i) || is_within(layers, other->part, i))
            continue;
        /* What goes through an outer one is counted there. */
        bool known = part->around != NOWHERE && !is_within(layers, one->part, part->around) &&
                     !is_within(layers, other->part, part->around);
        bool left = is_left(place, part, one->layer);
        cost += !known && left != is_left(other->place, part, other->layer) ? FOREIGN : 0;
    }
    return cost;
}

long cost_of_passages(const struct layers *layers, const struct knot *knot, size_t place) {
    long cost = 0;
    for (size_t i = 0; layers->part_count && i < knot->before + knot->after; i++)
        cost += cost_of_passage(layers, knot, place, &layers->knots[knot->links[i]]);
    return cost;
}

/* Where two boundaries stand side by side, in the first layer that both have. */
static long cost_of_parts(const struct layers *layers, size_t number) {
    long cost = 0;
    for (size_t j = 0; j < layers->part_count; j++)
        for (size_t i = 0; i < j; i++) {
            const struct part *one = &layers->parts[i], *other = &layers->parts[j];
            size_t first = one->first > other->first ? one->first : other->first;
            if (one->around == other->around && first == number && has_layer(one, number) &&
                has_layer(other, number) && run_of(other, number)->low != NOWHERE &&
                run_of(one, number)->low != NOWHERE)
                cost +=
                    run_of(one, number)->low > run_of(other, number)->low ? PARTS_OUT_OF_ORDER : 0;
        }
    return cost;
}

static long cost_of_layer(const struct layers *layers, size_t number) {
    const struct layer *layer = &layers->layers[number];
    long cost = cost_of_parts(layers, number);
    for (size_t i = 0; i < layer->count; i++) {
        const struct knot *one = &layers->knots[layer->knots[i]];
        for (size_t k = 0; layers->part_count && k < one->after; k++)
            cost += cost_of_passage(layers, one, one->place,
                                    &layers->knots[one->links[one->before + k]]);
        for (size_t j = i + 1; j < layer->count; j++) {
            const struct knot *other = &layers->knots[layer->knots[j]];
            cost += crossings_after(layers, one, other) + cost_of_order(one, other);
        }
    }
    return cost;
}

long cost_of_layers(struct layers *layers) {
    long cost = 0;
    for (size_t i = 0; i < layers->layer_count; i++) {
        struct layer *layer = &layers->layers[i];
        if (!layer->reckoned)
            layer->costs = cost_of_layer(layers, i);
        layer->reckoned = true;
        cost += layer->costs;
    }
    return cost;
}
