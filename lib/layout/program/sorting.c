/* Sorts what is in layers. Barycentres after Sugiyama, Tagawa and Toda, "Methods for visual
 * understanding of hierarchical system structures", 1981; single moves as in Matuszewski, Schönfeld
 * and Molitor, "Using sifting for k-layer straightline crossing minimization", 1999. All begins
 * from the order of the declarations, and nothing moves without need: so a small edit rarely makes
 * another picture. */
// SPDX-License-Identifier: MIT
#include "sorting.h"

#include "network.h"
#include "scene.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- places that are kept ---------------------------------------------------------------- */

size_t *keep_places(const struct layers *layers, size_t *kept) {
    kept = kept ? kept : need_room(layers->knot_count, sizeof *kept);
    size_t *at = kept;
    for (size_t i = 0; i < layers->layer_count; i++) {
        memcpy(at, layers->layers[i].knots, layers->layers[i].count * sizeof *at);
        at += layers->layers[i].count;
    }
    return kept;
}

void go_back(struct layers *layers, const size_t *kept) {
    for (size_t i = 0; i < layers->layer_count; i++) {
        struct layer *layer = &layers->layers[i];
        if (memcmp(layer->knots, kept, layer->count * sizeof *kept) != 0) {
            memcpy(layer->knots, kept, layer->count * sizeof *kept);
            number_layer(layers, i);
        }
        kept += layer->count;
    }
    for (size_t i = 0; i < layers->layer_count; i++)
        layers->layers[i].restless = false;
}

/* ---- one knot at a time ------------------------------------------------------------------ */

/* What it changes to go from a place to another one. */
static long cost_of_way(const struct layers *layers, const struct knot *knot, size_t from,
                        size_t to) {
    const struct layer *layer = &layers->layers[knot->layer];
    bool right = to > from;
    long cost = 0;
    for (size_t i = right ? from + 1 : to; i <= (right ? to : from - 1); i++) {
        const struct knot *other = &layers->knots[layer->knots[i]];
        cost +=
            right ? cost_of_exchange(layers, knot, other) : cost_of_exchange(layers, other, knot);
    }
    return cost;
}

struct best {
    size_t place;
    long cost; /* against where it stands: negative is better */
};

static void look_aside(const struct layers *layers, const struct knot *knot, bool right,
                       struct best *best) {
    long cost = 0, passages = cost_of_passages(layers, knot, knot->place);
    for (size_t at = knot->place, end; (end = next_beyond(layers, knot, at, right)) != NOWHERE;
         at = end) {
        cost += cost_of_way(layers, knot, at, end);
        long whole = cost + cost_of_passages(layers, knot, right ? end + 1 : end) - passages;
        if (whole < best->cost)
            *best = (struct best){end, whole};
    }
}

static bool settle(struct layers *layers, size_t number) {
    const struct knot *knot = &layers->knots[number];
    struct best best = {knot->place, 0};
    look_aside(layers, knot, false, &best);
    look_aside(layers, knot, true, &best);
    if (best.cost < 0)
        move_knot(layers, number, best.place);
    return best.cost < 0;
}

static bool settle_layer(struct layers *layers, size_t number, bool elements) {
    struct layer *layer = &layers->layers[number];
    size_t *knots = need_room(layer->count, sizeof *knots);
    bool any = false;
    memcpy(knots, layer->knots, layer->count * sizeof *knots);
    for (size_t i = 0; i < layer->count; i++)
        if (elements || layers->knots[knots[i]].declared == NO_ELEMENT)
            any |= settle(layers, knots[i]);
    free(knots);
    return any;
}

#define ROUNDS 12 /* forth and back in turn */

void relax(struct layers *layers, bool elements) {
    bool *restless = need_room(layers->layer_count + 2, sizeof *restless);
    for (size_t i = 0; i < layers->layer_count; i++)
        restless[i] = elements || layers->layers[i].restless;
    bool any = true;
    for (size_t round = 0; round < ROUNDS && any; round++) {
        any = false;
        for (size_t i = 0; i < layers->layer_count; i++) {
            size_t number = round % 2 ? layers->layer_count - 1 - i : i;
            if (!restless[number])
                continue;
            restless[number] = settle_layer(layers, number, elements);
            if (!restless[number])
                continue;
            any = true;
            restless[number + 1] = true;
            restless[number ? number - 1 : 0] = true;
        }
    }
    for (size_t i = 0; i < layers->layer_count; i++)
        layers->layers[i].restless = false;
    free(restless);
}

/* ---- a whole layer ----------------------------------------------------------------------- */

/* Boundaries keep the order of their declarations. */
static bool comes_before(const struct layers *layers, const struct knot *one,
                         const struct knot *other) {
    size_t outer = one->part;
    while (!is_within(layers, other->part, outer))
        outer = layers->parts[outer].around;
    size_t first = part_below(layers, one->part, outer);
    size_t second = part_below(layers, other->part, outer);
    long a = first == NOWHERE ? one->level : layers->parts[first].level;
    long b = second == NOWHERE ? other->level : layers->parts[second].level;
    if (first != NOWHERE && second != NOWHERE)
        return first < second;
    return a < b || (a == b && first != NOWHERE && second == NOWHERE);
}

static void sort_layer(struct layers *layers, size_t number) {
    struct layer *layer = &layers->layers[number];
    for (size_t i = 1; i < layer->count; i++) {
        size_t knot = layer->knots[i], j = i;
        for (; j && comes_before(layers, &layers->knots[knot], &layers->knots[layer->knots[j - 1]]);
             j--)
            layer->knots[j] = layer->knots[j - 1];
        layer->knots[j] = knot;
    }
    number_layer(layers, number);
}

/* ---- the beginning ----------------------------------------------------------------------- */

static size_t count_before(const struct layers *layers, const struct knot *knot, long declared) {
    const struct layer *layer = &layers->layers[knot->layer];
    size_t count = 0;
    for (size_t i = 0; i < layer->count; i++) {
        const struct knot *other = &layers->knots[layer->knots[i]];
        count += other->declared != NO_ELEMENT && other->declared < declared;
    }
    return count;
}

/* Elements are spread over their layers. */
static void level_elements(struct layers *layers) {
    for (size_t i = 0; i < layers->knot_count; i++) {
        struct knot *knot = &layers->knots[i];
        long all = (long)count_before(layers, knot, LONG_MAX);
        long before = (long)count_before(layers, knot, knot->declared);
        knot->level = knot->declared == NO_ELEMENT || !all ? LEVELS / 2
                                                           : LEVELS * (2 * before + 1) / (2 * all);
    }
}

/* Places of the layer before, of the one after, or of both, on average. */
static void level_by_links(const struct layers *layers, struct knot *knot, bool before,
                           bool after) {
    size_t first = before ? 0 : knot->before, last = knot->before + (after ? knot->after : 0);
    long sum = 0;
    for (size_t i = first; i < last; i++)
        sum += layers->knots[knot->links[i]].level;
    if (last > first)
        knot->level = sum / (long)(last - first);
}

#define STEPS_ALONG_LINES 60

static void level_lines(struct layers *layers) {
    for (size_t round = 0; round < STEPS_ALONG_LINES; round++)
        for (size_t i = 0; i < layers->knot_count; i++)
            if (layers->knots[i].declared == NO_ELEMENT)
                level_by_links(layers, &layers->knots[i], true, true);
}

static void level_parts(struct layers *layers) {
    for (size_t i = 0; i < layers->part_count; i++) {
        long sum = 0, count = 0;
        for (size_t j = 0; j < layers->knot_count; j++) {
            const struct knot *knot = &layers->knots[j];
            if (knot->declared == NO_ELEMENT || !is_within(layers, knot->part, i))
                continue;
            sum += knot->level;
            count++;
        }
        layers->parts[i].level = count ? sum / count : LEVELS / 2;
    }
    /* The n-th of those that lie side by side gets the n-th of their levels. */
    for (size_t i = 0; i < layers->part_count; i++)
        for (size_t j = i + 1; j < layers->part_count; j++) {
            struct part *one = &layers->parts[i], *other = &layers->parts[j];
            if (one->around != other->around || one->level <= other->level)
                continue;
            long level = one->level;
            one->level = other->level;
            other->level = level;
        }
}

static void level_by_places(struct layers *layers, size_t number) {
    const struct layer *layer = &layers->layers[number];
    for (size_t i = 0; i < layer->count; i++)
        layers->knots[layer->knots[i]].level =
            LEVELS * (2 * (long)i + 1) / (2 * (long)layer->count);
}

#define SWEEPS 24
#define SWEEPS_IN_VAIN 8

static void sweep(struct layers *layers, bool down) {
    for (size_t i = 0; i < layers->layer_count; i++) {
        size_t number = down ? i : layers->layer_count - 1 - i;
        const struct layer *layer = &layers->layers[number];
        for (size_t j = 0; j < layer->count; j++)
            level_by_links(layers, &layers->knots[layer->knots[j]], down, !down);
        sort_layer(layers, number);
        level_by_places(layers, number);
    }
    relax(layers, true);
    for (size_t i = 0; i < layers->layer_count; i++)
        level_by_places(layers, i);
}

void begin_order(struct layers *layers) {
    level_elements(layers);
    level_lines(layers);
    level_parts(layers);
    for (size_t i = 0; i < layers->layer_count; i++)
        sort_layer(layers, i);
    relax(layers, false);
    size_t *best = keep_places(layers, NULL);
    long least = cost_of_layers(layers);
    for (size_t i = 0, vain = 0; i < SWEEPS && vain < SWEEPS_IN_VAIN; i++) {
        sweep(layers, i % 2 == 0);
        vain++;
        if (cost_of_layers(layers) >= least)
            continue;
        least = cost_of_layers(layers);
        keep_places(layers, best);
        vain = 0;
    }
    go_back(layers, best);
    free(best);
}
