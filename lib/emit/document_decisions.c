/* Threats by score, mitigations as tickets, and how both are mentioned. */
// SPDX-License-Identifier: MIT
#include "emit/document_decisions.h"

#include "analysis/threats.h"

#define EFFORT_COUNT ((size_t)4) /* low, medium, high, not stated */

/* ---- order ------------------------------------------------------------------------------- */

struct threat_list threats_by_score(const struct emission *emission) {
    const struct decisions *decisions = emission->decisions;
    struct threat_list list = {0};
    for (int score = SCORE_LIMIT; decisions && score >= 0; score--)
        for (size_t i = 0; i < decisions->threats.count; i++)
            if (decisions->threats.items[i]->score == score)
                *ARRAY_ADD(emission->arena, &list) = decisions->threats.items[i];
    return list;
}

/* The place of a word among others; their number where it is none of them. */
static size_t place_among(struct slice word, const char *const *words, size_t count) {
    size_t place = 0;
    while (place < count && !slice_is(word, words[place]))
        place++;
    return place;
}

const char *const priority_words[PRIORITY_COUNT] = {"critical", "high", "medium", "low"};

/* PRIORITY_COUNT where none of its threats has one. */
static size_t priority_place(const struct ticket *ticket) {
    size_t best = PRIORITY_COUNT;
    for (size_t i = 0; i < ticket->threats.count; i++) {
        size_t place =
            place_among(ticket->threats.items[i]->priority, priority_words, PRIORITY_COUNT);
        best = place < best ? place : best;
    }
    return best;
}

static size_t effort_place(const struct ticket *ticket) {
    static const char *const words[EFFORT_COUNT - 1] = {"low", "medium", "high"};
    return place_among(decl_text(ticket->decl, ATTRIBUTE_effort), words, EFFORT_COUNT - 1);
}

/* Each mitigation by its address. */
static struct table find_tickets(const struct emission *emission, struct ticket_list *list) {
    const struct decl_list *mitigations = &emission->decisions->mitigations;
    struct table tickets = {0};
    for (size_t i = 0; i < mitigations->count; i++) {
        struct ticket *ticket = ARENA_NEW(emission->arena, struct ticket);
        ticket->decl = mitigations->items[i];
        table_intern(emission->arena, &tickets, kept_address(emission->arena, ticket->decl),
                     ticket);
        *ARRAY_ADD(emission->arena, list) = ticket;
    }
    return tickets;
}

static void hang_on_tickets(struct arena *arena, const struct table *tickets,
                            const struct threat *threat) {
    for (size_t i = 0; i < threat->mitigations.count; i++) {
        const void *address = threat->mitigations.items[i];
        struct ticket *ticket = table_get(tickets, address_key(&address));
        if (ticket)
            *ARRAY_ADD(arena, &ticket->threats) = threat;
    }
}

static struct ticket_list in_order(struct arena *arena, const struct ticket_list *list) {
    struct ticket_list ordered = {0};
    for (size_t i = 0; i < list->count; i++)
        list->items[i]->place =
            priority_place(list->items[i]) * EFFORT_COUNT + effort_place(list->items[i]);
    for (size_t place = 0; place < (PRIORITY_COUNT + 1) * EFFORT_COUNT; place++)
        for (size_t i = 0; i < list->count; i++)
            if (list->items[i]->place == place)
                *ARRAY_ADD(arena, &ordered) = list->items[i];
    return ordered;
}

struct ticket_list tickets_by_priority(const struct emission *emission) {
    struct ticket_list list = {0};
    if (!emission->decisions || !emission->decisions->mitigations.count)
        return list;
    struct table tickets = find_tickets(emission, &list);
    struct threat_list threats = threats_by_score(emission);
    for (size_t i = 0; i < threats.count; i++)
        hang_on_tickets(emission->arena, &tickets, threats.items[i]);
    return in_order(emission->arena, &list);
}

/* What it is for may sleep: then nobody waits for it. */
static bool has_waking_threat(const struct ticket *ticket) {
    for (size_t i = 0; i < ticket->threats.count; i++)
        if (ticket->threats.items[i]->state != THREAT_ASLEEP)
            return true;
    return !ticket->threats.count;
}

bool ticket_is_open(const struct ticket *ticket) {
    return !mitigation_has_ended(ticket->decl) && has_waking_threat(ticket);
}

/* ---- mentions ---------------------------------------------------------------------------- */

void put_spaced(struct document *document, struct slice word) {
    struct slice copy = slice_copy(document->emission->arena, word);
    char *at = ARENA_ARRAY(document->emission->arena, char, word.length + 1);
    for (size_t i = 0; i < word.length; i++)
        at[i] = copy.at[i] == '_' ? ' ' : copy.at[i];
    if (word.length)
        put_text(document, (struct slice){at, word.length});
}

void put_word_of(struct document *document, const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    if (attribute && attribute->stated)
        put_spaced(document, decl_text(decl, id));
}

void put_level_of(struct document *document, const struct decl *decl, enum attribute_id id) {
    const struct value *value = stated_values(decl_attribute(decl, id));
    if (value)
        put_text(document, word_text(&value->word));
}

void put_threat_state(struct document *document, const struct threat *threat) {
    put_spaced(document, slice_of(threat_states[threat->state].word));
}

struct slice threat_anchor(const struct document *document, struct slice id) {
    return text_format(document->emission->arena, "threat-%.*s", SLICE_ARGS(id));
}

void put_threat_anchor(struct document *document, const struct threat *threat) {
    struct slice id = decl_id(threat->decision.decl);
    if (document->form->shows_all) {
        put_threat_link(document, id);
        return;
    }
    document->form->anchor(document, threat_anchor(document, id));
    put_text(document, id);
}

/* Where not all is described, it is where threats are listed. */
void put_threat_link(struct document *document, struct slice id) {
    bool linked = document->form->shows_all || shows_section(document->emission, SECTION_stride);
    if (linked)
        document->form->open_link(document, true, threat_anchor(document, id));
    put_text(document, id);
    if (linked)
        close_part(document, PART_LINK);
}

void put_threat_links(struct document *document, const struct threat_list *threats) {
    for (size_t i = 0; i < threats->count; i++) {
        put_between(document, i > 0, ", ");
        put_threat_link(document, decl_id(threats->items[i]->decision.decl));
    }
}

void put_priority(struct document *document, const struct threat *threat) {
    if (threat->priority.length)
        put_text(document, threat->priority);
    put_between(document, threat->overridden, " (set by hand)");
}

void put_ticket_priority(struct document *document, const struct ticket *ticket) {
    size_t place = priority_place(ticket);
    if (place < PRIORITY_COUNT)
        put_words(document, priority_words[place]);
}
