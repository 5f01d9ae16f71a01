/* What differs between two texts, for people. */
// SPDX-License-Identifier: MIT
#ifndef CLI_DIFFERENCE_H
#define CLI_DIFFERENCE_H

#include "stridec.h"
#include "text.h"

/* Writes a unified diff of a file's lines, with three lines around each change and what would steer
 * a terminal shown instead of sent; nothing where the texts are the same. */
void write_difference(const char *path, const struct text *before, const struct text *after,
                      bool color, stridec_sink *sink, void *context);

#endif
