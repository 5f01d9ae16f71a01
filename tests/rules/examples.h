/* A rule pack and the small models of its `hit` and `miss`, built once and judged many times: what
 * a change of a rule or a model does to them is found out without compiling anything again. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_RULES_EXAMPLES_H
#define TESTS_RULES_EXAMPLES_H

#include "project/project.h"

struct example {
    struct rule *rule;
    const struct item *item; /* its label says what it shows */
    bool hit;                /* the rule is open somewhere in it; else nowhere */
    struct model *model;
};

struct examples {
    struct project *project; /* owns the pack, its words and all memory that stays */
    ARRAY_OF(struct example) list;
};

/* Loads the built-in pack, or the pack of these files in their place, and builds each example.
 * False, with the reason on standard error, when something does not compile. */
bool open_examples(struct examples *examples, struct project *project, char *const *packs,
                   size_t pack_count);
/* A model in a file, made of the same words as the pack; NULL when it holds none. */
struct model *read_model(struct examples *examples, const char *path);

/* The rows of a model as the pack stands now, in memory of their own: close `scratch` afterwards.
 */
const struct rows *judge_model(struct examples *examples, struct model *model,
                               struct arena *scratch);
/* Whether a row is open because of the rule. */
bool opens_somewhere(const struct rows *rows, const struct rule *rule);
/* Whether the rule is open in the example's model. */
bool is_open(struct examples *examples, const struct example *example);

#endif
