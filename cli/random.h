/* Secrets for one run. */
// SPDX-License-Identifier: MIT
#ifndef CLI_RANDOM_H
#define CLI_RANDOM_H

#include <stdbool.h>
#include <stddef.h>

/* `count` random hexadecimal digits, an even number, and a NUL. False after a complaint. */
bool random_digits(char *digits, size_t count);

#endif
