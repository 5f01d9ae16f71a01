/* What a run says to code hosts and build servers, by --output FORMAT=FILE: gathered while it goes
 * on, and written at its end, also when something is wrong. A run has one of these at most. */
// SPDX-License-Identifier: MIT
#ifndef CLI_HOSTS_H
#define CLI_HOSTS_H

#include "session.h"

/* Begins to gather when outputs are wanted. False, after a complaint, when they cannot all be had:
 * then the outcome of the run is set. */
bool hosts_begin(struct invocation *run);
/* One of the outputs goes to standard output, which has nothing else then. */
bool hosts_print(void);
/* Which file it is that complaints are about, until the next one. */
void hosts_turn_to(const char *path);
/* What is wrong with the file; without a compilation: nothing. */
void hosts_take(stridec *compilation);
/* Writes all outputs; returns the outcome, or what became of it. */
enum outcome hosts_end(enum outcome outcome, bool force);

#endif
