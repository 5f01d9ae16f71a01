/* Writes a file in the way that fits what is there: a device in place, a file by replacing it, and
 * not at all where it holds the same already. */
// SPDX-License-Identifier: MIT
#include "target.h"

#include "links.h"
#include "replace.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The old output, however large: what was written once is written again. A limit is for input. */
static bool read_before(struct target *target) {
    int descriptor = open(target->real, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool done = text_read(&target->before, descriptor, SIZE_MAX);
    int problem = errno;
    close(descriptor);
    errno = problem;
    return done;
}

static bool find_place(struct target *target, const char *root) {
    bool strays = false;
    target->real = place_of(target->path, root, &strays);
    if (!target->real)
        return complain_of(target->path);
    if (strays)
        complain("%s: a link that stands in the root leads out of it or into .git, so nothing is "
                 "written there; name the place itself",
                 target->path);
    return !strays;
}

static bool complain_of_folder(const char *path) {
    errno = EISDIR;
    return complain_of(path);
}

static bool open_place(struct target *target, const char *path, const char *root) {
    struct stat file;
    size_t length = strlen(path);
    if (!find_place(target, root))
        return false;
    if (stat(path, &file) != 0) {
        bool is_missing = errno == ENOENT;
        target->kind = TARGET_MISSING;
        if (is_missing && length && path[length - 1] == '/')
            return complain_of_folder(path);
        return is_missing || complain_of(path);
    }
    if (S_ISDIR(file.st_mode))
        return complain_of_folder(path);
    target->kind = S_ISREG(file.st_mode) ? TARGET_FILE : TARGET_DEVICE;
    target->device = file.st_dev;
    target->number = file.st_ino;
    target->mode = file.st_mode & 0777;
    target->owner = file.st_uid;
    target->group = file.st_gid;
    return target->kind != TARGET_FILE || read_before(target) || complain_of(path);
}

bool target_open(struct target *target, const char *path, const char *root) {
    *target = (struct target){.path = path};
    if (open_place(target, path, root))
        return true;
    target_close(target);
    return false;
}

void target_close(struct target *target) {
    text_free(&target->before);
    free(target->real);
    target->real = NULL;
}

static bool write_device(const struct target *target, const struct text *content) {
    int descriptor = open(target->path, O_WRONLY | O_CLOEXEC);
    bool done = descriptor >= 0 && write_whole(descriptor, content->at, content->length);
    int problem = errno;
    if (descriptor >= 0 && close(descriptor) != 0 && done)
        return complain_of(target->path);
    errno = problem;
    /* the reader has closed the pipe */
    return done || (errno != EPIPE && complain_of(target->path));
}

/* The folder may allow what the file does not. */
static bool may_write(const struct target *target) {
    return target->kind != TARGET_FILE || access(target->real, W_OK) == 0 ||
           complain_of(target->path);
}

bool target_write(const struct target *target, const struct text *content) {
    if (target->kind == TARGET_DEVICE)
        return write_device(target, content);
    sweep_beside(target->real);
    return target_holds(target, content) || (may_write(target) && replace(target, content));
}

bool targets_write(const struct writing *writings, size_t count) {
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        sweep_beside(writings[i].target.real);
        fine &= may_write(&writings[i].target);
    }
    return fine && replace_all(writings, count);
}

bool target_make(const struct target *target, const struct text *content) {
    if (target_holds(target, content))
        (void)!utimensat(AT_FDCWD, target->real, NULL, 0); /* content counts, not time */
    return target_write(target, content);
}
