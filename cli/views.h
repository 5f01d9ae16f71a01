/* The pictures of a model's views, each beside that of the whole: pay.front.svg beside pay.svg. */
// SPDX-License-Identifier: MIT
#ifndef CLI_VIEWS_H
#define CLI_VIEWS_H

#include "parts.h"

/* Draws them all. False when one cannot be drawn: the session knows why. Always needs
 * parts_close. */
bool views_make(struct part_pictures *views, struct session *session, const char *picture,
                bool force);
/* "../pictures/pay.*.svg" */
char *views_link(const char *document, const char *picture);

#endif
