/* Cells, then patterns, then for each row what follows from them. Each step walks every cell once.
 */
// SPDX-License-Identifier: MIT
#include "analysis/rows.h"

#include "analysis/patterns.h"
#include "analysis/score.h"

#include <stdlib.h>

const char *const row_state_words[ROW_STATE_COUNT] = {"out_of_scope", "not_applicable", "answered",
                                                      "folded",       "open",           "covered"};
const char *const pattern_state_words[] = {"open", "covered", "possible"};

struct finder {
    struct arena *arena;
    struct rows *rows;
    const struct model *model;
    const struct method *method;
    struct pattern **last; /* by cell: its last pattern while they are gathered */
    struct trial trial;
};

static void open_cells(struct finder *finder) {
    const struct method *method = finder->method;
    size_t letters = method->letter_count, subjects = finder->model->subjects.count;
    finder->rows->cells = ARENA_ARRAY(finder->arena, struct row, subjects * letters);
    finder->last = ARENA_ARRAY(finder->arena, struct pattern *, subjects * letters);
    for (size_t i = 0; i < subjects; i++) {
        const struct decl *subject = finder->model->subjects.items[i];
        for (size_t j = 0; j < letters; j++) {
            struct row *row = &finder->rows->cells[i * letters + j];
            row->letter = &method->letters[j];
            row->subject = subject;
            row->id = text_join(finder->arena, row->letter->code, SLICE("@"), subject->id);
        }
    }
}

static void add_pattern(struct finder *finder, struct row *row, struct pattern *pattern) {
    size_t cell = (size_t)(row - finder->rows->cells);
    if (finder->last[cell])
        finder->last[cell]->next = pattern;
    else
        row->patterns = pattern;
    finder->last[cell] = pattern;
}

static void try_everywhere(struct finder *finder, const struct rule *rule) {
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        const struct decl_list *subjects = &finder->model->of[kind];
        bool tried = kind_in((enum kind)kind, subject_rows[rule->on].kinds);
        for (size_t j = 0; j < subjects->count && tried; j++) {
            const struct decl *subject = subjects->items[j];
            finder->trial.judgement.subject = subject;
            struct pattern *pattern = try_rule(&finder->trial, rule);
            if (!pattern)
                continue;
            const struct decl *place = rule->row == OF_FROM ? subject->from
                                       : rule->row == OF_TO ? subject->to
                                                            : subject;
            add_pattern(finder, row_of(finder->rows, place, rule->letter), pattern);
        }
    }
}

/* The facts that a row's specific patterns read. */
struct fact_key {
    const struct decl *decl;
    size_t name; /* as wide as the pointer: the key has no padding */
};

static struct slice key_of(struct arena *arena, const struct reading *fact) {
    struct fact_key *key = ARENA_NEW(arena, struct fact_key);
    *key = (struct fact_key){fact->decl, fact->name};
    return (struct slice){(const char *)key, sizeof *key};
}

static void add_facts(struct arena *arena, struct table *facts, const struct pattern *pattern) {
    for (size_t i = 0; i < pattern->fact_count; i++)
        table_add(arena, facts, key_of(arena, &pattern->facts[i]), &pattern->facts[i]);
}

static bool reads_any(const struct pattern *pattern, const struct table *facts) {
    for (size_t i = 0; i < pattern->fact_count; i++) {
        struct fact_key key = {pattern->facts[i].decl, pattern->facts[i].name};
        if (table_get(facts, (struct slice){(const char *)&key, sizeof key}))
            return true;
    }
    return false;
}

/* A generic question yields to a specific one about the same fact. */
static void find_yielding(struct arena *arena, struct row *row) {
    struct arena_mark mark = arena_mark(arena);
    struct table facts = {0};
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        if (pattern->specific && pattern->state != PATTERN_POSSIBLE)
            add_facts(arena, &facts, pattern);
    for (struct pattern *pattern = row->patterns; pattern && facts.count; pattern = pattern->next)
        pattern->yields =
            !pattern->specific && pattern->state != PATTERN_POSSIBLE && reads_any(pattern, &facts);
    arena_rewind(arena, mark);
}

/* Open ones first, then covered, then possible, each in order of the pack. */
static void order_patterns(struct arena *arena, struct row *row) {
    struct pattern *lists[3] = {NULL}, **ends[3] = {&lists[0], &lists[1], &lists[2]}, *next;
    size_t *counts[3] = {&row->open, &row->covered, &row->possible};
    find_yielding(arena, row);
    for (struct pattern *pattern = row->patterns; pattern; pattern = next) {
        next = pattern->next;
        if (pattern->yields)
            continue;
        *ends[pattern->state] = pattern;
        ends[pattern->state] = &pattern->next;
        ++*counts[pattern->state];
    }
    *ends[2] = NULL;
    *ends[1] = lists[2];
    *ends[0] = lists[1];
    row->patterns = lists[0];
}

/* Whether the method asks this letter here, at all or because a rule does. */
static bool applies(const struct finder *finder, const struct row *row) {
    enum subject_kind kind = subject_kind_of(row->subject);
    unsigned letter = 1u << row->letter->index;
    return (finder->method->always[kind] & letter) ||
           ((finder->method->by_rule[kind] & letter) && (row->open || row->covered));
}

static bool is_silent(const struct finder *finder, struct row *row) {
    bool imported = row->subject->origin != NULL;
    if (imported || decl_out_of_scope(row->subject)) {
        row->state = ROW_OUT_OF_SCOPE;
        row->silenced = !imported && applies(finder, row);
        return true;
    }
    row->state = ROW_NOT_APPLICABLE;
    return !applies(finder, row);
}

/* The question is asked already at every flow that crosses here. */
static bool is_folded(struct finder *finder, const struct row *row) {
    bool crossing = false;
    if (row->open || row->covered || !decl_is_element(row->subject))
        return false;
    for (size_t i = 0; i < row->subject->flow_count; i++) {
        const struct decl *flow = row->subject->flows[i];
        if (!flow_passage(finder->rows->analysis, flow)->step_count)
            continue;
        const struct row *other = row_of(finder->rows, flow, row->letter);
        if ((!other->open && !other->covered) || decl_out_of_scope(flow) || !applies(finder, other))
            return false;
        crossing = true;
    }
    return crossing;
}

static int judge_tier(struct finder *finder, const struct row *row, const struct pattern *pattern) {
    struct judgement *judgement = &finder->trial.judgement;
    int tier = 3;
    judgement->subject = row->subject;
    judgement->in_scope = pattern != NULL;
    judgement->unsafe = pattern && pattern->unsafe;
    judgement->specific = pattern && pattern->specific;
    for (size_t i = 0; i < finder->method->tiers.count; i++) {
        const struct tier_rule *rule = &finder->method->tiers.items[i];
        if (rule->tier < tier && (rule->subjects >> subject_kind_of(row->subject) & 1) &&
            (rule->letters >> row->letter->index & 1) &&
            judge(judgement, rule->when, NULL) == VERDICT_TRUE)
            tier = rule->tier;
    }
    return tier;
}

/* That of its most pressing open pattern; of a covered row as if its patterns were open. */
static int find_tier(struct finder *finder, const struct row *row) {
    int tier = 3;
    if (!row->open && !row->covered)
        return judge_tier(finder, row, NULL);
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        bool counts = pattern->state == (row->open ? PATTERN_OPEN : PATTERN_COVERED);
        int one = counts ? judge_tier(finder, row, pattern) : 3;
        tier = one < tier ? one : tier;
    }
    return tier;
}

static void settle_row(struct finder *finder, struct row *row) {
    struct rows *rows = finder->rows;
    if (!is_silent(finder, row))
        row->state = is_folded(finder, row) ? ROW_FOLDED
                     : row->open            ? ROW_OPEN
                     : row->covered         ? ROW_COVERED
                                            : ROW_OPEN;
    row->tier = find_tier(finder, row);
    suggest_score(finder->arena, rows, row);
    rows->counts[row->state]++;
    if (row->state == ROW_OUT_OF_SCOPE || row->state == ROW_NOT_APPLICABLE)
        return;
    rows->open_by_tier[row->tier] += row->state == ROW_OPEN;
    rows->ranked[rows->ranked_count++] = row;
}

static int compare_rank(const void *left, const void *right) {
    const struct row *a = *(struct row *const *)left, *b = *(struct row *const *)right;
    if (a->tier != b->tier)
        return a->tier - b->tier;
    if (a->score != b->score)
        return b->score - a->score;
    return slice_compare(a->id, b->id);
}

struct rows *find_rows(struct arena *arena, const struct analysis *analysis,
                       const struct rule_pack *pack) {
    struct rows *rows = ARENA_NEW(arena, struct rows);
    struct finder finder = {
        .arena = arena, .rows = rows, .model = analysis->model, .method = pack->method};
    finder.trial.judgement = (struct judgement){
        .arena = arena,
        .analysis = analysis,
        .source_word = word_symbol(arena, analysis->model->vocabulary, SLICE("source")),
    };
    rows->analysis = analysis;
    rows->pack = pack;
    rows->stakes = ARENA_ARRAY(arena, struct stakes, analysis->model->subjects.count);
    open_cells(&finder);
    for (size_t i = 0; i < pack->rules.count; i++)
        if (!pack->rules.items[i]->disabled)
            try_everywhere(&finder, pack->rules.items[i]);
    size_t cells = finder.model->subjects.count * pack->method->letter_count;
    for (size_t i = 0; i < cells; i++)
        order_patterns(arena, &rows->cells[i]);
    rows->ranked = ARENA_ARRAY(arena, struct row *, cells);
    for (size_t i = 0; i < cells; i++)
        settle_row(&finder, &rows->cells[i]);
    if (rows->ranked_count > 1)
        qsort(rows->ranked, rows->ranked_count, sizeof *rows->ranked, compare_rank);
    return rows;
}
