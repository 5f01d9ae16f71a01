/* Where a name of a file leads. */
// SPDX-License-Identifier: MIT
#ifndef CLI_LINKS_H
#define CLI_LINKS_H

#include <stdbool.h>

/* The path, absolute and without links, also of what does not exist yet; NULL: errno says why. The
 * caller frees it. It strays where a link that lies in the root has led out of it, or below its
 * .git; `root` is absolute and without links; NULL: nothing strays. */
char *place_of(const char *path, const char *root, bool *strays);
/* Whether both names are those of one file, by whatever links, or would be if it were there. */
bool is_same_place(const char *a, const char *b);
/* Whether a path without links is that of a folder or lies below it. */
bool lies_in(const char *path, const char *folder);
/* Also below .GIT, as some file systems take that for the same. */
bool is_below_git(const char *path);

#endif
