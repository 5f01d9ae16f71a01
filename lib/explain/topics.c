/* The table of what can be explained, and all topics by their number. */
// SPDX-License-Identifier: MIT
#include "explain/topics.h"

#include "analysis/gate.h"
#include "analysis/reasons.h"
#include "emit/emit.h"
#include "explain/explainer.h"

#include <string.h>

static const struct {
    const char *name, *about;
    topic_lister *list;
} topic_lists[] = {
#define UNLISTED(group, count)
#define LISTED(group, list, about, count) {#list, about, list_##list},
#include "explain/topics.def"
#undef LISTED
#undef UNLISTED
};
static const size_t topic_list_count = sizeof topic_lists / sizeof *topic_lists;

bool explain_list(struct explainer *explainer) {
    for (size_t i = 0; i < topic_list_count; i++) {
        if (!slice_is(explainer->topic, topic_lists[i].name))
            continue;
        topic_lists[i].list(explainer);
        return true;
    }
    return false;
}

explanation *const explanations[] = {
#define UNLISTED(group, count) explain_##group,
#define LISTED(group, list, about, count) explain_##group,
#include "explain/topics.def"
#undef LISTED
#undef UNLISTED
};
const size_t explanation_count = sizeof explanations / sizeof *explanations;

/* ---- by number --------------------------------------------------------------------------- */

typedef void topic_filler(struct topics *topics, size_t index, struct topic *topic);

static void fill_list(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = topic_lists[index].name;
    topic->about = topic_lists[index].about;
}

static void fill_letter(struct topics *topics, size_t index, struct topic *topic) {
    topic->name =
        slice_string(&topics->project->arena, topics->project->pack->method->letters[index].code);
    topic->about =
        slice_string(&topics->project->arena, topics->project->pack->method->letters[index].name);
}

static void fill_code(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = diag_kind((enum diag_code)index)->code;
    topic->about = diag_kind((enum diag_code)index)->message;
}

static void fill_demand(struct topics *topics, size_t index, struct topic *topic) {
    enum diag_code code = gate_rule_at(index);
    topic->name =
        slice_string(&topics->project->arena, gate_rule_word(&topics->project->arena, code));
    topic->about = diag_kind(code)->message;
}

/* A name that stands on several rows is listed once for each. */
static void fill_attribute(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = attribute_rows[index].name;
    topic->about = attribute_rows[index].about;
}

static void fill_kind(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = kind_rows[index].word;
    topic->about = kind_rows[index].about;
}

static void fill_truth(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = truth_rows[index].name;
    topic->about = truth_rows[index].about;
}

static void fill_value(struct topics *topics, size_t index, struct topic *topic) {
    topic->name = slice_string(&topics->project->arena, topics->values.items[index]);
    topic->about = "a value of an attribute";
}

static void fill_format(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = formats[index].name;
    topic->about = formats[index].about;
}

/* One word, so that it can be typed as it stands. */
static void fill_word(struct topics *topics, size_t index, struct topic *topic) {
    char *name =
        arena_copy(&topics->project->arena, term_rows[index].word, strlen(term_rows[index].word));
    for (char *c = name; *c; c++)
        *c = *c == ' ' ? '_' : *c;
    topic->name = name;
    topic->about = term_rows[index].about;
}

static void fill_rule(struct topics *topics, size_t index, struct topic *topic) {
    topic->name =
        slice_string(&topics->project->arena, topics->project->pack->rules.items[index]->id);
    topic->about =
        slice_string(&topics->project->arena, topics->project->pack->rules.items[index]->title);
}

static void fill_aka(struct topics *topics, size_t index, struct topic *topic) {
    topic->name = slice_string(&topics->project->arena, topics->names.items[index]);
    topic->about = "a name by which a rule is known";
}

static void fill_reference(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = reference_rows[index].id;
    topic->about = reference_rows[index].title;
}

static void fill_row(struct topics *topics, size_t index, struct topic *topic) {
    const struct row *row = topics->rows->ranked[index];
    topic->name = slice_string(&topics->project->arena, row_id(&topics->project->arena, row));
    topic->about = slice_string(&topics->project->arena,
                                row_reason(&topics->project->arena, topics->rows, row));
}

/* Of the others that a model declares, boundaries and assets, nothing is asked. */
static void fill_subject(struct topics *topics, size_t index, struct topic *topic) {
    const struct decl *subject = topics->rows->analysis->shown->subjects.items[index];
    topic->name = slice_string(&topics->project->arena, decl_id(subject));
    topic->about = slice_string(&topics->project->arena, decl_title(subject));
}

static const struct {
    const char *name;
    topic_filler *fill;
} topic_groups[] = {
#define UNLISTED(group, count) {#group, fill_##group},
#define LISTED(group, list, about, count) UNLISTED(group, count)
#include "explain/topics.def"
#undef LISTED
#undef UNLISTED
};

/* Each once, though several rules may have it. */
static void find_rule_names(struct project *project, struct value_names *names) {
    struct table seen = {0};
    for (size_t i = 0; i < project->pack->rules.count; i++) {
        const struct rule *rule = project->pack->rules.items[i];
        for (size_t j = 0; j < rule->aka_count; j++)
            if (table_intern(&project->arena, &seen, rule->aka[j], &rule->aka[j]) == &rule->aka[j])
                *ARRAY_ADD(&project->arena, names) = rule->aka[j];
    }
}

bool topic_at(struct topics *topics, size_t index, struct topic *topic) {
    topics->rows = project_rows(topics->project);
    if (!topics->values.count)
        find_value_names(&topics->project->arena, &topics->values);
    if (!topics->names.count)
        find_rule_names(topics->project, &topics->names);
    const size_t counts[] = {
#define UNLISTED(group, count) count,
#define LISTED(group, list, about, count) count,
#include "explain/topics.def"
#undef LISTED
#undef UNLISTED
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (index < counts[i]) {
            topic->group = topic_groups[i].name;
            topic_groups[i].fill(topics, index, topic);
            return true;
        }
        index -= counts[i];
    }
    return false;
}
