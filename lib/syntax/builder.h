/* Tree to model: the one place of every check of a model or triage file. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_BUILDER_H
#define SYNTAX_BUILDER_H

#include "base/table.h"
#include "diag/diag.h"
#include "model/model.h"

/* What the file is, by the first declaration whose kind stands in one kind of file only; a model
 * when there is none. */
enum file_kind file_kind_of(const struct tree *tree);

/* The id of an unnamed flow: FROM_to_TO, a '.' of an import's alias as '_'. */
struct slice derived_flow_id(struct arena *arena, const struct item *item);

/* A file that the tree imports: `alias.id` stands for the declaration `id` of its model. */
struct import {
    struct slice alias;
    const struct model *model; /* NULL when it could not be read: nothing in it is missed */
};
struct imports {
    struct import *items;
    size_t count, capacity;
    struct table by_alias; /* of the first one with each alias */
};

/* Declares all of the tree, checks it and resolves every reference. Everything that could be
 * understood is in the model afterwards, even if errors were added. `imports` may be NULL. */
void build_model(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                 enum file_kind file, const struct imports *imports);
/* The same for the items of one block, which is a model of its own (`hit { ... }`). */
void build_block(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                 const struct block *block);

#endif
