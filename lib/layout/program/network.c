/* Finds elements and links in a graph by the classes that dot.c gives them. */
// SPDX-License-Identifier: MIT
#include "network.h"

#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *need_room(size_t count, size_t size) {
    void *room = calloc(count + 1, size);
    if (room)
        return room;
    fputs("stridec-layout: out of memory\n", stderr);
    _exit(OUT_OF_MEMORY);
}

static char class_name[] = "class", direction_name[] = "dir", place_name[] = "place";

bool has_class(void *object, const char *word) {
    const char *classes = agget(object, class_name);
    size_t length = strlen(word);
    return classes && strncmp(classes, word, length) == 0 &&
           (classes[length] == ' ' || !classes[length]);
}

/* Kept with the node. */
struct place {
    Agrec_t record;
    size_t number;
};

size_t place_of(Agnode_t *node) {
    const struct place *place = (const struct place *)aggetrec(node, place_name, 0);
    return place ? place->number : NOWHERE;
}

static void set_place(Agnode_t *node, size_t number) {
    struct place *place = agbindrec(node, place_name, sizeof(struct place), 0);
    place->number = number;
}

static bool has_direction(Agedge_t *edge, const char *word) {
    const char *direction = agget(edge, direction_name);
    return direction && (strcmp(direction, word) == 0 || strcmp(direction, "both") == 0);
}

static bool read_link(Agraph_t *graph, Agnode_t *label, struct link *link) {
    Agedge_t *in = agfstin(graph, label), *out = agfstout(graph, label);
    if (!in || !out)
        return false;
    *link = (struct link){.label = label, .in = in, .out = out};
    link->start = place_of(agtail(in));
    link->end = place_of(aghead(out));
    link->forth = has_direction(out, "forward");
    link->back = has_direction(in, "back");
    return link->start != NOWHERE && link->end != NOWHERE;
}

struct network find_network(const struct network *source, Agraph_t *graph) {
    struct network network = {.graph = graph, .source = source->source};
    network.elements = need_room(source->element_count, sizeof *network.elements);
    network.links = need_room(source->link_count, sizeof *network.links);
    for (size_t i = 0; i < source->element_count; i++) {
        network.elements[i] = agnode(graph, agnameof(source->elements[i]), 0);
        set_place(network.elements[i], i);
    }
    network.element_count = source->element_count;
    for (size_t i = 0; i < source->link_count; i++) {
        Agnode_t *label = agnode(graph, agnameof(source->links[i].label), 0);
        network.link_count += read_link(graph, label, &network.links[network.link_count]);
    }
    return network;
}

struct network read_network(Agraph_t *graph) {
    size_t nodes = (size_t)agnnodes(graph);
    struct network network = {.graph = graph, .source = graph};
    network.elements = need_room(nodes, sizeof *network.elements);
    network.links = need_room(nodes, sizeof *network.links);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        if (!has_class(node, "el"))
            continue;
        set_place(node, network.element_count);
        network.elements[network.element_count++] = node;
    }
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node))
        if (has_class(node, "flowlabel") &&
            read_link(graph, node, &network.links[network.link_count]))
            network.link_count++;
    return network;
}
