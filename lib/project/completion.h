/* The words that may stand at a place of a text that is being typed. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_COMPLETION_H
#define PROJECT_COMPLETION_H

#include "project/units.h"

struct candidate {
    struct slice text;
    const char *group; /* "kind", "section", "attribute", "value", "id" */
    const char *about; /* what it is; of an id its kind */
    bool safe;         /* of a value */
};

struct candidates {
    const struct unit *unit;
    uint32_t offset;   /* what was asked for */
    struct span typed; /* of the word at the offset, which a candidate takes the place of */
    ARRAY_OF(struct candidate) list;
};

/* Empty where nothing is known that could stand there. Kept until another place is asked for. */
const struct candidates *complete(struct project *project, const struct unit *unit,
                                  uint32_t offset);

#endif
