/* Takes decisions along when what they are about has gone to another file. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_MOVING_H
#define PROJECT_MOVING_H

#include "project/edits.h"

/* What becomes of a decision. */
struct moved {
    const struct decl *decl;
    struct slice id;     /* or the first question of one without an id */
    const char *path;    /* of the file in which it stands then */
    struct slice reason; /* why it stays; "": it moves */
};
struct moves {
    ARRAY_OF(struct moved) list; /* in order of the files */
};

/* Decisions beside `from` about what `to` declares go beside `to`, when that has all that they
 * name; else they stay, and name it as `from` does. `ids`: what `to` declares and is meant; none:
 * all that `from` knows by no alias, as if it were its own. One of the two models imports the
 * other. NOTHING_SUCH: `refusal` of the project says why. */
enum edited project_move(struct project *project, const struct unit *from, const struct unit *to,
                         const struct slice *ids, size_t count);

#endif
