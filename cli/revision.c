/* git is asked for one file at a time, by its name on a line of standard input: so no name is taken
 * for an option. Links within the revision are followed first: what a file imports, and what was
 * decided about it, stands beside the file itself. */
// SPDX-License-Identifier: MIT
#include "revision.h"

#include "files.h"
#include "git.h"
#include "paths.h"
#include "report.h"
#include "revision_links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LARGEST_HEAD ((size_t)8 << 10) /* of an answer, a line that names what was asked for */

/* ---- names ------------------------------------------------------------------------------- */

/* The colon that ends the revision; as in git, none within braces. NULL: there is none. */
static const char *colon_of(const char *word) {
    for (size_t depth = 0; *word; word++) {
        if (*word == '{')
            depth++;
        else if (*word == '}' && depth)
            depth--;
        else if (*word == ':' && !depth)
            return word;
    }
    return NULL;
}

bool is_revision(const char *word) {
    struct stat file;
    const char *colon = colon_of(word);
    return colon && colon[1] && stat(word, &file) != 0;
}

/* ---- git --------------------------------------------------------------------------------- */

/* What git says when it fails, on one line. */
static bool complain_of_git(const struct revision *revision, const struct git_answer *answer) {
    const char *said = answer->error.at ? answer->error.at : "";
    if (strncmp(said, "fatal: ", 7) == 0)
        said += 7;
    if (*said)
        complain("%s: git says: %.*s", revision->word, (int)strcspn(said, "\n"), said);
    else
        complain("%s: git has failed and does not say why", revision->word);
    return false;
}

static bool complain_of_start(const struct revision *revision) {
    if (errno == ENOENT)
        complain("%s: git is not installed, and a revision cannot be read without it",
                 revision->word);
    else
        complain("%s: git cannot be started: %s", revision->word, strerror(errno));
    return false;
}

/* The folder of the run as seen from the top, "samples/pay/"; NULL, and complained of, where there
 * is no repository. */
static char *find_prefix(const struct revision *revision) {
    static const char *const arguments[] = {"git", "rev-parse", "--show-prefix", NULL};
    struct git_answer answer;
    char *prefix = NULL;
    if (!git_run(arguments, "", LARGEST_HEAD, &answer)) {
        complain_of_start(revision);
    } else if (answer.status != 0) {
        complain_of_git(revision, &answer);
    } else {
        const char *line = answer.output.at ? answer.output.at : "";
        prefix = text_join(line, strcspn(line, "\n"), "");
    }
    git_free(&answer);
    return prefix;
}

/* The path from the top. A path that begins with ./ or ../ is seen from here. */
static bool find_path(struct revision *revision, const char *path) {
    bool from_here = strncmp(path, "./", 2) == 0 || strncmp(path, "../", 3) == 0;
    char *prefix = from_here ? find_prefix(revision) : text_copy("");
    if (!prefix)
        return false;
    revision->path = text_joined(prefix, path);
    free(prefix);
    char *real = NULL;
    if (straighten(revision->path) && *revision->path)
        real = follow_links(revision->name, revision->path);
    if (real) {
        free(revision->path);
        revision->path = real;
        return true;
    }
    complain("%s: the path leads out of the repository, or its links in a circle", revision->word);
    return false;
}

bool revision_open(struct revision *revision, const char *word) {
    const char *colon = colon_of(word);
    size_t length = (size_t)(colon - word);
    *revision = (struct revision){.word = word, .name = text_join(word, length, "")};
    revision->folder = text_joined(revision->name, ":/");
    return find_path(revision, colon + 1);
}

void revision_close(struct revision *revision) {
    free(revision->name);
    free(revision->path);
    free(revision->folder);
    *revision = (struct revision){0};
}

/* ---- files ------------------------------------------------------------------------------- */

/* What a revision has under a name. */
enum object { OBJECT_FILE, OBJECT_MISSING, OBJECT_OTHER, OBJECT_LARGE, OBJECT_FAILED };

/* The answer's first line is "ID blob SIZE", with the bytes after it, or ends in another word. */
static enum object read_head(const struct git_answer *answer, const char **at, size_t *length) {
    const char *head = answer->output.at;
    const char *end = head ? memchr(head, '\n', answer->output.length) : NULL;
    if (answer->status == -1)
        return answer->output.length > LARGEST_FILE ? OBJECT_LARGE : OBJECT_FAILED;
    if (answer->status != 0 || !end)
        return OBJECT_FAILED;
    const char *blank = memchr(head, ' ', (size_t)(end - head));
    if (!blank || strncmp(blank, " blob ", 6) != 0)
        return end - head > 8 && strncmp(end - 8, " missing", 8) == 0 ? OBJECT_MISSING
                                                                      : OBJECT_OTHER;
    *at = end + 1;
    *length = strtoul(blank + 6, NULL, 10);
    bool is_whole = *length < answer->output.length - (size_t)(*at - head);
    return *length > LARGEST_FILE ? OBJECT_LARGE : is_whole ? OBJECT_FILE : OBJECT_FAILED;
}

/* Asks for "NAME:PATH", or for NAME where the path is NULL. The answer is to be freed in any case.
 */
static enum object ask_for(const struct revision *revision, const char *path,
                           struct git_answer *answer, const char **at, size_t *length) {
    static const char *const in_tree[] = {"git", "cat-file", "--batch", "--follow-symlinks", NULL};
    static const char *const in_index[] = {"git", "cat-file", "--batch", NULL};
    *answer = (struct git_answer){0};
    if (strchr(revision->name, '\n') || strchr(path, '\n'))
        return OBJECT_MISSING;
    char *head = text_joined(revision->name, ":"), *name = text_joined(head, path);
    char *line = text_joined(name, "\n");
    bool ran =
        git_run(*revision->name ? in_tree : in_index, line, LARGEST_FILE + LARGEST_HEAD, answer);
    int problem = errno;
    free(head);
    free(name);
    free(line);
    errno = problem;
    if (!ran)
        return OBJECT_FAILED;
    errno = 0;
    return read_head(answer, at, length);
}

/* Whether git knows the revision at all: then it has a tree, whose path is empty. */
static bool knows_revision(const struct revision *revision) {
    struct git_answer answer;
    const char *at;
    size_t length;
    bool known = ask_for(revision, "", &answer, &at, &length) != OBJECT_MISSING;
    git_free(&answer);
    return known;
}

static void complain_of_missing(const struct revision *revision) {
    if (*revision->name && !knows_revision(revision))
        complain("%s: git knows no revision '%s'", revision->word, revision->name);
    else
        complain("%s: no file '%s' in %s; a path begins at the top of the repository, or here "
                 "with ./",
                 revision->word, revision->path,
                 *revision->name ? revision->name : "what is staged");
}

bool revision_has(const struct revision *revision) {
    struct git_answer answer;
    const char *at;
    size_t length;
    bool missing = ask_for(revision, revision->path, &answer, &at, &length) == OBJECT_MISSING;
    git_free(&answer);
    return !missing || !knows_revision(revision);
}

bool revision_text(const struct revision *revision, struct text *text) {
    struct git_answer answer;
    const char *at = "";
    size_t length = 0;
    enum object object = ask_for(revision, revision->path, &answer, &at, &length);
    bool read = object == OBJECT_FILE && text_append(text, at, length);
    if (object == OBJECT_MISSING)
        complain_of_missing(revision);
    else if (object == OBJECT_OTHER)
        complain("%s: not an ordinary file", revision->word);
    else if (object == OBJECT_LARGE)
        complain("%s: %s", revision->word, strerror(EOVERFLOW));
    else if (object == OBJECT_FAILED && errno)
        complain_of_start(revision);
    else if (object == OBJECT_FAILED)
        complain_of_git(revision, &answer);
    else if (!read)
        complain("%s: %s", revision->word, strerror(ENOMEM));
    git_free(&answer);
    return read;
}

stridec_loaded load_from_revision(void *context, const char *path, stridec_sink *take,
                                  void *taker) {
    static const stridec_loaded states[] = {
        [OBJECT_FILE] = STRIDEC_LOADED,      [OBJECT_MISSING] = STRIDEC_NOT_THERE,
        [OBJECT_OTHER] = STRIDEC_NO_FILE,    [OBJECT_LARGE] = STRIDEC_TOO_LARGE,
        [OBJECT_FAILED] = STRIDEC_NOT_THERE,
    };
    const struct revision *revision = *(const struct revision *const *)context;
    size_t before = strlen(revision->folder), length = 0;
    struct git_answer answer;
    const char *at = "";
    if (strncmp(path, revision->folder, before) != 0)
        return STRIDEC_OUTSIDE;
    enum object object = ask_for(revision, path + before, &answer, &at, &length);
    if (object == OBJECT_FILE)
        take(taker, at, length);
    git_free(&answer);
    return states[object];
}

/* Hands over the names that git has printed with a NUL after each, without the folder before them.
 */
static void take_names(const struct text *names, const char *folder, stridec_sink *take,
                       void *taker) {
    size_t before = strlen(folder);
    const char *end = names->at + names->length;
    for (const char *at = names->at; at && at < end; at += strlen(at) + 1) {
        bool inside = strncmp(at, folder, before) == 0;
        if (inside && !strchr(at + before, '/'))
            take(taker, at + before, strlen(at + before));
    }
}

stridec_loaded list_in_revision(void *context, const char *folder, stridec_sink *take,
                                void *taker) {
    const struct revision *revision = *(const struct revision *const *)context;
    size_t before = strlen(revision->folder);
    struct git_answer answer;
    if (strncmp(folder, revision->folder, before) != 0)
        return STRIDEC_NOT_THERE;
    char *path = text_joined(folder + before, "/"), *head = text_joined(revision->name, ":");
    char *tree = text_joined(head, path), *staged = text_joined(":(top,literal)", path);
    const char *const of_tree[] = {"git", "ls-tree", "-z", "--name-only", "--end-of-options",
                                   tree,  NULL};
    const char *const of_index[] = {"git", "ls-files", "-z", "--full-name", "--", staged, NULL};
    bool listed = git_run(*revision->name ? of_tree : of_index, "", LARGEST_FILE, &answer) &&
                  answer.status == 0;
    if (listed)
        take_names(&answer.output, *revision->name ? "" : path, take, taker);
    git_free(&answer);
    free(path);
    free(head);
    free(tree);
    free(staged);
    return listed ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

/* What is imported is looked for from the top of the repository, and lies where links lead. */
bool locate_in_revision(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct revision *revision = *(const struct revision *const *)context;
    size_t before = strlen(revision->folder);
    bool is_model = strcmp(path, revision->word) == 0;
    char *real = is_model ? text_copy(revision->path)
                 : strncmp(path, revision->folder, before) == 0
                     ? follow_links(revision->name, path + before)
                     : NULL;
    bool taken = real && take(taker, revision->folder, before) && take(taker, real, strlen(real));
    free(real);
    return taken;
}
