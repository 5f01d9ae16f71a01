/* The changes that edits make to the files of compilations: gathered, tried out, shown, and written
 * all together or not at all. */
// SPDX-License-Identifier: MIT
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "session.h"
#include "target.h"

struct changes {
    char *root; /* of the session that they were tried out for; first, as loaders find it there */
    struct writing *files; /* those that become something else; the paths are of the compilations */
    size_t count;
    stridec *compiled; /* what they come to there, once they are tried out; NULL before */
};

void complain_of_no_place(const char *path);
/* As session_note(), of an edit that is to be gathered: says that a text has no place for it. */
bool changes_note(struct session *session, stridec_status status);
/* Adds what the last edit of the session's compilation changes; a file that is there already, as
 * another session reads it too, has to become the same. False, after a complaint. */
bool changes_gather(struct changes *changes, struct session *session);
/* Compiles the session's model anew with all changed files as they will be. False, after its
 * diagnostics, when it does not compile. */
bool changes_compile(struct changes *changes, struct session *session);
/* Prints the changes as a unified diff; in a report they become its output, and the files
 * "differ". */
void changes_show(const struct changes *changes, const char *color);
/* Says that they are written. */
void changes_tell(const struct changes *changes);
/* Writes all files, or none after a complaint, and names them. */
bool changes_write(const struct changes *changes);
/* The one or the other; the session knows when that fails. */
void changes_finish(const struct changes *changes, struct session *session, bool dry_run);
void changes_free(struct changes *changes);

#endif
