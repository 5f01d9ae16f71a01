/* Bytes that grow. Nothing is complained of here. */
// SPDX-License-Identifier: MIT
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes with a NUL after them; `{0}` is an empty one. */
struct text {
    char *at;
    size_t length, capacity;
};

void text_free(struct text *text);
/* A stridec_sink; the context is a struct text. */
bool text_append(void *text, const char *at, size_t length);
/* Appends a name to a list, "a, b". */
bool text_list(struct text *text, const char *name);
bool text_equals(const struct text *a, const struct text *b);
/* Makes room for a file of this size in an empty text, so that it is read in place. False: no
 * memory. */
bool text_expect(struct text *text, size_t size);
/* Appends all that is left to read. False, and errno, when that fails or is more than `limit`. */
bool text_read(struct text *text, int descriptor, size_t limit);
/* Writes all of it. False, and errno, when that fails. */
bool write_whole(int descriptor, const char *at, size_t length);

#endif
