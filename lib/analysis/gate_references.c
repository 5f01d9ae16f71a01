/* The gate's rules about dismissals that say where the question is answered instead: the way from
 * one to the next ends at something covered, or at a threat. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

enum where { ANSWERED, OPEN, DISMISSED };

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

/* Goes on until the way ends, or comes to a decision that it has met: no longer than there are
 * dismissals. */
static void check_way(struct gate *gate, const struct decision *dismissal, struct table *met,
                      struct arena_mark mark) {
    const struct decision *at = dismissal, *next = NULL;
    struct slice name = word_text(dismissal->see);
    bool again = false;
    enum where found = DISMISSED;
    while (found == DISMISSED && !again && at->see) {
        const void *address = at->decl;
        again = table_get(met, address_key(&address)) != NULL;
        table_intern(gate->arena, met, kept_address(gate->arena, address), met);
        if (!again)
            found = follow(gate, at, &next);
        if (found == DISMISSED)
            at = next;
    }
    arena_rewind(gate->arena, mark);
    if (again)
        gate_add(
            gate, DIAG_see_circle, dismissal->decl, name,
            ARGS(word_text(dismissal->targets ? dismissal->targets->word : dismissal->see), name));
    else if (found != ANSWERED)
        gate_add(gate, DIAG_see_open, dismissal->decl, name,
                 ARGS(name, found == OPEN ? SLICE("its question is open, and no threat is about it")
                                          : SLICE("it is dismissed for a reason of its own")));
}

void gate_references(struct gate *gate) {
    const struct decisions *decisions = gate->decisions;
    for (size_t i = 0; i < decisions->dismissals.count; i++) {
        struct table met = {0};
        if (decisions->dismissals.items[i]->see)
            check_way(gate, decisions->dismissals.items[i], &met, arena_mark(gate->arena));
    }
}
