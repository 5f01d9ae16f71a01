/* Checks that must hold when a declaration gets another id. */
// SPDX-License-Identifier: MIT
#ifndef MODELS_RENAME_ORACLE_H
#define MODELS_RENAME_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

struct model_text {
    const char *path, *at; /* of the model */
    size_t length;
    const char *decisions; /* beside it */
    size_t decisions_length;
};

/* Renames the declaration with this number, over again from the first one after the last. The model
 * compiles as before and asks the same, each decision stands as before; so it does where nobody has
 * changed the decisions, as they know the ids of the past, and where the model forgets its past.
 * NULL, or what is wrong, to be freed. `renamed`: false where the model does not compile or has no
 * such declaration, or the new id was refused. */
char *check_rename(const struct model_text *text, size_t number, bool *renamed);

#endif
