/* Files are read whole and written whole. All that fails is complained of here, with the file's
 * name and the system's reason. */
// SPDX-License-Identifier: MIT
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes with a NUL behind them; `{0}` is an empty one. */
struct text {
    char *at;
    size_t length, capacity;
};

void text_free(struct text *text);
/* A stridec_sink; the context is a struct text. */
bool text_append(void *text, const char *at, size_t length);
bool text_equals(const struct text *a, const struct text *b);

/* "-" is standard input. */
bool read_file(const char *path, struct text *text);

enum target_kind { TARGET_MISSING, TARGET_FILE, TARGET_DEVICE };

/* A file to be written, and what it held when it was opened. */
struct target {
    const char *path; /* as the user names it */
    char *real;       /* behind symbolic links: a link stays a link */
    enum target_kind kind;
    unsigned mode;
    struct text before;
};

bool target_open(struct target *target, const char *path);
/* Replaces the file by `content`, unless it holds just that. Fails when the file has changed since
 * target_open. A device or pipe is written to as it stands. */
bool target_write(const struct target *target, const struct text *content);
bool target_holds(const struct target *target, const struct text *content);
void target_close(struct target *target);

#endif
