/* What is shown at a terminal, a screen at a time. */
// SPDX-License-Identifier: MIT
#ifndef CLI_SCREEN_H
#define CLI_SCREEN_H

#include "text.h"

void screen_clear(void);
/* Prints the text of a question, whose lines are broken already, in at most this many lines; 0: in
 * as many as it has. Its head, its question and the facts stay as long as they can: what is left
 * out of the rest is shown by a line of dots. */
void screen_question(const struct text *text, size_t most);
/* Prints a message in lines of 80 columns, which break at blanks only, and so never inside of a
 * code. */
void screen_message(const char *message);
/* How many lines that takes. */
size_t screen_lines(const char *message);

#endif
