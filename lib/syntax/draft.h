/* A declaration of a triage file as text in house style: a new one, or one that is there with other
 * lists in it. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_DRAFT_H
#define SYNTAX_DRAFT_H

#include "diag/diag.h"
#include "model/kind.h"
#include "syntax/edit.h"

/* What a declaration states. */
struct statement {
    enum attribute_id id;
    const struct slice *values;
    size_t count;
};

struct draft {
    enum kind kind;
    struct slice id, label; /* "": none */
    const struct statement *statements;
    size_t count;
};

/* Without a line break at the end. `tree` is set to what it reads as: one item, unless there are
 * problems, such as a list that is too long to be read. */
struct slice draft_text(struct diagnostics *problems, const struct draft *draft,
                        const struct tree **tree);
/* The statement's value, spelled: a list in brackets where it takes one. */
struct slice spell_values(struct arena *arena, const struct statement *statement);
/* Another id and label, unless they are "", and other values for attributes of a declaration on the
 * outermost level, of the draft's kind; an attribute without values stays as it is. The rest of it
 * stays, or is broken into lines where house style has that. False where it cannot be changed
 * safely. */
bool edit_declaration(struct edit *edit, const struct item *item, const struct draft *draft);
/* Another label for a declaration that has an id. */
void edit_label(struct edit *edit, const struct item *item, struct slice label);

#endif
