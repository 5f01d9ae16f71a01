/* What the ending of a file's name says, whatever its case. */
// SPDX-License-Identifier: MIT
#ifndef CLI_ENDINGS_H
#define CLI_ENDINGS_H

#include <stddef.h>

/* "dfd" or "yaml" for the name of a model; NULL when it does not say. */
const char *form_of_ending(const char *path);
/* How much of the name stands before its ending as a model: all of it when it has none. */
size_t length_without_form(const char *path);
/* The ending with its dot; "" when there is none. */
const char *ending_of(const char *path);

/* The format of stridec_format_at() whose files end so; NULL when there is none. */
const char *known_format_of_ending(const char *path);
/* The format of stridec_format_at() that an output is written in. `named` is that of --format,
 * which decides; else the ending does; `preset` where `path` is NULL or has none. NULL, after a
 * complaint, when the ending is no format's. `choices` is "svg|dot", or NULL for all there are. */
const char *format_of_output(const char *path, const char *named, const char *preset,
                             const char *choices);

#endif
