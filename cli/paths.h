/* Names of files made from names of files. A result of type `char *` is freed by the caller. */
// SPDX-License-Identifier: MIT
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stddef.h>

/* malloc, or a complaint and the end of the program. */
void *room_for(size_t count, size_t size); /* zeroed */
char *text_copy(const char *text);
char *text_joined(const char *a, const char *b);
/* The first `a_length` bytes of `a`, and `b`. */
char *text_join(const char *a, size_t a_length, const char *b);
/* "a/b.dfd", "c" -> "a/c" */
char *path_beside(const char *file, const char *name);
/* Points into the path. */
const char *path_base(const char *path);
/* The path to a file as seen from a file in another folder: "../models/pay.dfd". */
char *path_seen_from(const char *from_file, const char *path);
/* The layout program: as named, by STRIDEC_LAYOUT, or as it is installed with this program. NULL:
 * let PATH decide. */
char *path_of_layout(const char *named);

/* A program, looked for in folders of PATH that are absolute: any other is the folder of the run,
 * which may hold files of strangers. NULL, and errno: it is not there. */
char *find_program(const char *name);

#endif
