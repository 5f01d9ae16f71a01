/* Where new declarations go in a triage file: to their sorted place, under a comment line that
 * names their subject. What is there stays as it is. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_INSERT_H
#define SYNTAX_INSERT_H

#include "base/writer.h"
#include "syntax/edit.h"
#include "syntax/sort.h"

/* A stub is comments about a question that nobody has decided: its first line names the question,
 * the others go on. */
#define STUB_HEAD "# todo "
#define STUB_LINE "#   "

struct new_decision {
    const struct tree *tree;   /* of the text: one item */
    struct slice text;         /* in house style, its line breaks \n, none at the end */
    struct slice subject_line; /* "# webhook: POST /webhooks/stripe" */
    bool is_stub;              /* the text is one, and the tree what it is about */
    struct sort_key key;       /* set by insert_decisions() */
};

/* Adds the insertions to the edit, for a file in whatever order: beside others about the same
 * subject, else after all whose subjects come before. Sorts the list. */
void insert_decisions(struct edit *edit, struct new_decision *list, size_t count);
/* "# webhook: POST /webhooks/stripe", for the first decision about a subject. */
struct slice subject_line(struct arena *arena, struct slice subject, struct slice label);
/* A decision with its own comments, without the line that names the subject and without the last
 * line break. */
struct slice decision_text(const struct edit *edit, const struct item *item, struct slice subject);
/* The stubs of a file: id of the question -> struct span of its lines. */
void find_stubs(struct edit *edit, struct table *stubs);
/* The lines that name a subject, and stubs about one, name it by the id that is returned. */
void rename_subject_lines(struct edit *edit, struct slice (*renew)(void *context, struct slice id),
                          void *context);
/* Removes a decision with its own comments; the line that names the subject stays for what takes
 * its place. */
void remove_decision(struct edit *edit, const struct item *item, struct slice subject);
/* The same of one about no subject, with the empty line that sets it off. */
void remove_lone_decision(struct edit *edit, const struct item *item);
/* Puts another one in its place, of a text as in `new_decision`; its comments stay. */
void replace_decision(struct edit *edit, const struct item *item, struct slice text);

#endif
