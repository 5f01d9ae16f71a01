/* Shared by the files that write DOT: the shapes and lines of the picture, and their labels. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DOT_H
#define EMIT_DOT_H

#include "emit/picture.h"

struct dot {
    struct picture *picture;
    struct writer *writer;
};

/* Writes text with colours by name: $ink. */
void put_dot(struct dot *dot, const char *text);
/* Where a line starts in the layout, and where it ends. */
const struct decl *bundle_start(const struct dot *dot, const struct bundle *bundle);
const struct decl *bundle_end(const struct dot *dot, const struct bundle *bundle);

#endif
