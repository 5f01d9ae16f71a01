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
/* Each writes all topics of a group. */
typedef void topic_lister(struct explainer *explainer);
#define UNLISTED(group, count) explanation explain_##group;
#define LISTED(group, list, about, count) UNLISTED(group, count) topic_lister list_##list;
#include "explain/topics.def"
#undef LISTED
#undef UNLISTED
/* All of them, in the order in which they are asked. */
extern explanation *const explanations[];
extern const size_t explanation_count;

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

/* "[a, b]", or one word. */
void write_stated_value(struct writer *writer, const struct attribute *attribute);
/* The text of a condition as its file has it, on one line. */
struct slice condition_source(struct explainer *explainer, const struct rule *rule,
                              const char *word);
/* "external, actor" */
struct slice kinds_of(struct arena *arena, unsigned kinds);
/* The words that mean a known value: "zip, tar" */
struct slice synonyms_of(struct arena *arena, enum attribute_id id, struct slice value);
/* Writes which rules read an attribute of these declarations, or one value of it alone. */
struct reader {
    enum attribute_id id;
    struct slice value; /* "": any */
};
void tell_readers(struct explainer *explainer, size_t column, const struct reader *reader);

#endif
