/* The state of a threat is the first that holds, in the order of its table. */
// SPDX-License-Identifier: MIT
#include "analysis/threats.h"

const struct threat_state_row threat_states[THREAT_STATE_COUNT] = {
#define THREAT_STATE(id, word, about) {word, about},
#include "analysis/threat_states.def"
#undef THREAT_STATE
};

bool attribute_is_stated(const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    return attribute && attribute->stated;
}

bool attribute_says(const struct decl *decl, enum attribute_id id, const char *word) {
    return slice_is(decl_text(decl, id), word);
}

bool mitigation_has_ended(const struct decl *mitigation) {
    struct slice state = decl_text(mitigation, ATTRIBUTE_state);
    return slice_is(state, "complete") || slice_is(state, "dropped");
}

static void read_residual(struct threat *threat) {
    const struct attribute *residual = decl_attribute(threat->decision.decl, ATTRIBUTE_residual);
    const struct value *first = stated_values(residual);
    if (!first || !first->next)
        return;
    score_level(word_text(&first->word), &threat->residual_likelihood);
    score_level(word_text(&first->next->word), &threat->residual_impact);
    threat->residual = threat->residual_likelihood * threat->residual_impact;
}

static const struct decl *component_of(const struct threat *threat, const struct naming *naming) {
    struct slice stated = decl_text(threat->decision.decl, ATTRIBUTE_component);
    const struct decl *subject = NULL;
    if (stated.length)
        return find_by_id(naming, stated, ON_ELEMENT);
    for (size_t i = 0; i < threat->decision.target_count && !subject; i++)
        subject = threat->decision.targets[i].subject;
    if (!subject || decl_is_element(subject))
        return subject;
    return subject->kind == KIND_FLOW ? subject->to : more_of(subject)->at;
}

void read_threat(struct arena *arena, const struct bands *bands, const struct naming *naming,
                 struct threat *threat) {
    const struct decl *decl = threat->decision.decl;
    const struct attribute *by = decl_attribute(decl, ATTRIBUTE_by_adversaries);
    for (size_t i = 0; i < threat->decision.target_count && !threat->letter; i++)
        threat->letter = threat->decision.targets[i].letter;
    threat->component = component_of(threat, naming);
    threat->likelihood = decl_number(decl, ATTRIBUTE_likelihood, 0);
    threat->impact = decl_number(decl, ATTRIBUTE_threat_impact, 0);
    threat->score = threat->likelihood * threat->impact;
    read_residual(threat);
    threat->priority = decl_text(decl, ATTRIBUTE_priority);
    threat->overridden = threat->priority.length > 0;
    if (!threat->overridden && threat->score)
        threat->priority = priority_of(bands, threat->score);
    for (const struct value *at = stated_values(by); at; at = next_stated(by, at)) {
        struct decl *adversary = find_by_id(naming, word_text(&at->word), ON_ADVERSARY);
        if (adversary)
            *ARRAY_ADD(arena, &threat->adversaries) = adversary;
    }
}

/* ---- the state --------------------------------------------------------------------------- */

static bool is_extra(const struct decl *mitigation) {
    return attribute_says(mitigation, ATTRIBUTE_extra, "yes");
}

/* How many of the mitigations that count are in one of these states; `all` is set to how many there
 * are. */
static size_t count_in(const struct threat *threat, const char *const *states, size_t count,
                       size_t *all) {
    size_t found = 0;
    *all = 0;
    for (size_t i = 0; i < threat->mitigations.count; i++) {
        const struct decl *mitigation = threat->mitigations.items[i];
        if (is_extra(mitigation) || attribute_says(mitigation, ATTRIBUTE_state, "dropped"))
            continue;
        ++*all;
        for (size_t j = 0; j < count; j++)
            found += attribute_says(mitigation, ATTRIBUTE_state, states[j]);
    }
    return found;
}

static bool has_risk(const struct threat *threat, const char *const *decisions, size_t count) {
    for (size_t i = 0; i < threat->risks.count; i++)
        for (size_t j = 0; j < count; j++)
            if (attribute_says(threat->risks.items[i], ATTRIBUTE_decision, decisions[j]))
                return true;
    return false;
}

static bool all_stand(const struct threat *threat, unsigned standing) {
    for (size_t i = 0; i < threat->decision.target_count; i++)
        if (!(threat->decision.targets[i].standing & standing))
            return false;
    return threat->decision.target_count > 0;
}

#define AND_COUNT(words) (words), sizeof(words) / sizeof *(words)

/* What its mitigations make of it; `deferred`: a risk defers it. */
static enum threat_state treated_state(const struct threat *threat, bool deferred) {
    static const char *const complete[] = {"complete"}, *const put_off[] = {"deferred"};
    static const char *const begun[] = {"in_progress", "partial", "complete"};
    size_t all;
    size_t done = count_in(threat, AND_COUNT(complete), &all);
    if (all && done == all)
        return THREAT_MITIGATED;
    if (count_in(threat, AND_COUNT(begun), &all))
        return THREAT_IN_PROGRESS;
    if (deferred || (all && count_in(threat, AND_COUNT(put_off), &all) == all))
        return THREAT_DEFERRED;
    return all ? THREAT_PLANNED : THREAT_UNMITIGATED;
}

static const char *const accepting[] = {"accepted", "compensated", "transferred", "avoided"};

bool threat_is_unfinished(const struct threat *threat) {
    return threat->state == THREAT_UNMITIGATED || threat->state == THREAT_PLANNED ||
           threat->state == THREAT_DEFERRED || threat->state == THREAT_IN_PROGRESS;
}

bool is_treated(const struct threat *threat) {
    return has_risk(threat, AND_COUNT(accepting)) ||
           treated_state(threat, false) == THREAT_MITIGATED;
}

void settle_threat(struct threat *threat) {
    static const char *const deferring[] = {"deferred"};
    if (all_stand(threat, STANDS_ORPHAN))
        threat->state = THREAT_ORPHAN;
    else if (all_stand(threat, STANDS_ASLEEP | STANDS_ORPHAN))
        threat->state = THREAT_ASLEEP;
    else if (has_risk(threat, AND_COUNT(accepting)))
        threat->state = THREAT_ACCEPTED;
    else
        threat->state = treated_state(threat, has_risk(threat, AND_COUNT(deferring)));
}

bool mitigation_is_asleep(const struct decisions *decisions, const struct decl *mitigation) {
    const struct attribute *about = decl_attribute(mitigation, ATTRIBUTE_for_threats);
    bool any = false;
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at)) {
        const struct threat *threat = table_get(&decisions->threat_ids, word_text(&at->word));
        if (!threat || threat->state != THREAT_ASLEEP)
            return false;
        any = true;
    }
    return any;
}
