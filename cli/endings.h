/* The meaning of the ending of a file's name, whatever its case. */
// SPDX-License-Identifier: MIT
#ifndef CLI_ENDINGS_H
#define CLI_ENDINGS_H

#include <stdbool.h>

/* "dfd" or "yaml" for the name of a model; NULL when it does not say. */
const char *form_of_ending(const char *path);
/* "a/pay.dfd" -> "a/pay.svg", to be freed by the caller; only the ending of a model is taken off.
 */
char *path_of_picture(const char *model);
/* "a/pay.html", likewise. */
char *path_of_page(const char *model);
/* The ending with its dot; "" when there is none. */
const char *ending_of(const char *path);

/* The format of stridec_format_at() whose files end so; NULL when there is none. */
const char *known_format_of_ending(const char *path);
/* The format of stridec_format_at() that an output is written in. `named` is that of --format,
 * which decides; else the ending does; `preset` where `path` is NULL or has none. NULL, after a
 * complaint, when the ending is no format's. `pictures`: only formats that are one. */
const char *format_of_output(const char *path, const char *named, const char *preset,
                             bool pictures);

#endif
