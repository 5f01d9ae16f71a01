/* Memory that runs out, and is counted: callbacks for a configuration. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_PURSE_H
#define TESTS_PURSE_H

#include <stdlib.h>

/* Gives memory `left` times, then no more. */
struct purse {
    size_t left, taken, given_back;
};

static inline void *purse_take(void *context, size_t size) {
    struct purse *purse = context;
    if (!purse->left)
        return NULL;
    purse->left--;
    purse->taken++;
    return malloc(size);
}

static inline void purse_give_back(void *context, void *memory) {
    struct purse *purse = context;
    purse->given_back += memory != NULL;
    free(memory);
}

#endif
