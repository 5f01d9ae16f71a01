/* Checks that must hold for every edit: the text reads again without new mistakes, says what it
 * said with the one change, and no comment is lost. */
// SPDX-License-Identifier: MIT
#ifndef MODELS_EDIT_ORACLE_H
#define MODELS_EDIT_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

/* Tries each sort of edit on each declaration of the text (at most `limit` of them), or none where
 * it does not read without mistakes. The path decides between the forms. NULL, or what is wrong, to
 * be freed. `tried` counts edits that were made. */
char *check_edits(const char *path, const char *text, size_t length, size_t limit, size_t *tried);

#endif
