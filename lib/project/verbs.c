/* The table of what can be decided. */
// SPDX-License-Identifier: MIT
#include "project/deciding.h"

const struct verb_row verb_rows[VERB_COUNT] = {
#define VERB(id, word, kind, operands, about) {#word, KIND_##kind, OPERANDS_##operands, about},
#include "project/verbs.def"
#undef VERB
};

enum verb verb_find(struct slice word) {
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (slice_is(word, verb_rows[i].word))
            return (enum verb)i;
    return VERB_COUNT;
}
