/* The gate's rules about decisions that do not say all, whose day has passed, or that rest on what
 * has changed. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "analysis/threats.h"

#define DAYS_AHEAD 30

/* What a decision is called: its id, or the first thing that it names. */
static struct slice name_of(const struct decision *decision) {
    struct slice id = decl_id(decision->decl);
    if (id.length)
        return id;
    return decision->target_count ? word_text(decision->targets->word)
                                  : slice_of(kind_rows[decision->decl->kind].word);
}

/* ---- what is missing --------------------------------------------------------------------- */

static bool is_acceptance(const struct decl *dismissal) {
    return attribute_says(dismissal, ATTRIBUTE_dismiss_code, "by_design") ||
           attribute_says(dismissal, ATTRIBUTE_dismiss_code, "not_ours");
}

static void check_complete(struct gate *gate, const struct decision *decision,
                           enum attribute_id why) {
    const enum attribute_id needed[] = {why, ATTRIBUTE_owner, ATTRIBUTE_review_date};
    struct slice missing = {"", 0};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!attribute_is_stated(decision->decl, needed[i]))
            missing = text_format(gate->arena, "%.*s%s`%s`", SLICE_ARGS(missing),
                                  missing.length ? ", " : "", attribute_rows[needed[i]].name);
    if (missing.length)
        gate_add(gate, DIAG_acceptance_incomplete, decision->decl, name_of(decision),
                 ARGS(name_of(decision), missing));
}

/* ---- days -------------------------------------------------------------------------------- */

/* An error from the day after on, a warning the month before. */
static void check_day(struct gate *gate, enum diag_code rule, const struct decl *decl,
                      struct slice name, enum attribute_id id) {
    struct slice date = decl_text(decl, id);
    int day = attribute_is_stated(decl, id) ? day_number(date) : 0;
    if (!gate->today || !day || gate->today + DAYS_AHEAD < day)
        return;
    bool passed = day < gate->today;
    struct diagnostic *added =
        gate_add_as(gate, rule, passed ? LEVEL_ERROR : LEVEL_WARNING, decl, name, ARGS(name, date));
    if (added && !passed)
        diag_hint(gate->diagnostics, added, "in %d days", day - gate->today);
}

static void check_mitigation(struct gate *gate, const struct decl *mitigation) {
    struct slice id = decl_id(mitigation);
    if (mitigation_has_ended(mitigation) || mitigation_is_asleep(gate->decisions, mitigation))
        return;
    if (attribute_says(mitigation, ATTRIBUTE_state, "deferred"))
        check_day(gate, DIAG_deferral_passed, mitigation, id, ATTRIBUTE_until);
    struct slice due = decl_text(mitigation, ATTRIBUTE_due);
    if (gate->today && attribute_is_stated(mitigation, ATTRIBUTE_due) &&
        day_number(due) < gate->today)
        gate_add(gate, DIAG_overdue, mitigation, id, ARGS(id, due));
}

/* ---- what has changed -------------------------------------------------------------------- */

static struct slice shown(struct slice value) {
    return value.length ? value : SLICE("not stated");
}

/* The first few, in words: "webhook.auth was signature, is none". */
static void note_changes(struct gate *gate, struct diagnostic *added,
                         const struct decision *decision, unsigned effects) {
    size_t told = 0;
    for (size_t i = 0; added && i < decision->target_count; i++)
        for (const struct basis_change *at = decision->targets[i].changes; at && told < 5;
             at = at->next) {
            if (!(at->effect & effects))
                continue;
            const struct target *target = &decision->targets[i];
            const struct decl *place = target->spot ? target->spot : target->subject;
            diag_note(gate->diagnostics, added, decl_source(place), decl_span(place),
                      "%.*s was %.*s, is %.*s", SLICE_ARGS(at->name), SLICE_ARGS(shown(at->was)),
                      SLICE_ARGS(shown(at->is)));
            told++;
        }
}

static void add_change(struct gate *gate, enum diag_code rule, const struct decision *decision,
                       unsigned effects) {
    struct slice name = name_of(decision);
    struct diagnostic *added = gate_add(gate, rule, decision->decl, name, ARGS(name));
    note_changes(gate, added, decision, effects);
}

/* Whether the question is asked: what is gone, or has yielded to another one, needs no second
 * thought. */
static bool is_asked(const struct target *target) {
    return target->pattern ? target->pattern->state == PATTERN_OPEN : !target->rule;
}

static bool has_stale_question(const struct decision *decision) {
    for (size_t i = 0; i < decision->target_count; i++)
        if ((decision->targets[i].standing & STANDS_STALE) && is_asked(&decision->targets[i]))
            return true;
    return false;
}

static void check_standing(struct gate *gate, const struct decision *decision, bool accepts) {
    bool is_threat = decision->decl->kind == KIND_THREAT;
    if (is_threat ? (decision->standing & STANDS_STALE) != 0
                  : accepts && has_stale_question(decision))
        add_change(gate, is_threat ? DIAG_stale_threat : DIAG_stale, decision, STANDS_STALE);
    if (accepts && (decision->standing & STANDS_NEARER))
        add_change(gate, DIAG_nearer, decision, STANDS_NEARER);
    if (decision->standing & STANDS_UNCONFIRMED)
        gate_add(gate, DIAG_unconfirmed, decision->decl, name_of(decision),
                 ARGS(name_of(decision)));
}

/* W0601 or W0602 has said that it names nothing, or is not asked. */
static bool is_told(const struct gate *gate, const struct target *target) {
    const unsigned char *weights = gate->diagnostics->weights;
    return ((target->standing & STANDS_ORPHAN) && weights[DIAG_names_nothing] != WEIGHT_SILENT) ||
           ((target->standing & STANDS_GONE) && weights[DIAG_not_asked] != WEIGHT_SILENT);
}

static void check_baseline(struct gate *gate, const struct decision *baseline) {
    bool is_note = gate->levels[DIAG_baseline_done] == LEVEL_NOTE;
    for (size_t i = 0; i < baseline->target_count; i++) {
        const struct target *target = &baseline->targets[i];
        struct slice id = word_text(target->word);
        bool worse = (target->standing & (STANDS_STALE | STANDS_NEARER)) &&
                     !(target->standing & STANDS_GONE);
        bool done = target->standing & (STANDS_RESOLVED | STANDS_GONE | STANDS_ORPHAN);
        const struct decision alone = {.targets = &baseline->targets[i], .target_count = 1};
        if (worse)
            note_changes(gate, gate_add(gate, DIAG_baseline_worse, baseline->decl, id, ARGS(id)),
                         &alone, STANDS_STALE | STANDS_NEARER);
        else if (done && !(is_note && is_told(gate, target)))
            gate_add(gate, DIAG_baseline_done, baseline->decl, id, ARGS(id));
    }
}

/* ---- all of them ------------------------------------------------------------------------- */

static void check_risk(struct gate *gate, const struct decision *risk) {
    bool deferred = attribute_says(risk->decl, ATTRIBUTE_decision, "deferred");
    check_complete(gate, risk, ATTRIBUTE_because);
    check_day(gate, deferred ? DIAG_deferral_passed : DIAG_acceptance_expired, risk->decl,
              decl_id(risk->decl), ATTRIBUTE_review_date);
    check_standing(gate, risk, true);
}

void gate_decisions(struct gate *gate) {
    const struct decisions *decisions = gate->decisions;
    for (size_t i = 0; i < decisions->threats.count; i++)
        check_standing(gate, &decisions->threats.items[i]->decision, false);
    for (size_t i = 0; i < decisions->risks.count; i++)
        check_risk(gate, decisions->risks.items[i]);
    for (size_t i = 0; i < decisions->dismissals.count; i++) {
        const struct decision *dismissal = decisions->dismissals.items[i];
        if (is_acceptance(dismissal->decl)) {
            check_complete(gate, dismissal, ATTRIBUTE_reason);
            check_day(gate, DIAG_acceptance_expired, dismissal->decl, name_of(dismissal),
                      ATTRIBUTE_review_date);
        }
        check_standing(gate, dismissal, true);
    }
    for (size_t i = 0; i < decisions->baselines.count; i++)
        check_baseline(gate, decisions->baselines.items[i]);
    for (size_t i = 0; i < decisions->mitigations.count; i++)
        check_mitigation(gate, decisions->mitigations.items[i]);
}
