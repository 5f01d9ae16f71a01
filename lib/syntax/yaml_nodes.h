/* YAML as nodes with places: what libyaml's events say, without aliases and tags. */
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

/* The root of the only document, or NULL. What libyaml refuses, aliases, anchors, tags and further
 * documents are reported; `*whole` is then false and the nodes are those before it. */
struct yaml_node *read_yaml_nodes(struct diagnostics *diagnostics, struct source *source,
                                  bool *whole);

#endif
