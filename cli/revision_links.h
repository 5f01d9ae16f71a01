/* Symbolic links within a revision of git. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REVISION_LINKS_H
#define CLI_REVISION_LINKS_H

#include <stdbool.h>

/* Where a file of the revision really lies, from the top of the repository: each part of the path
 * that is a link there is followed. `name` is that of the revision, "" what is staged. NULL where a
 * link leads out of the repository, or in a circle; freed by the caller. */
char *follow_links(const char *name, const char *path);
/* Puts "from/here/../x" into order, in place. False: it leads out of the repository. */
bool straighten(char *path);

#endif
