/* Models that nobody wrote, for properties that hold of any. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_RANDOM_MODEL_H
#define TESTS_RANDOM_MODEL_H

#include "support.h"

/* The same number gives the same model, in the DSL; it compiles. Free `at`. */
struct text random_model(uint64_t number);

#endif
