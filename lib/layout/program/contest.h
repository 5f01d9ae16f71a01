/* See contest.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_CONTEST_H
#define PROGRAM_CONTEST_H

#include "attempt.h"

/* The best of several attempts, each in a process of its own. Enters the sandbox. */
struct attempt hold_contest(GVC_t *graphviz, struct input input, size_t count);
/* Writes all bytes to a descriptor; false where it takes no more. */
bool send_all(int end, const void *bytes, size_t length);

#endif
