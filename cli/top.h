/* From where a code host names files. */
// SPDX-License-Identifier: MIT
#ifndef CLI_TOP_H
#define CLI_TOP_H

/* The folder where relative paths begin, and that which the host takes for the top of all. Both are
 * absolute; NULL: not known. */
struct top {
    char *folder, *root;
};
/* The root is that which is named by --root, else the repository of the file, else the folder. */
struct top top_of(const char *named, const char *file);
void top_close(struct top *top);

#endif
