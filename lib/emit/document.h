/* What the threat-model document is made of: headings, paragraphs, lists, tables, links. Its
 * sections say in these calls what stands in it; a form of output (markdown.c, plain.c) knows how
 * that is spelled. So no section has markup in its texts, and another form needs no change in any
 * section. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DOCUMENT_H
#define EMIT_DOCUMENT_H

#include "emit/emit.h"

/* What is opened and closed in pairs. */
enum document_part {
    PART_HEADING,
    PART_PARAGRAPH,
    PART_LIST,
    PART_STEPS, /* a list whose items are numbered */
    PART_TASKS, /* a list whose items can be checked off */
    PART_ITEM,
    PART_VERBATIM, /* lines as they are, in letters of one width */
    PART_TABLE,
    PART_ROW,
    PART_STRONG,
    PART_EMPHASIS,
    PART_LINK,
    PART_FOLD, /* blocks that a reader opens */
};

struct document;

/* The columns of a table. Those on the right may hold no more than a mark each. */
struct columns {
    const char *const *titles; /* all "": the table has no head */
    size_t count, marks;
    const char *name; /* what table it is, for its looks; or NULL */
};

/* One way to write a document. Each row of a table fills all of its columns; what follows
 * next_cell() is in that cell. A link leads to an anchor of the document, or to an address. */
struct document_form {
    void (*open_heading)(struct document *document, unsigned level);
    void (*open_table)(struct document *document, struct columns columns);
    void (*open_link)(struct document *document, bool to_anchor, struct slice target);
    void (*open_fold)(struct document *document, const char *title);
    void (*open)(struct document *document, enum document_part part); /* any other part */
    void (*close)(struct document *document, enum document_part part);
    void (*next_cell)(struct document *document, size_t width);
    void (*words)(struct document *document, const char *words);  /* the document's own */
    void (*text)(struct document *document, struct slice text);   /* somebody else's */
    void (*code)(struct document *document, struct slice code);   /* the same, as code */
    void (*anchor)(struct document *document, struct slice name); /* this place has it */
    void (*image)(struct document *document, struct slice path, const char *instead);
    void (*line_break)(struct document *document);
    void (*band)(struct document *document, struct slice priority); /* of the open cell; or NULL */
    /* Whether each row and each subject has a place of its own, which is named as in links of a
     * picture; else only the rows that are still to be decided have one. */
    bool shows_all;
};

struct document {
    const struct document_form *form;
    void *context;                   /* of the form */
    const struct emission *emission; /* what the document is about */
};

/* Describes a document about something, by the calls below. */
typedef void document_content(struct document *document, const void *what);

static inline void open_part(struct document *document, enum document_part part) {
    document->form->open(document, part);
}

static inline void close_part(struct document *document, enum document_part part) {
    document->form->close(document, part);
}

static inline void open_heading(struct document *document, unsigned level) {
    document->form->open_heading(document, level);
}

/* What stands in it is seen when the reader opens it; until then only its title is. */
static inline void open_fold(struct document *document, const char *title) {
    document->form->open_fold(document, title);
}

/* A table with a title for each column. */
#define OPEN_TABLE(document, titles)                                                               \
    (document)->form->open_table(                                                                  \
        document, (struct columns){titles, sizeof(titles) / sizeof *(titles), 0, NULL})

static inline void next_cell(struct document *document) {
    document->form->next_cell(document, 1);
}

static inline void put_words(struct document *document, const char *words) {
    document->form->words(document, words);
}

static inline void put_text(struct document *document, struct slice text) {
    document->form->text(document, text);
}

static inline void put_code(struct document *document, struct slice code) {
    document->form->code(document, code);
}

/* The priority that the open cell stands for, for its colour; "": none. */
static inline void put_band(struct document *document, struct slice priority) {
    if (document->form->band && priority.length)
        document->form->band(document, priority);
}

static inline void break_line(struct document *document) {
    document->form->line_break(document);
}

/* Parts that have nothing but words. */
void put_heading(struct document *document, unsigned level, const char *words);
void put_paragraph(struct document *document, const char *words);
void put_strong(struct document *document, const char *words);
void put_emphasis(struct document *document, const char *words);

void put_number(struct document *document, size_t number);
/* "3 flows", "1 flow" */
void put_count(struct document *document, size_t count, const char *one, const char *many);
/* What stands between the members of an enumeration: nothing before the first one. */
void put_between(struct document *document, bool more, const char *words);
/* " and 3 more", when an enumeration leaves some out; nothing when it leaves out none. */
void put_left_out(struct document *document, size_t count);

#endif
