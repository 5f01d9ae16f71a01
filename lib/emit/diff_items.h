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

/* The id of a declaration, or its kind where it has none. */
void put_id_or_kind(struct diff_view *view, const struct decl *decl);
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

/* What is doubtful of a decision that was not before; of one that was added, that it has no basis
 * yet does not count. */
unsigned decision_doubts(const struct decision_change *change);
/* "`S-1` is stale: `webhook.auth` was `signature`, is `none`" */
void put_decision_doubts(struct diff_view *view, const struct decision_change *change);
/* "threat Forged webhook (`S-1`), critical, unmitigated" */
void put_decision(struct diff_view *view, const struct decision_change *change);
/* Whether more of a decision differs than what it states. */
bool decision_has_outcome(const struct decision_change *change);
/* "`S-1`: is mitigated, was planned" */
void put_decision_outcome(struct diff_view *view, const struct decision_change *change);
/* "threat", "dismissal" */
struct slice decision_noun(const struct decl *decl);

#endif
