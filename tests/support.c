/* See support.h. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np */
#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_FOR_A_COMMAND 60

static void require(bool fine, const char *what, const char *which) {
    if (!fine)
        fail_msg("%s %s: %s", what, which, strerror(errno));
}

/* ---- text -------------------------------------------------------------------------------- */

void text_add(struct text *text, const char *at, size_t length) {
    text->at = realloc(text->at, text->length + length + 1);
    require(text->at != NULL, "memory for", "text");
    if (length)
        memcpy(text->at + text->length, at, length);
    text->length += length;
    text->at[text->length] = '\0';
}

bool text_take(void *context, const char *at, size_t length) {
    text_add(context, at, length);
    return true;
}

char *format(const char *pattern, ...) {
    va_list args;
    va_start(args, pattern);
    int length = vsnprintf(NULL, 0, pattern, args);
    va_end(args);
    char *result = malloc((size_t)length + 1);
    require(result != NULL, "memory for", pattern);
    va_start(args, pattern);
    vsnprintf(result, (size_t)length + 1, pattern, args);
    va_end(args);
    return result;
}

/* ---- files and folders ------------------------------------------------------------------- */

bool file_exists(const char *path) {
    return access(path, F_OK) == 0;
}

static bool is_folder(const char *path) {
    struct stat about;
    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool ends_in(const char *path, const char *ending) {
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static void add_path(struct paths *paths, const char *path) {
    paths->items = realloc(paths->items, (paths->count + 1) * sizeof *paths->items);
    require(paths->items != NULL, "memory for", path);
    paths->items[paths->count++] = format("%s", path);
}

/* Lists a folder with its subfolders, each before its contents. */
static void list_folder(struct paths *paths, const char *folder) {
    DIR *open = opendir(folder);
    if (!open)
        return;
    for (struct dirent *entry; (entry = readdir(open));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = format("%s/%s", folder, entry->d_name);
        add_path(paths, path);
        if (is_folder(path))
            list_folder(paths, path);
        free(path);
    }
    closedir(open);
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct paths find_files(const char *folder, const char *ending) {
    struct paths all = {0}, files = {0};
    list_folder(&all, folder);
    for (size_t i = 0; i < all.count; i++)
        if (!is_folder(all.items[i]) && ends_in(all.items[i], ending))
            add_path(&files, all.items[i]);
    free_paths(&all);
    if (files.count)
        qsort(files.items, files.count, sizeof *files.items, compare_paths);
    return files;
}

/* Whether what it means is in its text alone, as it imports nothing and has no decisions beside it.
 */
static bool stands_alone(const char *path, const char *text) {
    char *beside = format("%.*s.triage.dfd", (int)(strrchr(path, '.') - path), path);
    bool alone = !strstr(text, "import") && !file_exists(beside);
    free(beside);
    return alone;
}

static bool is_among(const struct text *texts, size_t count, const struct text *text) {
    for (size_t i = 0; i < count; i++)
        if (texts[i].length == text->length && memcmp(texts[i].at, text->at, text->length) == 0)
            return true;
    return false;
}

struct paths find_models(const char *folder, const char *ending) {
    struct paths files = find_files(folder, ending), models = {0};
    struct text *texts = calloc(files.count + 1, sizeof *texts);
    size_t count = 0;
    require(texts != NULL, "memory for", folder);
    for (size_t i = 0; i < files.count; i++) {
        struct text text = read_file(files.items[i]);
        bool alone = stands_alone(files.items[i], text.at);
        bool again = alone && is_among(texts, count, &text);
        if (!again)
            add_path(&models, files.items[i]);
        if (alone && !again)
            texts[count++] = text;
        else
            free(text.at);
    }
    while (count)
        free(texts[--count].at);
    free(texts);
    free_paths(&files);
    return models;
}

/* Each has a twin in YAML, and nothing else there has that ending. */
struct paths find_samples(void) {
    struct paths samples = find_files("samples", ".yaml");
    for (size_t i = 0; i < samples.count; i++)
        samples.items[i][strlen(samples.items[i]) - strlen(".yaml")] = 0;
    return samples;
}

void free_paths(struct paths *paths) {
    for (size_t i = 0; i < paths->count; i++)
        free(paths->items[i]);
    free(paths->items);
    *paths = (struct paths){0};
}

struct text read_file(const char *path) {
    struct text text = {0};
    char part[4096];
    FILE *file = fopen(path, "rb");
    require(file != NULL, "cannot read", path);
    text_add(&text, "", 0);
    for (size_t length; (length = fread(part, 1, sizeof part, file)) > 0;)
        text_add(&text, part, length);
    require(!ferror(file), "cannot read", path);
    fclose(file);
    return text;
}

struct text read_if_there(const char *path) {
    struct text text = {0};
    if (file_exists(path))
        return read_file(path);
    text_add(&text, "", 0);
    return text;
}

void make_folders_for(const char *path) {
    char *copy = format("%s", path);
    for (char *slash = copy; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        require(mkdir(copy, 0777) == 0 || errno == EEXIST, "cannot make", copy);
        *slash = '/';
    }
    free(copy);
}

void write_file(const char *path, const char *at, size_t length) {
    make_folders_for(path);
    FILE *file = fopen(path, "wb");
    require(file != NULL, "cannot write", path);
    bool fine = !length || fwrite(at, 1, length, file) == length;
    require(fclose(file) == 0 && fine, "cannot write", path);
}

void write_or_remove(const char *path, const char *at, size_t length) {
    if (length)
        write_file(path, at, length);
    else
        unlink(path);
}

char *make_folder(void) {
    const char *parent = getenv("TMPDIR");
    char *folder = format("%s/stridec-test-XXXXXX", parent ? parent : "/tmp");
    require(mkdtemp(folder) != NULL, "cannot make", folder);
    return folder;
}

void remove_folder(const char *folder) {
    struct paths all = {0};
    list_folder(&all, folder);
    while (all.count) {
        char *path = all.items[--all.count];
        require(remove(path) == 0, "cannot remove", path);
        free(path);
    }
    free(all.items);
    require(rmdir(folder) == 0, "cannot remove", folder);
}

int open_folder(void **state) {
    *state = make_folder();
    return 0;
}

int close_folder(void **state) {
    remove_folder(*state);
    free(*state);
    return 0;
}

bool is_there(const char *folder, const char *name) {
    char *path = format("%s/%s", folder, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

char *text_in(const char *folder, const char *name) {
    char *path = format("%s/%s", folder, name);
    struct text text = read_if_there(path);
    free(path);
    return text.at ? text.at : format("%s", "");
}

void put_in(const char *folder, const char *name, const char *text) {
    char *path = format("%s/%s", folder, name);
    write_file(path, text, strlen(text));
    free(path);
}

const char *root_folder(void) {
    static char root[4096];
    if (!*root)
        require(getcwd(root, sizeof root) != NULL, "cannot find", "the repository");
    return root;
}

const char *build_folder(void) {
    static char *folder;
    const char *named = getenv("BUILD");
    if (!folder)
        folder = named && *named == '/' ? format("%s", named)
                                        : format("%s/%s", root_folder(), named ? named : "build");
    return folder;
}

/* ---- commands ---------------------------------------------------------------------------- */

/* The variables that environment_of() decides about. */
static const char *const set_here[] = {"PATH", "ROOT", "HOME", "LC_ALL", "TZ", "SOURCE_DATE_EPOCH"};
static const char *const unset_here[] = {"STRIDEC_LAYOUT", "NO_COLOR", "COLUMNS", "BUILD"};
#define SET_HERE (sizeof set_here / sizeof *set_here)
#define UNSET_HERE (sizeof unset_here / sizeof *unset_here)

static bool is_named(const char *entry, const char *const *names, size_t count) {
    size_t length = strcspn(entry, "=");
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == length && strncmp(entry, names[i], length) == 0)
            return true;
    return false;
}

/* Ours, and what the tests' own environment has besides; the first SET_HERE are ours to free. */
static char **environment_of(const struct command *command) {
    const char *path = getenv("PATH");
    char *longer = format("%s:%s", build_folder(), path ? path : "/usr/bin:/bin");
    const char *values[SET_HERE] = {
        longer,
        root_folder(),
        command->home ? command->home : "/nonexistent",
        command->locale ? command->locale : "C.UTF-8",
        command->zone ? command->zone : "UTC",
        "1795996800" /* 2026-11-30, so that dates in cases do not pass */};
    size_t count = 0, used = SET_HERE;
    while (environ[count])
        count++;
    char **entries = calloc(SET_HERE + count + 1, sizeof *entries);
    require(entries != NULL, "memory for", "an environment");
    for (size_t i = 0; i < SET_HERE; i++)
        entries[i] = format("%s=%s", set_here[i], values[i]);
    for (size_t i = 0; i < count; i++)
        if (!is_named(environ[i], set_here, SET_HERE) &&
            !is_named(environ[i], unset_here, UNSET_HERE))
            entries[used++] = environ[i];
    free(longer);
    return entries;
}

/* Starts the shell in a group of its own. Not by fork(), which copies the pages of a test program
 * for each command. */
static pid_t start(const struct command *command, const sigset_t *signals) {
    const char *const printed[] = {command->output, command->error};
    char *words[] = {(char *)"sh", (char *)"-c", (char *)command->script, NULL};
    char **environment = environment_of(command);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    pid_t id;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    for (int i = 0; i < 2; i++)
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO + i,
                                         printed[i] ? printed[i] : "/dev/null",
                                         O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (command->folder)
        posix_spawn_file_actions_addchdir_np(&files, command->folder);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, signals);
    errno = posix_spawn(&id, "/bin/sh", &files, &attributes, words, environment);
    require(errno == 0, "cannot start", command->script);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    for (size_t i = 0; i < SET_HERE; i++)
        free(environment[i]);
    free(environment);
    return id;
}

int run_command(const struct command *command) {
    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    fflush(NULL);
    pid_t id = start(command, &before);
    struct timespec limit = {.tv_sec = command->seconds ? command->seconds : SECONDS_FOR_A_COMMAND};
    bool ended = sigtimedwait(&child, NULL, &limit) == SIGCHLD;
    if (!ended)
        kill(-id, SIGKILL);
    int status = 0;
    require(waitpid(id, &status, 0) == id, "cannot wait for", command->script);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (!ended)
        return TIMED_OUT;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- comparison -------------------------------------------------------------------------- */

bool same_files(const char *expected, const char *actual, const char *name) {
    struct text a = read_if_there(expected), b = read_if_there(actual);
    bool same = a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
    free(a.at);
    free(b.at);
    if (same)
        return true;
    char *script = format("diff -u --label 'expected %s' --label 'actual %s' '%s' '%s' >&2", name,
                          name, file_exists(expected) ? expected : "/dev/null",
                          file_exists(actual) ? actual : "/dev/null");
    fflush(NULL);
    if (system(script) < 0)
        fprintf(stderr, "%s differs\n", name);
    free(script);
    return false;
}

struct text output_of(const char *script, const char *argument) {
    char *folder = make_folder(), *output = format("%s/output", folder);
    const char *gap = strstr(script, "%s");
    int before = (int)(gap ? (size_t)(gap - script) : strlen(script));
    char *filled = format("%.*s%s%s", before, script, gap ? argument : "", gap ? gap + 2 : "");
    const struct command ask = {.script = filled, .output = output};
    if (run_command(&ask) != 0)
        fail_msg("%s fails", filled);
    struct text text = read_file(output);
    remove_folder(folder);
    free(folder);
    free(output);
    free(filled);
    return text;
}

/* The last word of what it says of itself. */
char *graphviz_version(void) {
    struct text said = output_of("stridec-layout --version", NULL);
    const char *version = strrchr(said.at, ' ') + 1;
    char *copy = format("%.*s", (int)strcspn(version, "\n"), version);
    free(said.at);
    return copy;
}
