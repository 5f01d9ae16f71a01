/* Changes to the texts of a project: what is to be written, and never a text that reads worse than
 * before. Nothing is written anywhere. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_EDITS_H
#define PROJECT_EDITS_H

#include "project/places.h"
#include "syntax/edit.h"

struct text_change {
    const struct unit *unit;
    struct change change;
};

struct text_changes {
    ARRAY_OF(struct text_change) list; /* by file; no two overlap */
};

enum edited {
    EDITED,
    NOTHING_SUCH, /* no such id, attribute or value, or a name that is taken or is none */
    NO_PLACE      /* the text has no place where that can be written safely */
};

/* Each takes the place of the changes before it. `id` may be that of an imported element.
 * NOTHING_SUCH: `refusal` of the project says why. */
enum edited project_state(struct project *project, struct slice id, struct slice attribute,
                          struct slice value);
/* `boundary`: "" on the outermost level of the model's own file. */
enum edited project_declare(struct project *project, struct slice kind, struct slice id,
                            struct slice label, struct slice boundary);
/* By an id of the model, or by a place where it stands, which may also be that of a rule or letter.
 */
enum edited project_rename(struct project *project, struct slice id, struct slice to);
enum edited project_rename_at(struct project *project, const struct unit *unit, uint32_t offset,
                              struct slice to);
/* Parts of each edit. The first drops the changes and the refusal of the edit before. */
void edits_begin(struct project *project);
/* What an id of the model means; NULL, and the edit is refused, where it means nothing. */
const struct decl *edits_find(struct project *project, struct slice id);
/* Notes the sentence that says why the edit is refused. Returns false. */
bool edits_refuse(struct project *project, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds the changes of one file. */
void edits_take(struct project *project, const struct unit *unit, struct edit *edit);
/* The last: drops all changes where a text would read worse than before. */
enum edited edits_check(struct project *project);

/* The text of a file with the changes made. */
void project_write_changed(struct project *project, const struct unit *unit, struct writer *writer);
/* The change that mends a diagnostic, in the form of its file. False where none is known. */
bool diagnostic_fix(struct project *project, const struct diagnostic *diagnostic,
                    struct text_change *fix);

#endif
