/* What a file asks at the subjects of others: only what those files, each judged alone, do not ask
 * or ask in a worse tier. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"

/* A question at a subject, whichever file names that how. */
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

void leave_imported(struct finder *finder) {
    struct rows *rows = finder->rows;
    for (size_t i = 0; i < rows->cell_count; i++) {
        struct row *row = &rows->cells[i];
        const struct decl *origin = more_of(row->subject)->origin;
        if (!origin)
            continue;
        arena_step(finder->arena);
        const struct row *there =
            row_of(finder->alone[decl_source(origin)->unit], origin, row->letter);
        rows->imported[there->tier] += there->state == ROW_OPEN;
        row->silenced = false;
        if (!is_asked_here(finder->arena, row, there))
            row->state = ROW_OUT_OF_SCOPE;
    }
}
