/* Widths of text without a font on the machine: the same picture everywhere. Also
 * compiled into the geometry checker, which must agree with the layout. */
// SPDX-License-Identifier: MIT
#ifndef STRIDEC_LAYOUT_METRICS_H
#define STRIDEC_LAYOUT_METRICS_H

#include <stdbool.h>

/* The width of NUL-terminated UTF-8 in thousandths of the font size. */
double text_width(const char *text, bool bold);

#endif
