/* Puts what is in the layers of a graph into an order of our own. Graphviz's depends on every flow,
 * knows nothing of declarations, and lines cross more often. It has the order computed between two
 * of its phases, the second of which is called here in its place: the program's own dot_position
 * comes before the plug-in's where the dynamic linker looks for it. With a Graphviz that calls it
 * in another way, everything stays in Graphviz's order. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* RTLD_NEXT */
#include "arrange.h"

#include "network.h"
#include "room.h"
#include "scene.h"
#include "sorting.h"

#include <graphviz/gvc.h>

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

/* ---- attempts ---------------------------------------------------------------------------- */

/* Keeps what has been moved when it pays, and takes it back otherwise. */
static bool stays(struct layers *layers, const size_t *kept, long before, long gain) {
    bool better = cost_of_layers(layers) <= before - gain;
    if (!better)
        go_back(layers, kept);
    return better;
}

/* ---- lines ------------------------------------------------------------------------------- */

/* A line between two elements, knot by knot. */
struct chain {
    size_t *knots, count;
};

static bool is_line(const struct layers *layers, size_t knot) {
    return layers->knots[knot].declared == NO_ELEMENT;
}

static struct chain chain_of(const struct layers *layers, size_t knot) {
    struct chain chain = {need_room(layers->layer_count, sizeof(size_t)), 0};
    const struct knot *at = &layers->knots[knot];
    while (at->before == 1 && is_line(layers, at->links[0]))
        at = &layers->knots[at->links[0]];
    for (;;) {
        chain.knots[chain.count++] = (size_t)(at - layers->knots);
        if (at->after != 1 || !is_line(layers, at->links[at->before]))
            return chain;
        at = &layers->knots[at->links[at->before]];
    }
}

static void push(struct layers *layers, struct chain chain, bool right) {
    for (size_t i = 0; i < chain.count; i++)
        while (step(layers, chain.knots[i], right))
            ;
}

/* Lays a line anew from one side of its layers: its knots cannot get past others one by one. */
static bool lay_anew(struct layers *layers, size_t knot, size_t *kept) {
    struct chain chain = chain_of(layers, knot);
    bool any = false;
    for (int right = 0; right < 2 && chain.count > 1; right++) {
        long before = cost_of_layers(layers);
        keep_places(layers, kept);
        push(layers, chain, right);
        relax(layers, false);
        any |= stays(layers, kept, before, 1);
    }
    free(chain.knots);
    return any;
}

static bool lay_lines_anew(struct layers *layers, size_t *kept) {
    bool any = false;
    for (size_t i = 0; i < layers->knot_count; i++) {
        const struct knot *knot = &layers->knots[i];
        bool begins = knot->before != 1 || !is_line(layers, knot->links[0]);
        if (is_line(layers, i) && begins)
            any |= lay_anew(layers, i, kept);
    }
    return any;
}

/* ---- elements ---------------------------------------------------------------------------- */

#define CLEAR_GAIN 10 /* a crossing: elements rather stay where they are */

static void push_lines_of(struct layers *layers, size_t element, bool right) {
    const struct knot *knot = &layers->knots[element];
    for (size_t i = 0; i < knot->before + knot->after; i++) {
        if (!is_line(layers, knot->links[i]))
            continue;
        struct chain chain = chain_of(layers, knot->links[i]);
        push(layers, chain, right);
        free(chain.knots);
    }
}

/* Tries each place of an element in its boundary, with its lines drawn along. */
static bool move_element(struct layers *layers, size_t element, size_t *kept) {
    size_t *at = keep_places(layers, NULL), *best = keep_places(layers, NULL);
    long before = cost_of_layers(layers), least = before;
    keep_places(layers, kept);
    for (int right = 0; right < 2; right++) {
        go_back(layers, kept);
        while (step(layers, element, right)) {
            keep_places(layers, at);
            push_lines_of(layers, element, right);
            relax(layers, false);
            if (cost_of_layers(layers) < least) {
                least = cost_of_layers(layers);
                keep_places(layers, best);
            }
            go_back(layers, at);
        }
    }
    bool any = least <= before - CLEAR_GAIN;
    go_back(layers, any ? best : kept);
    free(best);
    free(at);
    return any;
}

static void exchange(struct layers *layers, size_t number, size_t i, size_t j) {
    size_t *knots = layers->layers[number].knots, knot = knots[i];
    knots[i] = knots[j];
    knots[j] = knot;
    number_layer(layers, number);
}

static bool exchange_elements(struct layers *layers, size_t number, size_t *kept) {
    const struct layer *layer = &layers->layers[number];
    bool any = false;
    for (size_t j = 1; j < layer->count; j++)
        for (size_t i = 0; i < j; i++) {
            size_t one = layer->knots[i], other = layer->knots[j];
            if (is_line(layers, one) || is_line(layers, other) ||
                layers->knots[one].part != layers->knots[other].part)
                continue;
            long before = cost_of_layers(layers);
            keep_places(layers, kept);
            exchange(layers, number, i, j);
            relax(layers, false);
            any |= stays(layers, kept, before, 1);
        }
    return any;
}

static bool move_elements(struct layers *layers, size_t *kept) {
    bool any = false;
    for (size_t i = 0; i < layers->knot_count; i++)
        if (!is_line(layers, i))
            any |= move_element(layers, i, kept);
    for (size_t i = 0; i < layers->layer_count; i++)
        any |= exchange_elements(layers, i, kept);
    return any;
}

/* ---- boundaries -------------------------------------------------------------------------- */

/* In one layer: what lies between the two stays there. */
static void exchange_runs(struct layers *layers, size_t number, struct run one, struct run other) {
    struct run left = one.low < other.low ? one : other, right = one.low < other.low ? other : one;
    size_t *knots = layers->layers[number].knots, count = right.high + 1 - left.low, at = 0;
    size_t *copy = need_room(count, sizeof *copy);
    for (size_t i = right.low; i <= right.high; i++)
        copy[at++] = knots[i];
    for (size_t i = left.high + 1; i < right.low; i++)
        copy[at++] = knots[i];
    for (size_t i = left.low; i <= left.high; i++)
        copy[at++] = knots[i];
    memcpy(knots + left.low, copy, count * sizeof *copy);
    free(copy);
    number_layer(layers, number);
}

static bool exchange_parts(struct layers *layers, size_t i, size_t j) {
    const struct part *one = &layers->parts[i], *other = &layers->parts[j];
    bool any = false;
    for (size_t k = one->first; k <= one->last; k++) {
        if (!has_layer(other, k))
            continue;
        struct run a = *run_of(one, k), b = *run_of(other, k);
        if (a.low == NOWHERE || b.low == NOWHERE)
            continue;
        exchange_runs(layers, k, a, b);
        any = true;
    }
    return any;
}

static bool move_parts(struct layers *layers, size_t *kept) {
    bool any = false;
    for (size_t j = 0; j < layers->part_count; j++)
        for (size_t i = 0; i < j; i++) {
            if (layers->parts[i].around != layers->parts[j].around)
                continue;
            long before = cost_of_layers(layers);
            keep_places(layers, kept);
            if (!exchange_parts(layers, i, j))
                continue;
            relax(layers, false);
            any |= stays(layers, kept, before, 1);
        }
    return any;
}

/* ---- the whole --------------------------------------------------------------------------- */

#define ROUNDS 4

static void improve(struct layers *layers) {
    size_t *kept = keep_places(layers, NULL);
    bool any = true;
    for (size_t i = 0; i < ROUNDS && any; i++) {
        relax(layers, true);
        any = lay_lines_anew(layers, kept);
        any |= move_elements(layers, kept);
        any |= move_parts(layers, kept);
    }
    free(kept);
}

typedef void phase(Agraph_t *graph, void *aspect);
static phase *position;
static position_looker *looker;

void look_at_positions(position_looker *look) {
    looker = look;
}

void arrange_layers(void) {
    void *found = dlsym(RTLD_NEXT, "dot_position");
    memcpy(&position, &found, sizeof position);
}

phase dot_position;

void dot_position(Agraph_t *graph, void *aspect) {
    static char name[] = "arranged";
    const char *wanted = agget(graph, name);
    if (wanted && *wanted) {
        struct layers layers = read_layers(graph, strcmp(wanted, "first") == 0);
        begin_order(&layers);
        improve(&layers);
        write_layers(&layers, graph);
    }
    make_room(graph);
    position(graph, aspect);
    take_room_back(graph);
    if (looker)
        looker(graph);
}
