/* The origin that an output states at its beginning, so that no run writes over somebody's work:
 * the model that it is made from, and, where a format has comments, a digest of all that follows.
 */
// SPDX-License-Identifier: MIT
#ifndef EMIT_ORIGIN_H
#define EMIT_ORIGIN_H

#include "emit/emit.h"

struct origin {
    const struct format *format; /* NULL: made by somebody else */
    struct slice model;          /* as the line writes it; "" when the format names none */
    bool edited; /* there is a digest, and it is not that of the rest; or it is filled in */
};

/* Writes the output; before it, where the format has comments and the model a name, the line that
 * says where it comes from. */
bool emit_with_origin(struct emission *emission, const struct format *format);
struct origin read_origin(struct slice text);
/* A name can end neither a line nor a comment; %% would begin a directive of Mermaid. */
void write_model_name(struct writer *writer, struct arena *arena, struct slice name);

#endif
