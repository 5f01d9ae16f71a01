/* The order in which rows are read: by tier, by suggested score, by id. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"

#include <stdlib.h>
#include <string.h>

static bool is_ranked(const struct row *row) {
    return row->state != ROW_OUT_OF_SCOPE && row->state != ROW_NOT_APPLICABLE;
}

static int compare_letters(const void *left, const void *right) {
    return slice_compare((*(const struct letter *const *)left)->code,
                         (*(const struct letter *const *)right)->code);
}

static int compare_subjects(const void *left, const void *right) {
    return slice_compare(decl_id(*(const struct decl *const *)left),
                         decl_id(*(const struct decl *const *)right));
}

/* The order by id: that of the letters' codes, then that of the subjects' ids. */
struct order {
    const struct letter **letters;
    struct decl **subjects;
    size_t letter_count, subject_count;
};

static struct order order_by_id(struct arena *arena, const struct rows *rows) {
    struct method *method = rows->pack->method;
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

/* Adds all rows in this state to the ranking, from `place` on; returns the next free place. Where
 * the file does not name the subject, there is nothing to say of them. */
static size_t append_in_state(struct rows *rows, enum row_state state, size_t place) {
    size_t shown = rows->analysis->shown->subjects.count * rows->pack->method->letter_count;
    for (size_t i = 0; i < shown; i++)
        if (rows->cells[i].state == state)
            rows->ranked[place++] = &rows->cells[i];
    return place;
}

/* Notes the places, and counts what is listed. */
static void list_rows(struct rows *rows) {
    for (size_t i = 0; i < rows->cell_count; i++)
        rows->cells[i].place = UINT32_MAX;
    for (size_t i = 0; i < rows->listed_count; i++) {
        struct row *row = rows->ranked[i];
        row->place = (uint32_t)i;
        rows->counts[row->state]++;
        rows->open_by_tier[row->tier] += row->state == ROW_OPEN;
    }
}

/* Sorts by tier and score, counting: rows are visited in order of their ids, so those of one rank
 * stay in that order. */
void rank_rows(struct arena *arena, struct rows *rows) {
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
    place = append_in_state(rows, ROW_OUT_OF_SCOPE, place);
    rows->listed_count = append_in_state(rows, ROW_NOT_APPLICABLE, place);
    list_rows(rows);
}
