/* One layout of the picture, from DOT to SVG. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_ATTEMPT_H
#define PROGRAM_ATTEMPT_H

#include "scene.h"
#include "ways.h"

#include <graphviz/gvc.h>

struct input {
    const char *at;
    size_t length;
};

/* A picture that is wanted. */
struct wish {
    struct input dot;
    bool once;      /* it is laid out a single time and not weighed, as all else takes too long */
    unsigned least; /* smallest letters that are of use, in tenths of a point, when it is laid out
                       once; 0: any */
};

enum outcome {
    DRAWN,
    TOO_SMALL,  /* its letters would be; how it would be laid out is known */
    UNREADABLE, /* there is no graph */
    IMPOSSIBLE, /* Graphviz gave up; what it complained of is the problem */
    NOT_WANTED, /* the graph pins the other direction */
};

struct attempt {
    enum outcome outcome;
    const char *problem; /* "": nothing was said */
    size_t choice;       /* NOWHERE, or the only way that is wanted, which was taken */
    extent weight, letters;
    size_t way;
    bool down;
    char *svg;
    unsigned length;
};

/* Graphviz complains into a text of this process; to be called once, before all attempts. */
void listen_to_graphviz(void);
/* Nothing is freed; a process makes one attempt. */
struct attempt make_attempt(GVC_t *graphviz, const struct wish *wish, size_t way);

#endif
