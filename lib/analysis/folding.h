/* Where the questions are asked that a row leaves to others. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_FOLDING_H
#define ANALYSIS_FOLDING_H

#include "analysis/decisions.h"

/* Open questions of several rows. */
struct folded {
    struct pattern **items;
    size_t count, capacity;
};

/* Those that a row or question stands for, where its row folds; none where it does not. */
struct folded find_folded(struct arena *arena, const struct rows *rows,
                          const struct target *target);

#endif
