/* A tree without a text, for what reads models in a form that is not ours: flat, as from YAML, with
 * `in:` in place of blocks in blocks. It has no places; write_dsl() and write_yaml() need none. */
// SPDX-License-Identifier: MIT
#ifndef TREE_MAKE_H
#define TREE_MAKE_H

#include "tree/tree.h"

/* Texts handed in live as long as the tree. */
struct maker {
    struct arena *arena;
    struct tree *tree;
    struct item *latest; /* declaration */
    struct item **next, **next_inside;
};

/* An empty tree, as if of a file. */
void make_tree(struct maker *maker, struct arena *arena, struct slice path);
/* The next declaration. Without name or label: an empty slice. */
void make_declaration(struct maker *maker, struct slice kind, struct slice name,
                      struct slice label);
void make_flow(struct maker *maker, struct slice name, struct slice from, struct slice to,
               struct slice label);
/* The next attribute of the latest declaration. */
void make_attribute(struct maker *maker, struct slice name, struct value *value);
/* A word, string or text; no list. A text has no line break at its end. */
struct value *make_value(struct maker *maker, enum value_kind kind, struct slice text);
/* The first value is `items`, the others follow by `next`; NULL: an empty list. */
struct value *make_list(struct maker *maker, struct value *items);

#endif
