/* What counts is how each file looks: which file stands there, how large it is, when it was
 * changed. inotify only says when to look, for the folders that the files lie in, as editors put a
 * new file in the place of the old one. Folders of a network say nothing, so all is looked at now
 * and then as well. Nothing here fails: where the system refuses to watch a folder, it takes a
 * second longer. */
// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 /* realpath */
#include "watching.h"

#include "clock.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif

#define EVERY 1000 /* all is looked at so often, in milliseconds */
#define QUIET 12   /* after an event nothing happens for so long: then a save is over */
#define LONGEST 500
/* An editor that writes the new file after it has put the old one away needs no longer. */
#define ABSENCE 150

/* How a file looks. All 0: it is not there. */
struct look {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed, written;
};

struct watched {
    char *path;
    struct look look;
    bool stays; /* it is named in this round */
};

struct watching {
    int descriptor;
    struct watched *files;
    size_t count, room;
    size_t sorted; /* how many are from the rounds before, in order */
    int *folders;  /* numbers of inotify */
    size_t folder_count, folder_room;
    struct timespec begun; /* the round, by the clock of files */
    long first, last;      /* events that were not answered, in milliseconds; 0: none */
    long looked;
};

static long least(long a, long b) {
    return a < b ? a : b;
}

/* ---- looks ------------------------------------------------------------------------------- */

static struct look look_at(const char *path) {
    struct stat file;
    if (stat(path, &file) != 0)
        return (struct look){0};
    return (struct look){file.st_dev, file.st_ino, file.st_size, file.st_ctim, file.st_mtim};
}

static bool is_same_time(struct timespec a, struct timespec b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_same_look(const struct look *a, const struct look *b) {
    return a->device == b->device && a->number == b->number && a->size == b->size &&
           is_same_time(a->changed, b->changed) && is_same_time(a->written, b->written);
}

static bool is_there(const struct look *look) {
    return look->number != 0;
}

static bool is_after(struct timespec a, struct timespec b) {
    return a.tv_sec > b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec >= b.tv_nsec);
}

/* ---- folders ----------------------------------------------------------------------------- */

#ifdef __linux__
static int open_events(void) {
    return inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
}

/* The number of the folder, which is the same for the same folder. */
static int watch_folder(int descriptor, const char *folder) {
    return inotify_add_watch(descriptor, folder,
                             IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                 IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR);
}

static void forget_folder(int descriptor, int number) {
    inotify_rm_watch(descriptor, number);
}
#else
static int open_events(void) {
    return -1;
}

static int watch_folder(int descriptor, const char *folder) {
    (void)descriptor, (void)folder;
    return -1;
}

static void forget_folder(int descriptor, int number) {
    (void)descriptor, (void)number;
}
#endif

static bool has_number(const int *numbers, size_t count, int number) {
    for (size_t i = 0; i < count; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

static void keep_folder(struct watching *watching, const char *folder) {
    int number = watch_folder(watching->descriptor, folder);
    if (number < 0 || has_number(watching->folders, watching->folder_count, number))
        return;
    if (watching->folder_count == watching->folder_room) {
        watching->folder_room = watching->folder_room * 2 + 8;
        int *more = room_for(watching->folder_room, sizeof *more);
        if (watching->folders)
            memcpy(more, watching->folders, watching->folder_count * sizeof *more);
        free(watching->folders);
        watching->folders = more;
    }
    watching->folders[watching->folder_count++] = number;
}

/* The folder of a path, or the nearest above it that is there, where the rest may appear. */
static void watch_above(struct watching *watching, const char *path) {
    char *folder = text_copy(path), *slash;
    do {
        slash = strrchr(folder, '/');
        if (slash)
            slash[slash == folder] = 0;
    } while (slash && slash != folder && access(folder, F_OK) != 0);
    keep_folder(watching, slash ? folder : ".");
    free(folder);
}

/* Where a link leads to, the file changes there. */
static void watch_place(struct watching *watching, const char *path) {
    watch_above(watching, path);
    char *real = realpath(path, NULL);
    struct stat file;
    if (real)
        watch_above(watching, real);
    if (real && stat(real, &file) == 0 && S_ISDIR(file.st_mode))
        keep_folder(watching, real);
    free(real);
}

/* Those of the round; the system forgets the others. */
static void watch_folders(struct watching *watching) {
    int *before = watching->folders;
    size_t count = watching->folder_count;
    watching->folders = NULL;
    watching->folder_count = watching->folder_room = 0;
    for (size_t i = 0; i < watching->count; i++)
        watch_place(watching, watching->files[i].path);
    for (size_t i = 0; i < count; i++)
        if (!has_number(watching->folders, watching->folder_count, before[i]))
            forget_folder(watching->descriptor, before[i]);
    free(before);
}

/* ---- a round ----------------------------------------------------------------------------- */

struct watching *watching_open(void) {
    struct watching *watching = room_for(1, sizeof *watching);
    watching->descriptor = open_events();
    watching->looked = milliseconds();
    return watching;
}

void watching_close(struct watching *watching) {
    for (size_t i = 0; i < watching->count; i++)
        free(watching->files[i].path);
    free(watching->files);
    free(watching->folders);
    if (watching->descriptor >= 0)
        close(watching->descriptor);
    free(watching);
}

/* The clock that file systems take their times from: a finer one would be ahead of it. */
static struct timespec file_time(void) {
    struct timespec time;
#ifdef CLOCK_REALTIME_COARSE
    clock_gettime(CLOCK_REALTIME_COARSE, &time);
#else
    clock_gettime(CLOCK_REALTIME, &time);
#endif
    return time;
}

void watching_begin(struct watching *watching) {
    watching->begun = file_time();
    for (size_t i = 0; i < watching->count; i++) {
        watching->files[i].look = look_at(watching->files[i].path);
        watching->files[i].stays = false;
    }
}

static int compare_paths(const void *left, const void *right) {
    const struct watched *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* Of the rounds before. */
static struct watched *find_watched(struct watching *watching, const char *path) {
    struct watched wanted = {.path = (char *)path};
    return watching->sorted ? bsearch(&wanted, watching->files, watching->sorted,
                                      sizeof *watching->files, compare_paths)
                            : NULL;
}

/* One that is new in this round, and has changed since it began, may have been read before: it
 * looks like none, so that it is read again. */
static struct look first_look(const struct watching *watching, const char *path) {
    struct look look = look_at(path);
    if (is_there(&look) && is_after(look.changed, watching->begun))
        look.size = -1;
    return look;
}

void watching_add(struct watching *watching, const char *path) {
    struct watched *file = find_watched(watching, path);
    if (file) {
        file->stays = true;
        return;
    }
    if (watching->count == watching->room) {
        watching->room = watching->room * 2 + 8;
        struct watched *more = room_for(watching->room, sizeof *more);
        if (watching->files)
            memcpy(more, watching->files, watching->count * sizeof *more);
        free(watching->files);
        watching->files = more;
    }
    watching->files[watching->count++] =
        (struct watched){text_copy(path), first_look(watching, path), true};
}

/* In order, each path once, and only those that were named. */
static void tidy(struct watching *watching) {
    size_t kept = 0;
    if (watching->count)
        qsort(watching->files, watching->count, sizeof *watching->files, compare_paths);
    for (size_t i = 0; i < watching->count; i++) {
        struct watched *file = &watching->files[i];
        if (file->stays && (!kept || compare_paths(&watching->files[kept - 1], file) != 0))
            watching->files[kept++] = *file;
        else
            free(file->path);
    }
    watching->count = watching->sorted = kept;
}

void watching_end(struct watching *watching) {
    tidy(watching);
    watch_folders(watching);
    watching->first = watching->last = milliseconds(); /* what has been saved meanwhile is looked for */
}

/* ---- changes ----------------------------------------------------------------------------- */

int watching_descriptor(const struct watching *watching) {
    return watching->descriptor;
}

long watching_rest(const struct watching *watching) {
    long next = watching->looked + EVERY;
    if (watching->last)
        next = least(next, least(watching->last + QUIET, watching->first + LONGEST));
    long rest = next - milliseconds();
    return rest > 0 ? rest : 0;
}

/* What the events say is not asked: a lost one would be missed. */
static void take_events(struct watching *watching) {
    char events[4096];
    ssize_t got = 0, some = 0;
    while (watching->descriptor >= 0 &&
           (got = read(watching->descriptor, events, sizeof events)) > 0)
        some = got;
    if (!some)
        return;
    watching->last = milliseconds();
    if (!watching->first)
        watching->first = watching->last;
}

/* Folders first: what happens in a new one after that is an event again. */
static bool has_changes(struct watching *watching, bool *is_away) {
    bool changed = false;
    watch_folders(watching);
    for (size_t i = 0; i < watching->count; i++) {
        struct look look = look_at(watching->files[i].path);
        if (is_same_look(&look, &watching->files[i].look))
            continue;
        changed = true;
        *is_away |= !is_there(&look);
    }
    return changed;
}

bool watching_changed(struct watching *watching) {
    bool is_away = false;
    take_events(watching);
    if (watching_rest(watching) > 0)
        return false;
    bool changed = has_changes(watching, &is_away);
    watching->looked = milliseconds();
    if (changed && is_away && watching->first && milliseconds() < watching->first + ABSENCE) {
        watching->last = milliseconds();
        return false;
    }
    watching->first = watching->last = 0;
    return changed;
}
