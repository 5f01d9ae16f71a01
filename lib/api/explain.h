/* What the explanations share: one topic, and text broken into lines of 80 columns. */
// SPDX-License-Identifier: MIT
#ifndef API_EXPLAIN_H
#define API_EXPLAIN_H

#include "api/compilation.h"

#define EXPLAIN_WIDTH 80

struct explainer {
    struct stridec *self;
    struct writer *writer;
    struct slice topic;
};

/* Each says what it knows of the topic; false, and nothing said, when it is none of its own. */
typedef bool explanation(struct explainer *explainer);
explanation explain_letter, explain_rule, explain_row_of_model;
explanation explain_value, explain_format, explain_term;

/* A word of the documents; see terms.def. */
struct term_row {
    const char *word, *page, *about;
};
extern const struct term_row term_rows[];
extern const size_t term_count;
/* All known values of attributes, each once. */
const struct slice *value_topics(struct stridec *self, size_t *count);

/* A list of all topics of one sort. */
struct topic_list {
    const char *name, *about;
    void (*tell)(struct explainer *explainer);
};
extern const struct topic_list topic_lists[];
extern const size_t topic_list_count;
void list_values(struct explainer *explainer);
void list_formats(struct explainer *explainer);
void list_terms(struct explainer *explainer);

/* Text, the user's too, at a column: its first line behind `head`, the rest below where it began.
 * Nothing for an empty text. */
void tell(struct explainer *explainer, size_t column, const char *head, struct slice text);
/* A name, and at a column what it is; where the name is too long for that, on the next line. */
void tell_entry(struct explainer *explainer, size_t column, struct slice name, struct slice about);
void tell_line(struct explainer *explainer);

/* The text of a condition as its file has it, on one line. */
struct slice condition_source(struct explainer *explainer, const struct rule *rule,
                              const char *word);
/* "external, actor" */
struct slice kinds_of(struct arena *arena, unsigned kinds);
/* Which rules read an attribute of these declarations, or one value of it alone. */
struct reader {
    enum attribute_id id;
    struct slice value; /* "": any */
};
void tell_readers(struct explainer *explainer, size_t column, const struct reader *reader);
/* How the attribute of that kind is stated safely: "`signed: yes`", or all values that are safe. */
void write_safe_values(struct writer *writer, enum attribute_id id);

#endif
