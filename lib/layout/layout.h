/* Hands DOT to what lays it out and takes SVG back: a callback of the host, or the program
 * stridec-layout, which is started under limits of time and memory. Survives whatever either does.
 * This library never links Graphviz. */
// SPDX-License-Identifier: MIT
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "base/writer.h"

#include <time.h>

#define LAYOUT_SECONDS 20
#define LAYOUT_MEMORY ((size_t)2 << 30)
/* DOT of some 10,000 shapes, which is far more than Graphviz lays out in time. */
#define LAYOUT_INPUT ((size_t)16 << 20)
/* Limits of the SVG: bytes, and a multiple of the DOT's; five times are common. */
#define LAYOUT_OUTPUT ((size_t)256 << 20)
#define LAYOUT_OUTPUT_TIMES ((size_t)64)
/* A page a little larger than A3, in points, and the smallest letters of a picture, which it is to
 * show in at least the legible size. For a sheet of A4 a third of the models that people draw would
 * be in pieces, for one of A3 a fifth of the pages of large ones would be tables. */
#define LAYOUT_PAGE_WIDTH 900u
#define LAYOUT_PAGE_HEIGHT 1300u
#define LAYOUT_LETTERS 9u
#define LAYOUT_LEGIBLE 6u
/* The size of the titles of boundaries; nothing else is bold in it. */
#define LAYOUT_TITLE 10u
/* By how much a picture is made smaller to fit into an area, in thousandths; all in points. */
static inline unsigned layout_fit(unsigned width, unsigned height, unsigned across, unsigned down) {
    unsigned a = 1000 * across / (width + 1), b = 1000 * down / (height + 1), least = a < b ? a : b;
    return least < 1000 ? least : 1000;
}
/* Of the smallest letters of a picture on that page, upright or turned, in tenths of a point. */
static inline unsigned layout_letters(unsigned width, unsigned height) {
    unsigned upright = layout_fit(width, height, LAYOUT_PAGE_WIDTH, LAYOUT_PAGE_HEIGHT);
    unsigned turned = layout_fit(width, height, LAYOUT_PAGE_HEIGHT, LAYOUT_PAGE_WIDTH);
    return LAYOUT_LETTERS * (upright > turned ? upright : turned) / 100;
}
/* The longest message of a failure that is kept, in bytes. */
#define LAYOUT_COMPLAINT ((size_t)300)

/* ---- requests ---------------------------------------------------------------------------- */

/* What is asked of stridec-layout, which draws one picture after the other, and what it answers:
 *
 * - "stridec-layout LENGTH LEAST", a line end, and DOT of that length. LEAST: the smallest letters
 *   that are of use, as of layout_letters(), or 0.
 * - A word, a blank, a length, a line end, and a text of that length: an SVG; or why there is none;
 *   or, where its letters would be smaller than LEAST, the comment that it would end with. */
#define REQUEST_WORD "stridec-layout "
#define REQUEST_PATTERN REQUEST_WORD "%zu %u\n"
#define REQUEST_HEAD 64u /* no first line is longer, of either */
#define ANSWER_PICTURE "picture"
#define ANSWER_SMALL "small"
#define ANSWER_PROBLEM "problem"

/* ---- a picture --------------------------------------------------------------------------- */

/* A limit of wall time, shared by all runs of the layout for one picture. */
struct layout_time {
    unsigned seconds;
    struct timespec end;
};
/* A limit that begins now, of at most and by default (0) LAYOUT_SECONDS. */
struct layout_time layout_time(unsigned seconds);

/* NULL, or why there is no picture; see stridec_drawer. */
typedef const char *layout_drawer(void *context, const char *dot, size_t length, writer_sink *take,
                                  void *taker);

struct layout_host {
    layout_drawer *draw;
    void *context;
    struct slice version; /* of what it draws with */
};

/* A program of ours that has been started and waits for the next picture. {0}: there is none. */
struct layout_process {
    long child; /* 0: none */
    long owner; /* who has started it, and may wait for it */
    int data, talk;
    uint64_t program;
    bool has_ended; /* that has been seen */
};
void layout_end(struct layout_process *process);
/* Whether a program of that path draws several pictures, and leaves traces of no name in them. */
bool layout_is_ours(const char *program);

struct layout_request {
    const struct layout_host *host; /* NULL: the program is started */
    const char *program;            /* a path, or a name for the absolute folders of PATH */
    struct layout_process *process; /* where it is kept for the next picture */
    struct slice dot;
    unsigned least; /* smaller letters are of no use, see layout_letters; 0: any are */
    struct layout_time time;
};

struct layout_answer {
    struct slice svg;    /* as it was written; empty when it failed */
    bool too_small;      /* its letters would be: the SVG is the comment that it would end with */
    bool started;        /* false: there is no such program, or it may not be run */
    const char *problem; /* NULL, or a sentence: "the layout program did not finish in 20 s" */
};

struct layout_answer layout_run(struct arena *arena, const struct layout_request *request);

/* ---- what both ways share ---------------------------------------------------------------- */

struct layout_answer layout_by_program(struct arena *arena, const struct layout_request *request);
/* The largest SVG that is taken for this DOT, in bytes; and the problem to report when it is
 * larger. */
size_t layout_most(struct slice dot);
const char *layout_excess(struct arena *arena, struct slice dot);
/* The first line of a failure's message, fit to be printed. */
struct slice layout_complaint(struct arena *arena, struct slice text);

#endif
