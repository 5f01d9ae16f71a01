/* The open items of a model, kept in a list of somebody else's. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_CHECKLIST_H
#define EMIT_CHECKLIST_H

#include "emit/emit.h"

/* Writes the list with the model's open items between two lines that name the model; they are added
 * at its end where it has none. All else stays as it is. False, and nothing written, where the
 * lines are no pair. */
bool write_checklist(const struct emission *emission, struct slice list);

#endif
