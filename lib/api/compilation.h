/* The inside of the public handle, and how each public function is run. */
// SPDX-License-Identifier: MIT
#ifndef API_COMPILATION_H
#define API_COMPILATION_H

#include "analysis/rows.h"
#include "base/writer.h"
#include "diag/diag.h"
#include "layout/layout.h"
#include "stridec.h"
#include "tree/tree.h"

/* How many files one compilation reads at most: as many as anybody draws by hand, and few enough that
 * imports which a machine has made end. */
#define UNIT_LIMIT 1000

/* A file that was read or could not be; each is read and compiled once. */
struct unit {
    const char *path;   /* as it was first imported */
    struct slice place; /* its one name, see stridec_locator */
    struct source *source;
    bool under_way;            /* its imports are being read */
    struct model *model;       /* NULL when it could not be read, or is no model */
    enum diag_code refusal;    /* then: why (DIAG_COUNT: that has been reported), and what the */
    struct slice detail;       /* message has besides the name */
    struct analysis *analysis; /* NULL when it has errors */
    struct rows *rows;         /* found when they are to be counted */
};

/* See value_topics(). */
struct value_names {
    ARRAY_OF(struct slice) list;
    bool complete;
};

struct stridec {
    struct arena arena;
    struct diagnostics diagnostics;
    struct vocabulary *vocabulary;
    struct rule_pack pack;
    ARRAY_OF(const struct source *) packs; /* that were added to the built-in one */
    struct model *model;       /* NULL before stridec_compile */
    struct analysis *analysis; /* NULL unless the model compiled */
    struct rows *rows;         /* see compiled_rows() */
    stridec_loader *load;
    stridec_locator *locate;
    void *load_context;
    struct layout_host host; /* without a `draw` where the layout program draws */
    struct table units_by_place;
    ARRAY_OF(struct unit *) units; /* the main file first */
    unsigned units_under_way;
    bool too_many_units, too_many_patterns; /* reported */
    size_t model_bytes;   /* of all units */
    bool is_imported;     /* the main file is, by others */
    bool sorted;          /* the diagnostics are */
    stridec_status spent; /* how memory ran out: what is half done is never shown */
    struct value_names values;
    size_t tests_passed, tests_failed; /* by stridec_test_rules */
};

/* One public call: its arguments behind `task`. */
typedef stridec_status guarded_work(struct stridec *self, void *task);

/* What every call on a compilation says before it looks at its other arguments: STRIDEC_MISUSE of
 * NULL, or when a sink or loader calls back in; how memory ran out, once it did; else STRIDEC_OK. */
stridec_status call_state(const struct stridec *self);
/* Unless that is not STRIDEC_OK, runs it so that a failing allocation ends in a status instead of
 * nowhere. */
stridec_status run_guarded(struct stridec *self, guarded_work *work, void *task);

/* Reads the text into a tree, by the form that the path's ending says. */
struct tree *read_tree(struct stridec *self, struct slice path, struct slice text);
/* Whether a file that the caller has named lies elsewhere: then its name says nothing about it. */
bool is_named_by_link(struct stridec *self, const char *path);
/* Compiles the main file's tree: first what it imports, then itself; analysed unless it has errors. */
struct unit *compile_units(struct stridec *self, const char *path, const struct tree *tree);
/* Counts the open rows that imported elements have in their own files. False when a file has too many
 * patterns. */
bool count_imported_rows(struct stridec *self, struct rows *rows);
/* Loads the built-in rules once. False when they do not compile, which the diagnostics tell. */
bool load_builtin_rules(struct stridec *self);

/* The rows, found on first use: checking a model does without them. NULL unless it compiled, and when
 * there are too many patterns, which is reported. */
const struct rows *compiled_rows(struct stridec *self);

#endif
