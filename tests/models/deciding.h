/* Random worlds: a model, what was decided about it, and one thing after the other that somebody
 * might do to either. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_DECIDING_H
#define TESTS_DECIDING_H

#include "models/plain.h"

/* The rules that are asked; before all else. */
void deciding_rules(const struct rule_pack *pack, const struct vocabulary *vocabulary);
struct world world_random(struct arena *arena, struct dice *dice);
/* With one change, of the model or of the decisions. */
struct world world_changed(const struct plain *plain, struct dice *dice);
/* In another order, with other labels and remarks. */
struct world world_dressed(const struct world *world, uint64_t number);
/* The `place`th way to leave something out, which is then counted on; false after the last. */
bool world_without(const struct world *world, size_t *place, struct world *smaller);

#endif
