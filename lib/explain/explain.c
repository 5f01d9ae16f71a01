/* Which explanations have something to say of a topic. */
// SPDX-License-Identifier: MIT
#include "explain/explain.h"

#include "explain/explainer.h"

/* A word may be several: review is a kind and an attribute. False when it is none. */
static bool explain_all(struct project *project, struct writer *writer, struct slice topic) {
    bool found = false;
    for (size_t i = 0; i < explanation_count; i++) {
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
