/* What a file asks at the subjects of others: only what those files, each judged alone, do not ask
 * or ask in a worse tier. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"

/* A question at a subject, by whatever name a file has for the subject. */
struct question {
    const struct rule *rule;
    const struct decl *subject;
};

static struct question question_of(const struct pattern *pattern) {
    const struct decl *origin = more_of(pattern->subject)->origin;
    return (struct question){pattern->rule, origin ? origin : pattern->subject};
}

static struct slice question_key(const struct question *question) {
    return (struct slice){(const char *)question, sizeof *question};
}

/* The open patterns of a row by their questions. */
static void gather_open(struct arena *arena, const struct row *row, struct table *asked) {
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state != PATTERN_OPEN)
            continue;
        struct question *question = ARENA_NEW(arena, struct question);
        *question = question_of(pattern);
        table_intern(arena, asked, question_key(question), pattern);
    }
}

static bool is_due(const struct table *asked, const struct pattern *pattern) {
    struct question question = question_of(pattern);
    const struct pattern *there = table_get(asked, question_key(&question));
    return pattern->state == PATTERN_OPEN && (!there || pattern->tier < there->tier);
}

/* Keeps the patterns that are due here. `there` is the row in its own file. */
static void keep_due(struct arena *arena, struct row *row, const struct row *there) {
    struct arena_mark mark = arena_mark(arena);
    struct table asked = {0};
    struct pattern **tail = &row->patterns;
    unsigned char tier = 3;
    if (there->state == ROW_OPEN)
        gather_open(arena, there, &asked);
    row->open = row->covered = row->possible = 0;
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (!is_due(&asked, pattern))
            continue;
        *tail = pattern;
        tail = &pattern->next;
        row->open++;
        tier = pattern->tier < tier ? pattern->tier : tier;
    }
    *tail = NULL;
    row->tier = tier;
    arena_rewind(arena, mark);
}

/* A row without a pattern is a question by itself. */
static bool is_asked_here(struct arena *arena, struct row *row, const struct row *there) {
    if (row->state != ROW_OPEN)
        return false;
    if (!row->open)
        return there->state != ROW_OPEN || row->tier < there->tier;
    keep_due(arena, row, there);
    return row->open > 0;
}

/* The subjects of each file, by its number. */
static struct decl_list *list_by_file(struct finder *finder) {
    const struct decl_list *subjects = &finder->model->subjects;
    struct decl_list *lists =
        ARENA_ARRAY(finder->arena, struct decl_list, finder->elsewhere->files);
    for (size_t i = 0; i < subjects->count; i++) {
        const struct decl *origin = more_of(subjects->items[i])->origin;
        if (origin)
            *ARRAY_ADD(finder->arena, &lists[decl_source(origin)->unit]) = subjects->items[i];
    }
    return lists;
}

static void leave_subject(struct finder *finder, const struct decl *subject,
                          const struct rows *alone) {
    struct rows *rows = finder->rows;
    for (size_t i = 0; i < finder->method->letter_count; i++) {
        struct row *row = row_of(rows, subject, &finder->method->letters[i]);
        const struct row *there = row_of(alone, more_of(subject)->origin, row->letter);
        row->silenced = false;
        if (!is_asked_here(finder->arena, row, there))
            row->state = ROW_OUT_OF_SCOPE;
    }
}

/* What is still open there. */
static void count_subject(struct finder *finder, const struct decl *subject,
                          const struct rows *alone) {
    const struct row *rows = rows_of(alone, more_of(subject)->origin);
    for (size_t i = 0; i < finder->method->letter_count; i++)
        finder->rows->imported[rows[i].tier] += rows[i].state == ROW_OPEN;
}

bool leave_imported(struct finder *finder) {
    const struct elsewhere *elsewhere = finder->elsewhere;
    const struct decl_list *lists = list_by_file(finder);
    size_t patterns = finder->patterns;
    for (size_t file = 1; file < elsewhere->files; file++) {
        struct arena_mark mark = arena_mark(finder->arena);
        struct rows *alone = elsewhere->judge(elsewhere->context, file);
        if (!alone || (patterns += alone->pattern_count) > PATTERN_LIMIT)
            return false;
        arena_step(finder->arena);
        for (size_t i = 0; i < lists[file].count; i++)
            leave_subject(finder, lists[file].items[i], alone);
        elsewhere->decide(elsewhere->context, file, alone);
        for (size_t i = 0; i < lists[file].count; i++)
            count_subject(finder, lists[file].items[i], alone);
        elsewhere->forget(elsewhere->context, file);
        arena_rewind(finder->arena, mark);
    }
    return true;
}
