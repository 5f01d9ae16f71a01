/* Finds which decision answers which question. A verdict is kept by the address of a pattern, or of
 * a row without patterns. */
// SPDX-License-Identifier: MIT
#include "analysis/answers.h"

#include "analysis/finder.h"
#include "analysis/patterns.h"
#include "analysis/score.h"

/* ---- verdicts ---------------------------------------------------------------------------- */

static bool is_bare(const struct row *row) {
    return !row->open && !row->covered;
}

/* NULL where the target decides nothing: it is gone, or its row has questions of its own. */
static const void *place_of_verdict(const struct decisions *decisions,
                                    const struct target *target) {
    if (target->pattern || !target->subject || target->rule)
        return target->pattern;
    const struct row *row = row_of(decisions->rows, target->subject, target->letter);
    return is_bare(row) ? row : NULL;
}

/* The word that names the target stands in the decision that is about it. */
static const struct word *word_in(const struct decision *decision, const void *place,
                                  const struct decisions *decisions) {
    for (size_t i = 0; i < decision->target_count; i++)
        if (place_of_verdict(decisions, &decision->targets[i]) == place)
            return decision->targets[i].word;
    return decision->targets->word;
}

static void report_conflict(struct diagnostics *diagnostics, const struct decisions *decisions,
                            const struct decision *decision, const struct target *target,
                            const struct decision *first) {
    if (diag_is_full(diagnostics))
        return; /* a long list may be decided otherwise one by one */
    const struct word *other = word_in(first, place_of_verdict(decisions, target), decisions);
    struct diagnostic *added =
        diag_add(diagnostics, DIAG_conflict, decl_source(decision->decl), word_span(target->word),
                 ARGS(word_text(target->word), slice_of(kind_rows[first->decl->kind].article),
                      slice_of(kind_rows[decision->decl->kind].article)));
    diag_note(diagnostics, added, decl_source(first->decl), word_span(other), "%s is here",
              kind_rows[first->decl->kind].article);
}

/* NULL, and reported, when it is decided in another way; NULL alone when this decision names it
 * twice. */
static struct verdict_on *add_verdict(struct diagnostics *diagnostics, struct decisions *decisions,
                                      struct decision *decision, const struct target *target,
                                      enum answer answer) {
    struct arena *arena = diagnostics->arena;
    const void *place = place_of_verdict(decisions, target);
    if (!place)
        return NULL;
    struct verdict_on *verdict = table_get(&decisions->verdicts, address_key(&place));
    if (!verdict) {
        verdict = ARENA_NEW(arena, struct verdict_on);
        verdict->answer = answer;
        verdict->first = decision;
        verdict->row = row_of(decisions->rows, target->subject, target->letter);
        *ARRAY_ADD(arena, &decisions->answered) = verdict;
        return table_intern(arena, &decisions->verdicts, kept_address(arena, place), verdict);
    }
    if (verdict->first->decl == decision->decl)
        return NULL;
    if (verdict->answer == answer && answer != ANSWER_DISMISSED)
        return verdict;
    report_conflict(diagnostics, decisions, decision, target, verdict->first);
    return NULL;
}

/* What it says of other rows waits until all that is about their own questions is known. */
static void keep_folded(struct arena *arena, struct decisions *decisions,
                        const struct folded_answer *folded) {
    if (folded->target->folded_count)
        *ARRAY_ADD(arena, &decisions->folded) = *folded;
}

void answer_targets(struct diagnostics *diagnostics, struct decisions *decisions,
                    struct decision *decision, enum answer answer) {
    unsigned voids =
        answer == ANSWER_BASELINED ? STANDS_STALE | STANDS_NEARER : (unsigned)STANDS_STALE;
    for (size_t i = 0; i < decision->target_count; i++) {
        const struct target *target = &decision->targets[i];
        struct verdict_on *verdict = add_verdict(diagnostics, decisions, decision, target, answer);
        bool holds = !(target->standing & voids);
        if (verdict)
            verdict->holds |= holds;
        keep_folded(diagnostics->arena, decisions,
                    &(struct folded_answer){decision, target, answer, holds, NULL});
    }
}

/* It may name the question twice. */
static void add_threat(struct arena *arena, struct verdict_on *verdict, struct threat *threat) {
    size_t count = verdict->threats.count;
    if (!count || verdict->threats.items[count - 1] != threat)
        *ARRAY_ADD(arena, &verdict->threats) = threat;
}

void answer_threat(struct diagnostics *diagnostics, struct decisions *decisions,
                   struct threat *threat) {
    struct decision *decision = &threat->decision;
    for (size_t i = 0; i < decision->target_count && !threat->loose; i++) {
        const struct target *target = &decision->targets[i];
        struct verdict_on *verdict =
            add_verdict(diagnostics, decisions, decision, target, ANSWER_THREAT);
        bool holds = threat->state != THREAT_ACCEPTED || target->accepted;
        keep_folded(diagnostics->arena, decisions,
                    &(struct folded_answer){decision, target, ANSWER_THREAT, holds, threat});
        if (!verdict)
            continue;
        verdict->holds |= holds;
        add_threat(diagnostics->arena, verdict, threat);
    }
}

/* Unless somebody has decided about the question itself, or in another way. */
static void answer_folded(struct arena *arena, struct decisions *decisions,
                          const struct folded_answer *folded, struct pattern *pattern) {
    const void *place = pattern;
    struct verdict_on *verdict = table_get(&decisions->verdicts, address_key(&place));
    if (!verdict) {
        verdict = ARENA_NEW(arena, struct verdict_on);
        *verdict = (struct verdict_on){.answer = folded->answer,
                                       .first = folded->decision,
                                       .row = row_of_pattern(decisions->rows, pattern),
                                       .through = folded->target};
        *ARRAY_ADD(arena, &decisions->answered) = verdict;
        table_intern(arena, &decisions->verdicts, kept_address(arena, place), verdict);
    } else if (!verdict->through || verdict->answer != folded->answer ||
               (!folded->threat && verdict->first == folded->decision) ||
               folded->answer == ANSWER_DISMISSED) {
        return;
    }
    verdict->holds |= folded->holds;
    if (folded->threat)
        add_threat(arena, verdict, folded->threat);
}

static void answer_all_folded(struct arena *arena, struct decisions *decisions) {
    for (size_t i = 0; i < decisions->folded.count; i++) {
        const struct folded_answer *folded = &decisions->folded.items[i];
        for (size_t j = 0; j < folded->target->folded_count; j++)
            answer_folded(arena, decisions, folded, folded->target->folded[j]);
    }
}

const struct verdict_on *verdict_about(const struct decisions *decisions, const struct row *row,
                                       const struct pattern *pattern) {
    const void *place = pattern ? (const void *)pattern : row;
    return decisions && decisions->verdicts.count
               ? table_get(&decisions->verdicts, address_key(&place))
               : NULL;
}

bool is_new_question(const struct decisions *decisions, const struct row *row,
                     const struct pattern *pattern) {
    const void *place = pattern;
    return decisions && decisions->pin && pattern && pattern->rule->since > decisions->pin &&
           !verdict_about(decisions, row, pattern) &&
           !(pattern->succeeds && table_get(&decisions->inherited, address_key(&place)));
}

bool is_pending(const struct decisions *decisions, const struct row *row,
                const struct pattern *pattern) {
    if (row->state != ROW_OPEN || (pattern ? pattern->state != PATTERN_OPEN : !is_bare(row)))
        return false;
    const struct verdict_on *verdict = verdict_about(decisions, row, pattern);
    return !(verdict && verdict->holds) && !is_new_question(decisions, row, pattern);
}

size_t count_pending(const struct decisions *decisions, const struct row *row) {
    if (row->state != ROW_OPEN || !decisions || (!decisions->verdicts.count && !decisions->pin))
        return row->state == ROW_OPEN ? row->open : 0;
    size_t count = 0;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        count += is_pending(decisions, row, at);
    return count;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* The tier of the best pending pattern, or 0. */
static unsigned char pending_tier(const struct decisions *decisions, const struct row *row) {
    unsigned char tier = 0;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (is_pending(decisions, row, at) && (!tier || at->tier < tier))
            tier = at->tier;
    return tier;
}

/* The pending pattern with the highest score, or NULL. */
static const struct pattern *pending_most(struct arena *arena, const struct decisions *decisions,
                                          const struct row *row) {
    const struct pattern *best = NULL;
    int most = 0;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        int points =
            is_pending(decisions, row, at) ? score_of(arena, decisions->rows, row, at).points : 0;
        if (points > most)
            most = points, best = at;
    }
    return best;
}

/* The urgency of a row is that of what is still to be decided. */
static void rank_by_pending(struct arena *arena, const struct decisions *decisions,
                            struct row *row) {
    unsigned char tier = row->state == ROW_OPEN ? pending_tier(decisions, row) : 0;
    if (!tier)
        return;
    row->tier = tier;
    take_score(arena, decisions->rows, row, pending_most(arena, decisions, row));
}

/* Somebody has decided about it. Answered goes before covered: it may have a threat. */
static void answer_row(struct arena *arena, const struct decisions *decisions, struct row *row) {
    bool asks = row->state == ROW_OPEN;
    rank_by_pending(arena, decisions, row);
    if (asks && !pending_tier(decisions, row) && !is_pending(decisions, row, NULL))
        row->state = ROW_ANSWERED;
    if (row->state == ROW_COVERED)
        row->state = ROW_ANSWERED;
}

/* What a new question is asked in place of was asked before it came, and nobody has decided. */
static void note_inherited(struct arena *arena, struct decisions *decisions,
                           const struct row *row) {
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->state == PATTERN_YIELDED && at->rule->since <= decisions->pin &&
            at->successor->rule->since > decisions->pin && !verdict_about(decisions, row, at))
            table_intern(arena, &decisions->inherited, kept_address(arena, at->successor),
                         &decisions->inherited);
}

void answer_rows(struct arena *arena, struct decisions *decisions) {
    struct rows *rows = decisions->rows;
    answer_all_folded(arena, decisions);
    if (!decisions->answered.count && !decisions->pin)
        return;
    for (size_t i = 0; decisions->pin && i < rows->cell_count; i++)
        note_inherited(arena, decisions, &rows->cells[i]);
    for (size_t i = 0; decisions->pin && i < rows->cell_count; i++)
        rank_by_pending(arena, decisions, &rows->cells[i]);
    for (size_t i = 0; i < decisions->answered.count; i++)
        answer_row(arena, decisions, decisions->answered.items[i]->row);
    rank_rows(arena, rows);
}
