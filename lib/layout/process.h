/* The program as a process: see process.c. */
// SPDX-License-Identifier: MIT
#ifndef LAYOUT_PROCESS_H
#define LAYOUT_PROCESS_H

#include "layout/layout.h"

/* NULL, or why it could not be started: a sentence. */
const char *process_start(struct arena *arena, struct layout_process *process, const char *program);
/* Whether it is this program that was started, by this process and not by one that it is a copy of;
 * any other is ended. */
bool process_is_there(struct layout_process *process, const char *program);
void close_end(int *end);

#endif
