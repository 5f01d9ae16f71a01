/* Reading and writing of whole files. A file is written as a temporary beside it which then takes
 * its name: whoever reads sees the old file or the new one, never a part. */
// SPDX-License-Identifier: MIT
#include "files.h"

#include "paths.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_FILE ((size_t)64 << 20)
#define READ_SIZE ((size_t)64 << 10)

static bool complain_of(const char *path) {
    complain("%s: %s", strcmp(path, "-") == 0 ? "standard input" : path,
             errno == EOVERFLOW ? "larger than 64 MiB" : strerror(errno));
    return false;
}

/* ---- text -------------------------------------------------------------------------------- */

void text_free(struct text *text) {
    free(text->at);
    *text = (struct text){0};
}

/* Room for `more` bytes and a NUL. */
static bool text_reserve(struct text *text, size_t more) {
    if (more < text->capacity - text->length)
        return true;
    size_t capacity = (text->length + more) * 2 + 1;
    char *larger = realloc(text->at, capacity);
    if (!larger)
        return false;
    text->at = larger;
    text->capacity = capacity;
    return true;
}

bool text_append(void *context, const char *at, size_t length) {
    struct text *text = context;
    if (!text_reserve(text, length))
        return false;
    if (length)
        memcpy(text->at + text->length, at, length);
    text->length += length;
    text->at[text->length] = 0;
    return true;
}

bool text_equals(const struct text *a, const struct text *b) {
    return a->length == b->length && (a->length == 0 || memcmp(a->at, b->at, a->length) == 0);
}

/* ---- reading ----------------------------------------------------------------------------- */

static bool read_descriptor(int descriptor, struct text *text) {
    ssize_t got;
    do {
        if (!text_reserve(text, READ_SIZE))
            return false;
        got = read(descriptor, text->at + text->length, READ_SIZE);
        if (got > 0)
            text->length += (size_t)got;
        if (text->length > LARGEST_FILE) {
            errno = EOVERFLOW; /* EFBIG is what writing may say */
            return false;
        }
    } while (got > 0 || (got < 0 && errno == EINTR));
    text->at[text->length] = 0;
    return got == 0;
}

static bool read_path(const char *path, struct text *text) {
    int descriptor = open(path, O_RDONLY);
    if (descriptor < 0)
        return false;
    bool done = read_descriptor(descriptor, text);
    int problem = errno;
    close(descriptor);
    errno = problem;
    return done;
}

bool read_file(const char *path, struct text *text) {
    bool is_input = strcmp(path, "-") == 0;
    if (is_input ? read_descriptor(STDIN_FILENO, text) : read_path(path, text))
        return true;
    complain_of(path);
    text_free(text);
    return false;
}

/* ---- writing ----------------------------------------------------------------------------- */

bool target_open(struct target *target, const char *path) {
    struct stat file;
    *target = (struct target){.path = path, .real = path_behind_links(path)};
    if (stat(path, &file) != 0) {
        target->kind = TARGET_MISSING;
        return errno == ENOENT || complain_of(path);
    }
    target->mode = file.st_mode & 07777;
    target->kind = S_ISREG(file.st_mode) ? TARGET_FILE : TARGET_DEVICE;
    if (S_ISDIR(file.st_mode)) {
        errno = EISDIR;
        return complain_of(path);
    }
    return target->kind != TARGET_FILE || read_path(target->real, &target->before) ||
           complain_of(path);
}

void target_close(struct target *target) {
    text_free(&target->before);
    free(target->real);
}

bool target_holds(const struct target *target, const struct text *content) {
    return target->kind == TARGET_FILE && text_equals(&target->before, content);
}

static bool write_descriptor(int descriptor, const struct text *content) {
    size_t done = 0;
    while (done < content->length) {
        ssize_t put = write(descriptor, content->at + done, content->length - done);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0)
            done += (size_t)put;
    }
    return true;
}

static unsigned mode_of_new_files(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Closes the descriptor in any case; a disk may say only then that it is full. */
static bool fill_and_close(int descriptor, const struct text *content) {
    bool done = write_descriptor(descriptor, content);
    int problem = errno;
    if (close(descriptor) != 0 && done)
        return false;
    errno = problem;
    return done;
}

static bool is_as_opened(const struct target *target) {
    struct text now = {0};
    bool same = read_path(target->real, &now) ? target_holds(target, &now)
                                              : target->kind == TARGET_MISSING && errno == ENOENT;
    text_free(&now);
    return same;
}

static bool take_name(const struct target *target, const char *temporary) {
    if (!is_as_opened(target)) {
        complain("%s: changed by someone else meanwhile; left as it is", target->path);
        return false;
    }
    return rename(temporary, target->real) == 0 || complain_of(target->path);
}

static bool replace(const struct target *target, const struct text *content) {
    char *temporary = path_beside(target->real, ".stridec-XXXXXX");
    int descriptor = mkstemp(temporary);
    bool done = false;
    if (descriptor < 0) {
        complain_of(target->path);
    } else {
        unsigned mode = target->kind == TARGET_FILE ? target->mode : mode_of_new_files();
        bool moded = fchmod(descriptor, (mode_t)mode) == 0;
        done = fill_and_close(descriptor, content) && moded;
        done = done ? take_name(target, temporary) : complain_of(target->path);
        if (!done)
            unlink(temporary);
    }
    free(temporary);
    return done;
}

/* An interrupt waits until the temporary has its name or is gone. */
static bool replace_undisturbed(const struct target *target, const struct text *content) {
    sigset_t interrupts, before;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    sigaddset(&interrupts, SIGHUP);
    sigprocmask(SIG_BLOCK, &interrupts, &before);
    bool done = replace(target, content);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return done;
}

/* Two runs that edit one file take turns, and the second then sees that it has changed. Where files
 * cannot be locked, only the comparison is left. */
static int lock(const struct target *target) {
    int descriptor = open(target->real, O_RDONLY);
    if (descriptor >= 0)
        flock(descriptor, LOCK_EX);
    return descriptor;
}

bool target_write(const struct target *target, const struct text *content) {
    if (target_holds(target, content))
        return true;
    if (target->kind == TARGET_DEVICE) {
        int descriptor = open(target->path, O_WRONLY);
        return (descriptor >= 0 && fill_and_close(descriptor, content)) ||
               complain_of(target->path);
    }
    if (target->kind == TARGET_FILE && access(target->real, W_OK) != 0)
        return complain_of(target->path);
    int locked = lock(target);
    bool done = replace_undisturbed(target, content);
    if (locked >= 0)
        close(locked);
    return done;
}
