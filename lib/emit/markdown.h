/* Shared by the sections of the threat-model document: small writers of names, values and links.
 * Each section of the document is one function, called by markdown.c in order. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_MARKDOWN_H
#define EMIT_MARKDOWN_H

#include "emit/emit.h"

/* Writes any text as code: `x`, or <code> where backticks would not do. */
void write_markdown_code(struct writer *writer, struct slice code);

/* Writes a text that is declared elsewhere, cut where it is long. */
void write_mention(struct writer *writer, struct slice text);
/* "Payment API (`payment_api`)", where it is mentioned; and where it is declared, in full. */
void write_named(struct writer *writer, const struct decl *decl);
void write_declared(struct writer *writer, const struct decl *decl);
/* "3 flows", "1 flow" */
void write_count(struct writer *writer, size_t count, const char *one, const char *many);
/* A stated value as code: `a, b`. Nothing when it is not stated. */
void write_stated(struct emission *emission, const struct attribute *attribute);
/* A text of the model; nothing when it is not stated. */
void write_note(struct writer *writer, const struct decl *decl, enum attribute_id id);
/* "`auth: signature` of `webhook` (claimed)" */
void write_reading(struct emission *emission, const struct reading *reading);
/* The anchor of an open row's section. */
void write_row_anchor(struct writer *writer, const struct row *row);
/* See row_question(). */
void write_question(struct emission *emission, const struct row *row);
/* The rows that this document is to show. */
bool row_is_open_in(const struct emission *emission, const struct row *row, int tier);

/* The sections. */
void write_overview(struct emission *emission);
void write_text_diagram(struct emission *emission);
void write_assets(struct emission *emission);
void write_adversaries(struct emission *emission);
void write_attack_surface(struct emission *emission);
void write_open_rows(struct emission *emission);
void write_settled_rows(struct emission *emission);
void write_coverage(struct emission *emission);

#endif
