/* Sections 7 and 8 of the document: what is done about threats, as tickets that can be handed to
 * somebody, and what stays. */
// SPDX-License-Identifier: MIT
#include "emit/document_decisions.h"

/* ---- mitigations ------------------------------------------------------------------------- */

enum ticket_column {
    COLUMN_PRIORITY,
    COLUMN_MITIGATION,
    COLUMN_FOR,
    COLUMN_TYPE,
    COLUMN_STATE,
    COLUMN_EFFORT,
    COLUMN_NOTE,
    COLUMN_SHOWN, /* this and what follows only where somebody states it */
    COLUMN_OWNER,
    COLUMN_DUE,
    COLUMN_UNTIL,
    COLUMN_TICKET,
    COLUMN_REFS,
    COLUMN_COUNT
};

static const char *const column_titles[COLUMN_COUNT] = {
    "Priority", "Mitigation", "For", "Type",       "State",  "Effort",  "How it is done",
    "Shown in", "Owner",      "Due", "Put off to", "Ticket", "Controls"};

/* Whether the column has anything for this mitigation. */
static bool has_column(const struct decl *decl, enum ticket_column column) {
    switch (column) {
    case COLUMN_SHOWN:
        return decl_text(decl, ATTRIBUTE_code).length || decl_text(decl, ATTRIBUTE_test).length;
    case COLUMN_OWNER:
        return decl_text(decl, ATTRIBUTE_owner).length > 0;
    case COLUMN_DUE:
        return decl_text(decl, ATTRIBUTE_due).length > 0;
    case COLUMN_UNTIL:
        return decl_text(decl, ATTRIBUTE_until).length > 0;
    case COLUMN_TICKET:
        return decl_text(decl, ATTRIBUTE_ticket).length > 0;
    case COLUMN_REFS:
        return stated_values(decl_attribute(decl, ATTRIBUTE_refs)) != NULL;
    default:
        return true;
    }
}

static void put_places(struct document *document, const struct decl *decl) {
    static const enum attribute_id places[] = {ATTRIBUTE_code, ATTRIBUTE_test};
    bool any = false;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct slice place = decl_text(decl, places[i]);
        if (!place.length)
            continue;
        put_between(document, any, ", ");
        put_evidence(document, place);
        any = true;
    }
}

static void put_texts(struct document *document, const struct attribute *list) {
    bool any = false;
    for (const struct value *at = stated_values(list); at; at = next_stated(list, at)) {
        put_between(document, any, ", ");
        put_text(document, word_text(&at->word));
        any = true;
    }
}

static void put_column(struct document *document, const struct ticket *ticket,
                       enum ticket_column column) {
    const struct decl *decl = ticket->decl;
    switch (column) {
    case COLUMN_PRIORITY:
        put_ticket_priority(document, ticket);
        break;
    case COLUMN_MITIGATION:
        put_declared(document, decl);
        break;
    case COLUMN_FOR:
        put_threat_links(document, &ticket->threats);
        break;
    case COLUMN_TYPE:
        put_word_of(document, decl, ATTRIBUTE_mitigation_type);
        break;
    case COLUMN_STATE:
        put_word_of(document, decl, ATTRIBUTE_state);
        break;
    case COLUMN_EFFORT:
        put_word_of(document, decl, ATTRIBUTE_effort);
        break;
    case COLUMN_NOTE:
        put_note(document, decl, ATTRIBUTE_note);
        break;
    case COLUMN_SHOWN:
        put_places(document, decl);
        break;
    case COLUMN_OWNER:
        put_note(document, decl, ATTRIBUTE_owner);
        break;
    case COLUMN_DUE:
        put_note(document, decl, ATTRIBUTE_due);
        break;
    case COLUMN_UNTIL:
        put_note(document, decl, ATTRIBUTE_until);
        break;
    case COLUMN_TICKET:
        put_note(document, decl, ATTRIBUTE_ticket);
        break;
    case COLUMN_REFS:
        put_texts(document, decl_attribute(decl, ATTRIBUTE_refs));
        break;
    case COLUMN_COUNT:
        break;
    }
}

static bool anybody_has(const struct ticket_list *tickets, enum ticket_column column) {
    for (size_t i = 0; i < tickets->count; i++)
        if (has_column(tickets->items[i]->decl, column))
            return true;
    return false;
}

static void write_tickets(struct document *document, const struct ticket_list *tickets) {
    const char *titles[COLUMN_COUNT];
    enum ticket_column columns[COLUMN_COUNT];
    size_t count = 0;
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (anybody_has(tickets, (enum ticket_column)column)) {
            columns[count] = (enum ticket_column)column;
            titles[count++] = column_titles[column];
        }
    document->form->open_table(document, (struct columns){titles, count, 0, NULL});
    for (size_t i = 0; i < tickets->count; i++) {
        open_part(document, PART_ROW);
        for (size_t k = 0; k < count; k++) {
            next_cell(document);
            put_column(document, tickets->items[i], columns[k]);
        }
        close_part(document, PART_ROW);
    }
    close_part(document, PART_TABLE);
}

void write_mitigations(struct document *document) {
    struct ticket_list tickets = tickets_by_priority(document->emission);
    put_heading(document, 2, "7 Mitigations");
    if (tickets.count)
        write_tickets(document, &tickets);
    else
        put_paragraph(document, "None are planned yet.");
}

/* ---- what stays -------------------------------------------------------------------------- */

/* Each id is that of a threat, or the risk would not have compiled. */
static void put_risk_threats(struct document *document, const struct decl *risk) {
    const struct attribute *threats = decl_attribute(risk, ATTRIBUTE_for_threats);
    bool any = false;
    for (const struct value *at = stated_values(threats); at; at = next_stated(threats, at)) {
        put_between(document, any, ", ");
        put_threat_link(document, word_text(&at->word));
        any = true;
    }
}

static void write_risk_row(struct document *document, const struct decl *risk) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_declared(document, risk);
    next_cell(document);
    put_risk_threats(document, risk);
    next_cell(document);
    put_word_of(document, risk, ATTRIBUTE_decision);
    next_cell(document);
    put_note(document, risk, ATTRIBUTE_because);
    next_cell(document);
    put_note(document, risk, ATTRIBUTE_compensating);
    next_cell(document);
    put_note(document, risk, ATTRIBUTE_owner);
    next_cell(document);
    put_note(document, risk, ATTRIBUTE_review_date);
    close_part(document, PART_ROW);
}

static void write_risk_rows(struct document *document) {
    static const char *const titles[] = {"Risk",         "Threats", "Decision", "Because",
                                         "In its place", "Owner",   "Review on"};
    const struct decisions *decisions = document->emission->decisions;
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < decisions->risks.count; i++)
        write_risk_row(document, decisions->risks.items[i]->decl);
    close_part(document, PART_TABLE);
}

static void write_assessed(struct document *document, const struct threat *threat) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_threat_link(document, decl_id(threat->decision.decl));
    next_cell(document);
    put_text(document, decl_title(threat->decision.decl));
    next_cell(document);
    if (threat->score)
        put_number(document, (size_t)threat->score);
    next_cell(document);
    if (threat->residual) {
        put_number(document, (size_t)threat->residual_likelihood);
        put_words(document, " × ");
        put_number(document, (size_t)threat->residual_impact);
        put_words(document, " = ");
        put_number(document, (size_t)threat->residual);
    } else {
        put_words(document, "not assessed");
    }
    close_part(document, PART_ROW);
}

/* What is left of each threat when its mitigations are in place. */
static void write_assessments(struct document *document, const struct threat_list *threats) {
    static const char *const titles[] = {"Id", "Threat", "Score", "When mitigated"};
    size_t assessed = 0;
    for (size_t i = 0; i < threats->count; i++)
        assessed += threats->items[i]->residual > 0;
    if (!threats->count)
        return;
    if (!assessed) {
        put_paragraph(document, "What is left of each threat when its mitigations are in place is "
                                "not assessed.");
        return;
    }
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < threats->count; i++)
        write_assessed(document, threats->items[i]);
    close_part(document, PART_TABLE);
    if (!document->form->shows_all)
        return;
    put_paragraph(document, "The map when the mitigations are in place:");
    write_heat_map(document, threats, MAP_RESIDUAL);
}

void write_residual_risk(struct document *document) {
    const struct decisions *decisions = document->emission->decisions;
    struct threat_list threats = threats_by_score(document->emission);
    put_heading(document, 2, "8 Residual risk");
    if (decisions && decisions->risks.count)
        write_risk_rows(document);
    else
        put_paragraph(document, "None is recorded.");
    write_assessments(document, &threats);
}
