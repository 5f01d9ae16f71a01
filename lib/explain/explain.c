/* Which explanation has something to say of a topic, and the lists of topics. */
// SPDX-License-Identifier: MIT
#include "explain/explain.h"

#include "explain/explainer.h"

const struct topic_list topic_lists[] = {
    {"codes", "all diagnostics", list_codes},
    {"rules", "all rules", list_rules},
    {"attributes", "all attributes", list_attributes},
    {"kinds", "all kinds of declarations", list_kinds},
    {"letters", "all letters of the method", list_letters},
    {"truths", "all words that conditions can test besides attributes", list_truths},
    {"values", "all known values of attributes", list_values},
    {"formats", "all outputs", list_formats},
    {"words", "all words of the documents", list_terms},
};
const size_t topic_list_count = sizeof topic_lists / sizeof *topic_lists;

static bool explain_list(struct explainer *explainer) {
    for (size_t i = 0; i < topic_list_count; i++) {
        if (!slice_is(explainer->topic, topic_lists[i].name))
            continue;
        topic_lists[i].list(explainer);
        return true;
    }
    return false;
}

/* A word may be several: review is a kind and an attribute. False when it is none. */
static bool explain_all(struct project *project, struct writer *writer, struct slice topic) {
    static explanation *const explanations[] = {
        explain_list,  explain_code,      explain_letter, explain_row_of_model,
        explain_rule,  explain_attribute, explain_kind,   explain_truth,
        explain_value, explain_format,    explain_term,
    };
    bool found = false;
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
        struct memory_writer text;
        memory_writer_open(&text, &project->arena);
        struct explainer explainer = {project, &text.writer, topic};
        if (!explanations[i](&explainer))
            continue;
        write_string(writer, found ? "\n" : "");
        write_slice(writer, memory_writer_close(&text));
        found = true;
    }
    return found;
}

/* In small letters or capitals. */
static struct slice in_case(struct arena *arena, struct slice topic, bool capitals) {
    char *text = arena_copy(arena, topic.at, topic.length);
    for (char *c = text; *c; c++)
        if (capitals ? *c >= 'a' && *c <= 'z' : *c >= 'A' && *c <= 'Z')
            *c = (char)(*c ^ 0x20);
    return (struct slice){text, topic.length};
}

/* As it was typed, or else whatever its case: JWT, e0203. */
bool explain_topic(struct project *project, struct writer *writer, struct slice topic) {
    return explain_all(project, writer, topic) ||
           explain_all(project, writer, in_case(&project->arena, topic, false)) ||
           explain_all(project, writer, in_case(&project->arena, topic, true));
}
