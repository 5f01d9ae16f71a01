/* A graph in layers, as Graphviz has it between choosing the order of what is in them and choosing
 * where it lies: elements, labels, and the places where lines go through a layer. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_LAYERS_H
#define PROGRAM_LAYERS_H

#include <graphviz/cgraph.h>

#include <stdbool.h>
#include <stddef.h>

/* One thing in a layer. */
struct knot {
    Agnode_t *node;
    size_t layer, place; /* from left to right, as Graphviz sees it before it turns the picture */
    size_t part;         /* the innermost boundary around it, or NOWHERE */
    long declared;       /* elements are better off ascending; NO_ELEMENT */
    long level;          /* where it would like to be, from 0 to LEVELS */
    size_t *links;       /* to knots of the layer before, and then to knots of the layer after */
    size_t before, after;
};
#define NO_ELEMENT (-1L)
#define LEVELS (1L << 20)

/* A boundary, which takes part in each layer from the first to the last with all that lies between
 * `low` and `high`; where there is nothing of it `low` is NOWHERE. */
struct part {
    Agraph_t *cluster;
    size_t around; /* or NOWHERE */
    size_t beyond; /* the first part after it that is not in it */
    size_t first, last;
    struct run {
        size_t low, high;
    } * runs; /* by layer, from `first` */
    long level;
};

struct layers {
    struct knot *knots;
    struct layer {
        size_t *knots; /* numbers, by place */
        size_t count;
        bool restless; /* something may have to move since its neighbours did */
        bool reckoned; /* its costs are known */
        long costs;    /* of what is in it, and of what goes on to the next layer */
    } * layers;
    struct part *parts; /* in the order in which they are better off; inner ones after outer ones */
    size_t knot_count, layer_count, part_count;
};

/* What Graphviz has found. `ascending`: what is declared first is better off on the left. */
struct layers read_layers(Agraph_t *graph, bool ascending);
/* Gives it back. */
void write_layers(const struct layers *layers, Agraph_t *graph);

/* Whether `part` is `outer` or lies in it; all lies in NOWHERE. */
bool is_within(const struct layers *layers, size_t part, size_t outer);
/* The boundary that lies directly in `outer` and has `part` in it, or NOWHERE. */
size_t part_below(const struct layers *layers, size_t part, size_t outer);
bool has_layer(const struct part *part, size_t layer);
const struct run *run_of(const struct part *part, size_t layer);
/* To be called when the knots of a layer have changed places. */
void number_layer(struct layers *layers, size_t number);

/* The far end of what a knot would step past from a place in its layer, within its boundary: a knot
 * or all of another boundary. NOWHERE: there is nothing more. */
size_t next_beyond(const struct layers *layers, const struct knot *knot, size_t place, bool right);
void move_knot(struct layers *layers, size_t number, size_t place);
/* Steps past it; false: it is the last already. */
bool step(struct layers *layers, size_t number, bool right);

/* What it costs when two knots of a layer, in this order, change places: negative is better. */
long cost_of_exchange(const struct layers *layers, const struct knot *left,
                      const struct knot *right);
/* What the links of a knot cost that go through boundaries of others, if it stood just left of what
 * is at a place. */
long cost_of_passages(const struct layers *layers, const struct knot *knot, size_t place);
/* The sum of all. */
long cost_of_layers(struct layers *layers);

#endif
