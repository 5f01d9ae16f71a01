/* YAML as nodes with places, from libyaml's events, without aliases and tags. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_YAML_NODES_H
#define SYNTAX_YAML_NODES_H

#include "diag/diag.h"
#include "tree/tree.h"

enum yaml_kind { YAML_NODE_SCALAR, YAML_NODE_LIST, YAML_NODE_MAP };

struct yaml_node {
    struct yaml_node *next; /* beside it in a list; in a map: key, value, key, value ... */
    enum yaml_kind kind;
    bool plain, block;       /* a scalar without quotes; one of several lines (| or >) */
    bool cut;                /* reading stopped in it */
    struct slice text;       /* of a scalar */
    struct span span;        /* of a list or map: where it begins */
    struct yaml_node *first; /* of a list or map */
};

/* The source has been checked. Reads one after the other, so that a large file is never there as nodes all at once. Mistakes
 * that libyaml finds, aliases, anchors, tags and further documents are reported; reading ends
 * there. */
struct yaml_reader;
struct yaml_reader *open_yaml(struct diagnostics *diagnostics, struct source *source);
/* False when reading ended before the file did. */
bool close_yaml(struct yaml_reader *reader);

/* The next node of the map that is open, or of the file; NULL at its end. A map that is not read
 * `whole` comes without what is in it, and is open from then on until its end. */
struct yaml_node *read_yaml(struct yaml_reader *reader, bool whole);
/* Gives the memory of a node to the next ones; its texts stay. The node may be NULL. */
void release_yaml(struct yaml_reader *reader, struct yaml_node *node);

#endif
