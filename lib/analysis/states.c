/* What state each row is in, from its patterns and, where it folds, from those of other rows. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"
#include "analysis/score.h"

/* The first condition under which the method asks nothing here, or NULL. */
static const struct exemption *find_exemption(struct finder *finder, const struct row *row) {
    const struct method *method = finder->method;
    enum subject_kind kind = subject_kind_of(row->subject);
    struct judgement *judgement = &finder->trial.judgement;
    judgement->subject = row->subject;
    for (size_t i = 0; i < method->exemptions.count; i++) {
        const struct exemption *exemption = &method->exemptions.items[i];
        if (exemption->subject == kind && (exemption->letters >> row->letter->index & 1) &&
            judge(judgement, exemption->when, NULL) == VERDICT_TRUE)
            return exemption;
    }
    return NULL;
}

/* Whether the method asks this letter of this kind of subject: always, or because a rule has a
 * pattern there. */
static bool applies(const struct finder *finder, const struct row *row) {
    enum subject_kind kind = subject_kind_of(row->subject);
    unsigned letter = 1u << row->letter->index;
    return (finder->method->always[kind] & letter) ||
           ((finder->method->by_rule[kind] & letter) && (row->open || row->covered));
}

/* Sets the state of a row that asks nothing, and returns true; the state of any other is set later.
 */
static bool settle_silent(struct finder *finder, struct row *row) {
    bool imported = more_of(row->subject)->origin != NULL;
    if ((imported && !finder->elsewhere) || decl_out_of_scope(row->subject)) {
        row->state = ROW_OUT_OF_SCOPE;
        row->silenced = !imported && applies(finder, row);
        return true;
    }
    row->state = ROW_NOT_APPLICABLE;
    if (row->open || row->covered)
        return !applies(finder, row);
    const struct exemption *exemption = find_exemption(finder, row);
    row->without_stake = lacks_stake(finder->arena, finder->rows, row->subject, row->letter->stake);
    row->exemption =
        exemption ? (unsigned char)(exemption - finder->method->exemptions.items + 1) : 0;
    return exemption || row->without_stake || !applies(finder, row);
}

/* Whether every flow of the element that crosses a boundary asks this letter already, and one of
 * them is open: what is covered there says nothing of the element itself. */
static bool is_folded(struct finder *finder, const struct row *row) {
    bool open = false;
    if (row->open || row->covered || !decl_is_element(row->subject))
        return false;
    for (size_t i = 0; i < decl_flow_count(row->subject); i++) {
        const struct decl *flow = row->subject->flows[i];
        if (!flow_passage(finder->rows->analysis, flow)->step_count)
            continue;
        const struct row *other = row_of(finder->rows, flow, row->letter);
        if ((!other->open && !other->covered) || decl_out_of_scope(flow) || !applies(finder, other))
            return false;
        open |= other->open > 0;
    }
    return open;
}

/* The request's row counts what the answer brings, if that is worth more. */
static void count_answer(struct finder *finder, struct row *request, const struct row *answer) {
    if (impact_in(finder->arena, finder->rows, answer) >
        impact_in(finder->arena, finder->rows, request))
        request->answer = answer->subject->number + 1;
}

/* Whether all that an answer's row asks is asked in that of its request. */
static bool folds_into_request(struct finder *finder, const struct row *row) {
    struct row *into = NULL;
    if (!row->open || row->subject->kind != KIND_FLOW)
        return false;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state != PATTERN_OPEN)
            continue;
        const struct pattern *asked = asked_in_request(finder->rows, pattern);
        if (!asked)
            return false;
        into = row_of_pattern(finder->rows, asked);
    }
    if (into)
        count_answer(finder, into, row);
    return into != NULL;
}

static void settle_row(struct finder *finder, struct row *row) {
    arena_step(finder->arena);
    if (!settle_silent(finder, row))
        row->state = is_folded(finder, row) || folds_into_request(finder, row) ? ROW_FOLDED
                     : row->open                                               ? ROW_OPEN
                     : row->covered                                            ? ROW_COVERED
                                                                               : ROW_OPEN;
}

void settle_states(struct finder *finder) {
    struct rows *rows = finder->rows;
    for (size_t i = 0; i < rows->cell_count; i++)
        settle_row(finder, &rows->cells[i]);
}
