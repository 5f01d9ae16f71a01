/* Explains a row, or one question of it: why it is asked here, which attributes decide its answer
 * and what would cover it. */
// SPDX-License-Identifier: MIT
#include "analysis/grouping.h"
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/remedies.h"
#include "analysis/score.h"
#include "explain/explainer.h"

#include <string.h>

#define COLUMN 16 /* where the texts of a question stand */

/* ---- what was read ----------------------------------------------------------------------- */

static bool is_known_before(const struct test_results *results, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (results->items[i].reading.decl == results->items[index].reading.decl &&
            results->items[i].reading.family == results->items[index].reading.family)
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
        write_format(&memory.writer, "%s`%s", before, attribute_rows[reading->family].name);
        if (reading->attribute) {
            write_string(&memory.writer, ": ");
            write_stated_value(&memory.writer, reading->attribute);
        }
        write_format(&memory.writer, "` of %.*s%s", SLICE_ARGS(decl_id(reading->decl)),
                     reading->attribute ? "" : " is not stated");
        before = "; ";
    }
    return memory_writer_close(&memory);
}

/* All attributes that a condition reads here. */
static struct slice read_by(struct explainer *explainer, const struct pattern *pattern,
                            const struct condition *condition) {
    struct test_results results = {0};
    struct judgement judgement =
        judgement_at(&explainer->project->arena, explainer->project->analysis, pattern->subject);
    judgement.results = &results;
    judge(&judgement, condition, NULL);
    return readings_of(&explainer->project->arena, explainer->project->analysis, &results);
}

/* ---- what would cover it ----------------------------------------------------------------- */

/* "`auth: api_key|session` on webhook" */
static void write_fact(struct writer *writer, const struct remedy *fact) {
    write_format(writer, "`%s: ", attribute_rows[fact->attribute].name);
    for (size_t i = 0; i < fact->value_count; i++)
        write_format(writer, "%s%.*s", i ? "|" : "", SLICE_ARGS(fact->values[i]));
    write_format(writer, "` on %.*s", SLICE_ARGS(decl_id(fact->decl)));
}

/* "a or ( b and c )" */
static void write_remedy(struct writer *writer, const struct remedy *remedy) {
    if (!remedy->parts)
        write_fact(writer, remedy);
    for (const struct remedy *part = remedy->parts; part; part = part->next) {
        write_string(writer, part == remedy->parts ? "" : remedy->one_of ? " or " : " and ");
        write_string(writer, part->parts ? "( " : "");
        write_remedy(writer, part);
        write_string(writer, part->parts ? " )" : "");
    }
}

static struct slice remedies_of(struct explainer *explainer, const struct pattern *pattern) {
    struct arena *arena = &explainer->project->arena;
    const struct remedy *remedy = find_remedies(arena, explainer->project->analysis, pattern);
    struct memory_writer memory;
    memory_writer_open(&memory, arena);
    if (remedy)
        write_remedy(&memory.writer, remedy);
    return memory_writer_close(&memory);
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

/* What is asked in place of this question says the rest. */
static void tell_yielded(struct explainer *explainer, const struct pattern *pattern) {
    struct arena *arena = &explainer->project->arena;
    tell(explainer, 0, "",
         text_format(arena, "%.*s: yielded to %.*s", SLICE_ARGS(pattern_id(arena, pattern)),
                     SLICE_ARGS(successor_id(arena, explainer->project->rows, pattern))));
}

/* "4 x 5 = 20: likelihood: 1, +2 one step from outside, ..." */
static void tell_score(struct explainer *explainer, const struct row *row,
                       const struct pattern *pattern) {
    struct arena *arena = &explainer->project->arena;
    const struct rows *rows = explainer->project->rows;
    struct score score = score_of(arena, rows, row, pattern);
    tell_part(explainer, "suggested",
              text_format(arena, "%d x %d = %d; %.*s", score.likelihood, score.impact, score.points,
                          SLICE_ARGS(score_reason(arena, rows, row, pattern))));
}

static void tell_pattern(struct explainer *explainer, const struct row *row,
                         const struct pattern *pattern) {
    struct arena *arena = &explainer->project->arena;
    const struct rule *rule = pattern->rule;
    bool possible = pattern->state == PATTERN_POSSIBLE;
    tell(explainer, 0, "",
         text_format(arena, "%.*s: %s%s", SLICE_ARGS(pattern_id(arena, pattern)),
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
                  text_format(arena, "say `%s` on %.*s",
                              attribute_rows[pattern->settle.family].name,
                              SLICE_ARGS(decl_id(pattern->settle.decl))));
    if (!possible)
        tell_score(explainer, row, pattern);
    if (pattern->state == PATTERN_OPEN || possible) {
        tell_part(explainer, "scenario", text_of(explainer, pattern, rule->scenario));
        tell_part(explainer, "first", text_of(explainer, pattern, rule->mitigation));
    }
}

static bool is_possible(const struct pattern *pattern) {
    return pattern->state == PATTERN_POSSIBLE;
}

/* "`kind` of api: admin_rights, debug_port" */
static void tell_group(struct explainer *explainer, const struct pattern_group *group) {
    struct arena *arena = &explainer->project->arena;
    struct memory_writer memory;
    memory_writer_open(&memory, arena);
    if (group->reading.decl)
        write_format(&memory.writer, "`%s` of %.*s: ", attribute_rows[group->reading.family].name,
                     SLICE_ARGS(decl_id(group->reading.decl)));
    for (size_t i = 0; i < group->patterns.count; i++)
        write_format(&memory.writer, "%s%.*s", i ? ", " : "",
                     SLICE_ARGS(pattern_id(arena, group->patterns.items[i])));
    tell(explainer, 2, "", memory_writer_close(&memory));
}

/* By what would decide them: a row has many. */
static void tell_possible(struct explainer *explainer, const struct row *row) {
    struct arena *arena = &explainer->project->arena;
    struct pattern_groups groups = {0};
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (is_possible(at))
            group_pattern(arena, &groups, &at->settle, at);
    if (!groups.list.count)
        return;
    tell_line(explainer);
    tell(explainer, 0, "", SLICE("Possible, once it is stated:"));
    for (size_t i = 0; i < groups.list.count; i++)
        tell_group(explainer, groups.list.items[i]);
    const struct pattern *first = groups.list.items[0]->patterns.items[0];
    tell(explainer, 0, "All about one of these: ",
         text_format(arena, "`stridec explain %.*s FILE`",
                     SLICE_ARGS(pattern_key(arena, explainer->project->rows, first))));
}

/* Those that have yielded stand line by line. */
static void tell_patterns(struct explainer *explainer, const struct row *row) {
    bool yielded = false;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (is_possible(pattern))
            continue;
        if (!yielded || pattern->state != PATTERN_YIELDED)
            tell_line(explainer);
        yielded = pattern->state == PATTERN_YIELDED;
        if (yielded)
            tell_yielded(explainer, pattern);
        else
            tell_pattern(explainer, row, pattern);
    }
    tell_possible(explainer, row);
}

/* The question that the topic names after its row; NULL when there is none. */
static const struct pattern *named_pattern(struct explainer *explainer, const struct row *row) {
    const struct pattern *pattern = row->patterns;
    struct slice id = explainer->topic, row_part;
    slice_cut(&id, '/', &row_part);
    while (pattern && !slice_equal(pattern_id(&explainer->project->arena, pattern), id))
        pattern = pattern->next;
    return pattern;
}

static bool has_question(const struct judgement *judgement, const struct rule *rule) {
    struct reading deciding;
    enum verdict scope = judge(judgement, rule->when, NULL);
    return scope == VERDICT_TRUE ||
           (scope == VERDICT_UNKNOWN && could_hold(judgement, rule->when, &deciding));
}

/* Rules of the row's letter that were tried at its subject and do not fit. */
static void tell_rules_out_of_scope(struct explainer *explainer, const struct row *row) {
    const struct rule_pack *pack = explainer->project->pack;
    struct judgement judgement =
        judgement_at(&explainer->project->arena, explainer->project->analysis, row->subject);
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, &explainer->project->arena);
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        bool tried = !rule->disabled && rule->letter == row->letter && rule->row == OF_SUBJECT &&
                     rule->on == subject_kind_of(row->subject);
        if (!tried || has_question(&judgement, rule))
            continue;
        write_format(&memory.writer, "%s%.*s", before, SLICE_ARGS(rule->id));
        before = ", ";
    }
    struct slice rules = memory_writer_close(&memory);
    if (rules.length)
        tell_line(explainer);
    tell(explainer, 0, "Out of scope here: ", rules);
}

/* ---- the row ----------------------------------------------------------------------------- */

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
    const char *text = row->state == ROW_FOLDED && row->subject->kind != KIND_FLOW
                           ? "It is asked at the flows that cross here, and nowhere else."
                       : row->state == ROW_OPEN && !row->open
                           ? "No rule has a question here, so a decision must answer it: a threat "
                             "or a dismissal."
                           : "";
    tell(explainer, 2, "", slice_of(text));
}

bool explain_row(struct explainer *explainer) {
    struct arena *arena = &explainer->project->arena;
    const struct rows *rows = project_rows(explainer->project);
    const struct row *row = rows ? row_named(rows, explainer->topic) : NULL;
    bool names_question = slice_has(explainer->topic, '/');
    const struct pattern *named = row && names_question ? named_pattern(explainer, row) : NULL;
    if (!row || (names_question && !named))
        return false;
    bool applies = row->state != ROW_NOT_APPLICABLE && row->state != ROW_OUT_OF_SCOPE;
    struct slice priority = priority_of(explainer->project->rows->bands, row->score);
    tell(explainer, 0, "",
         text_format(arena, "%.*s: %.*s of %.*s", SLICE_ARGS(row_id(arena, row)),
                     SLICE_ARGS(row->letter->name), SLICE_ARGS(decl_title(row->subject))));
    tell(explainer, 2, "",
         text_format(arena, "%.*s, tier %d", SLICE_ARGS(state_of(arena, row)), row->tier));
    tell(explainer, 2, "", row_reason(arena, explainer->project->rows, row));
    if (applies)
        tell(explainer, 2, "",
             text_format(
                 arena, "suggested: likelihood %d x impact %d = %d%s%.*s; %.*s", row->likelihood,
                 row->impact, row->score, priority.length ? ", " : "", SLICE_ARGS(priority),
                 SLICE_ARGS(score_reason(arena, explainer->project->rows, row, row->scored))));
    if (named) {
        tell_line(explainer);
        tell_pattern(explainer, row, named);
        return true;
    }
    tell_answer(explainer, row);
    tell_patterns(explainer, row);
    if (applies)
        tell_rules_out_of_scope(explainer, row);
    return true;
}
