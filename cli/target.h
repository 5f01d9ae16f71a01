/* A file that is written: what it was before, and how it is replaced. */
// SPDX-License-Identifier: MIT
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include "files.h"

#include <sys/types.h>

enum target_kind { TARGET_MISSING, TARGET_FILE, TARGET_DEVICE };

/* A file to be written, and what it held when it was opened. */
struct target {
    const char *path; /* as the user names it */
    char *real;       /* with symbolic links resolved, absolute: a link stays a link */
    enum target_kind kind;
    dev_t device;
    ino_t number;
    mode_t mode;
    uid_t owner;
    gid_t group;
    struct text before;
    bool is_source; /* somebody edits it: not replaced while it is open for writing elsewhere */
};

/* `root` is that of the session: a link inside of it may not lead out. NULL: any link may. */
bool target_open(struct target *target, const char *path, const char *root);
/* Replaces the file by `content`, unless it holds just that. Fails when the file has changed since
 * target_open, unless to this very content. A device or pipe is written to as it stands. */
bool target_write(const struct target *target, const struct text *content);
/* The same for what is made from other files: one that holds just that gets the time of now, so
 * that make and ninja find it newer than what it is made from. */
bool target_make(const struct target *target, const struct text *content);
/* A file and what it is to hold. */
struct writing {
    struct target target;
    struct text content;
};
/* target_write for several files that belong together: all of them or, after a complaint, none. No
 * devices. */
bool targets_write(const struct writing *writings, size_t count);
static inline bool target_holds(const struct target *target, const struct text *content) {
    return target->kind == TARGET_FILE && text_equals(&target->before, content);
}
void target_close(struct target *target);

#endif
