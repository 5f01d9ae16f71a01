/* The report of a model in memory, again and again. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REMAKING_H
#define CLI_REMAKING_H

#include "options.h"
#include "text.h"
#include "watching.h"

/* What became of one round. */
struct remade {
    struct text page;     /* empty: there is none */
    struct text problems; /* lines with what is wrong, as they are printed; empty: nothing */
};

/* Compiles the model, makes its page and, when `builds`, writes what `build` does; prints what is
 * to be said. The files that it depends on are watched from now on. Pictures that are the same in
 * the page `before`, which may be NULL, are not drawn again. Free it with remade_free(). */
struct remade remake(const struct invocation *run, const char *model, bool builds,
                     struct watching *watching, const char *before);
void remade_free(struct remade *remade);
/* The page that is there before there is a report. */
bool waiting_page(struct text *page);

#endif
