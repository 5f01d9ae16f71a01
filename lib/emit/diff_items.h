/* One change of a comparison in words, as an item of a list. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DIFF_ITEMS_H
#define EMIT_DIFF_ITEMS_H

#include "emit/diff.h"
#include "emit/document_words.h"

struct diff_view {
    struct document *document;
    const struct comparison *comparison;
    bool all; /* nothing is only counted */
};

/* The tier where it is open, or was. */
int question_change_tier(const struct question_change *change);
/* "`S@pay/replay` (tier 1): What ...?" */
void put_question_change(struct diff_view *view, const struct question_change *change);
/* The id of the question, where it is open, or else where it was. */
struct slice question_change_id(struct arena *arena, const struct comparison *comparison,
                                const struct question_change *change);
struct slice question_change_text(struct arena *arena, const struct comparison *comparison,
                                  const struct question_change *change);

/* Whether only people read it: a label, a description. */
bool statement_is_wording(const struct statement_change *change);
/* "`webhook`: `auth` was `signature`, is `none`" */
void put_statement_change(struct diff_view *view, const struct statement_change *change);

/* "`pay` enters AWS VPC, which it did not before" */
void put_crossing_change(struct diff_view *view, const struct crossing_change *change);

/* "process API (`api`) in `vpc`", with what it states of itself where that is asked for. */
void put_declaration(struct diff_view *view, const struct decl *decl, bool with_statements);
bool decl_change_has_structure(const struct decl_change *change);
/* Its id, kind, place, and what it joins, as far as they differ. */
void put_structure_change(struct diff_view *view, const struct decl_change *change);
void put_label_change(struct diff_view *view, const struct decl_change *change);

#endif
