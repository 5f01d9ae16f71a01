/* Files that import each other, and the rules beside them. Each model is read and compiled once,
 * whichever file imports it by whatever path. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_UNITS_H
#define PROJECT_UNITS_H

#include "project/project.h"
#include "tree/tree.h"

/* How many files one project reads at most: as many as anybody draws by hand, and few enough that
 * imports which a machine has made end. */
#define UNIT_LIMIT 1000

/* The refusal of a file about which all has been said. */
#define REPORTED DIAG_COUNT

/* A file that was read or could not be. */
struct unit {
    const char *path;   /* as it was first imported */
    struct slice place; /* its one name, see project_locator */
    struct source *source;
    const struct tree *tree;
    bool under_way;           /* its imports are being read */
    bool of_rules;            /* its model has what a pack declares, and nothing below counts */
    const struct unit *owner; /* of decisions: the model that they are about; else NULL */
    struct model *model;      /* NULL when it could not be read, or is no model */
    enum diag_code refusal;   /* then: why, or REPORTED, and what the */
    struct slice detail;      /* message has besides the name; */
    struct slice why;         /* and its hint, or "" */
};

/* Compiles the main file's tree: first what it imports, then itself. */
struct unit *compile_units(struct project *project, const char *path, const struct tree *tree);
/* The rows of the main file; each file that it imports is judged alone for them. NULL when there
 * are too many patterns. */
struct rows *find_project_rows(struct project *project);

#endif
