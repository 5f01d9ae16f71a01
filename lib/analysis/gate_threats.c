/* The gate's rules about threats and what is done against them. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "analysis/reasons.h"
#include "analysis/threats.h"

static bool has_plan(const struct threat *threat) {
    for (size_t i = 0; i < threat->mitigations.count; i++)
        if (attribute_is_stated(threat->mitigations.items[i], ATTRIBUTE_note) ||
            attribute_is_stated(threat->mitigations.items[i], ATTRIBUTE_ticket))
            return true;
    return false;
}

static struct diagnostic *add(struct gate *gate, enum diag_code rule, const struct threat *threat) {
    const struct decl *decl = threat->decision.decl;
    struct diagnostic *added =
        gate_add(gate, rule, decl, decl_id(decl), ARGS(decl_id(decl), threat->priority));
    if (added)
        added->rank = threat->score;
    return added;
}

/* ---- which facts ------------------------------------------------------------------------- */

#define FACTS_NAMED 3

/* Those that would settle its questions, where they would be stated. */
static void note_wanted(struct gate *gate, struct diagnostic *added, const struct threat *threat) {
    size_t told = 0;
    for (size_t i = 0; added && i < threat->decision.target_count && told < FACTS_NAMED; i++) {
        const struct pattern *pattern = threat->decision.targets[i].pattern;
        if (!pattern || pattern->state != PATTERN_OPEN || !pattern->settle.decl)
            continue;
        const struct reading *settle = &pattern->settle;
        diag_note(gate->diagnostics, added, decl_source(settle->decl), decl_span(settle->decl),
                  "`%s` of %.*s would settle %.*s", attribute_rows[settle->family].name,
                  SLICE_ARGS(decl_id(settle->decl)),
                  SLICE_ARGS(pattern_key(gate->arena, gate->rows, pattern)));
        told++;
    }
}

static bool is_safe(const struct reading *fact) {
    return fact->attribute && fact->attribute->stated && fact->attribute->safe;
}

/* The first that settles each of its questions. */
static void note_stated(struct gate *gate, struct diagnostic *added, const struct threat *threat) {
    size_t told = 0;
    for (size_t i = 0; added && i < threat->decision.target_count && told < FACTS_NAMED; i++) {
        const struct pattern *pattern = threat->decision.targets[i].pattern;
        const struct reading *fact = NULL;
        for (size_t j = 0; pattern && j < pattern->fact_count && !fact; j++)
            fact = is_safe(&pattern->facts[j]) ? &pattern->facts[j] : NULL;
        if (!fact)
            continue;
        diag_note(gate->diagnostics, added, decl_source(fact->decl),
                  attribute_span(fact->attribute), "`%s` of %.*s settles %.*s",
                  attribute_rows[fact->family].name, SLICE_ARGS(decl_id(fact->decl)),
                  SLICE_ARGS(pattern_key(gate->arena, gate->rows, pattern)));
        told++;
    }
}

/* ---- one by one -------------------------------------------------------------------------- */

static bool is_settled(const struct threat *threat) {
    return threat->state == THREAT_ACCEPTED || threat->state == THREAT_ASLEEP ||
           threat->state == THREAT_ORPHAN;
}

static void check_plan(struct gate *gate, const struct threat *threat) {
    bool idle = threat->state == THREAT_UNMITIGATED;
    if (is_settled(threat))
        return;
    if (is_urgent(threat->priority) && idle)
        note_wanted(gate, add(gate, DIAG_unmitigated, threat), threat);
    else if (is_urgent(threat->priority) && !has_plan(threat))
        add(gate, DIAG_no_plan, threat);
    else if (slice_is(threat->priority, "medium") && idle)
        add(gate, DIAG_medium_unplanned, threat);
    else if (slice_is(threat->priority, "low") && idle &&
             !attribute_is_stated(threat->decision.decl, ATTRIBUTE_because))
        add(gate, DIAG_low_without_because, threat);
}

static void check_orphan(struct gate *gate, const struct threat *threat) {
    if (threat->state == THREAT_ORPHAN && is_urgent(threat->priority) && !is_treated(threat))
        add(gate, DIAG_orphan, threat);
}

static void check_asleep(struct gate *gate, const struct threat *threat) {
    if (threat->state == THREAT_ASLEEP && is_urgent(threat->priority) && !is_treated(threat))
        add(gate, DIAG_asleep, threat);
}

/* Whether the model covers all that the threat names, or leaves something of it open. */
static void compare_with_model(const struct threat *threat, bool *covered, bool *open) {
    *covered = threat->decision.target_count > 0;
    for (size_t i = 0; i < threat->decision.target_count; i++) {
        const struct target *target = &threat->decision.targets[i];
        *covered &= (target->standing & STANDS_RESOLVED) != 0;
        *open |= target->pattern && target->pattern->state == PATTERN_OPEN;
    }
}

static bool is_unfinished(const struct decl *mitigation) {
    return !mitigation_has_ended(mitigation) && !attribute_says(mitigation, ATTRIBUTE_extra, "yes");
}

static void check_model(struct gate *gate, const struct threat *threat) {
    bool covered, open = false;
    compare_with_model(threat, &covered, &open);
    if (threat->state == THREAT_MITIGATED && open)
        note_wanted(gate, add(gate, DIAG_done_not_stated, threat), threat);
    for (size_t i = 0; covered && i < threat->mitigations.count; i++) {
        const struct decl *mitigation = threat->mitigations.items[i];
        if (is_unfinished(mitigation))
            note_stated(gate,
                        gate_add(gate, DIAG_stated_not_done, mitigation, decl_id(mitigation),
                                 ARGS(decl_id(mitigation))),
                        threat);
    }
}

/* ---- notes ------------------------------------------------------------------------------- */

/* What people write when nobody has thought about how. */
static const char *const vague[] = {"add validation",
                                    "add input validation",
                                    "validate input",
                                    "validate the input",
                                    "validate all input",
                                    "improve security",
                                    "improve the security",
                                    "add security",
                                    "add authentication",
                                    "add authorization",
                                    "add logging",
                                    "add monitoring",
                                    "add encryption",
                                    "use encryption",
                                    "use https",
                                    "sanitize input",
                                    "sanitise input",
                                    "escape output",
                                    "harden it",
                                    "harden the system",
                                    "fix it",
                                    "be careful",
                                    "follow best practices",
                                    "use best practices",
                                    "best practices",
                                    "to be done",
                                    "to be defined"};

#define FEW_WORDS 3

static size_t count_words(struct slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] != ' ' && text.at[i] != '\n' &&
                 (!i || text.at[i - 1] == ' ' || text.at[i - 1] == '\n');
    return count;
}

static bool is_vague(struct slice note) {
    note = slice_trim(note);
    if (slice_ends(note, "."))
        note.length--;
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (slice_is_any_case(note, vague[i]))
            return true;
    return count_words(note) < FEW_WORDS && !slice_has(note, '`');
}

static void check_notes(struct gate *gate) {
    const struct decl_list *mitigations = &gate->decisions->mitigations;
    for (size_t i = 0; i < mitigations->count; i++) {
        const struct decl *mitigation = mitigations->items[i];
        if (attribute_is_stated(mitigation, ATTRIBUTE_note) &&
            is_vague(decl_text(mitigation, ATTRIBUTE_note)))
            gate_add(gate, DIAG_vague_note, mitigation, decl_id(mitigation),
                     ARGS(text_cut(gate->arena, decl_text(mitigation, ATTRIBUTE_note))));
    }
}

/* ---- all together ------------------------------------------------------------------------ */

#define MANY_THREATS 3

static bool has_accepted(const struct decisions *decisions) {
    for (size_t i = 0; i < decisions->risks.count; i++)
        if (attribute_says(decisions->risks.items[i]->decl, ATTRIBUTE_decision, "accepted"))
            return true;
    return false;
}

static void check_spread(struct gate *gate) {
    const struct decisions *decisions = gate->decisions;
    size_t count = decisions->threats.count, same = 0, low = 0;
    if (!count)
        return;
    const struct threat *first = decisions->threats.items[0];
    const struct decl *at =
        decisions->own_policies ? decisions->policies.items[0] : first->decision.decl;
    for (size_t i = 0; i < count; i++) {
        same += slice_equal(decisions->threats.items[i]->priority, first->priority);
        low += slice_is(decisions->threats.items[i]->priority, "low");
    }
    if (same == count && count >= MANY_THREATS && first->priority.length)
        gate_add(gate, DIAG_one_priority, at, SLICE(""),
                 ARGS(text_format(gate->arena, "%zu", count), first->priority));
    if (!low && !has_accepted(decisions))
        gate_add(gate, DIAG_nothing_low, at, SLICE(""), NULL);
}

void gate_threats(struct gate *gate) {
    for (size_t i = 0; i < gate->decisions->threats.count; i++) {
        const struct threat *threat = gate->decisions->threats.items[i];
        check_plan(gate, threat);
        check_orphan(gate, threat);
        check_asleep(gate, threat);
        check_model(gate, threat);
    }
    check_notes(gate);
    check_spread(gate);
}
