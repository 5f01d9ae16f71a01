/* Files that import each other as one model: each declaration once, whoever names it how. */
// SPDX-License-Identifier: MIT
#ifndef MODEL_UNION_H
#define MODEL_UNION_H

#include "model/model.h"

/* Finds by which aliases the model names each file that it imports, also by way of others: the
 * shortest chain, `a.s`, and of equal ones the first. */
void find_prefixes(struct arena *arena, struct model *model);
/* The declaration in this model that stands for one of another file's, and for the boundaries
 * around that; made on first use. Its id is that of the origin after the prefix of its file. */
struct decl *model_stand_in(struct arena *arena, struct model *model, const struct decl *origin);
/* The same where it has been made; NULL where it has not. */
struct decl *model_stand_in_for(const struct model *model, const struct decl *decl);
/* The model over which rows are judged: what the file declares and names, with the same numbers,
 * and then all else that its imports declare. From now on elements have the flows of the whole,
 * and ids of the whole are found in the model. */
const struct model *model_unite(struct arena *arena, struct model *model);
/* Forgets the whole, before its memory is taken back. From then on the model's elements have no
 * flows.
 */
void model_divide(struct model *model);

#endif
