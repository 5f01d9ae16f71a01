/* A model as data that can be changed and written out again: made up at random, or taken from one
 * that was compiled. What a property does not look at, such as labels, is left out. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_SKETCH_H
#define TESTS_SKETCH_H

#include "model/rule.h"

#include <stdint.h>

#define NO_PART SIZE_MAX

struct statement {
    enum attribute_id id;
    struct slice value; /* as it is written */
};

/* Ends and boundaries are given by their index in the sketch. */
struct part {
    enum kind kind;
    struct slice id;
    size_t parent;   /* the boundary around it, or NO_PART */
    size_t from, to; /* of a flow; of a crossing the process and the boundary entered */
    struct statement *stated;
    size_t count;
    bool gone;          /* so that all others keep their index */
    bool unnamed;       /* a flow whose id is made of its ends' */
    bool imported;      /* it stands in the other file, and names only what stands there, too */
    struct slice label; /* as it is written, with its quotes; or "" */
};

struct sketch {
    struct arena *arena;
    struct part *parts;
    size_t count;
};

/* The same seed gives the same numbers. */
struct dice {
    uint64_t seed;
};
struct dice dice_new(uint64_t number);
uint32_t dice_below(struct dice *dice, uint32_t limit);

/* With up to `limit` elements. Traits without known values take words that the rules ask for. */
struct sketch sketch_random(struct arena *arena, const struct rule_pack *pack,
                            const struct vocabulary *vocabulary, struct dice *dice, uint32_t limit);
/* False where elements are imported. The model and its texts have to stay. */
bool sketch_of_model(struct arena *arena, const struct model *model, struct sketch *sketch);
/* Changes of the copy leave the original as it is. */
struct sketch sketch_copy(const struct sketch *sketch);

size_t sketch_add(struct sketch *sketch, struct part part);
/* NULL when it is not stated. */
const struct statement *sketch_stated(const struct sketch *sketch, size_t part,
                                      enum attribute_id id);
/* An empty value: it is no longer stated. */
void sketch_state(struct sketch *sketch, size_t part, enum attribute_id id, struct slice value);
/* With the flows and crossings of an element; what a boundary holds moves out of it. */
void sketch_drop(struct sketch *sketch, size_t part);
/* All parts as one file. */
struct slice sketch_text(struct arena *arena, const struct sketch *sketch);
/* Those of one of two files: what stands in the imported one has the alias `lib`. */
struct slice sketch_file(struct arena *arena, const struct sketch *sketch, bool imported);
/* The id of a part as it is spelled in one of the files. */
struct slice sketch_id(struct arena *arena, const struct sketch *sketch, size_t part,
                       bool in_imported);

/* Chosen at random: an element, boundary or flow that could be drawn, and a value of an attribute.
 */
struct part random_element(struct sketch *sketch, struct dice *dice);
struct part random_boundary(struct sketch *sketch, struct dice *dice);
/* False where there are no elements for it. */
bool random_flow(struct sketch *sketch, struct dice *dice, struct part *flow);
/* An empty one where the attribute has none of that safety. */
enum wanted { WANT_ANY, WANT_SAFE, WANT_UNSAFE };
struct slice random_value(struct arena *arena, struct dice *dice, enum attribute_id id,
                          enum wanted wanted);

#endif
