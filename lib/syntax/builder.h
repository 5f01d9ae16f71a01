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
struct slice derived_id(struct arena *arena, struct slice from, struct slice to);
struct slice derived_flow_id(struct arena *arena, const struct item *item);

/* Declares all of the tree, checks it and resolves every reference. Everything that could be
 * understood is in the model afterwards, even if errors were added. */
void build_model(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                 enum file_kind file);
/* The same for the items of one block, which is a model of its own (`hit { ... }`). */
void build_block(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                 const struct block *block);

#endif
