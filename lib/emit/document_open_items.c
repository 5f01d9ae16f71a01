/* Section 9 of the document: what is still to be done, as a list to check off. `stridec checklist`
 * keeps the same list in a file of somebody else's. */
// SPDX-License-Identifier: MIT
#include "emit/document_decisions.h"

static void put_titles(struct document *document, const struct threat_list *threats) {
    for (size_t i = 0; i < threats->count; i++) {
        put_between(document, i > 0, ", ");
        open_part(document, PART_STRONG);
        put_text(document, decl_id(threats->items[i]->decision.decl));
        close_part(document, PART_STRONG);
        put_words(document, " ");
        put_mention(document, decl_title(threats->items[i]->decision.decl));
        if (threats->items[i]->priority.length) {
            put_words(document, " (");
            put_text(document, threats->items[i]->priority);
            put_words(document, ")");
        }
    }
}

static void put_known(struct document *document, const char *before, const struct decl *decl,
                      enum attribute_id id) {
    put_between(document, decl_text(decl, id).length > 0, before);
    put_word_of(document, decl, id);
}

static void put_said(struct document *document, const char *before, const struct decl *decl,
                     enum attribute_id id) {
    put_between(document, decl_text(decl, id).length > 0, before);
    put_note(document, decl, id);
}

static void write_ticket(struct document *document, const struct ticket *ticket) {
    open_part(document, PART_ITEM);
    put_titles(document, &ticket->threats);
    put_between(document, ticket->threats.count > 0, ": ");
    put_mention(document, decl_title(ticket->decl));
    put_known(document, ", ", ticket->decl, ATTRIBUTE_state);
    put_known(document, "; effort ", ticket->decl, ATTRIBUTE_effort);
    put_said(document, "; owner ", ticket->decl, ATTRIBUTE_owner);
    put_said(document, "; due ", ticket->decl, ATTRIBUTE_due);
    put_said(document, "; put off to ", ticket->decl, ATTRIBUTE_until);
    put_said(document, "; ticket ", ticket->decl, ATTRIBUTE_ticket);
    close_part(document, PART_ITEM);
}

static void write_unplanned(struct document *document, const struct threat *threat) {
    struct threat_list one = {&threat, 1, 1};
    open_part(document, PART_ITEM);
    put_titles(document, &one);
    put_words(document, ": nothing is planned");
    close_part(document, PART_ITEM);
}

static size_t count_open(const struct threat_list *threats, const struct ticket_list *tickets) {
    size_t count = 0;
    for (size_t i = 0; i < threats->count; i++)
        count += threats->items[i]->state == THREAT_UNMITIGATED;
    for (size_t i = 0; i < tickets->count; i++)
        count += ticket_is_open(tickets->items[i]);
    return count;
}

size_t count_open_items(const struct emission *emission) {
    struct ticket_list tickets = tickets_by_priority(emission);
    struct threat_list threats = threats_by_score(emission);
    return count_open(&threats, &tickets);
}

static void write_items(struct document *document, const struct threat_list *threats,
                        const struct ticket_list *tickets) {
    open_part(document, PART_TASKS);
    for (size_t i = 0; i < threats->count; i++)
        if (threats->items[i]->state == THREAT_UNMITIGATED)
            write_unplanned(document, threats->items[i]);
    for (size_t i = 0; i < tickets->count; i++)
        if (ticket_is_open(tickets->items[i]))
            write_ticket(document, tickets->items[i]);
    close_part(document, PART_TASKS);
}

/* What sleeps is neither open nor done, and comes back with its subject. */
static void write_asleep(struct document *document, const struct threat_list *threats) {
    struct threat_list asleep = {0};
    for (size_t i = 0; i < threats->count; i++)
        if (threats->items[i]->state == THREAT_ASLEEP)
            *ARRAY_ADD(document->emission->arena, &asleep) = threats->items[i];
    if (!asleep.count)
        return;
    open_part(document, PART_PARAGRAPH);
    put_words(document, "Asleep, as what they are about is out of scope: ");
    put_titles(document, &asleep);
    put_words(document, ".");
    close_part(document, PART_PARAGRAPH);
}

void write_open_item_list(struct document *document) {
    const struct emission *emission = document->emission;
    struct ticket_list tickets = tickets_by_priority(emission);
    struct threat_list threats = threats_by_score(emission);
    if (count_open(&threats, &tickets))
        write_items(document, &threats, &tickets);
    else
        put_paragraph(document, "Nothing that was decided is still to be done.");
    write_asleep(document, &threats);
}

void write_open_items(struct document *document) {
    put_heading(document, 2, "9 Open items");
    write_open_item_list(document);
}
