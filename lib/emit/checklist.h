/* The open items of a model, kept in a list of somebody else's. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_CHECKLIST_H
#define EMIT_CHECKLIST_H

#include "emit/emit.h"

/* Writes the list with the model's open items between two lines that name the model; they are added
 * at its end where it has none. All else stays as it is. False, and nothing written, where the
 * lines are no pair. */
bool write_checklist(const struct emission *emission, struct slice list);

/* How a list stands. */
enum list_state {
    LIST_CURRENT, /* write_checklist() would change nothing, or has nothing to add */
    LIST_BEHIND,  /* the items are others by now */
    LIST_WITHOUT, /* there are open items, and none of its lines names the model */
    LIST_NO_PAIR  /* its lines are no pair */
};
/* Finds that out. `first` is the line above the items in the list; empty where there is none. */
enum list_state judge_checklist(const struct emission *emission, struct slice list,
                                struct slice *first);

#endif
