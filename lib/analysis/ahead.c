/* The texts of a row, and the attributes that conditions read, lie at the ends of many pointers.
 * They are followed one step at a time, while what comes before it is worked on: each step reads
 * only what the one before it has asked for, so that none of them waits. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"

#include "analysis/score.h"
#include "base/prefetch.h"

/* From one step to the next. A row takes about as long to write as memory takes to answer. */
#define ROWS_A_STEP ((size_t)8)
#define SUBJECTS_A_STEP ((size_t)3)
#define STEPS ((size_t)6)
/* A reason names the first flows of an element, and looks at all of them. */
#define FIRST_FLOWS ((size_t)6)

/* Asks for what is read of one declaration, in three steps. */
typedef void fetcher(const struct decl *decl, size_t step);

/* Nothing but the declaration. */
static void fetch_itself(const struct decl *decl, size_t step) {
    if (step == 0)
        prefetch(decl);
}

/* Its item with the head that follows it in memory, and its words. */
static void fetch_name(const struct decl *decl, size_t step) {
    if (step == 0)
        prefetch(decl);
    else if (step == 1)
        prefetch_lines(decl->item, 3);
    else if (step == 2)
        prefetch_lines(decl_id(decl).at, 2);
}

/* Its first attributes. */
static void fetch_attributes(const struct decl *decl, size_t step) {
    if (step == 0)
        prefetch(decl);
    else if (step == 1 && decl->attributes)
        prefetch_lines(decl->attributes, 2);
}

static void fetch_flow(const struct analysis *analysis, const struct decl *flow, size_t step,
                       fetcher *fetch) {
    if (step == 1)
        prefetch(flow_passage(analysis, flow));
    fetch(flow->from, step - 1);
    fetch(flow->to, step - 1);
}

static void fetch_element(const struct analysis *analysis, const struct decl *element, size_t step,
                          fetcher *fetch) {
    if (step == 1)
        prefetch(element->flows);
    for (size_t i = 0; i < element->flow_count && i < FIRST_FLOWS && step >= 2; i++) {
        fetch(element->flows[i], step - 2);
        if (step == 3)
            prefetch(flow_passage(analysis, element->flows[i]));
    }
}

static void fetch_subject(const struct analysis *analysis, const struct decl *subject, size_t step,
                          fetcher *fetch) {
    fetch(subject, step);
    if (step >= 1 && subject->kind == KIND_FLOW)
        fetch_flow(analysis, subject, step, fetch);
    else if (step >= 1 && decl_is_element(subject))
        fetch_element(analysis, subject, step, fetch);
}

/* The first patterns; those at the end of a flow are about that flow. */
static void fetch_patterns(const struct analysis *analysis, const struct row *row, size_t step) {
    const struct pattern *pattern = row->patterns;
    for (; pattern && step; step--, pattern = pattern->next)
        if (pattern->subject != row->subject)
            fetch_subject(analysis, pattern->subject, step - 1, fetch_name);
    if (pattern)
        prefetch_lines(pattern, 2);
}

static void fetch_row(const struct rows *rows, const struct row *row, size_t step) {
    if (step == 0) {
        prefetch(row);
        return;
    }
    fetch_subject(rows->analysis, row->subject, step - 1, fetch_name);
    fetch_patterns(rows->analysis, row, step - 1);
    if (step == 2) {
        prefetch(subject_spot(rows->analysis, row->subject));
        prefetch(&rows->stakes[row->subject->number]);
    }
}

void prefetch_rows(const struct rows *rows, size_t place) {
    for (size_t step = 0; step < STEPS; step++) {
        size_t at = place + (STEPS - step) * ROWS_A_STEP;
        if (at < rows->ranked_count)
            fetch_row(rows, rows->ranked[at], step);
    }
}

static void fetch_subjects(const struct analysis *analysis, const struct decl_list *subjects,
                           size_t place, fetcher *fetch) {
    for (size_t step = 0; step < STEPS; step++) {
        size_t at = place + (STEPS - step) * SUBJECTS_A_STEP;
        if (at < subjects->count)
            fetch_subject(analysis, subjects->items[at], step, fetch);
    }
}

void prefetch_to_judge(const struct analysis *analysis, size_t number) {
    fetch_subjects(analysis, &analysis->model->subjects, number, fetch_attributes);
}

void prefetch_to_name(const struct analysis *analysis, const struct decl_list *list, size_t place) {
    fetch_subjects(analysis, list, place, fetch_name);
}

void prefetch_flows_of(const struct analysis *analysis, const struct decl_list *elements,
                       size_t place) {
    fetch_subjects(analysis, elements, place, fetch_itself);
}
