/* The decision about a question as cells of a table, which a spreadsheet or a tracker shows, and
 * gives back with more in them. A threat, what is done about it and the risk that somebody takes
 * are one answer: each column is about one kind of declaration among them. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_ANSWER_CELLS_H
#define EMIT_ANSWER_CELLS_H

#include "analysis/decisions.h"

enum answer_column {
#define ANSWER_COLUMN(name, threat, mitigation, risk, dismiss, baseline, about) COLUMN_##name,
#include "emit/answer_columns.def"
#undef ANSWER_COLUMN
    ANSWER_COLUMN_COUNT
};

/* In place of an attribute. */
enum { ATTRIBUTE_NOTHING = ATTRIBUTE_COUNT, ATTRIBUTE_LABEL };

struct answer_column_row {
    const char *name;
    int threat, mitigation, risk, dismiss, baseline; /* enum attribute_id, or one of those above */
};
extern const struct answer_column_row answer_columns[ANSWER_COLUMN_COUNT];

struct answer_word {
    const char *word;
    enum kind kind;
    const char *decision; /* of a risk */
};
extern const struct answer_word answer_word_rows[];
extern const size_t answer_word_count;
/* NULL when there is none of this word. */
const struct answer_word *answer_word_find(struct slice word);

/* What answers a question: declarations of one kind, or a threat with all that is about it. */
struct question_answer {
    const struct answer_word *word; /* NULL: nothing does */
    struct decl_list threats, mitigations, risks, others;
};
/* `verdict` may be NULL. */
struct question_answer answer_of(struct arena *arena, const struct verdict_on *verdict);
/* The attribute that a kind has for a column. */
int column_attribute(enum answer_column column, enum kind kind);
/* The kind that states a column of an answer with this word: its own, or else that of the threat;
 * KIND_COUNT: none does. */
enum kind column_kind(const struct answer_word *word, enum answer_column column);
/* The declarations of a kind in the answer. */
const struct decl_list *answer_list(const struct question_answer *answer, enum kind kind);
/* The declarations that a column of the answer is about: those of the word's kind; of the threat
 * where that kind has no such attribute, or only the threat states it. */
const struct decl_list *column_holders(const struct question_answer *answer,
                                       enum answer_column column);
/* The text of the column; where declarations differ, all of theirs with semicolons between. */
struct slice column_text(struct arena *arena, const struct question_answer *answer,
                         enum answer_column column);
struct slice list_text(struct arena *arena, const struct decl_list *list,
                       enum answer_column column);
/* Of one declaration. */
struct slice column_text_of(const struct decl *decl, enum answer_column column);

#endif
