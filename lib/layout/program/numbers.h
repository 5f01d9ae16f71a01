/* See numbers.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_NUMBERS_H
#define PROGRAM_NUMBERS_H

#include <stddef.h>

/* Enough for any double. */
#define NUMBER_ROOM 400

/* Writes a number with two decimals at most, and no NUL. Returns the length. */
size_t number_text(char *text, double number);

#endif
