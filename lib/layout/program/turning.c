/* Which links are laid out the other way round. Each way puts the elements in an order; a link
 * whose target comes before its source is turned. A link with heads at both ends has no way of its
 * own, and follows the order. */
// SPDX-License-Identifier: MIT
#include "turning.h"

#include "scene.h"

static bool goes_one_way(const struct link *link) {
    return link->forth != link->back && link->start != link->end;
}

static size_t source_of(const struct link *link) {
    return link->forth ? link->start : link->end;
}

static size_t target_of(const struct link *link) {
    return link->forth ? link->end : link->start;
}

/* The links of each element: those of element i are at first[i] up to first[i + 1]. */
struct index {
    size_t *first;
    const struct link **links;
};

static struct index index_links(const struct network *network) {
    struct index index = {need_room(network->element_count + 2, sizeof(size_t)),
                          need_room(2 * network->link_count, sizeof(struct link *))};
    for (size_t i = 0; i < network->link_count; i++) {
        index.first[network->links[i].start + 2]++;
        index.first[network->links[i].end + 2]++;
    }
    for (size_t i = 2; i < network->element_count + 2; i++)
        index.first[i] += index.first[i - 1];
    for (size_t i = 0; i < network->link_count; i++) {
        const struct link *link = &network->links[i];
        index.links[index.first[link->start + 1]++] = link;
        index.links[index.first[link->end + 1]++] = link;
    }
    return index;
}

/* ---- few --------------------------------------------------------------------------------- */

/* Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc set problem", 1993:
 * what nothing goes out of comes last, what nothing comes into first, and when there is neither,
 * the element with the most going out over coming in. */
struct sorting {
    const struct network *network;
    struct index index;
    size_t *out, *in, *order;
    bool *placed;
    size_t front, behind; /* places that are left: from front up to behind */
};

static void place_element(struct sorting *sorting, size_t element, bool last) {
    sorting->placed[element] = true;
    sorting->order[element] = last ? --sorting->behind : sorting->front++;
    for (size_t i = sorting->index.first[element]; i < sorting->index.first[element + 1]; i++) {
        const struct link *link = sorting->index.links[i];
        if (!goes_one_way(link))
            continue;
        if (source_of(link) == element)
            sorting->in[target_of(link)]--;
        else
            sorting->out[source_of(link)]--;
    }
}

static bool place_ends(struct sorting *sorting) {
    bool any = false;
    for (size_t i = sorting->network->element_count; i-- > 0;)
        if (!sorting->placed[i] && !sorting->out[i]) {
            place_element(sorting, i, true);
            any = true;
        }
    for (size_t i = 0; i < sorting->network->element_count; i++)
        if (!sorting->placed[i] && !sorting->in[i]) {
            place_element(sorting, i, false);
            any = true;
        }
    return any;
}

static void place_next(struct sorting *sorting) {
    size_t best = NOWHERE;
    long most = 0;
    for (size_t i = 0; i < sorting->network->element_count; i++) {
        long excess = (long)sorting->out[i] - (long)sorting->in[i];
        if (sorting->placed[i] || (best != NOWHERE && excess <= most))
            continue;
        best = i;
        most = excess;
    }
    place_element(sorting, best, false);
}

static size_t *order_for_least(const struct network *network) {
    size_t count = network->element_count;
    struct sorting sorting = {
        .network = network,
        .index = index_links(network),
        .out = need_room(count, sizeof(size_t)),
        .in = need_room(count, sizeof(size_t)),
        .order = need_room(count, sizeof(size_t)),
        .placed = need_room(count, sizeof(bool)),
        .behind = count,
    };
    for (size_t i = 0; i < network->link_count; i++)
        if (goes_one_way(&network->links[i])) {
            sorting.out[source_of(&network->links[i])]++;
            sorting.in[target_of(&network->links[i])]++;
        }
    while (sorting.front < sorting.behind)
        if (!place_ends(&sorting))
            place_next(&sorting);
    return sorting.order;
}

/* ---- from outside ------------------------------------------------------------------------ */

struct walk {
    const struct network *network;
    struct index index;
    size_t *order, *queue;
    bool *seen;
    size_t length, done;
};

static void enter(struct walk *walk, size_t element, size_t level) {
    if (walk->seen[element])
        return;
    walk->seen[element] = true;
    walk->order[element] = level;
    walk->queue[walk->length++] = element;
}

static void go_on(struct walk *walk) {
    for (; walk->done < walk->length; walk->done++) {
        size_t element = walk->queue[walk->done];
        for (size_t i = walk->index.first[element]; i < walk->index.first[element + 1]; i++) {
            const struct link *link = walk->index.links[i];
            if (!goes_one_way(link) || source_of(link) == element)
                enter(walk, link->start == element ? link->end : link->start,
                      walk->order[element] + 1);
        }
    }
}

/* Levels by the number of steps from the external entities; what none of them reaches begins
 * another walk. */
static size_t *order_from_outside(const struct network *network) {
    size_t count = network->element_count;
    struct walk walk = {
        .network = network,
        .index = index_links(network),
        .order = need_room(count, sizeof(size_t)),
        .queue = need_room(count, sizeof(size_t)),
        .seen = need_room(count, sizeof(bool)),
    };
    for (size_t i = 0; i < count; i++)
        if (has_class(network->elements[i], "el external"))
            enter(&walk, i, 0);
    go_on(&walk);
    for (size_t i = 0; i < count; i++) {
        enter(&walk, i, 0);
        go_on(&walk);
    }
    return walk.order;
}

bool *choose_turned(const struct network *network, enum turning turning) {
    bool *turned = need_room(network->link_count, sizeof *turned);
    if (turning == TURN_given)
        return turned;
    const size_t *order =
        turning == TURN_least ? order_for_least(network) : order_from_outside(network);
    for (size_t i = 0; i < network->link_count; i++) {
        const struct link *link = &network->links[i];
        size_t start = order[link->start], end = order[link->end];
        /* Within a level it points where it goes. */
        turned[i] = start == end ? link->back && !link->forth : start > end;
        turned[i] = turned[i] && link->start != link->end;
    }
    return turned;
}
