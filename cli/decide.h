/* Decisions about a model, made by the library and written into its files: all or nothing. */
// SPDX-License-Identifier: MIT
#ifndef CLI_DECIDE_H
#define CLI_DECIDE_H

#include "session.h"
#include "undo.h"

struct deciding {
    const struct invocation *run;
    const char *path;  /* of the model */
    bool dry_run;      /* only show what would change */
    bool quiet;        /* say nothing of what was done, and */
    struct undo *undo; /* keep it here instead; NULL: it is not kept */
};

/* Decides, writes, and says what became of each decision. */
enum outcome decide(const struct deciding *deciding, const stridec_request *decisions,
                    size_t count);
/* The same for what a table says; `path` is its, for messages. */
enum outcome decide_sheet(const struct deciding *deciding, const char *path,
                          const struct text *sheet);

#endif
