/* Shared by the test programs: files, folders, commands run under a time limit, and text gathered
 * from the library. Any failure in here ends the test with a message. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs what stands above.
#include <cmocka.h>

/* Memory that grows, with a NUL after the text. Free `at`. */
struct text {
    char *at;
    size_t length;
};

void text_add(struct text *text, const char *at, size_t length);
/* As stridec_sink and nftw-like callers want it: the context is a struct text. */
bool text_take(void *context, const char *at, size_t length);
/* A string that you free. */
char *format(const char *pattern, ...) __attribute__((format(printf, 1, 2)));

/* Paths, sorted bytewise. */
struct paths {
    char **items;
    size_t count;
};
/* All files below a folder whose path ends in `ending`; none when there is no such folder. */
struct paths find_files(const char *folder, const char *ending);
/* The same, each text once: many cases begin with the same model. One with an import or with
 * decisions beside it is always there. */
struct paths find_models(const char *folder, const char *ending);
/* The models of samples/, each without its ending: "samples/payment/payment". */
struct paths find_samples(void);
void free_paths(struct paths *paths);

bool file_exists(const char *path);
struct text read_file(const char *path);
/* The content of a file; empty when there is none. */
struct text read_if_there(const char *path);
void write_file(const char *path, const char *at, size_t length);
/* Writes it; or removes the file when there is nothing to write. */
void write_or_remove(const char *path, const char *at, size_t length);
void make_folders_for(const char *path);
const char *base_name(const char *path);
/* A fresh, empty folder; free the path. remove_folder() takes it away with all that is in it. */
char *make_folder(void);
void remove_folder(const char *folder);

/* The same as a setup of cmocka, and its teardown: the state is the folder. */
int open_folder(void **state);
int close_folder(void **state);
/* Files in a folder, by name: the text, "" where there is none, is to be freed. */
bool is_there(const char *folder, const char *name);
char *text_in(const char *folder, const char *name);
void put_in(const char *folder, const char *name, const char *text);

/* The folder of the built programs, absolute: $BUILD, or build. */
const char *build_folder(void);
/* The repository, absolute; tests are started in it. */
const char *root_folder(void);

struct command {
    const char *folder;         /* where it runs; NULL: here */
    const char *script;         /* for sh -c */
    const char *output, *error; /* files for what it prints; NULL: thrown away */
    const char *home;           /* $HOME */
    const char *locale, *zone;  /* $LC_ALL and $TZ; NULL: C.UTF-8 and UTC */
    unsigned seconds;           /* 0: 60 */
};
#define TIMED_OUT (-1)
/* The exit status, 128 + N for signal N, or TIMED_OUT. The built stridec is first on the path,
 * $ROOT is the repository, standard input is empty. */
int run_command(const struct command *command);

/* The output of a command, with %s replaced by `argument`; it has to end with 0. Free it. */
struct text output_of(const char *script, const char *argument);
/* "2.43.0", as the layout program says; free it. */
char *graphviz_version(void);

/* True when equal; else prints how they differ. `expected` need not be there. */
bool same_files(const char *expected, const char *actual, const char *name);

#endif
