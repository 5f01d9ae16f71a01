/* How much time has gone by. */
// SPDX-License-Identifier: MIT
#ifndef CLI_CLOCK_H
#define CLI_CLOCK_H

/* Milliseconds by a clock that nobody sets; only differences mean something. */
long milliseconds(void);

#endif
