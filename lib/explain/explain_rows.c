/* Explains a row: for each question why it is asked here, what was read for its answer and what
 * would cover it. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/score.h"
#include "explain/explainer.h"

#include <string.h>

#define COLUMN 16 /* where the texts of a question stand */

static struct judgement judgement_at(struct explainer *explainer, const struct decl *subject) {
    struct project *project = explainer->project;
    return (struct judgement){
        .arena = &project->arena,
        .analysis = project->analysis,
        .subject = subject,
        .source_word = word_symbol(&project->arena, project->vocabulary, SLICE("source")),
    };
}

/* ---- what was read ----------------------------------------------------------------------- */

static void write_stated_value(struct writer *writer, const struct attribute *attribute) {
    const struct value *value = attribute->value;
    if (value->kind != VALUE_LIST) {
        write_slice(writer, value->word.text);
        return;
    }
    write_char(writer, '[');
    for (const struct value *item = value->items; item; item = item->next) {
        write_slice(writer, item->word.text);
        write_string(writer, item->next ? ", " : "");
    }
    write_char(writer, ']');
}

static bool is_known_before(const struct test_results *results, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (results->items[i].reading.decl == results->items[index].reading.decl &&
            results->items[i].reading.name == results->items[index].reading.name)
            return true;
    return false;
}

/* "`kind: service` of stripe; `auth` of webhook is not stated" */
static struct slice readings_of(struct arena *arena, const struct analysis *analysis,
                                const struct test_results *results) {
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, arena);
    for (size_t i = 0; i < results->count; i++) {
        const struct reading *reading = &results->items[i].reading;
        if (is_known_before(results, i) || !may_be_stated(analysis, reading))
            continue;
        write_format(&memory.writer, "%s`%s", before, attribute_rows[reading->name].name);
        if (reading->attribute) {
            write_string(&memory.writer, ": ");
            write_stated_value(&memory.writer, reading->attribute);
        }
        write_format(&memory.writer, "` of %.*s%s", S(reading->decl->id),
                     reading->attribute ? "" : " is not stated");
        before = "; ";
    }
    return memory_writer_close(&memory);
}

/* All attributes that a condition reads here. */
static struct slice read_by(struct explainer *explainer, const struct pattern *pattern,
                            const struct condition *condition) {
    struct test_results results = {0};
    struct judgement judgement = judgement_at(explainer, pattern->subject);
    judgement.results = &results;
    judge(&judgement, condition, NULL);
    return readings_of(&explainer->project->arena, explainer->project->analysis, &results);
}

/* ---- what would cover it ----------------------------------------------------------------- */

/* What would have to be stated for a part of a condition; "" where nothing can be. */
struct remedy {
    struct slice text;
    bool several; /* it is joined of more than one: */
    bool one_of;  /* by `or`, else by `and` */
};

struct remedies {
    ARRAY_OF(struct remedy) list;
};

/* "`auth: api_key|session` on webhook"; of a comparison the words that it wants. */
static struct remedy remedy_of_test(struct explainer *explainer,
                                    const struct test_result *failing) {
    const struct reading *reading = &failing->reading;
    const struct vocabulary *vocabulary = explainer->project->vocabulary;
    const struct condition *condition = failing->condition;
    struct memory_writer memory;
    if (!may_be_stated(explainer->project->analysis, reading))
        return (struct remedy){0};
    memory_writer_open(&memory, &explainer->project->arena);
    if (condition->kind == CONDITION_VALUE && !condition->negated) {
        write_format(&memory.writer, "`%s: ", attribute_rows[reading->name].name);
        for (size_t i = 0; i < condition->word_count; i++)
            write_format(&memory.writer, "%s%.*s", i ? "|" : "",
                         S(vocabulary->words.items[condition->words[i] - 1]));
        write_char(&memory.writer, '`');
    } else {
        write_safe_values(&memory.writer,
                          attribute_find(&vocabulary->attributes,
                                         slice_of(attribute_rows[reading->name].name),
                                         reading->decl->kind));
    }
    write_format(&memory.writer, " on %.*s", S(reading->decl->id));
    return (struct remedy){memory_writer_close(&memory), false, false};
}

static void add_remedy(struct explainer *explainer, struct remedies *remedies,
                       struct remedy remedy) {
    if (remedy.text.length)
        *ARRAY_ADD(&explainer->project->arena, &remedies->list) = remedy;
}

/* "a or ( b and c )" */
static struct remedy join(struct explainer *explainer, const struct remedies *remedies,
                          bool one_of) {
    struct memory_writer memory;
    size_t count = remedies->list.count;
    if (count == 1)
        return remedies->list.items[0];
    memory_writer_open(&memory, &explainer->project->arena);
    for (size_t i = 0; i < count; i++) {
        const struct remedy *remedy = &remedies->list.items[i];
        bool nested = remedy->several && remedy->one_of != one_of;
        write_string(&memory.writer, !i ? "" : one_of ? " or " : " and ");
        write_format(&memory.writer, "%s%.*s%s", nested ? "( " : "", S(remedy->text),
                     nested ? " )" : "");
    }
    return (struct remedy){memory_writer_close(&memory), count > 1, one_of};
}

/* One test that fails, or those that fail at the flows of a quantifier: at one flow as its
 * condition joins them, from flow to flow as the quantifier does. */
static struct remedy remedy_of_failing(struct explainer *explainer,
                                       const struct judgement *judgement,
                                       const struct condition *condition) {
    struct test_results failing = {0};
    struct remedies flows = {0};
    bool quantifies = condition->kind == CONDITION_QUANTIFIER;
    find_failing(judgement, condition, &failing);
    for (size_t i = 0; i < failing.count;) {
        const struct decl *decl = failing.items[i].reading.decl;
        struct remedies here = {0};
        for (; i < failing.count && failing.items[i].reading.decl == decl; i++)
            if (attribute_answers(failing.items[i].reading.name))
                add_remedy(explainer, &here, remedy_of_test(explainer, &failing.items[i]));
        add_remedy(explainer, &flows,
                   join(explainer, &here, quantifies && condition->parts->kind == CONDITION_OR));
    }
    return join(explainer, &flows, quantifies && condition->quantifier == QUANTIFIER_ANY);
}

/* Of `and` each part that fails, of `or` any. */
static struct remedy remedy_of(struct explainer *explainer, const struct judgement *judgement,
                               const struct condition *condition) {
    struct remedies parts = {0};
    if (judge(judgement, condition, NULL) == VERDICT_TRUE)
        return (struct remedy){0};
    if (condition->kind != CONDITION_AND && condition->kind != CONDITION_OR)
        return remedy_of_failing(explainer, judgement, condition);
    for (const struct condition *part = condition->parts; part; part = part->next)
        add_remedy(explainer, &parts, remedy_of(explainer, judgement, part));
    return join(explainer, &parts, condition->kind == CONDITION_OR);
}

static struct slice remedies_of(struct explainer *explainer, const struct pattern *pattern) {
    struct judgement judgement = judgement_at(explainer, pattern->subject);
    return remedy_of(explainer, &judgement, pattern->rule->unless).text;
}

/* ---- questions --------------------------------------------------------------------------- */

static void tell_part(struct explainer *explainer, const char *name, struct slice text) {
    if (text.length)
        tell_entry(explainer, COLUMN, slice_of(name), text);
}

static struct slice text_of(struct explainer *explainer, const struct pattern *pattern,
                            struct slice text) {
    return pattern_text(&explainer->project->arena, explainer->project->rows, pattern, text);
}

static void tell_pattern(struct explainer *explainer, const struct pattern *pattern) {
    struct arena *arena = &explainer->project->arena;
    const struct rule *rule = pattern->rule;
    bool possible = pattern->state == PATTERN_POSSIBLE;
    tell_line(explainer);
    tell(explainer, 0, "",
         text_format(arena, "%.*s: %s%s", S(pattern_id(arena, pattern)),
                     pattern_state_words[pattern->state],
                     pattern->specific ? ", specific: it rests on a stated trait" : ""));
    tell_part(explainer, "asks", text_of(explainer, pattern, rule->ask));
    tell_part(explainer, possible ? "in scope if" : "in scope as",
              condition_source(explainer, rule, "when"));
    tell_part(explainer, "", read_by(explainer, pattern, rule->when));
    tell_part(explainer, "covered if", condition_source(explainer, rule, "unless"));
    tell_part(explainer, "", read_by(explainer, pattern, rule->unless));
    if (pattern->state == PATTERN_OPEN)
        tell_part(explainer, "to cover it", remedies_of(explainer, pattern));
    if (possible && pattern->settle.decl)
        tell_part(explainer, "to decide",
                  text_format(arena, "say `%s` on %.*s", attribute_rows[pattern->settle.name].name,
                              S(pattern->settle.decl->id)));
    if (pattern->state != PATTERN_COVERED) {
        tell_part(explainer, "scenario", text_of(explainer, pattern, rule->scenario));
        tell_part(explainer, "first", text_of(explainer, pattern, rule->mitigation));
    }
}

static bool has_question(const struct judgement *judgement, const struct rule *rule) {
    struct reading deciding;
    enum verdict scope = judge(judgement, rule->when, NULL);
    return scope == VERDICT_TRUE ||
           (scope == VERDICT_UNKNOWN && could_hold(judgement, rule->when, &deciding));
}

/* Rules of the row's letter that were tried at its subject and do not fit. */
static void tell_rules_out_of_scope(struct explainer *explainer, const struct row *row) {
    const struct rule_pack *pack = &explainer->project->pack;
    struct judgement judgement = judgement_at(explainer, row->subject);
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, &explainer->project->arena);
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        bool tried = !rule->disabled && rule->letter == row->letter && rule->row == OF_SUBJECT &&
                     rule->on == subject_kind_of(row->subject);
        if (!tried || has_question(&judgement, rule))
            continue;
        write_format(&memory.writer, "%s%.*s", before, S(rule->id));
        before = ", ";
    }
    struct slice rules = memory_writer_close(&memory);
    if (rules.length)
        tell_line(explainer);
    tell(explainer, 0, "Out of scope here: ", rules);
}

/* ---- the row ----------------------------------------------------------------------------- */

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

/* "out_of_scope" in words */
static struct slice state_of(struct arena *arena, const struct row *row) {
    char *words =
        arena_copy(arena, row_state_words[row->state], strlen(row_state_words[row->state]));
    for (char *at = words; *at; at++)
        if (*at == '_')
            *at = ' ';
    return slice_of(words);
}

static void tell_answer(struct explainer *explainer, const struct row *row) {
    const char *text = row->state == ROW_FOLDED
                           ? "It is asked at the flows that cross here, and nowhere else."
                       : row->state == ROW_OPEN && !row->open
                           ? "No rule has a question here, so a decision must answer it: a threat "
                             "or a dismissal."
                           : "";
    tell(explainer, 2, "", slice_of(text));
}

bool explain_row_of_model(struct explainer *explainer) {
    struct arena *arena = &explainer->project->arena;
    const struct row *row = find_row(project_rows(explainer->project), explainer->topic);
    if (!row)
        return false;
    bool applies = row->state != ROW_NOT_APPLICABLE && row->state != ROW_OUT_OF_SCOPE;
    struct slice priority = method_priority(explainer->project->pack.method, row->score);
    tell(explainer, 0, "",
         text_format(arena, "%.*s: %.*s of %.*s", S(row_id(arena, row)), S(row->letter->name),
                     S(decl_title(row->subject))));
    tell(explainer, 2, "", text_format(arena, "%.*s, tier %d", S(state_of(arena, row)), row->tier));
    tell(explainer, 2, "", row_reason(arena, explainer->project->rows, row));
    if (applies)
        tell(explainer, 2, "",
             text_format(arena, "suggested: likelihood %d x impact %d = %d%s%.*s; %.*s",
                         row->likelihood, row->impact, row->score, priority.length ? ", " : "",
                         S(priority), S(score_reason(arena, explainer->project->rows, row))));
    tell_answer(explainer, row);
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        tell_pattern(explainer, pattern);
    if (applies)
        tell_rules_out_of_scope(explainer, row);
    return true;
}
