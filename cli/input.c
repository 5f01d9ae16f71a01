/* A file is opened first and looked at afterwards: what has been opened cannot be exchanged any
 * more. Nothing waits for a pipe to be written or is taken from a device. */
// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 /* realpath */
#include "input.h"

#include "endings.h"
#include "links.h"
#include "paths.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- where a file lies ------------------------------------------------------------------- */

/* Where it lies, without links. NULL when that is not the file that has been opened: somebody has
 * just exchanged a link, or saved the file under its name. */
static char *real_path(const char *path, const struct stat *opened) {
    struct stat file;
    char *real = realpath(path, NULL);
    if (!real ||
        (stat(real, &file) == 0 && file.st_dev == opened->st_dev && file.st_ino == opened->st_ino))
        return real;
    free(real);
    errno = EAGAIN;
    return NULL;
}

/* ---- opening ----------------------------------------------------------------------------- */

static enum input_state state_of_mode(const struct stat *file) {
    if (S_ISREG(file->st_mode))
        return INPUT_READ;
    errno = EISDIR;
    return S_ISDIR(file->st_mode) ? INPUT_FAILED : INPUT_SPECIAL;
}

static enum input_state judge(const char *path, const char *real, const char *root,
                              const char *other_root) {
    if (!(root && lies_in(real, root)) && !(other_root && lies_in(real, other_root)))
        return INPUT_OUTSIDE;
    if (is_below_git(real))
        return INPUT_HIDDEN;
    bool same_name = strcmp(path_base(path), path_base(real)) == 0;
    return same_name || form_of_ending(real) ? INPUT_READ : INPUT_RENAMED;
}

/* Opens a file that may be read; -1 otherwise. Its type is asked before opening too, as opening a
 * device may do something to it. */
static int open_input(const char *path, const char *root, const char *other_root,
                      enum input_state *state) {
    struct stat file;
    *state = stat(path, &file) == 0 ? state_of_mode(&file) : INPUT_FAILED;
    if (*state != INPUT_READ)
        return -1;
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    *state = descriptor >= 0 && fstat(descriptor, &file) == 0 ? state_of_mode(&file) : INPUT_FAILED;
    if (*state == INPUT_READ && file.st_size > (off_t)LARGEST_FILE)
        *state = INPUT_LARGE;
    if (*state == INPUT_READ) {
        char *real = real_path(path, &file);
        *state = real ? judge(path, real, root, other_root) : INPUT_FAILED;
        free(real);
    }
    return descriptor;
}

#define MOST_OPENINGS 50 /* of a file that is saved again and again */

static int open_as_it_is(const char *path, const char *root, const char *other_root,
                         enum input_state *state) {
    for (int i = 1;; i++) {
        int descriptor = open_input(path, root, other_root, state);
        if (*state != INPUT_FAILED || errno != EAGAIN || i == MOST_OPENINGS)
            return descriptor;
        close(descriptor);
    }
}

/* ---- reading ----------------------------------------------------------------------------- */

/* Files that the kernel makes up, such as those of /proc, have not the size that they say. */
static enum input_state read_all(int descriptor, stridec_sink *take, void *taker) {
    char part[65536];
    struct stat file;
    size_t size = 0;
    for (ssize_t got; (got = read(descriptor, part, sizeof part)) != 0;) {
        if (got < 0 && errno != EINTR)
            return INPUT_FAILED;
        size += got > 0 ? (size_t)got : 0;
        if (size > LARGEST_FILE)
            return INPUT_LARGE;
        if (got > 0 && take && !take(taker, part, (size_t)got))
            return INPUT_NOT_TAKEN;
    }
    if (fstat(descriptor, &file) != 0)
        return INPUT_FAILED;
    return (size_t)file.st_size == size ? INPUT_READ : INPUT_SPECIAL;
}

/* The same into memory, in place. */
static enum input_state read_text(int descriptor, struct text *text) {
    struct stat file;
    if (fstat(descriptor, &file) != 0)
        return INPUT_FAILED;
    if (!text_expect(text, (size_t)file.st_size))
        return INPUT_NOT_TAKEN;
    if (!text_read(text, descriptor, LARGEST_FILE))
        return errno == EOVERFLOW ? INPUT_LARGE : errno == ENOMEM ? INPUT_NOT_TAKEN : INPUT_FAILED;
    if (fstat(descriptor, &file) != 0)
        return INPUT_FAILED;
    return (size_t)file.st_size == text->length ? INPUT_READ : INPUT_SPECIAL;
}

/* Hands it to `take`, or into `text`. */
static enum input_state read_input(const char *path, const char *root, const char *other_root,
                                   struct text *text, stridec_sink *take, void *taker) {
    enum input_state state;
    int descriptor = open_as_it_is(path, root, other_root, &state);
    if (state == INPUT_READ)
        state = text ? read_text(descriptor, text) : read_all(descriptor, take, taker);
    int problem = errno;
    if (descriptor >= 0)
        close(descriptor);
    errno = problem;
    return state;
}

enum input_state input_read(const char *path, const char *root, const char *other_root,
                            stridec_sink *take, void *taker) {
    return read_input(path, root, other_root, NULL, take, taker);
}

/* ---- complaints -------------------------------------------------------------------------- */

static void complain_of_place(const char *path, const char *root) {
    char *real = realpath(path, NULL);
    complain("%s: lies in %s, outside of %s; name the file itself, or a --root that holds it", path,
             real ? real : "another place", root ? root : "any folder that could be read");
    free(real);
}

bool input_text(const char *path, const char *root, const char *other_root, struct text *text) {
    enum input_state state = read_input(path, root, other_root, text, NULL, NULL);
    switch (state) {
    case INPUT_READ:
        return true;
    case INPUT_OUTSIDE:
        complain_of_place(path, root);
        break;
    case INPUT_HIDDEN:
        complain("%s: lies below .git, where nothing is read", path);
        break;
    case INPUT_SPECIAL:
        complain("%s: not an ordinary file; standard input is called '-'", path);
        break;
    case INPUT_RENAMED:
        complain("%s: a link to a file whose name does not end in .dfd, .yaml or .yml", path);
        break;
    case INPUT_LARGE:
    case INPUT_FAILED:
    case INPUT_NOT_TAKEN:
        errno = state == INPUT_LARGE ? EOVERFLOW : state == INPUT_FAILED ? errno : ENOMEM;
        complain_of(path);
        break;
    }
    text_free(text);
    return false;
}
