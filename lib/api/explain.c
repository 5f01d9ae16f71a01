/* `explain`: one topic, told from the tables that the program itself works with. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "emit/emit.h"
#include "syntax/builder.h"

#include <string.h>

struct explainer {
    struct stridec *self;
    struct writer *writer;
    struct slice topic;
};

static bool explain_code(struct explainer *explainer) {
    enum diag_code code = diag_find(explainer->topic);
    if (code == DIAG_COUNT)
        return false;
    const struct diag_kind *kind = diag_kind(code);
    write_format(explainer->writer, "%s (%s): %s\n\n%s\n", kind->code,
                 kind->level == LEVEL_ERROR ? "error" : "warning", kind->message, kind->about);
    if (kind->level == LEVEL_WARNING && !strncmp(kind->code, "W04", 3))
        write_format(explainer->writer,
                     "\nWhere it is not wanted: allow: [%s] on the declaration or the model.\n",
                     kind->code);
    return true;
}

static bool explain_letter(struct explainer *explainer) {
    struct method *method = explainer->self->pack.method;
    const struct letter *letter = method ? method_letter(method, explainer->topic) : NULL;
    if (!letter)
        return false;
    write_format(explainer->writer, "%.*s: %.*s\n", S(letter->code), S(letter->name));
    if (letter->about.length)
        write_format(explainer->writer, "%.*s\n", S(letter->about));
    write_char(explainer->writer, '\n');
    for (size_t i = 0; i < SUBJECT_COUNT; i++) {
        struct slice never = method->never[i][letter->index];
        const char *when = method->always[i] >> letter->index & 1    ? "always"
                           : method->by_rule[i] >> letter->index & 1 ? "by rule"
                                                                     : "never";
        write_format(explainer->writer, "  %s: %s%s%.*s\n", subject_words[i], when,
                     never.length ? ", " : "", S(never));
    }
    return true;
}

static void write_source(struct explainer *explainer, const struct rule *rule, const char *word,
                         const struct expr *expr) {
    write_format(explainer->writer, "  %s  %.*s\n", word,
                 S(source_slice(rule->decl->source, expr->span)));
}

static void write_ids(struct explainer *explainer, const struct slice *ids, size_t count) {
    for (size_t i = 0; i < count; i++)
        write_format(explainer->writer, "%s%.*s", i ? ", " : "  ", S(ids[i]));
    write_string(explainer->writer, count ? "\n" : "");
}

static bool explain_rule(struct explainer *explainer) {
    const struct rule *rule = table_get(&explainer->self->pack.by_id, explainer->topic);
    if (!rule)
        return false;
    write_format(explainer->writer, "rule %.*s: %.*s\n  %.*s, tried on every %s\n", S(rule->id),
                 S(rule->title), S(rule->letter->name), subject_words[rule->on]);
    for (const struct item *item = rule->decl->item->block->items; item; item = item->next)
        if (item->kind == ITEM_CONDITION)
            write_source(explainer, rule, slice_is(item->word.text, "when") ? "when  " : "unless",
                         item->expr);
    write_format(explainer->writer, "\n  %.*s\n", S(rule->ask));
    if (rule->scenario.length)
        write_format(explainer->writer, "\n  %.*s\n", S(rule->scenario));
    if (rule->mitigation.length)
        write_format(explainer->writer, "\n  First: %.*s\n", S(rule->mitigation));
    write_ids(explainer, rule->cwe, rule->cwe_count);
    write_ids(explainer, rule->capec, rule->capec_count);
    return true;
}

static void explain_values(struct explainer *explainer, enum attribute_id id) {
    const char *rest = attribute_rows[id].values;
    struct slice value;
    bool safe, safe_one = false;
    if (attribute_rows[id].type == TYPE_NUMBER || !*rest)
        return;
    write_string(explainer->writer, "  values:");
    while (attribute_next_value(&rest, &value, &safe)) {
        write_format(explainer->writer, " %.*s%s", S(value), safe ? "*" : "");
        safe_one |= safe;
    }
    write_string(explainer->writer, safe_one ? "  (* answers the question)\n" : "\n");
}

static bool explain_attribute(struct explainer *explainer) {
    static const char *const roles[] = {"a trait: it decides which questions make sense",
                                        "a fact: it answers questions", "a note"};
    const struct attribute_index *index = &explainer->self->vocabulary->attributes;
    enum attribute_id id = attribute_name(index, explainer->topic);
    for (enum attribute_id row = id; row != ATTRIBUTE_COUNT; row = index->next[row]) {
        write_format(explainer->writer, "%s: %s, %s\n  on:", attribute_rows[row].name,
                     attribute_rows[row].about, roles[attribute_rows[row].role]);
        for (size_t kind = 0; kind < KIND_COUNT; kind++)
            if (kind_in((enum kind)kind, attribute_rows[row].kinds))
                write_format(explainer->writer, " %s", kind_rows[kind].word);
        write_char(explainer->writer, '\n');
        explain_values(explainer, row);
    }
    return id != ATTRIBUTE_COUNT;
}

static bool explain_kind(struct explainer *explainer) {
    enum kind kind = kind_find(explainer->topic);
    if (kind == KIND_COUNT)
        return false;
    write_format(explainer->writer, "%s: %s\n  attributes:", kind_rows[kind].word,
                 kind_rows[kind].about);
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (kind_in(kind, attribute_rows[i].kinds))
            write_format(explainer->writer, " %s", attribute_rows[i].name);
    write_char(explainer->writer, '\n');
    return true;
}

static void write_line(struct explainer *explainer, const char *before, struct slice text) {
    if (!text.length)
        return;
    write_string(explainer->writer, before);
    write_terminal(explainer->writer, text);
    write_char(explainer->writer, '\n');
}

static void write_reading(struct explainer *explainer, const struct reading *reading) {
    struct slice value = !reading->attribute ? SLICE("not stated")
                         : reading->attribute->value->kind == VALUE_LIST
                             ? SLICE("stated")
                             : reading->attribute->value->word.text;
    write_format(explainer->writer, "    reads %s of %.*s: ", attribute_rows[reading->name].name,
                 S(reading->decl->id));
    write_terminal(explainer->writer, value);
    write_char(explainer->writer, '\n');
}

static void explain_pattern(struct explainer *explainer, const struct pattern *pattern) {
    write_format(explainer->writer, "\n  %.*s: %s%s\n", S(pattern->id),
                 pattern_state_words[pattern->state],
                 pattern->specific ? ", specific to what is stated here" : "");
    write_line(explainer, "    ", pattern->ask);
    write_line(explainer, "    ", pattern->scenario);
    write_line(explainer, "    first: ", pattern->mitigation);
    for (size_t i = 0; i < pattern->fact_count; i++)
        write_reading(explainer, &pattern->facts[i]);
    if (pattern->settle.decl)
        write_format(explainer->writer, "    what would decide: `%s` on %.*s\n",
                     attribute_rows[pattern->settle.name].name, S(pattern->settle.decl->id));
}

static const struct row *find_row(const struct rows *rows, struct slice id) {
    struct slice rest = id, code, subject_id;
    if (!rows || !slice_has(id, '@') || !slice_cut(&rest, '@', &code) ||
        !slice_cut(&rest, '/', &subject_id))
        return NULL;
    const struct decl *subject = model_find(rows->analysis->model, subject_id);
    const struct letter *letter = method_letter(rows->pack->method, code);
    if (!subject || !letter || !kind_in(subject->kind, ON_SUBJECT))
        return NULL;
    return row_of(rows, subject, letter);
}

static bool explain_a_row(struct explainer *explainer) {
    const struct row *row = find_row(compiled_rows(explainer->self), explainer->topic);
    if (!row)
        return false;
    write_format(explainer->writer, "%.*s: %.*s of ", S(row->id), S(row->letter->name));
    write_terminal(explainer->writer, decl_title(row->subject));
    write_format(explainer->writer, "\n  %s, tier %d\n", row_state_words[row->state], row->tier);
    write_line(explainer, "  ", row->reason);
    if (row->state != ROW_NOT_APPLICABLE && row->state != ROW_OUT_OF_SCOPE) {
        write_format(explainer->writer, "  suggested: %d x %d = %d\n", row->likelihood, row->impact,
                     row->score);
        write_line(explainer, "  ", row->why);
    }
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        explain_pattern(explainer, pattern);
    return true;
}

static bool explain_truth(struct explainer *explainer) {
    for (size_t i = 0; i < TRUTH_COUNT; i++) {
        if (slice_is(explainer->topic, truth_rows[i].name)) {
            write_format(explainer->writer, "%s, a truth that conditions can test\n  %s\n",
                         truth_rows[i].name, truth_rows[i].about);
            return true;
        }
    }
    return false;
}

/* "rules": all of them, a line each. */
static bool list_rules(struct explainer *explainer) {
    const struct rule_pack *pack = &explainer->self->pack;
    if (!slice_is(explainer->topic, "rules"))
        return false;
    for (size_t i = 0; i < pack->rules.count; i++)
        if (!pack->rules.items[i]->disabled)
            write_format(explainer->writer, "%.*s %s %.*s: %.*s\n",
                         S(pack->rules.items[i]->letter->code),
                         subject_words[pack->rules.items[i]->on], S(pack->rules.items[i]->id),
                         S(pack->rules.items[i]->title));
    return true;
}

struct explain_task {
    const char *topic;
    stridec_sink *sink;
    void *context;
};

static stridec_status explain(struct stridec *self, void *context) {
    static bool (*const explanations[])(struct explainer *) = {
        explain_code,      explain_letter, explain_a_row, explain_rule,
        explain_attribute, explain_kind,   explain_truth, list_rules,
    };
    struct explain_task *task = context;
    struct writer writer;
    if (!load_builtin_rules(self))
        return STRIDEC_INVALID;
    writer_open(&writer, task->sink, task->context);
    struct explainer explainer = {self, &writer, slice_of(task->topic)};
    bool found = false;
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations && !found; i++)
        found = explanations[i](&explainer);
    if (!found)
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_explain(stridec *self, const char *topic, stridec_sink *sink,
                               void *context) {
    struct explain_task task = {topic, sink, context};
    return run_guarded(self, explain, &task);
}
