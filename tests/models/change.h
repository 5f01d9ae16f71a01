/* Changes of a sketch, chosen at random, each for a property that it may not break. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_CHANGE_H
#define TESTS_CHANGE_H

#include "models/sketch.h"

enum property { ADDING, TRAITS, NEARER, FACTS, PROPERTY_COUNT };
/* Parts that are added, or an attribute that is stated otherwise; an empty value is not stated. */
struct change {
    enum property property;
    struct part added[2];
    size_t added_count;
    size_t part;
    enum attribute_id id;
    struct slice was, is;
};

/* False where the model has no room for such a change. */
bool choose_change(enum property property, struct sketch *sketch, struct dice *dice,
                   struct change *change);
/* The model before the change, or after it. */
struct sketch sketch_changed(const struct sketch *sketch, const struct change *change, bool after);

#endif
