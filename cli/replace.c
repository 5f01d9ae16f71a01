/* A file is written as a temporary beside it which then takes its name: readers see the old file or
 * the new one, never a part.
 *
 * Nothing is written over that was not read. To compare first and rename then would lose what an
 * editor saves in between, and a lock would not help, as editors take none (and whoever can read a
 * file can hold one). So the two names are exchanged, which no other program can divide; what came
 * out is compared with what was read, and put back when it is something else. Runs of this program
 * do that one after the other, by a lock on the folder: else a third text might take the name
 * before the second is put back. Who gets no lock in time goes on without.
 *
 * A temporary is called .stridec-XXXXXX.tmp while it holds nothing but what this program has made,
 * and its process has it locked: one that is not locked was left by a run that was killed, and any
 * later run removes it. When it is whole it is renamed to .stridec-XXXXXX.before, as from then
 * on it may hold somebody's text. Such a file no run removes but the one that made it. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* mkostemps, leases, renameat2 */
#include "replace.h"

#include "paths.h"
#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PREFIX ".stridec-"
#define RANDOM "XXXXXX"
#define MADE ".tmp"
#define KEPT ".before"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define TRIES 16
#define LOCK_TRIES 500
#define LOCK_PAUSE 1000000 /* nanoseconds */

struct temporary {
    char *path;
    int descriptor; /* -1: closed */
    bool taken;     /* it has its name */
    struct stat made;
};

/* ---- temporaries ------------------------------------------------------------------------- */

static bool is_temporary(const char *name) {
    size_t prefix = strlen(PREFIX), length = prefix + strlen(RANDOM);
    return strncmp(name, PREFIX, prefix) == 0 && strlen(name) == length + strlen(MADE) &&
           strcmp(name + length, MADE) == 0 && strspn(name + prefix, LETTERS) == strlen(RANDOM);
}

/* Ours, and no process that lives has it. */
static bool is_left_over(int folder, const char *name, int descriptor) {
    struct stat opened, named;
    return fstat(descriptor, &opened) == 0 && S_ISREG(opened.st_mode) &&
           opened.st_uid == geteuid() && flock(descriptor, LOCK_EX | LOCK_NB) == 0 &&
           fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

void sweep_beside(const char *file) {
    char *path = path_beside(file, ".");
    DIR *folder = opendir(path);
    struct dirent *entry;
    free(path);
    while (folder && (entry = readdir(folder))) {
        if (!is_temporary(entry->d_name))
            continue;
        int open_file =
            openat(dirfd(folder), entry->d_name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (open_file < 0)
            continue;
        if (is_left_over(dirfd(folder), entry->d_name, open_file))
            unlinkat(dirfd(folder), entry->d_name, 0);
        close(open_file);
    }
    if (folder)
        closedir(folder);
}

/* Between the making of a temporary and its lock another run may sweep it: then it has no name, or
 * the lock is taken. Where files cannot be locked, none is swept. */
static bool lock_temporary(struct temporary *temporary) {
    if (flock(temporary->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    return fstat(temporary->descriptor, &temporary->made) == 0 && temporary->made.st_nlink > 0;
}

static bool make_temporary(struct temporary *temporary, const char *file) {
    for (int i = 0; i < TRIES; i++) {
        temporary->path = path_beside(file, PREFIX RANDOM MADE);
        temporary->descriptor = mkostemps(temporary->path, strlen(MADE), O_CLOEXEC);
        if (temporary->descriptor >= 0 && lock_temporary(temporary))
            return true;
        int problem = errno;
        free(temporary->path);
        errno = problem;
        if (temporary->descriptor < 0)
            return false;
        close(temporary->descriptor);
    }
    errno = EAGAIN;
    return false;
}

static mode_t mode_of_new_files(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Owner and group stay where the system allows it. A group that is not the old one gets no more
 * than everybody has, as the permissions of the old one were not meant for it. */
static bool dress(int descriptor, const struct target *target) {
    mode_t mode = target->kind == TARGET_FILE ? target->mode : mode_of_new_files();
    if (target->kind == TARGET_FILE && fchown(descriptor, target->owner, target->group) != 0 &&
        fchown(descriptor, (uid_t)-1, target->group) != 0)
        mode = (mode & ~(mode_t)0070) | ((mode & 0007) << 3);
    return fchmod(descriptor, mode) == 0;
}

/* After a power failure a name must not stand for a file that never reached the disk. Some file
 * systems cannot be asked for that. */
static bool settle(int descriptor) {
    return fsync(descriptor) == 0 || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP ||
           errno == EROFS;
}

/* A disk may say only at closing that it is full. */
static bool close_temporary(struct temporary *temporary) {
    int descriptor = temporary->descriptor;
    temporary->descriptor = -1;
    return close(descriptor) == 0;
}

/* ---- taking the name --------------------------------------------------------------------- */

/* Flags of the system call; its name and theirs are not in every C library. */
enum { NO_REPLACE = 1, EXCHANGE = 2 };

static int rename_as(const char *from, const char *to, unsigned flags) {
#ifdef SYS_renameat2
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
#else
    (void)from, (void)to, (void)flags;
    errno = ENOSYS;
    return -1;
#endif
}

/* NFS, 9P and some of FUSE say EINVAL to any flag, old kernels ENOSYS, sandboxes EPERM. */
static bool is_unsupported(int problem) {
    return problem == EINVAL || problem == ENOSYS || problem == EOPNOTSUPP || problem == EPERM;
}

static bool is_same_file(const char *path, const struct stat *file) {
    struct stat now;
    return lstat(path, &now) == 0 && now.st_dev == file->st_dev && now.st_ino == file->st_ino;
}

/* A lease for reading is given only while nobody has the file open for writing. The signal is one
 * that nobody minds. */
static bool is_being_written(int descriptor) {
    (void)fcntl(descriptor, F_SETSIG, SIGURG);
    if (fcntl(descriptor, F_SETLEASE, F_RDLCK) != 0)
        return errno == EAGAIN;
    (void)fcntl(descriptor, F_SETLEASE, F_UNLCK);
    return false;
}

/* Whether the file under this name holds what was read, or, where somebody else has made the same
 * in the meantime, what is to be written. */
static bool holds_expected(const char *path, const struct target *target,
                           const struct text *content, bool watch_writers) {
    struct text now = {0};
    struct stat file;
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool expected = descriptor >= 0 && fstat(descriptor, &file) == 0 && S_ISREG(file.st_mode) &&
                    !(watch_writers && is_being_written(descriptor)) &&
                    text_read(&now, descriptor, SIZE_MAX) &&
                    (target_holds(target, &now) || text_equals(&now, content));
    if (descriptor >= 0)
        close(descriptor);
    text_free(&now);
    return expected;
}

/* Where names cannot be exchanged, an instant is left in which a change goes unseen. */
static bool rename_over(struct temporary *temporary, const struct target *target,
                        const struct text *content) {
    if (!holds_expected(target->real, target, content, false))
        return complain_of_change(target->path);
    return rename(temporary->path, target->real) == 0 || complain_of(target->path);
}

/* The file that was exchanged belongs to somebody else. When the name has been given away once more
 * since it was exchanged, the newest text gets it, and what came out stays beside it. */
static bool put_back(struct temporary *temporary, const struct target *target) {
    bool back = rename_as(temporary->path, target->real, EXCHANGE) == 0;
    if (back && is_same_file(temporary->path, &temporary->made))
        return complain_of_change(target->path);
    if (back)
        (void)!rename_as(temporary->path, target->real, EXCHANGE);
    complain("%s: changed more than once meanwhile; an older text of it is kept beside it in %s",
             target->path, path_base(temporary->path));
    free(temporary->path);
    temporary->path = NULL;
    return false;
}

/* Under its first name it would be swept as soon as it is closed, as its lock ends with that. */
static bool keep_name(struct temporary *temporary) {
    char *kept = text_copy(temporary->path);
    kept[strlen(kept) - strlen(MADE)] = 0;
    char *path = text_joined(kept, KEPT);
    free(kept);
    if (rename(temporary->path, path) != 0) {
        free(path);
        return false;
    }
    free(temporary->path);
    temporary->path = path;
    return true;
}

/* -1: not to be had, as where files cannot be locked, or somebody keeps it. */
static int lock_folder(const char *file) {
    char *path = path_beside(file, ".");
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(path);
    for (int i = 0; folder >= 0 && i < LOCK_TRIES; i++) {
        const struct timespec pause = {0, LOCK_PAUSE};
        if (flock(folder, LOCK_EX | LOCK_NB) == 0)
            return folder;
        if (errno != EWOULDBLOCK)
            break;
        (void)nanosleep(&pause, NULL);
    }
    if (folder >= 0)
        close(folder);
    return -1;
}

static bool exchange_names(struct temporary *temporary, const struct target *target,
                           const struct text *content) {
    if (rename_as(temporary->path, target->real, EXCHANGE) != 0) {
        if (errno == ENOENT)
            return complain_of_change(target->path);
        return is_unsupported(errno) ? rename_over(temporary, target, content)
                                     : complain_of(target->path);
    }
    if (!holds_expected(temporary->path, target, content, target->is_source))
        return put_back(temporary, target);
    return true;
}

static bool exchange(struct temporary *temporary, const struct target *target,
                     const struct text *content) {
    int lock = lock_folder(target->real);
    bool done = exchange_names(temporary, target, content);
    if (lock >= 0)
        close(lock);
    return done;
}

/* Gives a name that nobody has. */
static bool rename_to_free(const char *from, const char *to) {
    if (rename_as(from, to, NO_REPLACE) == 0)
        return true;
    if (!is_unsupported(errno))
        return false;
    if (link(from, to) == 0) /* the first name goes with the temporary */
        return true;
    if (!is_unsupported(errno))
        return false;
    if (access(to, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(from, to) == 0;
}

/* A file that came into being meanwhile is not replaced. */
static bool take_free_name(struct temporary *temporary, const struct target *target,
                           const struct text *content) {
    if (rename_to_free(temporary->path, target->real))
        return true;
    if (errno != EEXIST)
        return complain_of(target->path);
    return holds_expected(target->real, target, content, false) || complain_of_change(target->path);
}

/* All that can fail for want of room happens here, before any name is taken. */
static bool prepare(struct temporary *temporary, const struct target *target,
                    const struct text *content) {
    if (!make_temporary(temporary, target->real)) {
        *temporary = (struct temporary){.descriptor = -1};
        complain_of(target->path);
        return false;
    }
    bool done = write_whole(temporary->descriptor, content->at, content->length) &&
                dress(temporary->descriptor, target) && settle(temporary->descriptor) &&
                keep_name(temporary) && close_temporary(temporary);
    return done || complain_of(target->path);
}

static bool take_name(struct temporary *temporary, const struct target *target,
                      const struct text *content) {
    return target->kind == TARGET_FILE ? exchange(temporary, target, content)
                                       : take_free_name(temporary, target, content);
}

/* With what came out of the exchange, or what nobody takes. */
static void discard(struct temporary *temporary) {
    if (temporary->descriptor >= 0)
        close(temporary->descriptor);
    if (temporary->path)
        unlink(temporary->path);
    free(temporary->path);
}

static bool replace_file(const struct target *target, const struct text *content) {
    struct temporary temporary;
    bool done = prepare(&temporary, target, content) && take_name(&temporary, target, content);
    discard(&temporary);
    return done;
}

/* Only where it still holds what this run has put there. */
static void take_back(const struct writing *writing) {
    struct target written = writing->target;
    written.before = writing->content;
    if (written.kind == TARGET_FILE)
        (void)!replace_file(&written, &writing->target.before);
    else if (holds_expected(written.real, &written, &writing->content, false))
        unlink(written.real);
}

static bool take_names(struct temporary *temporaries, const struct writing *writings, size_t count,
                       bool growing) {
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        const struct writing *at = &writings[i];
        if ((at->content.length > at->target.before.length) != growing)
            continue;
        fine = take_name(&temporaries[i], &at->target, &at->content);
        temporaries[i].taken = fine;
    }
    return fine;
}

/* What grows comes first: text that goes from one file to another is in both of them when the run
 * is killed in between, and never in neither. */
static bool replace_files(const struct writing *writings, size_t count) {
    struct temporary *temporaries = calloc(count, sizeof *temporaries);
    size_t made = 0;
    if (!temporaries)
        return complain_of(writings->target.path);
    bool fine = true;
    while (fine && made < count) {
        fine = prepare(&temporaries[made], &writings[made].target, &writings[made].content);
        made++;
    }
    fine = fine && take_names(temporaries, writings, count, true) &&
           take_names(temporaries, writings, count, false);
    for (size_t i = 0; i < count && !fine; i++)
        if (temporaries[i].taken)
            take_back(&writings[i]);
    for (size_t i = 0; i < made; i++)
        discard(&temporaries[i]);
    free(temporaries);
    return fine;
}

/* An interrupt waits until every temporary has its name or is gone. */
static void hold_interrupts(sigset_t *before) {
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    sigaddset(&interrupts, SIGHUP);
    sigprocmask(SIG_BLOCK, &interrupts, before);
}

bool replace(const struct target *target, const struct text *content) {
    sigset_t before;
    hold_interrupts(&before);
    bool done = replace_file(target, content);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return done;
}

bool replace_all(const struct writing *writings, size_t count) {
    sigset_t before;
    hold_interrupts(&before);
    bool done = count == 0 || replace_files(writings, count);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return done;
}
