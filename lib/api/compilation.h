/* The inside of the public handle, and how each public function is run. */
// SPDX-License-Identifier: MIT
#ifndef API_COMPILATION_H
#define API_COMPILATION_H

#include "analysis/rows.h"
#include "diag/diag.h"
#include "stridec.h"

struct stridec {
    struct arena arena;
    struct diagnostics diagnostics;
    struct vocabulary *vocabulary;
    struct rule_pack pack;
    struct model *model;       /* NULL before stridec_compile */
    struct analysis *analysis; /* NULL unless the model compiled */
    struct rows *rows;         /* see compiled_rows() */
    bool sorted;               /* the diagnostics are */
};

/* One public call: its arguments behind `task`. */
typedef stridec_status guarded_work(struct stridec *self, void *task);

/* Runs it so that a failing allocation ends in a status instead of nowhere. */
stridec_status run_guarded(struct stridec *self, guarded_work *work, void *task);

/* Loads the built-in rules once. False when they do not compile, which the diagnostics tell. */
bool load_builtin_rules(struct stridec *self);

/* The rows, found on first use: checking a model does without them. NULL unless it compiled. */
const struct rows *compiled_rows(struct stridec *self);

#endif
