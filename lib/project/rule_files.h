/* The rule packs that a model names. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_RULE_FILES_H
#define PROJECT_RULE_FILES_H

#include "project/project.h"
#include "tree/tree.h"

struct rule_files {
    const struct tree **items;
    size_t count, capacity;
};

/* Reads what `rules:` of the model in this file names, each file once, in order. What cannot be
 * read is reported. */
void read_rule_files(struct project *project, const char *path, const struct tree *tree,
                     struct rule_files *files);

#endif
