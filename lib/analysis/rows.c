/* Makes one row for each subject and letter (a cell of the table), tries the rules to fill the rows
 * with patterns, and then sets each row's state, tier and score. Each stage ends for all rows
 * before the next begins, as the state of a row depends on the patterns of others. */
// SPDX-License-Identifier: MIT
#include "analysis/rows.h"

#include "analysis/patterns.h"
#include "analysis/score.h"

#include <stdlib.h>
#include <string.h>

const char *const row_state_words[ROW_STATE_COUNT] = {"out_of_scope", "not_applicable", "answered",
                                                      "folded",       "open",           "covered"};
const char *const pattern_state_words[] = {"open", "covered", "possible"};

/* Patterns of rules on flows that belong to the row of the flow's source or target. */
struct end_patterns {
    struct pattern *first, *last;
};

struct finder {
    struct arena *arena;
    struct rows *rows;
    const struct model *model;
    const struct method *method;
    struct end_patterns *of_ends; /* by cell; elements come first among the subjects, so that only
                                     theirs are needed */
    size_t patterns;
    struct trial trial;
};

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

/* NULL when the rule's `when` does not hold at this subject, or there are too many patterns. */
static struct pattern *find_pattern(struct finder *finder, const struct rule *rule) {
    if (finder->patterns > PATTERN_LIMIT)
        return NULL;
    struct pattern *pattern = try_rule(&finder->trial, rule);
    finder->patterns += pattern != NULL;
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
        finder->trial.judgement.subject = flow;
        struct pattern *pattern = find_pattern(finder, rule);
        if (!pattern)
            continue;
        struct row *row =
            row_of(finder->rows, rule->row == OF_FROM ? flow->from : flow->to, rule->letter);
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
    size_t elements = finder->model->elements.count * finder->method->letter_count;
    for (size_t i = 0; i < subjects->count; i++)
        try_own_rules(finder, subjects->items[i]);
    finder->of_ends = ARENA_ARRAY(finder->arena, struct end_patterns, elements);
    for (size_t i = 0; i < pack->rules.count; i++)
        if (pack->rules.items[i]->row != OF_SUBJECT && !pack->rules.items[i]->disabled)
            try_on_ends(finder, pack->rules.items[i]);
    for (size_t i = 0; i < elements; i++)
        if (finder->of_ends[i].first)
            finder->rows->cells[i].patterns =
                merge(finder->rows->cells[i].patterns, finder->of_ends[i].first);
}

/* Adds each fact that the pattern reads. */
static void add_facts(struct arena *arena, struct table *facts, const struct pattern *pattern) {
    for (size_t i = 0; i < pattern->fact_count; i++)
        table_intern(arena, facts, reading_key(arena, &pattern->facts[i]), &pattern->facts[i]);
}

static bool reads_any(const struct pattern *pattern, const struct table *facts) {
    for (size_t i = 0; i < pattern->fact_count; i++) {
        struct reading_key key = {pattern->facts[i].decl, pattern->facts[i].family};
        if (table_get(facts, (struct slice){(const char *)&key, sizeof key}))
            return true;
    }
    return false;
}

/* Marks generic questions that are dropped, as a specific one of the row reads the same fact. */
static void mark_yielding(struct arena *arena, struct row *row) {
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

/* Drops the patterns that yield, counts the others by state, and sorts them: open ones, covered
 * ones, possible ones, each in order of the pack. */
static void sort_and_count(struct arena *arena, struct row *row) {
    struct pattern *lists[3] = {NULL}, **tails[3] = {&lists[0], &lists[1], &lists[2]}, *next;
    uint32_t *counts[3] = {&row->open, &row->covered, &row->possible};
    arena_step(arena);
    mark_yielding(arena, row);
    for (struct pattern *pattern = row->patterns; pattern; pattern = next) {
        next = pattern->next;
        if (pattern->yields)
            continue;
        *tails[pattern->state] = pattern;
        tails[pattern->state] = &pattern->next;
        ++*counts[pattern->state];
    }
    *tails[2] = NULL;
    *tails[1] = lists[2];
    *tails[0] = lists[1];
    row->patterns = lists[0];
}

/* Whether the method asks this letter of this kind of subject: always, or because a rule has a
 * pattern there. */
static bool applies(const struct finder *finder, const struct row *row) {
    enum subject_kind kind = subject_kind_of(row->subject);
    unsigned letter = 1u << row->letter->index;
    return (finder->method->always[kind] & letter) ||
           ((finder->method->by_rule[kind] & letter) && (row->open || row->covered));
}

/* Sets the state of a row that asks nothing, and returns true; the state of any other is set later.
 */
static bool settle_silent(const struct finder *finder, struct row *row) {
    bool imported = more_of(row->subject)->origin != NULL;
    if (imported || decl_out_of_scope(row->subject)) {
        row->state = ROW_OUT_OF_SCOPE;
        row->silenced = !imported && applies(finder, row);
        return true;
    }
    row->state = ROW_NOT_APPLICABLE;
    return !applies(finder, row);
}

/* Whether every flow of the element that crosses a boundary asks this letter already. */
static bool is_folded(struct finder *finder, const struct row *row) {
    bool crossing = false;
    if (row->open || row->covered || !decl_is_element(row->subject))
        return false;
    for (size_t i = 0; i < decl_flow_count(row->subject); i++) {
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

/* The lowest tier among open patterns; if the row is covered, among covered ones; of a row without
 * patterns its own. */
static int find_tier(struct finder *finder, const struct row *row) {
    int tier = 3;
    if (!row->open && !row->covered)
        return judge_tier(finder, row, NULL);
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        bool is_relevant = pattern->state == (row->open ? PATTERN_OPEN : PATTERN_COVERED);
        int own = is_relevant ? judge_tier(finder, row, pattern) : 3;
        tier = own < tier ? own : tier;
    }
    return tier;
}

static void settle_row(struct finder *finder, struct row *row) {
    struct rows *rows = finder->rows;
    arena_step(finder->arena);
    if (!settle_silent(finder, row))
        row->state = is_folded(finder, row) ? ROW_FOLDED
                     : row->open            ? ROW_OPEN
                     : row->covered         ? ROW_COVERED
                                            : ROW_OPEN;
    row->tier = (unsigned char)find_tier(finder, row);
    suggest_score(finder->arena, rows, row);
    rows->counts[row->state]++;
    rows->open_by_tier[row->tier] += row->state == ROW_OPEN;
}

static bool is_ranked(const struct row *row) {
    return row->state != ROW_OUT_OF_SCOPE && row->state != ROW_NOT_APPLICABLE;
}

struct slice row_id(struct arena *arena, const struct row *row) {
    return text_join(arena, row->letter->code, SLICE("@"), decl_id(row->subject));
}

const struct row *row_named(const struct rows *rows, struct slice id) {
    struct slice rest = id, code, subject_id;
    if (!slice_has(id, '@') || !slice_cut(&rest, '@', &code) || !slice_cut(&rest, '/', &subject_id))
        return NULL;
    const struct decl *subject = model_find(rows->analysis->model, subject_id);
    const struct letter *letter = method_letter(rows->pack->method, code);
    if (!subject || !letter || !kind_in(subject->kind, ON_SUBJECT))
        return NULL;
    return row_of(rows, subject, letter);
}

static int compare_letters(const void *left, const void *right) {
    return slice_compare((*(const struct letter *const *)left)->code,
                         (*(const struct letter *const *)right)->code);
}

static int compare_subjects(const void *left, const void *right) {
    return slice_compare(decl_id((*(const struct decl *const *)left)),
                         decl_id((*(const struct decl *const *)right)));
}

/* The order by id: that of the letters' codes, then that of the subjects' ids. */
struct order {
    const struct letter **letters;
    struct decl **subjects;
    size_t letter_count, subject_count;
};

static struct order order_by_id(struct arena *arena, const struct rows *rows) {
    const struct method *method = rows->pack->method;
    const struct decl_list *subjects = &rows->analysis->model->subjects;
    struct order order = {.letter_count = method->letter_count, .subject_count = subjects->count};
    order.letters = ARENA_ARRAY(arena, const struct letter *, order.letter_count);
    order.subjects = ARENA_ARRAY(arena, struct decl *, order.subject_count);
    for (size_t i = 0; i < order.letter_count; i++)
        order.letters[i] = &method->letters[i];
    if (order.subject_count)
        memcpy(order.subjects, subjects->items, order.subject_count * sizeof *order.subjects);
    qsort(order.letters, order.letter_count, sizeof *order.letters, compare_letters);
    qsort(order.subjects, order.subject_count, sizeof *order.subjects, compare_subjects);
    return order;
}

#define RANKS ((size_t)3 * (SCORE_LIMIT + 1))

/* The place of a row's tier and score in the ranking: 0 for tier 1 with the highest score. */
static size_t rank_of(const struct row *row) {
    return (size_t)(row->tier - 1) * (SCORE_LIMIT + 1) + (size_t)(SCORE_LIMIT - row->score);
}

/* Adds all rows in this state to the ranking, from `place` on; returns the next free place. */
static size_t append_in_state(struct rows *rows, enum row_state state, size_t place) {
    for (size_t i = 0; i < rows->cell_count; i++)
        if (rows->cells[i].state == state)
            rows->ranked[place++] = &rows->cells[i];
    return place;
}

/* Sorts by tier and score, counting: rows are visited in order of their ids, so those of one rank
 * stay in that order. */
static void rank_rows(struct arena *arena, struct rows *rows) {
    struct arena_mark mark;
    size_t places[RANKS] = {0}, place = 0;
    for (size_t i = 0; i < rows->cell_count; i++)
        if (is_ranked(&rows->cells[i]))
            places[rank_of(&rows->cells[i])]++;
    for (size_t i = 0; i < RANKS; i++) {
        size_t count = places[i];
        places[i] = place;
        place += count;
    }
    rows->ranked_count = place;
    rows->ranked = ARENA_ARRAY(arena, struct row *, rows->cell_count);
    mark = arena_mark(arena);
    struct order order = order_by_id(arena, rows);
    for (size_t i = 0; i < order.letter_count; i++) {
        for (size_t j = 0; j < order.subject_count; j++) {
            struct row *row = row_of(rows, order.subjects[j], order.letters[i]);
            if (is_ranked(row))
                rows->ranked[places[rank_of(row)]++] = row;
        }
    }
    arena_rewind(arena, mark);
    append_in_state(rows, ROW_NOT_APPLICABLE, append_in_state(rows, ROW_OUT_OF_SCOPE, place));
    for (size_t i = 0; i < rows->cell_count; i++)
        rows->ranked[i]->place = (uint32_t)i;
}

struct rows *find_rows(struct arena *arena, const struct analysis *analysis,
                       const struct rule_pack *pack) {
    struct rows *rows = ARENA_NEW(arena, struct rows);
    struct finder finder = {
        .arena = arena, .rows = rows, .model = analysis->model, .method = pack->method};
    finder.trial.judgement = judgement_at(arena, analysis, NULL);
    rows->analysis = analysis;
    rows->pack = pack;
    rows->stakes = ARENA_ARRAY(arena, struct stakes, analysis->model->subjects.count);
    rows->cell_count = analysis->model->subjects.count * pack->method->letter_count;
    open_cells(&finder);
    find_patterns(&finder);
    if (finder.patterns > PATTERN_LIMIT)
        return NULL;
    for (size_t i = 0; i < rows->cell_count; i++)
        sort_and_count(arena, &rows->cells[i]);
    for (size_t i = 0; i < rows->cell_count; i++)
        settle_row(&finder, &rows->cells[i]);
    rank_rows(arena, rows);
    return rows;
}
