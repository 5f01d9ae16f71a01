/* Merges texts: line breaks and byte order marks first, then what the texts say. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_MERGING_H
#define PROJECT_MERGING_H

#include "project/project.h"

struct merge_input {
    const char *path; /* of all three, for messages */
    struct slice base, ours, theirs;
    size_t marker_length;
};

/* Writes the result. False, and nothing written, when one of the texts cannot be read, or the
 * result could not; `conflicts` is the number of those in it. */
bool project_merge(struct project *project, const struct merge_input *input, struct writer *writer,
                   size_t *conflicts);

#endif
