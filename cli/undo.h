/* What an answer has changed, so that it can be taken back. */
// SPDX-License-Identifier: MIT
#ifndef CLI_UNDO_H
#define CLI_UNDO_H

#include "changes.h"

struct undo_file {
    char *path;
    bool was_there;
    struct text before, after;
};
struct undo {
    struct undo_file *files;
    size_t count;
};

/* Takes the texts of changes that have been written. False, after a complaint: no memory. */
bool undo_keep(struct undo *undo, struct changes *changes);
/* Gives all files back what they held; what was not there is removed. False, after a complaint,
 * where one holds something else by now: then all stay as they are. */
bool undo_run(const struct undo *undo, const char *root);
void undo_free(struct undo *undo);

#endif
