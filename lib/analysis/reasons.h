/* The question of a row and the reason for its state, in words about this system. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_REASONS_H
#define ANALYSIS_REASONS_H

#include "analysis/rows.h"

/* The pattern whose question comes first: of an open row the first open one, else the first covered
 * one; NULL where none asks anything. Possible patterns ask nothing. */
const struct pattern *row_first(const struct rows *rows, const struct row *row);
/* Its question; or what the row is about, "Denial of service: report", for a title. */
struct slice row_title(struct arena *arena, const struct rows *rows, const struct row *row);
/* Its question; of an open row without one why nothing is asked, of a folded one where it is. Every
 * output that has one line for a row has this one. */
struct slice row_question(struct arena *arena, const struct rows *rows, const struct row *row);

/* "S@webhook/forged_caller", the key of decisions. */
struct slice pattern_key(struct arena *arena, const struct rows *rows,
                         const struct pattern *pattern);
/* The question that a pattern asks, or the row itself where it is NULL: its id, "S@webhook" of a
 * row, and its words, those of the row where its rule has none. */
struct slice question_id(struct arena *arena, const struct rows *rows, const struct row *row,
                         const struct pattern *pattern);
struct slice question_text(struct arena *arena, const struct rows *rows, const struct row *row,
                           const struct pattern *pattern);
/* The id of the pattern that is asked in place of a yielded one: short when both stand in one row,
 * else its pattern_key(). */
struct slice successor_id(struct arena *arena, const struct rows *rows,
                          const struct pattern *pattern);
/* The rows that a folded one folds into: how many there are; `list` gets up to `limit` of them. */
size_t rows_to_see(const struct rows *rows, const struct row *row, const struct row **list,
                   size_t limit);

/* Why the row does not apply or is out of scope; of any other row what crosses or calls there, and
 * which facts would settle it. */
struct slice row_reason(struct arena *arena, const struct rows *rows, const struct row *row);

#endif
