/* Writes what is made for a model: its pictures and the document. */
// SPDX-License-Identifier: MIT
#ifndef CLI_BUILDING_H
#define CLI_BUILDING_H

#include "session.h"

/* All 0: the document beside the model, and all of it. */
struct building {
    const char *document; /* its path; needed for a model from standard input */
    const char *sections; /* those that are wanted; NULL: all */
    bool force;
};

/* False, after a complaint, when the names of the files would not do. */
bool check_building(const char *model, const struct building *how);
/* "2 open rows in tier 1, 5 in the others" */
void print_open_rows(stridec *compilation);
/* For a model that the session has compiled; the session knows what becomes of it. */
void build_files(struct session *session, const char *model, const struct building *how);

#endif
