/* Shared by the sections of the threat-model document: names, values and links to rows. Each
 * section is one function, called by write_document() in order. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DOCUMENT_WORDS_H
#define EMIT_DOCUMENT_WORDS_H

#include "emit/document.h"
#include "emit/picture.h"

/* A text that is declared elsewhere, cut where it is long. */
void put_mention(struct document *document, struct slice text);
/* "Payment API (`payment_api`)", where it is mentioned; and where it is declared, in full. */
void put_named(struct document *document, const struct decl *decl);
void put_declared(struct document *document, const struct decl *decl);
/* "flow-pay", as in a picture. */
struct slice shape_anchor(const struct document *document, const struct decl *decl);
/* Its id, with a link to where it is described where all is. */
void put_id(struct document *document, const struct decl *decl);
/* A member of an enumeration of codes: "`a`, `b`". */
void put_listed(struct document *document, bool later, struct slice code);
/* A stated value as code: `a, b`. Nothing when it is not stated. */
void put_stated(struct document *document, const struct attribute *attribute);
/* A text of the model; nothing when it is not stated. */
void put_note(struct document *document, const struct decl *decl, enum attribute_id id);
/* The same after a colon. */
void put_note_after(struct document *document, const struct decl *decl, enum attribute_id id);
/* Whether a place is stated where the fact can be seen; and what follows the fact: "(shown in
 * `src/a.ts#b`)", "(claimed)" where no place is stated or it shows nothing. */
bool has_evidence(const struct decl *decl, enum attribute_id family);
void put_proof(struct document *document, const struct decl *decl, enum attribute_id family);
/* Evidence, and what is wrong with it: "`src/audit.ts#record`: the file does not have it". */
void put_evidence(struct document *document, struct slice place);
/* "`auth: signature` of `webhook` (claimed)" */
void put_reading(struct document *document, const struct reading *reading);
/* " = 16, critical" */
void put_points(struct document *document, struct score score);
/* The stated value as the user would write it, without brackets. */
struct slice value_text(const struct emission *emission, const struct attribute *attribute);
/* The id of a row: at the place of the row, and elsewhere with a link to it. */
void put_row_anchor(struct document *document, const struct row *row);
void open_row_link(struct document *document, const struct row *row);
void put_row_id(struct document *document, const struct row *row);
/* See row_question(). */
void put_question(struct document *document, const struct row *row);
/* The element that states a fact of a declaration, or has to be changed about it: itself, the
 * target of a flow, the process of a crossing. */
const struct decl *element_of(const struct decl *decl);
/* The rows that this document is to show. */
bool row_is_open_in(const struct emission *emission, const struct row *row, int tier);
bool shows_tier(const struct emission *emission, int tier);

enum document_section {
#define SECTION(id, word, function, about) SECTION_##id,
#include "emit/document_sections.def"
#undef SECTION
    SECTION_COUNT
};
struct section_row {
    const char *word, *about;
};
extern const struct section_row section_rows[SECTION_COUNT];
bool shows_section(const struct emission *emission, enum document_section section);

/* The whole document, and its sections. */
void write_document(struct document *document);
typedef void section_writer(struct document *document);
#define SECTION(id, word, function, about) section_writer function;
#include "emit/document_sections.def"
#undef SECTION
/* Parts of sections. */
void write_document_title(struct document *document);
void write_text_diagram(struct document *document);
void write_matrix(struct document *document);
void write_threats(struct document *document);

#endif
