/* Makes one row for each subject and letter (a cell of the table), tries the rules to fill the rows
 * with patterns, and then sets each row's state, tier and score. Each stage ends for all rows
 * before the next begins, as the state of a row depends on the patterns of others. */
// SPDX-License-Identifier: MIT
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

/* Tries the rules of one subject's own rows. Subjects are the outer loop, as each is read by many
 * rules. */
static void try_own_rules(struct finder *finder, const struct decl *subject) {
    const struct rule_pack *pack = finder->rows->pack;
    enum subject_kind kind = subject_kind_of(subject);
    struct pattern **tails[LETTER_LIMIT];
    for (size_t i = 0; i < finder->method->letter_count; i++)
        tails[i] = &row_of(finder->rows, subject, &finder->method->letters[i])->patterns;
    arena_step(finder->arena);
    finder->trial.judgement.subject = subject;
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        if (rule->on != kind || rule->row != OF_SUBJECT || rule->disabled)
            continue;
        struct pattern *pattern = find_pattern(finder, rule);
        if (!pattern)
            continue;
        *tails[rule->letter->index] = pattern;
        tails[rule->letter->index] = &pattern->next;
    }
}

/* Tries one rule on flows whose patterns belong to the rows of their ends. The caller goes through
 * the rules in order of the pack, and so do the patterns of each row. */
static void try_on_ends(struct finder *finder, const struct rule *rule) {
    const struct decl_list *flows = &finder->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        arena_step(finder->arena);
        if (!is_tried(finder, flow))
            continue;
        finder->trial.judgement.subject = flow;
        struct pattern *pattern = find_pattern(finder, rule);
        if (!pattern)
            continue;
        const struct row *row = row_of_pattern(finder->rows, pattern);
        struct end_patterns *here = &finder->of_ends[row - finder->rows->cells];
        *(here->last ? &here->last->next : &here->first) = pattern;
        here->last = pattern;
    }
}

/* Merges two lists in order of the pack into one. */
static struct pattern *merge(struct pattern *own, struct pattern *of_ends) {
    struct pattern *merged = NULL, **tail = &merged;
    while (own && of_ends) {
        struct pattern **source = own->rule->number <= of_ends->rule->number ? &own : &of_ends;
        *tail = *source;
        tail = &(*source)->next;
        *source = *tail;
    }
    *tail = own ? own : of_ends;
    return merged;
}

static void find_patterns(struct finder *finder) {
    const struct rule_pack *pack = finder->rows->pack;
    const struct decl_list *subjects = &finder->model->subjects;
    size_t cells = finder->rows->cell_count;
    for (size_t i = 0; i < subjects->count; i++)
        if (is_tried(finder, subjects->items[i]))
            try_own_rules(finder, subjects->items[i]);
    finder->of_ends = ARENA_ARRAY(finder->arena, struct end_patterns, cells);
    for (size_t i = 0; i < pack->rules.count; i++)
        if (pack->rules.items[i]->row != OF_SUBJECT && !pack->rules.items[i]->disabled)
            try_on_ends(finder, pack->rules.items[i]);
    for (size_t i = 0; i < cells; i++)
        if (finder->of_ends[i].first)
            finder->rows->cells[i].patterns =
                merge(finder->rows->cells[i].patterns, finder->of_ends[i].first);
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
    rows->stakes = ARENA_ARRAY(arena, struct stakes, analysis->model->subjects.count);
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
