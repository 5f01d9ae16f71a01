/* Character widths. A picture is seen in its reader's font: Helvetica or one as wide, and where none
 * is installed, often DejaVu Sans, which is 12 % wider, and in bold 18 %. For ASCII they are halfway
 * between the two, from Adobe's font metrics and DejaVu's own, so that the padding of boxes takes
 * the difference in either font; other scripts have by range what usual fonts take. */
// SPDX-License-Identifier: MIT
#include "metrics.h"

#include <stddef.h>

/* Widths of U+0020 to U+007E. */
static const short ascii_widths[2][95] = {
    {298, 340, 408, 697, 596, 920, 724, 233, 362, 362, 445, 711, 298, 347, 298, 308, 596, 596, 596,
     596, 596, 596, 596, 596, 596, 596, 308, 308, 711, 711, 711, 544, 1008, 676, 677, 710, 746,
     650, 593, 777, 737, 287, 398, 662, 557, 848, 735, 783, 635, 783, 709, 651, 611, 727, 676, 967,
     676, 639, 648, 334, 308, 334, 654, 528, 417, 585, 596, 525, 596, 586, 315, 596, 595, 250, 250,
     540, 250, 904, 595, 584, 596, 596, 372, 511, 335, 595, 546, 770, 546, 546, 513, 485, 299, 485,
     711},
    {313, 395, 498, 697, 626, 946, 797, 272, 395, 395, 456, 711, 329, 374, 329, 322, 626, 626, 626,
     626, 626, 626, 626, 626, 626, 626, 367, 367, 711, 711, 711, 596, 988, 748, 742, 728, 776, 675,
     647, 800, 780, 325, 464, 749, 624, 914, 780, 814, 700, 814, 746, 694, 647, 767, 721, 1024,
     719, 696, 668, 395, 322, 395, 711, 528, 417, 616, 664, 575, 664, 617, 384, 664, 662, 311, 311,
     611, 311, 966, 662, 649, 664, 664, 441, 576, 406, 662, 604, 851, 601, 604, 541, 551, 323, 551,
     711},
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
