/* Looking around in a text, as both halves of the editor do it (edit.c, edit_yaml.c). */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_EDIT_TEXT_H
#define SYNTAX_EDIT_TEXT_H

#include "syntax/edit.h"

static inline char edit_char(const struct edit *edit, uint32_t at) {
    struct slice text = edit->tree->source->text;
    return at < text.length ? text.at[at] : '\0';
}
static inline uint32_t edit_length(const struct edit *edit) {
    return (uint32_t)edit->tree->source->text.length;
}
/* Where the line of `at` begins, and where it ends: before its line break. */
uint32_t line_start(const struct edit *edit, uint32_t at);
uint32_t line_end(const struct edit *edit, uint32_t at);
/* After its line break. */
uint32_t next_line(const struct edit *edit, uint32_t at);
/* Over blanks and tabs. */
uint32_t skip_blanks_at(const struct edit *edit, uint32_t at);
/* Over blanks, line breaks and comments. */
uint32_t skip_to_token(const struct edit *edit, uint32_t at);
/* Whether nothing but blanks, or a comment after a blank, stands between `at` and its line's end.
 */
bool is_rest_empty(const struct edit *edit, uint32_t at);
bool begins_line(const struct edit *edit, uint32_t at);
/* The blanks that the line of `at` begins with. */
struct slice indentation(const struct edit *edit, uint32_t at);
/* "\n", or "\r\n" where the text has that. */
struct slice newline_of(const struct edit *edit);
/* Where the comments directly before the item begin, or the item itself. */
uint32_t start_with_comments(const struct edit *edit, const struct item *item);
void add_change(struct edit *edit, uint32_t start, uint32_t end, struct slice text);
/* The attribute of that name in the declaration's block, or NULL. */
const struct item *find_attribute(const struct item *declaration, struct slice name);

/* The block that names the places of its facts, or NULL. */
const struct item *find_evidence(const struct item *declaration);

/* Whether the value is this one, or a list that has it. */
bool has_value(const struct value *value, struct slice wanted);
/* NULL where there is none. */
const struct value *last_value(const struct value *list);
/* Anywhere between its brackets. */
bool list_has_comments(const struct value *list);
/* The last declaration of the kind on the outermost level, or NULL. */
const struct item *last_of_kind(const struct edit *edit, enum kind kind);

/* The form's own halves of what edit.h declares. */
bool state_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                   const struct slice *values, size_t count, bool adds);
bool state_new_in_yaml(struct edit *edit, const struct item *declaration, struct slice name,
                       struct slice value);
bool evidence_in_yaml(struct edit *edit, const struct item *declaration, struct slice fact,
                      struct slice place);
bool declare_in_yaml(struct edit *edit, const struct item *boundary, enum kind kind,
                     struct slice id, struct slice label);
bool word_in_yaml(struct edit *edit, struct span word, struct slice text);
bool remove_in_yaml(struct edit *edit, const struct block *block, const struct item *item);

#endif
