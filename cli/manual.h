/* Pages of the manual in man's macros, from the rows of commands, options, formats and outcomes. */
// SPDX-License-Identifier: MIT
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "options.h"

/* stridec(1) */
void print_manual(const struct command_table *commands);
/* stridec-build(1) and so on. */
describer print_command_manual;

#endif
