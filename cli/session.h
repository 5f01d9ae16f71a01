/* One compilation on its way through a command: rules, file, diagnostics, outcome. */
// SPDX-License-Identifier: MIT
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "files.h"
#include "options.h"
#include "revision.h"
#include "stridec.h"

/* The name of standard input where a file's name is needed. */
#define STANDARD_INPUT "<stdin>"

/* What a session may have from elsewhere. */
struct surroundings {
    stridec_pack *pack;              /* rules that were read before; NULL: it reads them itself */
    const struct revision *revision; /* that its files are read from; NULL: from the disk */
};

struct session {
    const struct invocation *run;
    struct surroundings around;
    stridec *compilation;
    struct text *texts; /* that the compilation has, which copies none */
    size_t text_count;
    const char *path;     /* of the file, as messages name it; NULL without one */
    bool is_unnamed;      /* it is standard input, and nobody said what that is called */
    char *layout;         /* the layout program; NULL: let PATH decide */
    char *root;           /* that the file and its imports may not leave; NULL: nothing is read */
    bool only_errors;     /* warnings are not what was asked for */
    bool gated;           /* the gate was tried */
    bool is_told;         /* its diagnostics were printed */
    enum outcome outcome; /* the worst of all steps */
};

/* Loads the rule packs of --rules and, unless `path` is NULL, compiles a file. Always needs
 * session_close, and goes on only when it returns true. */
bool session_open(struct session *session, const struct invocation *run, const char *path);
/* The two steps of session_open, for a command that acts in between. */
bool session_begin(struct session *session, const struct invocation *run, const char *path);
bool session_begin_in(struct session *session, const struct invocation *run, const char *path,
                      struct surroundings around);
bool session_compile(struct session *session, const char *path);
/* Reads the rules of --rules into a pack for several sessions. False, and reported in *outcome,
 * when they have errors. */
bool session_rules(const struct invocation *run, stridec_pack **pack, enum outcome *outcome);
/* Forgets the compilation, and prints nothing. */
void session_drop(struct session *session);
/* Prints the diagnostics, once. */
void session_tell(struct session *session);
/* The same, and forgets the compilation. */
enum outcome session_close(struct session *session);

/* Names the file that comes next: "-" has the name of --stdin-name. */
void session_name(struct session *session, const char *path);
/* Reads that file, or reports why it may not be read. */
bool session_read(const struct session *session, const char *path, struct text *text);
/* The path by which the compilation has read a file, or NULL. */
const char *session_path_of(const struct session *session, const char *file);
/* Takes one file that the session's depends on; the path is gone when it returns. */
typedef void input_taker(void *context, const char *path);
/* Hands over what the file depends on besides itself: the sources that were read with it, the
 * evidence that was opened, named as the file is, and the rules of --rules. What more there is to
 * an input belongs here, so that everybody who asks has it. */
void session_inputs(const struct session *session, input_taker *take, void *context);
/* Takes the library's status of a step: the outcome keeps the worst. True when it is STRIDEC_OK. */
bool session_note(struct session *session, stridec_status status);
void session_fail(struct session *session, enum outcome outcome);
/* For --check, of a file that would stay the same or not: names it where it would not. */
void session_compare(struct session *session, const char *path, bool same);

#endif
