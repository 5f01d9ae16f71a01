/* Starts the program stridec-layout, hands it DOT and takes SVG back, under limits of time and
 * memory. Survives whatever the program does. This library never links Graphviz. */
// SPDX-License-Identifier: MIT
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "base/text.h"

#include <time.h>

#define LAYOUT_SECONDS 20
#define LAYOUT_MEMORY ((size_t)2 << 30)
#define LAYOUT_OUTPUT ((size_t)256 << 20)

/* A limit of wall time; what one picture needs to be drawn has one together. */
struct layout_time {
    unsigned seconds;
    struct timespec end;
};
/* From now on; at most and by default (0) LAYOUT_SECONDS. */
struct layout_time layout_time(unsigned seconds);

struct layout_request {
    const char *program; /* a path, or a name for the absolute folders of PATH */
    struct slice dot;
    struct layout_time time;
};

struct layout_answer {
    struct slice svg;    /* as the program wrote it; empty when it failed */
    const char *problem; /* NULL, or a sentence: "the layout program did not finish in 20 s" */
};

struct layout_answer layout_run(struct arena *arena, const struct layout_request *request);

#endif
