/* Single keys from a terminal, which is given back as it was, however the program ends. */
// SPDX-License-Identifier: MIT
#ifndef CLI_KEYBOARD_H
#define CLI_KEYBOARD_H

#include "text.h"

/* Keys arrive one by one and are not shown. False where standard input is no terminal. */
bool keyboard_open(void);
void keyboard_close(void);
/* What an interrupt prints before it ends the program; NULL: nothing. It is not copied. */
void keyboard_farewell(const char *line);
/* A character, '\n' for Enter, 27 for Escape, or one of these: */
enum {
    KEYBOARD_END = -1,
    KEYBOARD_OTHER = -2, /* a key that sends more, such as an arrow, or a text that was pasted */
};
int keyboard_key(void);
/* What has been typed so far is no answer to what is shown next. */
void keyboard_forget(void);
/* Whether the terminal may show something else by now, as after a pause (^Z). */
bool keyboard_was_paused(void);
/* A line that is shown as it is typed or pasted; Backspace, ^W and ^U take back. False, and nothing
 * of it, when it is given up by Escape, or at the end. */
bool keyboard_line(struct text *line);

#endif
