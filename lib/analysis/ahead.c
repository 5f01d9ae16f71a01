/* What the texts of a row are made of lies at the ends of many pointers. They are followed one step
 * at a time, while the rows before it are written: each step reads only what the one before it has
 * asked for, so that none of them waits. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"

#include "base/prefetch.h"

#define STEPS ((size_t)6)
/* From one step to the next. A row takes about as long to write as memory takes to answer. */
#define ROWS_A_STEP ((size_t)8)
/* A reason names the first flows of an element, and looks at all of them. */
#define FIRST_FLOWS ((size_t)6)

/* The declaration, its item with the head behind that, and its words. */
static void prefetch_name(const struct decl *decl, size_t step) {
    if (step == 0)
        prefetch(decl);
    else if (step == 1)
        prefetch_lines(decl->item, 3);
    else if (step == 2)
        prefetch(decl_label(decl).at);
}

static void prefetch_flow(const struct analysis *analysis, const struct decl *flow, size_t step) {
    if (step == 1)
        prefetch(flow_passage(analysis, flow));
    if (step >= 1) {
        prefetch_name(flow->from, step - 1);
        prefetch_name(flow->to, step - 1);
    }
}

static void prefetch_element(const struct analysis *analysis, const struct decl *element,
                             size_t step) {
    if (step == 1)
        prefetch(element->flows);
    for (size_t i = 0; i < element->flow_count && i < FIRST_FLOWS && step >= 2; i++) {
        prefetch_name(element->flows[i], step - 2);
        if (step == 3)
            prefetch(flow_passage(analysis, element->flows[i]));
    }
}

static void prefetch_subject(const struct analysis *analysis, const struct decl *subject,
                             size_t step) {
    prefetch_name(subject, step);
    if (step == 1)
        prefetch(subject_spot(analysis, subject));
    if (step >= 1 && subject->kind == KIND_FLOW)
        prefetch_flow(analysis, subject, step);
    else if (step >= 1 && decl_is_element(subject))
        prefetch_element(analysis, subject, step);
}

/* The first patterns; those at the end of a flow are about that flow. */
static void prefetch_patterns(const struct analysis *analysis, const struct row *row, size_t step) {
    const struct pattern *pattern = row->patterns;
    for (; pattern && step; step--, pattern = pattern->next)
        if (pattern->subject != row->subject)
            prefetch_subject(analysis, pattern->subject, step - 1);
    if (pattern)
        prefetch_lines(pattern, 2);
}

void prefetch_rows(const struct rows *rows, size_t place) {
    for (size_t step = 0; step < STEPS; step++) {
        size_t at = place + (STEPS - step) * ROWS_A_STEP;
        if (at >= rows->ranked_count)
            continue;
        const struct row *row = rows->ranked[at];
        if (step == 0) {
            prefetch_lines(row, 1);
            continue;
        }
        prefetch_subject(rows->analysis, row->subject, step - 1);
        prefetch_patterns(rows->analysis, row, step - 1);
    }
}
