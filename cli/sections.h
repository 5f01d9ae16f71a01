/* The sections of the document that --sections names. */
// SPDX-License-Identifier: MIT
#ifndef CLI_SECTIONS_H
#define CLI_SECTIONS_H

#include <stdbool.h>

/* False, after a complaint, when one of the names in a list with commas is none. `sections` may be
 * NULL. */
bool check_sections(const char *sections);

#endif
