/* Bytes as choices, and a model made from them: nearly always one that compiles, full of text that
 * would like to be markup. */
// SPDX-License-Identifier: MIT
#ifndef FUZZ_GENERATOR_H
#define FUZZ_GENERATOR_H

#include "harness.h"

struct choices {
    const uint8_t *at, *end;
};
/* Below `count`; 0 when the bytes are used up. */
unsigned choose(struct choices *choices, unsigned count);
/* Text of some snippets, as it is. */
void choose_text(struct choices *choices, struct bytes *text);
/* A model until the bytes are used up. */
void generate_model(struct choices *choices, struct bytes *model);

#endif
