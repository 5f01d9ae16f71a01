/* Character widths: Helvetica and Helvetica-Bold from Adobe's font metrics for ASCII and common
 * punctuation, and by range what the fonts that stand in for other scripts usually take. A little
 * too wide is harmless, too narrow is text that touches its box. */
// SPDX-License-Identifier: MIT
#include "metrics.h"

#include <stddef.h>

/* Widths of U+0020 to U+007E. */
static const short ascii_widths[2][95] = {
    {278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
     556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
     1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
     667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
     333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
     556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584},
    {278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
     556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
     611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
     667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
     278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584},
};

struct range {
    unsigned first, last;
    short width;
};

/* In order; what lies between them has OTHER_WIDTH. */
static const struct range ranges[] = {
    {0x0000, 0x001f, 0},      {0x007f, 0x009f, 0},    {0x00b7, 0x00b7, 278},
    {0x00a0, 0x024f, 667},    {0x0300, 0x036f, 0},    {0x1100, 0x115f, 1000},
    {0x200b, 0x200f, 0},      {0x2013, 0x2013, 556},  {0x2014, 0x2014, 1000},
    {0x2018, 0x201e, 500},    {0x2026, 0x2026, 1000}, {0x2060, 0x2064, 0},
    {0x2190, 0x21ff, 1000},   {0x2e80, 0xa4cf, 1000}, {0xac00, 0xd7a3, 1000},
    {0xf900, 0xfaff, 1000},   {0xfe00, 0xfe0f, 0},    {0xfe30, 0xfe6f, 1000},
    {0xff00, 0xff60, 1000},   {0xfffd, 0xfffd, 1000}, {0x1f000, 0x1ffff, 1300},
    {0x20000, 0x3fffd, 1000}, {0xe0100, 0xe01ef, 0},
};
#define OTHER_WIDTH 650

static short character_width(unsigned character, bool bold) {
    if (character >= 0x20 && character < 0x7f)
        return ascii_widths[bold][character - 0x20];
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return ranges[i].width;
    return OTHER_WIDTH;
}

/* Decodes leniently: the library that wrote the text has checked it. */
static unsigned next_character(const char **text) {
    unsigned character = (unsigned char)*(*text)++;
    int rest = character >= 0xf0 ? 3 : character >= 0xe0 ? 2 : character >= 0xc0 ? 1 : 0;
    if (rest)
        character &= 0x3fu >> rest;
    while (rest-- && ((unsigned char)**text & 0xc0) == 0x80)
        character = character << 6 | ((unsigned char)*(*text)++ & 0x3f);
    return character;
}

double text_width(const char *text, bool bold) {
    double width = 0;
    while (*text)
        width += character_width(next_character(&text), bold);
    return width;
}
