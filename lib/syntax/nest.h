/* Makes blocks of a flat list of declarations: one with `in:` is put inside of that boundary's
 * block wherever that keeps the order of each kind. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_NEST_H
#define SYNTAX_NEST_H

#include "tree/tree.h"

/* A boundary with nothing in its block is an item like others. */
enum nest_action { NEST_ITEM, NEST_ENTER, NEST_LEAVE };

struct nest_step {
    enum nest_action action;
    const struct item *item; /* of NEST_ENTER and NEST_LEAVE: the boundary */
    bool inside;             /* its block is the one that its `in:` names */
};

struct nest_steps {
    struct nest_step *items;
    size_t count, capacity;
};

/* The steps from the first line to the last. */
struct nest_steps nest(struct arena *arena, const struct tree *tree);

#endif
