/* See contest.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_CONTEST_H
#define PROGRAM_CONTEST_H

#include "attempt.h"

/* The best of `count` attempts, each in a process of its own. Its SVG, or its problem, is to be
 * freed by attempt_free. */
struct attempt hold_contest(GVC_t *graphviz, const struct wish *wish, size_t count);
void attempt_free(struct attempt *attempt);
/* Writes all bytes to a descriptor; false where it takes no more. */
bool send_all(int end, const void *bytes, size_t length);

#endif
