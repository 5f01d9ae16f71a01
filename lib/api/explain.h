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

/* A list of all topics of one sort. */
struct topic_list {
    const char *name, *about;
    void (*tell)(struct explainer *explainer);
};
extern const struct topic_list topic_lists[];
extern const size_t topic_list_count;

/* Text, the user's too, at a column: its first line behind `head`, the rest below where it began.
 * Nothing for an empty text. */
void tell(struct explainer *explainer, size_t column, const char *head, struct slice text);
/* A name, and at a column what it is; where the name is too long for that, on the next line. */
void tell_entry(struct explainer *explainer, size_t column, struct slice name, struct slice about);
void tell_line(struct explainer *explainer);

/* The text of a condition as its file has it, on one line. */
struct slice condition_source(struct explainer *explainer, const struct rule *rule,
                              const char *word);
/* How the attribute of that kind is stated safely: "`signed: yes`", or all values that are safe. */
void write_safe_values(struct writer *writer, enum attribute_id id);

#endif
