/* A file is written as a temporary beside it which then takes its name. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REPLACE_H
#define CLI_REPLACE_H

#include "target.h"

/* False, after a complaint, when the file stays as it is. */
bool replace(const struct target *target, const struct text *content);
/* All of the files or none: each is written beside its own before the first takes its name; when
 * one cannot take it, those before it get back what they were. */
bool replace_all(const struct writing *writings, size_t count);
/* Removes what runs that were killed have left in the folder of this file. */
void sweep_beside(const char *file);

#endif
