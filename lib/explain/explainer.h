/* Shared by the explanations: one topic, and text broken into lines of 80 columns. */
// SPDX-License-Identifier: MIT
#ifndef EXPLAIN_EXPLAINER_H
#define EXPLAIN_EXPLAINER_H

#include "explain/topics.h"

#define EXPLAIN_WIDTH 80

struct explainer {
    struct project *project;
    struct writer *writer;
    struct slice topic;
};

/* Each writes what it knows about the topic. False, and nothing written, when the topic is not one
 * of its own. */
typedef bool explanation(struct explainer *explainer);
explanation explain_code, explain_attribute, explain_kind, explain_truth;
explanation explain_letter, explain_rule, explain_row_of_model;
explanation explain_value, explain_format, explain_term;

/* Each writes all topics of a sort. */
typedef void topic_lister(struct explainer *explainer);
topic_lister list_codes, list_attributes, list_kinds, list_truths;
topic_lister list_letters, list_rules;
topic_lister list_values, list_formats, list_terms;
struct topic_list {
    const char *name, *about;
    topic_lister *list;
};
extern const struct topic_list topic_lists[];
extern const size_t topic_list_count;

/* A word of the documents; see terms.def. */
struct term_row {
    const char *word, *page, *about;
};
extern const struct term_row term_rows[];
extern const size_t term_count;
/* All known values of attributes, each once; `names` is empty before. */
void find_value_names(struct arena *arena, struct value_names *names);

/* Text, the user's too, at a column: its first line after `head`, the rest below where it began.
 * Nothing for an empty text. */
void tell(struct explainer *explainer, size_t column, const char *head, struct slice text);
/* A name, and at a column its description; on the next line where the name is too long. */
void tell_entry(struct explainer *explainer, size_t column, struct slice name, struct slice about);
void tell_line(struct explainer *explainer);

/* The text of a condition as its file has it, on one line. */
struct slice condition_source(struct explainer *explainer, const struct rule *rule,
                              const char *word);
/* "external, actor" */
struct slice kinds_of(struct arena *arena, unsigned kinds);
/* Writes which rules read an attribute of these declarations, or one value of it alone. */
struct reader {
    enum attribute_id id;
    struct slice value; /* "": any */
};
void tell_readers(struct explainer *explainer, size_t column, const struct reader *reader);

#endif
