/* The order in which rows are read: by tier, by suggested score, by id. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"

#include "base/prefetch.h"

#include <stdlib.h>

static bool is_ranked(const struct row *row) {
    return row->state != ROW_OUT_OF_SCOPE && row->state != ROW_NOT_APPLICABLE;
}

/* A subject in the order of ids. The first eight bytes of the id as a number tell most of them
 * apart without a look at the texts, which lie anywhere. */
struct ordered {
    uint64_t start;
    const struct decl *subject;
};

static int compare_subjects(const void *left, const void *right) {
    const struct ordered *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return slice_compare(decl_id(a->subject), decl_id(b->subject));
}

static struct ordered *order_subjects(struct arena *arena, const struct decl_list *subjects) {
    struct ordered *order = ARENA_ARRAY(arena, struct ordered, subjects->count + 1);
    for (size_t i = 0; i < subjects->count; i++)
        order[i] = (struct ordered){slice_start(decl_id(subjects->items[i])), subjects->items[i]};
    qsort(order, subjects->count, sizeof *order, compare_subjects);
    return order;
}

/* The ranks in which rows can be: by tier, by score, and by the code of the letter. */
struct ranks {
    size_t letter_count;
    size_t letter_places[LETTER_LIMIT]; /* by a letter's index: the place of its code */
    size_t *places;                     /* by rank: where its next row goes */
};
#define RANKS_OF_A_LETTER ((size_t)3 * (SCORE_LIMIT + 1))

static int compare_letters(const void *left, const void *right) {
    return slice_compare((*(const struct letter *const *)left)->code,
                         (*(const struct letter *const *)right)->code);
}

static struct ranks open_ranks(struct arena *arena, const struct method *method) {
    struct ranks ranks = {.letter_count = method->letter_count};
    const struct letter *order[LETTER_LIMIT];
    for (size_t i = 0; i < ranks.letter_count; i++)
        order[i] = &method->letters[i];
    qsort(order, ranks.letter_count, sizeof *order, compare_letters);
    for (size_t i = 0; i < ranks.letter_count; i++)
        ranks.letter_places[order[i]->index] = i;
    ranks.places = ARENA_ARRAY(arena, size_t, RANKS_OF_A_LETTER * ranks.letter_count);
    return ranks;
}

/* Where the next row of its rank belongs; 0 is the rank of tier 1 with the highest score and the
 * first letter. */
static size_t *place_in(const struct ranks *ranks, const struct row *row) {
    size_t rank = (size_t)(row->tier - 1) * (SCORE_LIMIT + 1) + (size_t)(SCORE_LIMIT - row->score);
    return &ranks->places[rank * ranks->letter_count + ranks->letter_places[row->letter->index]];
}

/* Counts the rows of each rank, and has each begin where the one before it ends; returns how many
 * rows there are. */
static size_t find_places(const struct ranks *ranks, const struct rows *rows) {
    size_t next = 0;
    for (size_t i = 0; i < rows->cell_count; i++)
        if (is_ranked(&rows->cells[i]))
            ++*place_in(ranks, &rows->cells[i]);
    for (size_t i = 0; i < RANKS_OF_A_LETTER * ranks->letter_count; i++) {
        size_t count = ranks->places[i];
        ranks->places[i] = next;
        next += count;
    }
    return next;
}

static void put_row(struct rows *rows, struct row *row, size_t place) {
    rows->ranked[place] = row;
    row->place = (uint32_t)place;
    rows->counts[row->state]++;
    rows->open_by_tier[row->tier] += row->state == ROW_OPEN;
}

/* The rows of the subject that comes this many places later are fetched in advance. */
#define SUBJECTS_AHEAD ((size_t)8)

static void put_ranked(const struct ranks *ranks, struct rows *rows, const struct ordered *order) {
    size_t subjects = rows->analysis->model->subjects.count;
    for (size_t i = 0; i < subjects; i++) {
        if (i + SUBJECTS_AHEAD < subjects)
            prefetch_lines(rows_of(rows, order[i + SUBJECTS_AHEAD].subject),
                           ranks->letter_count * sizeof(struct row) / CACHE_LINE + 1);
        struct row *cells = rows_of(rows, order[i].subject);
        for (size_t j = 0; j < ranks->letter_count; j++) {
            cells[j].place = UINT32_MAX;
            if (is_ranked(&cells[j]))
                put_row(rows, &cells[j], (*place_in(ranks, &cells[j]))++);
        }
    }
}

/* Adds all rows in this state to the ranking, from `place` on; returns the next free place. Where
 * the file does not name the subject, there is nothing to say of them. */
static size_t append_in_state(struct rows *rows, enum row_state state, size_t place) {
    size_t shown = rows->analysis->shown->subjects.count * rows->pack->method->letter_count;
    for (size_t i = 0; i < shown; i++)
        if (rows->cells[i].state == state)
            put_row(rows, &rows->cells[i], place++);
    return place;
}

/* Sorts by counting: subjects are visited in the order of their ids, so the rows of one rank stay
 * in that order. */
void rank_rows(struct arena *arena, struct rows *rows) {
    memset(rows->counts, 0, sizeof rows->counts);
    memset(rows->open_by_tier, 0, sizeof rows->open_by_tier);
    rows->ranked = ARENA_ARRAY(arena, struct row *, rows->cell_count);
    struct arena_mark mark = arena_mark(arena);
    struct ranks ranks = open_ranks(arena, rows->pack->method);
    struct ordered *order = order_subjects(arena, &rows->analysis->model->subjects);
    rows->ranked_count = find_places(&ranks, rows);
    put_ranked(&ranks, rows, order);
    arena_rewind(arena, mark);
    size_t place = append_in_state(rows, ROW_OUT_OF_SCOPE, rows->ranked_count);
    rows->listed_count = append_in_state(rows, ROW_NOT_APPLICABLE, place);
}
