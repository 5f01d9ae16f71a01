/* The pictures of a model's views, each beside that of the whole: pay.front.svg beside pay.svg. */
// SPDX-License-Identifier: MIT
#ifndef CLI_VIEWS_H
#define CLI_VIEWS_H

#include "generated.h"

struct view_pictures {
    char **paths;
    struct product *products;
    size_t count, made;
};

/* "pay.svg", "front" -> "pay.front.svg" */
char *path_of_part(const char *picture, const char *id);
/* Draws them all. False when one cannot be drawn: the session knows why. Always needs views_close.
 */
bool views_make(struct view_pictures *views, struct session *session, const char *picture,
                bool force);
/* "../pictures/pay.*.svg" */
char *views_link(const char *document, const char *picture);
bool views_may_replace(const struct view_pictures *views, struct session *session, bool force);
void views_close(struct view_pictures *views);

#endif
