/* Shared by the parts of the page: the report that people open in a browser. It is one file of HTML
 * that asks for nothing else. All of it can be read without its script, which filters, sorts,
 * zooms, and shows the description that a link leads to beside what one was looking at.
 *
 * Ids, for links from outside: T@pay (a row), T@pay/replay (a question of it), el-, flow-, tb- and
 * crossing- with an id (what the picture shows), threat-, rule- and page- with an id; sections have
 * a word. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_PAGE_H
#define EMIT_PAGE_H

#include "emit/division.h"
#include "emit/document_decisions.h"
#include "emit/extent.h"
#include "emit/html.h"

/* What questions of the page rest on a rule. */
enum rule_use { RULE_UNUSED, RULE_MENTIONED, RULE_ASKED };

struct page {
    const struct emission *emission;
    struct writer *writer;
    struct document document; /* for what is said in its calls */
    struct html html;
    unsigned char *rules; /* by number: enum rule_use, as far as is known */
    struct slice before;  /* the page as it was written before, behind the last picture found */
    struct slice picture; /* of all; "" where it could not be drawn */
    struct division *division; /* the pages of that; NULL where it has none */
};

/* What a picture of the page shows: a view, a page of a large model, or all. */
struct page_part {
    const struct decl *view;
    const struct fold *fold;
    size_t number; /* among those of its kind, from 1, so that its ids are its own; 0: all */
};
/* A picture in the page, with ids of its own and without a style of its own. */
struct page_picture {
    struct slice svg;          /* "" where it could not be drawn */
    struct division *division; /* of that of all: it is an overview of these pages; or NULL */
};
/* `before` is what follows in the page that was written before, from which it is taken where it is
 * the same. */
struct page_picture draw_page_picture(const struct emission *emission, const struct page_part *part,
                                      struct slice *before);
/* The id of a page follows. */
#define PAGE_ANCHOR "page-"

/* The script and the style, as bytes: lib/emit/page/page.js and page.css. */
extern const char page_script[], page_style[];
extern const unsigned long page_script_length, page_style_length;

/* Parts of the page: what rows are found by, each row with its questions, each element, flow, boundary
 * and crossing with its facts, the threats, and last the rules of all questions before. */
void write_row_table(struct page *page);
void write_row_descriptions(struct page *page);
void write_subject_descriptions(struct page *page);
void write_threat_descriptions(struct page *page);
void write_rule_descriptions(struct page *page);
/* ": T-1 mitigated, dismissed", where anything was decided about the row. */
void write_decided_about(struct page *page, const struct row *row);
/* The same as entries of its description, with those who own it. */
void write_decided_entries(struct page *page, const struct row *row);
/* A link to a page of the picture. */
void write_page_of(struct page *page, const struct fold *fold);
/* A link to a row by its id. */
void write_row_link(struct page *page, const struct row *row);
/* A description that links lead to: opened with its title; "answered" and the like as its state. */
void open_description(struct page *page, const char *state, struct slice id);
/* The same up to its id, for more attributes; ">" and the title, <h3>, follow. */
void begin_description(struct page *page, const char *state, struct slice id);
/* <dt>NAME</dt><dd>, to be closed. */
void open_entry(struct page *page, const char *name);
void close_entry(struct page *page);
/* Nothing where the text is "". */
void write_entry(struct page *page, const char *name, struct slice text);
/* What a decision states, cut where it is long. */
void write_said(struct page *page, const char *name, const struct decl *decl, enum attribute_id id);
/* A threat as it is mentioned: its id, title, priority and state. */
void write_threat_entry(struct page *page, const struct threat *threat);
/* A rule's id follows; see use_rule(). */
#define RULE_ANCHOR "rule-"
/* What links to a rule says so. */
void use_rule(struct page *page, const struct rule *rule, enum rule_use use);

#endif
