/* The text of a merge: pieces that both sides share, and pieces about which they disagree, which
 * are shown between markers on lines of their own. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_MERGE_TEXT_H
#define SYNTAX_MERGE_TEXT_H

#include "base/writer.h"

struct piece {
    struct slice ours, theirs; /* the same slice where they agree */
    bool agreed;
    struct slice reason; /* of a conflict, for its first marker; may be "" */
};
struct pieces {
    struct arena *arena;
    ARRAY_OF(struct piece) list;
};

void add_agreed(struct pieces *pieces, struct slice text);
void add_conflict(struct pieces *pieces, struct slice ours, struct slice theirs,
                  struct slice reason);
/* Writes all of it; the number of conflicts. Those that share a line are one. */
size_t write_pieces(const struct pieces *pieces, struct writer *writer, size_t marker_length);

#endif
