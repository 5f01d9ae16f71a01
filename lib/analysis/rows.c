/* Makes one row for each subject and letter (a cell of the table), tries the rules to fill the rows
 * with patterns, and then sets each row's state, tier and score. Each stage ends for all rows
 * before the next begins, as the state of a row depends on the patterns of others. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"
#include "analysis/finder.h"
#include "analysis/score.h"

const char *const row_state_words[ROW_STATE_COUNT] = {"out_of_scope", "not_applicable", "answered",
                                                      "folded",       "open",           "covered"};
const char *const pattern_state_words[PATTERN_STATE_COUNT] = {"open", "covered", "possible",
                                                              "yielded", "silenced"};

static void open_cells(struct finder *finder) {
    const struct method *method = finder->method;
    size_t letters = method->letter_count, subjects = finder->model->subjects.count;
    finder->rows->cells = ARENA_ARRAY(finder->arena, struct row, subjects * letters);
    for (size_t i = 0; i < subjects; i++) {
        const struct decl *subject = finder->model->subjects.items[i];
        for (size_t j = 0; j < letters; j++) {
            struct row *row = &finder->rows->cells[i * letters + j];
            row->letter = &method->letters[j];
            row->subject = subject;
        }
    }
}

/* Whether there is nothing to lose where a rule was tried, nor at the element whose row it is. */
static bool has_no_stake(struct finder *finder, const struct rule *rule,
                         const struct decl *subject) {
    const struct rows *rows = finder->rows;
    const struct decl *owner = row_of_rule(rows, rule, subject)->subject;
    if (!lacks_stake(finder->arena, rows, owner, rule->stake))
        return false;
    const struct stakes *stakes = stakes_of(finder->arena, rows->stakes, subject);
    return !stakes->count || stakes->none[rule->stake];
}

/* Judged alone, a file asks nothing at the subjects of others. What it does not name, and no flow
 * joins to what it names, has no bearing on its own rows. */
static bool is_tried(const struct finder *finder, const struct decl *subject) {
    size_t shown = finder->rows->analysis->shown->subjects.count;
    if (finder->elsewhere || subject->number < shown)
        return true;
    return subject->kind == KIND_FLOW &&
           (subject->from->number < shown || subject->to->number < shown);
}

/* NULL when the rule's `when` does not hold at this subject, there is nothing to lose, or there are
 * too many patterns. */
static struct pattern *find_pattern(struct finder *finder, const struct rule *rule) {
    if (finder->patterns > PATTERN_LIMIT)
        return NULL;
    struct pattern *pattern = try_rule(&finder->trial, rule);
    if (!pattern || has_no_stake(finder, rule, pattern->subject))
        return NULL;
    finder->patterns++;
    return pattern;
}

/* Adds what comes of the rule, tried at this subject, to the row that it belongs to. */
static void try_at(struct finder *finder, const struct rule *rule, const struct decl *subject,
                   struct pattern **tails[]) {
    finder->trial.judgement.subject = subject;
    struct pattern *pattern = find_pattern(finder, rule);
    if (!pattern)
        return;
    *tails[rule->letter->index] = pattern;
    tails[rule->letter->index] = &pattern->next;
}

/* Tries a rule on the flows whose patterns belong to the rows of this end. */
static void try_at_flows(struct finder *finder, const struct rule *rule, const struct decl *end,
                         struct pattern **tails[]) {
    for (size_t i = 0; i < decl_flow_count(end); i++) {
        const struct decl *flow = end->flows[i];
        arena_step(finder->arena);
        if ((rule->row == OF_FROM ? flow->from : flow->to) == end && is_tried(finder, flow))
            try_at(finder, rule, flow, tails);
    }
}

static void sort_rules(struct finder *finder) {
    const struct rule_pack *pack = finder->rows->pack;
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        for (size_t kind = 0; kind < SUBJECT_COUNT && !rule->disabled; kind++)
            if (rule->row == OF_SUBJECT ? rule->on == kind
                                        : (subject_rows[kind].kinds & (unsigned)ON_ELEMENT) != 0)
                *ARRAY_ADD(finder->arena, &finder->rules[kind]) = rule;
    }
}

/* Fills the rows of a subject, each in order of the pack. */
static void fill_rows_of(struct finder *finder, const struct decl *subject) {
    const struct rules_of_kind *rules = &finder->rules[subject_kind_of(subject)];
    bool tried = is_tried(finder, subject);
    struct row *cells = rows_of(finder->rows, subject);
    struct pattern **tails[LETTER_LIMIT];
    arena_step(finder->arena);
    for (size_t i = 0; i < finder->method->letter_count; i++)
        tails[i] = &cells[i].patterns;
    for (size_t i = 0; i < rules->count; i++) {
        if (rules->items[i]->row != OF_SUBJECT)
            try_at_flows(finder, rules->items[i], subject, tails);
        else if (tried)
            try_at(finder, rules->items[i], subject, tails);
    }
    for (size_t i = 0; i < finder->method->letter_count; i++)
        yield_in_row(finder->arena, &cells[i]);
}

static void find_patterns(struct finder *finder) {
    const struct decl_list *subjects = &finder->model->subjects;
    sort_rules(finder);
    for (size_t i = 0; i < subjects->count; i++) {
        prefetch_to_judge(finder->rows->analysis, i);
        fill_rows_of(finder, subjects->items[i]);
    }
}

struct slice row_id(struct arena *arena, const struct row *row) {
    return text_join(arena, row->letter->code, SLICE("@"), decl_id(row->subject));
}

const struct row *row_named(const struct rows *rows, struct slice id) {
    struct slice rest = id, code, subject_id;
    if (!slice_has(id, '@') || !slice_cut(&rest, '@', &code) || !slice_cut(&rest, '/', &subject_id))
        return NULL;
    const struct decl *subject = model_find(rows->analysis->shown, subject_id);
    const struct letter *letter = method_letter(rows->pack->method, code);
    if (!subject || !letter || !kind_in(subject->kind, ON_SUBJECT))
        return NULL;
    return row_of(rows, subject, letter);
}

/* Elements with elements and flows with flows: "the query" of two flows would be either. */
static bool *find_shared_labels(struct arena *arena, const struct model *model) {
    const struct decl_list *subjects = &model->subjects;
    bool *shared = ARENA_ARRAY(arena, bool, subjects->count + 1);
    struct arena_mark mark = arena_mark(arena);
    struct table of_flows = {0}, of_others = {0};
    for (size_t i = 0; i < subjects->count; i++) {
        struct decl *subject = subjects->items[i];
        struct table *table = subject->kind == KIND_FLOW ? &of_flows : &of_others;
        struct slice label = decl_label(subject);
        if (!label.length)
            continue;
        const struct decl *first = table_intern(arena, table, label, subject);
        shared[subject->number] = first != subject;
        shared[first->number] |= first != subject;
    }
    arena_rewind(arena, mark);
    return shared;
}

struct rows *find_rows(struct arena *arena, const struct analysis *analysis,
                       const struct rule_pack *pack, const struct elsewhere *elsewhere) {
    struct rows *rows = ARENA_NEW(arena, struct rows);
    struct finder finder = {.arena = arena,
                            .rows = rows,
                            .model = analysis->model,
                            .method = pack->method,
                            .elsewhere = elsewhere};
    finder.trial.judgement = judgement_at(arena, analysis, NULL);
    rows->analysis = analysis;
    rows->pack = pack;
    rows->bands = &pack->method->bands;
    rows->stakes = ARENA_ARRAY(arena, struct stakes, analysis->model->subjects.count);
    rows->shares_label = find_shared_labels(arena, analysis->model);
    rows->cell_count = analysis->model->subjects.count * pack->method->letter_count;
    open_cells(&finder);
    find_patterns(&finder);
    rows->pattern_count = finder.patterns;
    if (finder.patterns > PATTERN_LIMIT)
        return NULL;
    settle_states(&finder);
    settle_tiers(&finder);
    if (elsewhere && !leave_imported(&finder))
        return NULL;
    for (size_t i = 0; i < rows->cell_count; i++)
        suggest_score(arena, rows, &rows->cells[i]);
    yield_where_nothing_is_asked(rows);
    rank_rows(arena, rows);
    return rows;
}
