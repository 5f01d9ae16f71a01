/* All topics, sort by sort: topic_at() goes through them by number. */
// SPDX-License-Identifier: MIT
#include "explain/topics.h"

#include "analysis/reasons.h"
#include "emit/emit.h"
#include "explain/explainer.h"

#include <string.h>

typedef void topic_filler(struct topics *topics, size_t index, struct topic *topic);

static void fill_list(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = topic_lists[index].name;
    topic->about = topic_lists[index].about;
}

static void fill_letter(struct topics *topics, size_t index, struct topic *topic) {
    topic->name =
        slice_string(&topics->project->arena, topics->project->pack.method->letters[index].code);
    topic->about =
        slice_string(&topics->project->arena, topics->project->pack.method->letters[index].name);
}

static void fill_code(struct topics *topics, size_t index, struct topic *topic) {
    (void)topics;
    topic->name = diag_kind((enum diag_code)index)->code;
    topic->about = diag_kind((enum diag_code)index)->message;
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
static void fill_term(struct topics *topics, size_t index, struct topic *topic) {
    char *name =
        arena_copy(&topics->project->arena, term_rows[index].word, strlen(term_rows[index].word));
    for (char *c = name; *c; c++)
        *c = *c == ' ' ? '_' : *c;
    topic->name = name;
    topic->about = term_rows[index].about;
}

static void fill_rule(struct topics *topics, size_t index, struct topic *topic) {
    topic->name =
        slice_string(&topics->project->arena, topics->project->pack.rules.items[index]->id);
    topic->about =
        slice_string(&topics->project->arena, topics->project->pack.rules.items[index]->title);
}

static void fill_row(struct topics *topics, size_t index, struct topic *topic) {
    const struct row *row = topics->project->rows->ranked[index];
    topic->name = slice_string(&topics->project->arena, row_id(&topics->project->arena, row));
    topic->about = slice_string(&topics->project->arena,
                                row_reason(&topics->project->arena, topics->project->rows, row));
}

bool topic_at(struct topics *topics, size_t index, struct topic *topic) {
    const struct rows *rows = project_rows(topics->project);
    const struct rule_pack *pack = &topics->project->pack;
    if (!topics->values.count)
        find_value_names(&topics->project->arena, &topics->values);
    const struct {
        const char *sort;
        size_t count;
        topic_filler *fill;
    } sorts[] = {
        {"list", topic_list_count, fill_list},
        {"letter", pack->method->letter_count, fill_letter},
        {"code", DIAG_COUNT, fill_code},
        {"attribute", ATTRIBUTE_COUNT, fill_attribute},
        {"kind", KIND_COUNT, fill_kind},
        {"truth", TRUTH_COUNT, fill_truth},
        {"value", topics->values.count, fill_value},
        {"format", format_count, fill_format},
        {"word", term_count, fill_term},
        {"rule", pack->rules.count, fill_rule},
        {"row", rows ? rows->ranked_count : 0, fill_row},
    };
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (index < sorts[i].count) {
            topic->sort = sorts[i].sort;
            sorts[i].fill(topics, index, topic);
            return true;
        }
        index -= sorts[i].count;
    }
    return false;
}
