/* Questions that are asked in one of the models and not in the other, or more urgently. Each row is
 * compared with the row of the same subject and letter. */
// SPDX-License-Identifier: MIT
#include "compare/compare.h"

#include <stdlib.h>

/* What a question of one model is in the other one. */
struct crossover {
    const struct rows *from, *to;
    const struct rule **rules; /* by number in the pack of `from`; NULL: it is not there */
    const struct letter *letters[LETTER_LIMIT]; /* by index; likewise */
    bool forward;                               /* from the old model to the new one */
};

struct questions {
    struct comparison *comparison;
    struct crossover forward, back;
};

/* ---- rules and letters ------------------------------------------------------------------- */

static void pair_rules(struct questions *questions, const struct rule *old,
                       const struct rule *now) {
    if (!old || !now || questions->forward.rules[old->number] || questions->back.rules[now->number])
        return;
    questions->forward.rules[old->number] = now;
    questions->back.rules[now->number] = old;
}

/* A rule that was renamed or split is the first one that names it. */
static void pair_by_past(struct questions *questions, const struct rule_pack *namer,
                         const struct rule_pack *named, bool is_old) {
    for (size_t i = 0; i < namer->rules.count; i++) {
        const struct rule *rule = namer->rules.items[i];
        for (size_t j = 0; j < rule->was_count; j++) {
            const struct rule *other = table_get(&named->by_id, rule->was[j]);
            pair_rules(questions, is_old ? rule : other, is_old ? other : rule);
        }
    }
}

static void pair_packs(struct questions *questions) {
    const struct rule_pack *old = questions->forward.from->pack, *now = questions->forward.to->pack;
    struct arena *arena = questions->comparison->arena;
    questions->forward.rules = ARENA_ARRAY(arena, const struct rule *, old->rules.count + 1);
    questions->back.rules = ARENA_ARRAY(arena, const struct rule *, now->rules.count + 1);
    for (size_t i = 0; i < old->rules.count; i++)
        pair_rules(questions, old->rules.items[i], table_get(&now->by_id, old->rules.items[i]->id));
    pair_by_past(questions, now, old, false);
    pair_by_past(questions, old, now, true);
}

static struct crossover crossover_of(const struct rows *from, const struct rows *to, bool forward) {
    struct crossover crossover = {.from = from, .to = to, .forward = forward};
    const struct method *method = from->pack->method;
    for (size_t i = 0; i < method->letter_count; i++) {
        const struct letter *same = method_letter(to->pack->method, method->letters[i].code);
        if (same && slice_equal(same->code, method->letters[i].code))
            crossover.letters[i] = same;
    }
    return crossover;
}

static const struct decl *subject_across(const struct questions *questions,
                                         const struct crossover *crossover,
                                         const struct decl *subject) {
    const struct pairs *pairs = questions->comparison->pairs;
    return crossover->forward ? what_became_of(pairs, subject) : what_was(pairs, subject);
}

static const struct row *row_across(const struct questions *questions,
                                    const struct crossover *crossover, const struct row *row) {
    const struct decl *subject = subject_across(questions, crossover, row->subject);
    const struct letter *letter = crossover->letters[row->letter->index];
    return subject && letter ? row_of(crossover->to, subject, letter) : NULL;
}

/* ---- patterns of a row ------------------------------------------------------------------- */

struct asked_at {
    const struct rule *rule;
    const struct decl *subject;
};

/* Patterns by rule and subject. Most rows have few: these are gone through. */
#define FEW 8
struct index {
    const struct pattern *first;
    struct table table; /* empty where there are few */
};

static struct slice asked_key(const struct asked_at *place) {
    return (struct slice){(const char *)place, sizeof *place};
}

static struct index index_row(struct arena *arena, const struct row *row) {
    struct index index = {.first = row ? row->patterns : NULL};
    size_t count = 0;
    for (const struct pattern *at = index.first; at; at = at->next)
        count++;
    for (struct pattern *at = row ? row->patterns : NULL; at && count > FEW; at = at->next) {
        struct asked_at *place = ARENA_NEW(arena, struct asked_at);
        *place = (struct asked_at){at->rule, at->subject};
        table_intern(arena, &index.table, asked_key(place), at);
    }
    return index;
}

static const struct pattern *find_in(const struct index *index, struct asked_at place) {
    if (index->table.count)
        return table_get(&index->table, asked_key(&place));
    const struct pattern *at = index->first;
    while (at && !(at->rule == place.rule && at->subject == place.subject))
        at = at->next;
    return at;
}

static const struct pattern *pattern_across(const struct questions *questions,
                                            const struct crossover *crossover,
                                            const struct index *there,
                                            const struct pattern *pattern) {
    struct asked_at place = {crossover->rules[pattern->rule->number],
                             subject_across(questions, crossover, pattern->subject)};
    return place.rule && place.subject ? find_in(there, place) : NULL;
}

/* ---- states ------------------------------------------------------------------------------ */

/* Of a pattern that is open, or of a row without patterns. */
static enum question_state state_of_open(const struct rows *rows, const struct row *row,
                                         const struct pattern *pattern) {
    if (is_pending(rows->decisions, row, pattern))
        return QUESTION_OPEN;
    return is_new_question(rows->decisions, row, pattern) ? QUESTION_WAITING : QUESTION_DECIDED;
}

static enum question_state state_of_pattern(const struct rows *rows, const struct row *row,
                                            const struct pattern *pattern) {
    static const enum question_state states[PATTERN_STATE_COUNT] = {
        [PATTERN_OPEN] = QUESTION_OPEN,         [PATTERN_COVERED] = QUESTION_COVERED,
        [PATTERN_POSSIBLE] = QUESTION_POSSIBLE, [PATTERN_YIELDED] = QUESTION_YIELDED,
        [PATTERN_SILENCED] = QUESTION_SILENCED,
    };
    enum question_state state = states[pattern->state];
    if (row->state == ROW_OUT_OF_SCOPE)
        return more_of(row->subject)->origin ? QUESTION_ELSEWHERE : QUESTION_SILENCED;
    if (state != QUESTION_OPEN)
        return state;
    return row->state == ROW_FOLDED ? QUESTION_YIELDED : state_of_open(rows, row, pattern);
}

/* A row without patterns is a question by itself. */
static enum question_state state_of_row(const struct rows *rows, const struct row *row) {
    switch ((enum row_state)row->state) {
    case ROW_OPEN:
    case ROW_ANSWERED:
        return row->open || row->covered ? QUESTION_ABSENT : state_of_open(rows, row, NULL);
    case ROW_FOLDED:
        return QUESTION_YIELDED;
    case ROW_OUT_OF_SCOPE:
        return more_of(row->subject)->origin ? QUESTION_ELSEWHERE : QUESTION_SILENCED;
    case ROW_NOT_APPLICABLE:
        return QUESTION_SILENCED;
    default:
        return QUESTION_ABSENT;
    }
}

/* `pattern` is NULL for the question of the row itself, and `row` where there is none. */
static struct question question_of(const struct rows *rows, const struct row *row,
                                   const struct pattern *pattern) {
    struct question question = {row, pattern, QUESTION_ABSENT, 0};
    if (!row)
        return question;
    question.state = pattern ? state_of_pattern(rows, row, pattern) : state_of_row(rows, row);
    if (question.state == QUESTION_OPEN)
        question.tier = pattern ? pattern->tier : row->tier;
    return question;
}

/* A pattern that the other row does not have. */
static struct question absent_question(const struct row *row) {
    bool elsewhere = row && row->state == ROW_OUT_OF_SCOPE && more_of(row->subject)->origin != NULL;
    return (struct question){row, NULL, elsewhere ? QUESTION_ELSEWHERE : QUESTION_ABSENT, 0};
}

/* QUESTION_CHANGE_COUNT: nothing that anybody has to answer. */
static enum question_change_kind kind_of_change(const struct question *was,
                                                const struct question *is) {
    bool before = was->state == QUESTION_OPEN, after = is->state == QUESTION_OPEN;
    if (was->state == QUESTION_ELSEWHERE || is->state == QUESTION_ELSEWHERE)
        return QUESTION_CHANGE_COUNT;
    if (before && after)
        return is->tier < was->tier   ? QUESTION_WORSE
               : is->tier > was->tier ? QUESTION_BETTER
                                      : QUESTION_CHANGE_COUNT;
    if (after)
        return was->state == QUESTION_COVERED   ? QUESTION_REOPENED
               : was->state == QUESTION_DECIDED ? QUESTION_RENEWED
                                                : QUESTION_NEW;
    if (before)
        return is->state == QUESTION_COVERED   ? QUESTION_SETTLED
               : is->state == QUESTION_DECIDED ? QUESTION_ANSWERED
                                               : QUESTION_GONE;
    return QUESTION_CHANGE_COUNT;
}

static void compare_two(struct questions *questions, struct question was, struct question is) {
    struct comparison *comparison = questions->comparison;
    enum question_change_kind kind = kind_of_change(&was, &is);
    if (kind == QUESTION_CHANGE_COUNT)
        return;
    *ARRAY_ADD(comparison->arena, &comparison->questions) = (struct question_change){kind, was, is};
    comparison->question_counts[kind]++;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* One of them may be NULL. */
static void compare_rows(struct questions *questions, const struct row *old,
                         const struct row *now) {
    struct arena *arena = questions->comparison->arena;
    const struct rows *from = questions->comparison->was, *to = questions->comparison->is;
    struct index before = index_row(arena, old), after = index_row(arena, now);
    arena_step(arena);
    compare_two(questions, question_of(from, old, NULL), question_of(to, now, NULL));
    for (const struct pattern *at = after.first; at; at = at->next) {
        const struct pattern *was = pattern_across(questions, &questions->back, &before, at);
        compare_two(questions, was ? question_of(from, old, was) : absent_question(old),
                    question_of(to, now, at));
    }
    for (const struct pattern *at = before.first; at; at = at->next)
        if (!pattern_across(questions, &questions->forward, &after, at))
            compare_two(questions, question_of(from, old, at), absent_question(now));
}

/* The one that is open. */
static const struct question *open_of(const struct question_change *change) {
    return change->is.state == QUESTION_OPEN ? &change->is : &change->was;
}

/* By kind, and by tier and rank where it is open. Patterns of one row stay in the order in which
 * they were found, which their places in the pack and among the flows give. */
static int compare_order(const void *left, const void *right) {
    const struct question_change *changes[] = {left, right};
    size_t keys[2][5];
    for (size_t i = 0; i < 2; i++) {
        const struct question *open = open_of(changes[i]);
        const struct pattern *pattern = open->pattern;
        keys[i][0] = changes[i]->kind;
        keys[i][1] = (size_t)open->tier;
        keys[i][2] = open->row->place;
        keys[i][3] = pattern ? pattern->rule->number + 1 : 0;
        keys[i][4] = pattern ? pattern->subject->number : 0;
    }
    for (size_t i = 0; i < sizeof keys[0] / sizeof *keys[0]; i++)
        if (keys[0][i] != keys[1][i])
            return keys[0][i] < keys[1][i] ? -1 : 1;
    return 0;
}

void compare_questions(struct comparison *comparison) {
    const struct rows *old = comparison->was, *now = comparison->is;
    struct questions questions = {.comparison = comparison,
                                  .forward = crossover_of(old, now, true),
                                  .back = crossover_of(now, old, false)};
    pair_packs(&questions);
    for (size_t i = 0; i < now->cell_count; i++)
        compare_rows(&questions, row_across(&questions, &questions.back, &now->cells[i]),
                     &now->cells[i]);
    for (size_t i = 0; i < old->cell_count; i++)
        if (!row_across(&questions, &questions.forward, &old->cells[i]))
            compare_rows(&questions, &old->cells[i], NULL);
    if (comparison->questions.count > 1)
        qsort(comparison->questions.items, comparison->questions.count,
              sizeof *comparison->questions.items, compare_order);
}
