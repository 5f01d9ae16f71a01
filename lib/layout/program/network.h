/* The graph that was read, as elements and the flows between them. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_NETWORK_H
#define PROGRAM_NETWORK_H

#include <graphviz/cgraph.h>

#include <stdbool.h>
#include <stddef.h>

/* The label of a flow, or of all flows between two elements, with the halves of its line. */
struct link {
    Agnode_t *label;
    Agedge_t *in, *out; /* to the label, and on from it */
    size_t start, end;  /* elements: where `in` begins, where `out` ends */
    bool forth, back;   /* it has a head at its end, at its start */
};

struct network {
    Agraph_t *graph;
    Agraph_t *source;    /* that has everything as it was declared */
    Agnode_t **elements; /* as they were declared */
    struct link *links;
    size_t element_count, link_count;
};

/* Nothing is ever freed; links that have not two halves are left out. */
struct network read_network(Agraph_t *graph);
/* The same in a graph that was made of the network's: all is where it is in that. */
struct network find_network(const struct network *source, Agraph_t *graph);
/* Where an element stands among those of its network; NOWHERE for all else. */
size_t place_of(Agnode_t *node);
bool has_class(void *object, const char *word);
/* Memory that is all 0. When there is none the process ends with this exit code. */
#define OUT_OF_MEMORY 4
void *need_room(size_t count, size_t size);

#endif
