/* See contest.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_CONTEST_H
#define PROGRAM_CONTEST_H

#include "attempt.h"

/* The best of several attempts, each in a process of its own. Enters the sandbox. */
struct attempt hold_contest(GVC_t *graphviz, struct input input, size_t count);
/* Enters the sandbox, where there is one, and limits this process to so many seconds. */
void close_up(unsigned seconds);

#endif
