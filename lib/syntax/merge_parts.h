/* A version of a file, or of a block in it, as parts: written one after the other they are its text
 * again, byte by byte. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_MERGE_PARTS_H
#define SYNTAX_MERGE_PARTS_H

#include "tree/tree.h"

struct part {
    struct slice key;   /* what it is, whatever it says: "threat S-1", ": owner", "# its text" */
    struct slice lead;  /* what stands before it: line breaks, blanks, a semicolon */
    struct slice text;  /* itself */
    struct slice trail; /* a comment after it on its line, with the blanks before that */
    const struct item *item; /* NULL: it is a comment of its own */
    struct entry *entry;     /* see merge_order.h */
    size_t number;           /* its place in the list */
};

struct parts {
    struct part *items;
    size_t count, capacity;
    struct slice end; /* what stands after the last one */
    const struct source *source;
    bool one_line; /* a block without a line break */
};

/* The whole file. */
struct parts split_file(struct arena *arena, const struct tree *tree);
/* What stands in the block of a declaration; nothing where it has none. */
struct parts split_inside(struct arena *arena, const struct source *source,
                          const struct item *declaration);

/* A declaration around what stands in its block: head, open, the parts, close. */
struct shell {
    struct slice head;  /* up to its label */
    struct slice open;  /* the { and a comment after it; "" where it has no block */
    struct slice close; /* the } */
};
struct shell shell_of(const struct source *source, const struct item *declaration);

/* Whether both read alike: only blanks and line breaks differ. */
bool is_same_text(struct slice a, struct slice b);

#endif
