/* Any bytes as three versions of a file: a line %% stands between two. Those that are missing are
 * like the one before. */
// SPDX-License-Identifier: MIT
#include "harness.h"
#include "models/merge_oracle.h"

#include <stdlib.h>
#include <string.h>

struct part {
    const char *at;
    size_t length;
};

/* Cuts off what stands before the next line %%. */
static struct part take_part(struct part *rest) {
    const char *end = rest->at + rest->length, *between = find_between(rest->at, end);
    struct part part = *rest;
    if (!between)
        return part;
    part.length = (size_t)(between + 1 - rest->at);
    rest->at = between + strlen(BETWEEN);
    rest->length = (size_t)(end - rest->at);
    return part;
}

/* Through the front door: with line breaks, marks and texts that have mistakes. */
static void merge_anything(const struct part *parts) {
    struct bytes merged = {0};
    const stridec_merging texts = {.size = sizeof texts,
                                   .path = "x.dfd",
                                   .base = parts[0].at,
                                   .ours = parts[1].at,
                                   .theirs = parts[2].at,
                                   .base_length = parts[0].length,
                                   .ours_length = parts[1].length,
                                   .theirs_length = parts[2].length};
    stridec *compilation = stridec_new(NULL);
    stridec_status status = stridec_merge(compilation, &texts, bytes_take, &merged);
    if (status != STRIDEC_OK && status != STRIDEC_FINDINGS && status != STRIDEC_INVALID)
        refuse("merge says: %s", stridec_status_text(status));
    if ((status == STRIDEC_FINDINGS) != (stridec_conflict_count(compilation) > 0))
        refuse("%zu conflicts, and: %s", stridec_conflict_count(compilation),
               stridec_status_text(status));
    if (status == STRIDEC_INVALID && merged.length)
        refuse("something is written of what cannot be read");
    stridec_free(compilation);
    free(merged.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct part rest = {(const char *)data, size}, parts[3];
    for (size_t i = 0; i < 3; i++)
        parts[i] = take_part(&rest);
    const struct versions_of_text texts = {.base = parts[0].at,
                                           .ours = parts[1].at,
                                           .theirs = parts[2].at,
                                           .base_length = parts[0].length,
                                           .ours_length = parts[1].length,
                                           .theirs_length = parts[2].length};
    size_t conflicts;
    char *problem = check_merge(&texts, &conflicts);
    if (problem)
        refuse("%s", problem);
    merge_anything(parts);
    return 0;
}
