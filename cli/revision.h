/* Files as they are in a revision of git: REV:FILE, as git itself names them. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REVISION_H
#define CLI_REVISION_H

#include "stridec.h"
#include "text.h"

/* The files of a revision, for a model and what it imports. */
struct revision {
    const char *word; /* as the user wrote it */
    char *name;       /* "HEAD~2"; "" is what is staged */
    char *path;       /* of the model, from the top of the repository */
    char *folder;     /* "HEAD~2:/", before the paths of imports */
};

/* Whether the word names a file of a revision: it has a colon, and no file has it as a name. */
bool is_revision(const char *word);
/* Finds the path; false, and complained of, when there is no git or no repository. Close it in any
 * case. */
bool revision_open(struct revision *revision, const char *word);
void revision_close(struct revision *revision);

/* Whether the revision is known and has the model; false without a word where it has not. */
bool revision_has(const struct revision *revision);
/* Reads the model itself; what is wrong is complained of. */
bool revision_text(const struct revision *revision, struct text *text);
/* Read what it imports, and what was decided, in the same revision. The context holds a `const
 * struct revision *`. */
stridec_loader load_from_revision;
stridec_locator locate_in_revision;
stridec_lister list_in_revision;

#endif
