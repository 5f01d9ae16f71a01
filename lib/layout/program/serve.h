/* See serve.c. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_SERVE_H
#define PROGRAM_SERVE_H

#include <graphviz/gvc.h>

enum exit_code { DONE = 0, NOT_LAID_OUT = 2, MISUSE = 3, FAILURE = 4 };

/* A sentence on standard error, and the end. */
_Noreturn void leave(enum exit_code code, const char *problem);
/* Draws what standard input asks for, until it ends. */
_Noreturn void serve(GVC_t *graphviz);

#endif
