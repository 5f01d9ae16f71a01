/* Printing for people: colour, width, and text that must not steer a terminal. */
// SPDX-License-Identifier: MIT
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Text of others, such as a file's name, on one line: what steers a terminal, hides or reorders
 * text is shown, not sent. */
void print_text(FILE *stream, const char *text);
/* A file's name in a command that somebody may copy. */
void print_argument(FILE *stream, const char *path);
/* `choice` is auto, always or never; auto asks the stream, NO_COLOR and TERM. */
bool color_wanted(const char *choice, FILE *stream);
/* Whether TERM names a terminal on which a line can be written over. */
bool terminal_moves(void);
/* Columns of the terminal that standard output goes to; 0 when there is none. */
int terminal_width(void);
int terminal_height(void); /* its lines; 0 likewise */
/* Standard error, after what was printed to standard output before: both may be one pipe. All that
 * goes there goes by this. */
FILE *error_stream(void);
/* A stridec_sink; the context is a FILE. */
bool print_to_stream(void *stream, const char *at, size_t length);
/* The same to error_stream(); no context. */
bool print_to_errors(void *context, const char *at, size_t length);

#endif
