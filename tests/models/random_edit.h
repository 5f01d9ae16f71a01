/* Small changes as people make them to a file in the DSL, at random. */
// SPDX-License-Identifier: MIT
#ifndef MODELS_RANDOM_EDIT_H
#define MODELS_RANDOM_EDIT_H

#include "support.h"

/* The text after some changes: something removed, added, moved, renamed, said otherwise, commented,
 * put on other lines, in house style. It reads if the text did. `mark` is in all words that are
 * new, so that two edits with different marks never say the same. Free `at`. */
struct text random_edit(const struct text *text, uint64_t *seed, const char *mark);

#endif
