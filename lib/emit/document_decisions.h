/* Shared by the sections of the document that tell what the team has decided: threats by score,
 * mitigations as tickets, and how both are mentioned. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DOCUMENT_DECISIONS_H
#define EMIT_DOCUMENT_DECISIONS_H

#include "emit/document_words.h"

/* As `priority` of a threat takes them, highest first. */
#define PRIORITY_COUNT ((size_t)4)
extern const char *const priority_words[PRIORITY_COUNT];

/* A list of threats. */
struct threat_list {
    const struct threat **items;
    size_t count, capacity;
};

/* A mitigation and the threats that it is for, worst first. */
struct ticket {
    const struct decl *decl;
    struct threat_list threats;
    size_t place; /* of its priority and effort */
};
struct ticket_list {
    struct ticket **items;
    size_t count, capacity;
};

/* All threats of the model; the highest score first, and in order of declaration within it. */
struct threat_list threats_by_score(const struct emission *emission);
/* All mitigations: by the worst priority of their threats, then those of least effort first. */
struct ticket_list tickets_by_priority(const struct emission *emission);
/* Neither complete nor dropped, and not all that it is for sleeps. */
bool ticket_is_open(const struct ticket *ticket);

/* The known words of values are written with underscores. */
void put_spaced(struct document *document, struct slice word);
/* A known word that the declaration states; nothing where it states none. */
void put_word_of(struct document *document, const struct decl *decl, enum attribute_id id);
/* What was typed as likelihood or impact; nothing where nothing was. */
void put_level_of(struct document *document, const struct decl *decl, enum attribute_id id);
void put_threat_state(struct document *document, const struct threat *threat);
/* What happens: in the team's words, or else in those of the first question's rule; or "". */
struct slice threat_scenario(const struct emission *emission, const struct threat *threat);
/* "threat-T-1", where it is described. */
struct slice threat_anchor(const struct document *document, struct slice id);
/* Its id: at the place where it is listed, and elsewhere with a link to where it is described. */
void put_threat_anchor(struct document *document, const struct threat *threat);
void put_threat_link(struct document *document, struct slice id);
void put_threat_links(struct document *document, const struct threat_list *threats);
/* Threats by likelihood and impact: as they are now, or when their mitigations are in place. */
enum map { MAP_AS_IT_IS, MAP_RESIDUAL };
void write_heat_map(struct document *document, const struct threat_list *threats, enum map map);
/* "high", with a remark when somebody has set it. */
void put_priority(struct document *document, const struct threat *threat);
/* That of its worst threat. */
void put_ticket_priority(struct document *document, const struct ticket *ticket);
/* What is still to be done, as a list; returns how much there is. */
void write_open_item_list(struct document *document);
size_t count_open_items(const struct emission *emission);

#endif
