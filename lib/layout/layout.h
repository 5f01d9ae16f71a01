/* Starts the program stridec-layout, hands it DOT and takes SVG back, under limits of time and
 * memory. Survives whatever the program does. This library never links Graphviz. */
// SPDX-License-Identifier: MIT
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "base/text.h"

#include <time.h>

#define LAYOUT_SECONDS 20
#define LAYOUT_MEMORY ((size_t)2 << 30)
/* DOT of some 10,000 shapes, which is far more than Graphviz lays out in time. */
#define LAYOUT_INPUT ((size_t)16 << 20)
/* SVG: at most so much, and so many times the DOT; five times are common. */
#define LAYOUT_OUTPUT ((size_t)256 << 20)
#define LAYOUT_OUTPUT_TIMES ((size_t)64)

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
    bool started;        /* false: there is no such program, or it may not be run */
    const char *problem; /* NULL, or a sentence: "the layout program did not finish in 20 s" */
};

struct layout_answer layout_run(struct arena *arena, const struct layout_request *request);

#endif
