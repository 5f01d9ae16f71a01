/* Hints at the meaning of unknown words. A hint never leads to something safer or less safe than
 * the word that was written. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_HINTS_H
#define SYNTAX_HINTS_H

#include "diag/diag.h"
#include "model/kind.h"
#include "tree/tree.h"

/* The known values of the attribute, or where they are listed; first the one that may be meant. */
void hint_values(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                 enum attribute_id id, struct slice typed);
/* "write 'yes'" for `true`, and so on. */
void hint_yes_or_no(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                    struct slice typed);
/* Hints at our name of an attribute that this kind does not have under the name of `item`.
 * `is_yaml`: label and ends are keys. */
void hint_attribute(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                    const struct attribute_index *index, enum kind kind, const struct item *item,
                    bool is_yaml);

#endif
