/* Checks that must hold for every merge of texts in the DSL that read without mistakes. */
// SPDX-License-Identifier: MIT
#ifndef MODELS_MERGE_ORACLE_H
#define MODELS_MERGE_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

struct versions_of_text {
    const char *base, *ours, *theirs;
    size_t base_length, ours_length, theirs_length;
};

/* What one side alone has changed is that side, byte by byte. Of what both have changed, nothing
 * new is lost: it is in the result, or in a conflict. A result without conflicts reads, and so does
 * either side of one with conflicts. NULL, or what is wrong, to be freed. `conflicts` counts those
 * of the merge; SIZE_MAX where a text has mistakes, so that nothing was merged. */
char *check_merge(const struct versions_of_text *texts, size_t *conflicts);

#endif
