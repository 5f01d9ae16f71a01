/* See sandbox.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_SANDBOX_H
#define PROGRAM_SANDBOX_H

#include <stdbool.h>

/* From here on the process opens nothing and starts nothing. False where the system knows no filter
 * of system calls, or does not let us have one: then nothing has changed. */
bool sandbox_enter(void);
/* The same, but it may still copy itself and enter the narrower one. */
bool sandbox_enter_and_copy(void);

#endif
