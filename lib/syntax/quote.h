/* Text as each form spells it, so that the form's reader takes exactly that text from it. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_QUOTE_H
#define SYNTAX_QUOTE_H

#include "base/writer.h"

/* Whether it can stand without quotes. */
bool fits_dsl_word(struct slice text);
/* "..." with escapes */
void write_dsl_string(struct writer *writer, struct slice text);
/* Whether it can stand between two """, indented as one likes. */
bool fits_dsl_text(struct slice text);

enum yaml_use {
    YAML_USE_STRING, /* quoted also where another reader would take a number, true or a date */
    YAML_USE_WORD,   /* yes and no are words */
    YAML_USE_NUMBER,
    YAML_USE_QUOTED /* never read as anything but text */
};
/* On one line, without quotes if that reads back as the same. `in_list`: between [ and ]. */
void write_yaml_scalar(struct writer *writer, struct slice text, enum yaml_use use, bool in_list);
/* Whether it can be the lines of a block scalar (|) whose last line break does not count. */
bool fits_yaml_literal(struct slice text);
/* Writes a comment for either form; characters that YAML refuses or takes for a line break are
 * spelled out. */
void write_comment(struct writer *writer, struct slice text);

#endif
