/* Writes one change of a comparison in words, as an item of a list. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DIFF_ITEMS_H
#define EMIT_DIFF_ITEMS_H

#include "emit/diff.h"
#include "emit/document_words.h"

struct diff_view {
    struct document *document;
    const struct comparison *comparison;
    bool all; /* lists each change; else long sections end with how many more there are */
};

/* Returns the tier in the new model where the question is open there, and else the one it had in
 * the old model. */
int question_change_tier(const struct question_change *change);
/* "`S@pay/replay` (tier 1): What ...?" */
void put_question_change(struct diff_view *view, const struct question_change *change);
/* The id and the text are those of the new model where the question is open there, and else those
 * of the old one. */
struct slice question_change_id(struct arena *arena, const struct comparison *comparison,
                                const struct question_change *change);
struct slice question_change_text(struct arena *arena, const struct comparison *comparison,
                                  const struct question_change *change);

/* "`pay`", or "the policy" of a declaration that has no id. */
void put_id_or_kind(struct diff_view *view, const struct decl *decl);
/* Returns whether only people read what was stated, as a description or a link. What the compiler
 * or the gate reads is none: authors, rule packs, ids it had before, warnings that are allowed. */
bool statement_is_wording(const struct statement_change *change);
/* "`webhook`: `auth` was `signature`, is `none`" */
void put_statement_change(struct diff_view *view, const struct statement_change *change);

/* "`pay` enters `vpc` (inward), which is new" */
void put_crossing_change(struct diff_view *view, const struct crossing_change *change);

/* "process API (`api`) in `vpc`; `kind: api`": what it states comes only `with_statements`. */
void put_declaration(struct diff_view *view, const struct decl *decl, bool with_statements);
/* Returns whether a declaration of both models differs in its id, its kind, its place, or in what
 * it joins. */
bool decl_change_has_structure(const struct decl_change *change);
/* "`admin`: is in `net`, was in `office`" */
void put_structure_change(struct diff_view *view, const struct decl_change *change);
/* "`shop`: the label was 'Shop', is not stated" */
void put_label_change(struct diff_view *view, const struct decl_change *change);

/* Returns what is in doubt about a decision now and was not before. A decision that was just added
 * is in no doubt for having no basis yet. */
unsigned decision_doubts(const struct decision_change *change);
/* "`S-1` is stale: `webhook.auth` was `signature`, is `none`" */
void put_decision_doubts(struct diff_view *view, const struct decision_change *change);
/* "threat Forged webhook (`S-1`), critical, unmitigated" */
void put_decision(struct diff_view *view, const struct decision_change *change);
/* Returns whether its state, its priority or its standing differs, and not only what it states. */
bool decision_has_outcome(const struct decision_change *change);
/* "`S-1`: is mitigated, was planned" */
void put_decision_outcome(struct diff_view *view, const struct decision_change *change);
/* "threat", "dismissal" */
struct slice decision_noun(const struct decl *decl);
/* " of `S@pay/replay` and 2 more": of what has no id of its own. */
void put_what_it_names(struct diff_view *view, const struct decl *decl);

#endif
