/* The gate's rules about questions: what is pending in tier 1, and what waits for the pin. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "analysis/reasons.h"

static bool is_known(const struct gate *gate, struct slice key) {
    return gate->options->known && table_get(gate->options->known, key);
}

static void ask(struct gate *gate, const struct row *row, const struct pattern *pattern) {
    struct slice key = question_id(gate->arena, gate->rows, row, pattern);
    const struct decl *at = pattern ? pattern->subject : row->subject;
    if (is_known(gate, key))
        return;
    struct diagnostic *added =
        gate_add(gate, DIAG_undecided, at, key,
                 ARGS(key, question_text(gate->arena, gate->rows, row, pattern)));
    if (added)
        added->rank = row->score;
}

static void announce(struct gate *gate, const struct row *row, const struct pattern *pattern) {
    struct slice key = pattern_key(gate->arena, gate->rows, pattern);
    gate_add(gate, DIAG_new_question, pattern->subject, key,
             ARGS(key, text_format(gate->arena, "%d", pattern->rule->since),
                  question_text(gate->arena, gate->rows, row, pattern)));
}

/* In order of rank, so that what is left out where there is too much is the least of it. */
void gate_questions(struct gate *gate) {
    const struct rows *rows = gate->rows;
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        arena_step(gate->arena);
        if (row->tier == 1 && is_pending(gate->decisions, row, NULL))
            ask(gate, row, NULL);
        for (const struct pattern *at = row->patterns; at; at = at->next) {
            if (at->state != PATTERN_OPEN || at->tier != 1)
                continue;
            if (is_pending(gate->decisions, row, at))
                ask(gate, row, at);
            else if (is_new_question(gate->decisions, row, at))
                announce(gate, row, at);
        }
    }
}
