/* The gate's rules about dismissals that say where the question is answered instead: the way from
 * one to the next ends at something covered, or at a threat. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

enum where { ANSWERED, OPEN, DISMISSED, CIRCLE };

/* A row is answered where one of its questions is. */
static enum where look_at_row(const struct gate *gate, const struct row *row,
                              const struct decision **next) {
    enum where found = row->state == ROW_COVERED || row->state == ROW_FOLDED ? ANSWERED : OPEN;
    for (const struct pattern *at = row->patterns; at || !row->patterns; at = at->next) {
        const struct verdict_on *verdict = verdict_about(gate->decisions, row, at);
        if ((at && at->state == PATTERN_COVERED) || (verdict && verdict->answer == ANSWER_THREAT))
            return ANSWERED;
        if (verdict && verdict->answer == ANSWER_DISMISSED && found == OPEN) {
            found = DISMISSED;
            *next = verdict->first;
        }
        if (!at)
            break;
    }
    return found;
}

static enum where look_at(const struct gate *gate, const struct target *target,
                          const struct decision **next) {
    if (!target->subject)
        return OPEN;
    const struct row *row = row_of(gate->rows, target->subject, target->letter);
    if (!target->rule)
        return look_at_row(gate, row, next);
    const struct verdict_on *verdict = verdict_about(gate->decisions, row, target->pattern);
    if (!target->pattern)
        return OPEN;
    if (target->pattern->state == PATTERN_COVERED || (verdict && verdict->answer == ANSWER_THREAT))
        return ANSWERED;
    if (!verdict || verdict->answer != ANSWER_DISMISSED)
        return OPEN;
    *next = verdict->first;
    return DISMISSED;
}

/* Where the decision sends its reader. */
static enum where follow(const struct gate *gate, const struct decision *dismissal,
                         const struct decision **next) {
    enum where found = dismissal->see_threat ? ANSWERED : OPEN;
    for (size_t i = 0; i < dismissal->see_count && found == OPEN; i++)
        found = look_at(gate, &dismissal->see_targets[i], next);
    return found;
}

/* Where the way from here ends. Each dismissal is passed once, by whichever way comes first: its
 * end is that of all behind it. One that is come by again lies on a circle. */
static enum where find_end(struct gate *gate, const struct decision *at, struct table *ends) {
    ARRAY_OF(enum where *) way = {0};
    enum where end = DISMISSED;
    while (end == DISMISSED) {
        const void *address = at->decl;
        const enum where *known = table_get(ends, address_key(&address));
        if (known) {
            end = *known;
            break;
        }
        enum where *own = ARENA_NEW(gate->arena, enum where);
        *own = CIRCLE;
        table_intern(gate->arena, ends, kept_address(gate->arena, address), own);
        *ARRAY_ADD(gate->arena, &way) = own;
        if (!at->see)
            break;
        end = follow(gate, at, &at);
    }
    for (size_t i = 0; i < way.count; i++)
        *way.items[i] = end;
    return end;
}

static void check_way(struct gate *gate, const struct decision *dismissal, struct table *ends) {
    struct slice name = word_text(dismissal->see);
    switch (find_end(gate, dismissal, ends)) {
    case ANSWERED:
        return;
    case CIRCLE:
        gate_add(
            gate, DIAG_see_circle, dismissal->decl, name,
            ARGS(word_text(dismissal->targets ? dismissal->targets->word : dismissal->see), name));
        return;
    case OPEN:
        gate_add(gate, DIAG_see_open, dismissal->decl, name,
                 ARGS(name, SLICE("its question is open, and no threat is about it")));
        return;
    case DISMISSED:
        gate_add(gate, DIAG_see_open, dismissal->decl, name,
                 ARGS(name, SLICE("it is dismissed for a reason of its own")));
        return;
    }
}

void gate_references(struct gate *gate) {
    const struct decisions *decisions = gate->decisions;
    struct table ends = {0};
    for (size_t i = 0; i < decisions->dismissals.count; i++)
        if (decisions->dismissals.items[i]->see)
            check_way(gate, decisions->dismissals.items[i], &ends);
}
