/* Changes to the text of a model, as splices: order, comments, style, BOM and line ends stay as
 * they are, and nothing but the touched words differs. Both forms. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_EDIT_H
#define SYNTAX_EDIT_H

#include "model/kind.h"
#include "tree/tree.h"

/* The bytes of the span become the text; an empty span is an insertion. */
struct change {
    struct span span;
    struct slice text;
};

/* Of YAML: the section that a line lies in, so that many edits in order of the text do not each
 * look for it up to the beginning. */
struct known_section {
    bool known;
    uint32_t line, colon;
};

struct edit {
    struct arena *arena;
    const struct tree *tree;
    bool is_yaml;
    struct known_section *section;   /* NULL: nothing is kept */
    ARRAY_OF(struct change) changes; /* in any order; no two overlap */
};

struct edit edit_of(struct arena *arena, const struct tree *tree);

/* Each is false, and changes nothing, where the text has no place that can be changed safely: a
 * block that is not closed, say, or a key that YAML writes with '?'. */

/* States an attribute of a declaration. One that is there gets the value instead of its own, or
 * beside its own where `adds` says that it takes several. */
bool edit_state(struct edit *edit, const struct item *declaration, struct slice name,
                struct slice value, bool adds);
/* States an attribute that is not there: one value, or a list of them. The values are words that
 * are known, so that neither form has to quote them. */
bool edit_state_new(struct edit *edit, const struct item *declaration, struct slice name,
                    struct slice value);
/* Names the place that shows a fact of the declaration, in its block `evidence`. */
bool edit_evidence(struct edit *edit, const struct item *declaration, struct slice fact,
                   struct slice place);
/* Adds several values to a list, of those that it does not have; in YAML also a list that is not
 * there yet. */
bool edit_add_values(struct edit *edit, const struct item *declaration, struct slice name,
                     const struct slice *values, size_t count);
/* In YAML: a list of these, in place of the whole value that is there. */
bool replace_list_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                          const struct slice *values, size_t count);
/* The value of an attribute, spelled in the DSL, in place of the whole one that is there. */
bool edit_spell(struct edit *edit, const struct item *declaration, struct slice name,
                struct slice value);
/* What a value says, and how the DSL spells it. */
struct spelled_value {
    struct slice says, spelled;
};
/* Other values for a list of the DSL: those that stay keep their places, lines and comments. False
 * as well where nothing stays that would have to be kept. */
bool edit_list(struct edit *edit, const struct item *declaration, struct slice name,
               const struct spelled_value *values, size_t count);
/* Another word or string for one that is there. */
bool edit_word(struct edit *edit, struct span word, struct slice text);
/* Declares something of a kind that has a name and a label: in a boundary, or NULL on the outermost
 * level, after the others of its kind. */
bool edit_declare(struct edit *edit, const struct item *boundary, enum kind kind, struct slice id,
                  struct slice label);
/* Removes an attribute or declaration with its comments; `block` is the one that it stands in. */
bool edit_remove(struct edit *edit, const struct block *block, const struct item *item);

/* Puts the changes in order of the text. */
void edit_sort(struct edit *edit);
/* The text with all changes made, with its BOM. */
struct slice edit_apply(struct edit *edit);

#endif
