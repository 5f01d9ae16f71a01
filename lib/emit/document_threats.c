/* Sections 5 and 6 of the document: the threats that the team has recorded, and how likely and how
 * bad each one is. */
// SPDX-License-Identifier: MIT
#include "emit/document_decisions.h"

/* ---- what can happen --------------------------------------------------------------------- */

static void put_component(struct document *document, const struct threat *threat) {
    if (threat->component)
        put_named(document, threat->component);
}

static void put_adversaries(struct document *document, const struct threat *threat) {
    for (size_t i = 0; i < threat->adversaries.count; i++) {
        put_between(document, i > 0, ", ");
        put_mention(document, decl_title(threat->adversaries.items[i]));
    }
}

/* The ids as the team wrote them. */
static void put_answered_ids(struct document *document, const struct threat *threat) {
    for (size_t i = 0; i < threat->decision.target_count; i++)
        if (!threat->loose)
            put_listed(document, i > 0, word_text(threat->decision.targets[i].word));
}

struct slice threat_scenario(const struct emission *emission, const struct threat *threat) {
    const struct target *first = threat->decision.targets;
    if (decl_attribute(threat->decision.decl, ATTRIBUTE_rule_scenario))
        return decl_text(threat->decision.decl, ATTRIBUTE_rule_scenario);
    return threat->decision.target_count && first->pattern
               ? pattern_text(emission->arena, emission->rows, first->pattern,
                              first->pattern->rule->scenario)
               : SLICE("");
}

static void write_threat(struct document *document, const struct threat *threat) {
    const struct decl *decl = threat->decision.decl;
    open_part(document, PART_ROW);
    next_cell(document);
    put_threat_anchor(document, threat);
    next_cell(document);
    if (threat->letter)
        put_text(document, threat->letter->code);
    next_cell(document);
    put_text(document, decl_title(decl));
    next_cell(document);
    put_text(document, threat_scenario(document->emission, threat));
    next_cell(document);
    put_component(document, threat);
    next_cell(document);
    put_adversaries(document, threat);
    next_cell(document);
    put_answered_ids(document, threat);
    close_part(document, PART_ROW);
}

void write_threats(struct document *document) {
    static const char *const titles[] = {"Id",        "Letter",      "Threat", "What happens",
                                         "Component", "Adversaries", "Answers"};
    struct threat_list threats = threats_by_score(document->emission);
    put_heading(document, 3, "Threats");
    if (!threats.count) {
        put_paragraph(document, "None are recorded yet.");
        return;
    }
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < threats.count; i++)
        write_threat(document, threats.items[i]);
    close_part(document, PART_TABLE);
}

/* ---- how likely, how bad ----------------------------------------------------------------- */

static void put_threats_at(struct document *document, const struct threat_list *threats,
                           enum map map, int likelihood, int impact) {
    bool any = false;
    for (size_t i = 0; i < threats->count; i++) {
        const struct threat *threat = threats->items[i];
        bool stays = map == MAP_RESIDUAL;
        if ((stays ? threat->residual_likelihood : threat->likelihood) != likelihood ||
            (stays ? threat->residual_impact : threat->impact) != impact)
            continue;
        put_between(document, any, ", ");
        put_threat_link(document, decl_id(threat->decision.decl));
        any = true;
    }
}

void write_heat_map(struct document *document, const struct threat_list *threats, enum map map) {
    static const char *const titles[] = {"Likelihood", "Impact 1", "Impact 2",
                                         "Impact 3",   "Impact 4", "Impact 5"};
    document->form->open_table(document,
                               (struct columns){titles, 1 + LEVEL_LIMIT, LEVEL_LIMIT, "map"});
    for (int likelihood = LEVEL_LIMIT; likelihood > 0; likelihood--) {
        open_part(document, PART_ROW);
        next_cell(document);
        put_number(document, (size_t)likelihood);
        for (int impact = 1; impact <= LEVEL_LIMIT; impact++) {
            next_cell(document);
            put_band(document, priority_of(document->emission->rows->bands, likelihood * impact));
            put_threats_at(document, threats, map, likelihood, impact);
        }
        close_part(document, PART_ROW);
    }
    close_part(document, PART_TABLE);
}

static void write_risk(struct document *document, const struct threat *threat) {
    const struct decl *decl = threat->decision.decl;
    open_part(document, PART_ROW);
    next_cell(document);
    put_threat_link(document, decl_id(threat->decision.decl));
    next_cell(document);
    put_text(document, decl_title(decl));
    next_cell(document);
    put_level_of(document, decl, ATTRIBUTE_likelihood);
    next_cell(document);
    put_level_of(document, decl, ATTRIBUTE_threat_impact);
    next_cell(document);
    if (threat->score)
        put_number(document, (size_t)threat->score);
    next_cell(document);
    put_priority(document, threat);
    next_cell(document);
    put_threat_state(document, threat);
    close_part(document, PART_ROW);
}

/* "critical from 16, high from 8" */
static void write_bands(struct document *document) {
    const struct bands *bands = document->emission->rows->bands;
    open_part(document, PART_PARAGRAPH);
    put_words(document, "A score is likelihood × impact, 1 to 5 each; as words low is 2, medium 3, "
                        "high 4, critical 5.");
    for (size_t i = 0; i < bands->count; i++) {
        put_words(document, i ? ", " : " Priorities: ");
        put_text(document, bands->of[i].word);
        put_words(document, " from ");
        put_number(document, (size_t)bands->of[i].lowest);
    }
    put_between(document, bands->count > 0, ".");
    close_part(document, PART_PARAGRAPH);
}

/* A remark about a threat: its id, then a text that it states. */
static bool open_remark(struct document *document, const struct threat *threat,
                        enum attribute_id id, bool any) {
    if (!decl_text(threat->decision.decl, id).length)
        return false;
    if (!any)
        open_part(document, PART_LIST);
    open_part(document, PART_ITEM);
    put_threat_link(document, decl_id(threat->decision.decl));
    return true;
}

static void write_remarks(struct document *document, const struct threat_list *threats) {
    bool any = false;
    for (size_t i = 0; i < threats->count; i++) {
        const struct decl *decl = threats->items[i]->decision.decl;
        if (open_remark(document, threats->items[i], ATTRIBUTE_priority_reason, any)) {
            put_words(document, " is set by hand: ");
            put_note(document, decl, ATTRIBUTE_priority_reason);
            close_part(document, PART_ITEM);
            any = true;
        }
        if (open_remark(document, threats->items[i], ATTRIBUTE_because, any)) {
            put_words(document, ", why: ");
            put_note(document, decl, ATTRIBUTE_because);
            close_part(document, PART_ITEM);
            any = true;
        }
    }
    if (any)
        close_part(document, PART_LIST);
}

void write_risks(struct document *document) {
    static const char *const titles[] = {"Id",    "Threat",   "Likelihood", "Impact",
                                         "Score", "Priority", "State"};
    struct threat_list threats = threats_by_score(document->emission);
    put_heading(document, 2, "6 Risk scoring");
    if (!threats.count) {
        put_paragraph(document, "There is no threat to score yet.");
        return;
    }
    write_bands(document);
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < threats.count; i++)
        write_risk(document, threats.items[i]);
    close_part(document, PART_TABLE);
    write_remarks(document, &threats);
    put_paragraph(document, "The same as a map, the worst on the upper right:");
    write_heat_map(document, &threats, MAP_AS_IT_IS);
}
