/* Lists the questions that wait, in order. A row is ranked by its most urgent question; the others
 * of the row wait for their tier. */
// SPDX-License-Identifier: MIT
#include "analysis/agenda.h"

#include <stdlib.h>

#define CHANGES_TOLD 3

static void add(struct arena *arena, struct agenda *agenda, const struct row *row,
                const struct pattern *pattern) {
    *ARRAY_ADD(arena, agenda) =
        (struct agenda_item){row, pattern, pattern ? pattern->tier : row->tier, agenda->count};
}

static int compare(const void *left, const void *right) {
    const struct agenda_item *a = left, *b = right;
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

struct agenda find_agenda(struct arena *arena, const struct rows *rows,
                          const struct decisions *decisions) {
    struct agenda agenda = {0};
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        if (is_pending(decisions, row, NULL))
            add(arena, &agenda, row, NULL);
        for (const struct pattern *at = row->patterns; at; at = at->next)
            if (is_pending(decisions, row, at))
                add(arena, &agenda, row, at);
    }
    if (agenda.count)
        qsort(agenda.items, agenda.count, sizeof *agenda.items, compare);
    return agenda;
}

/* ---- what was decided before ------------------------------------------------------------- */

static const struct decision *find_risk(const struct decisions *decisions,
                                        const struct threat *threat) {
    for (size_t i = 0; i < decisions->risks.count; i++)
        for (size_t j = 0; j < threat->risks.count; j++)
            if (decisions->risks.items[i]->decl == threat->risks.items[j] &&
                (decisions->risks.items[i]->standing & STANDS_STALE))
                return decisions->risks.items[i];
    return NULL;
}

const struct decision *decided_before(const struct decisions *decisions,
                                      const struct agenda_item *item) {
    const struct verdict_on *verdict = verdict_about(decisions, item->row, item->pattern);
    const struct decision *risk = NULL;
    if (!verdict || verdict->answer != ANSWER_THREAT)
        return verdict ? verdict->first : NULL;
    for (size_t i = 0; i < verdict->threats.count && !risk; i++)
        risk = find_risk(decisions, verdict->threats.items[i]);
    return risk;
}

static const char *shown(struct slice value, struct arena *arena) {
    return value.length ? slice_string(arena, value) : "not stated";
}

struct slice reason_to_ask_again(struct arena *arena, const struct decision *decision) {
    struct memory_writer text;
    size_t told = 0;
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < decision->target_count; i++)
        for (const struct basis_change *at = decision->targets[i].changes;
             at && told < CHANGES_TOLD; at = at->next, told++)
            write_format(&text.writer, "%s%.*s was %s, is %s", told ? "; " : "",
                         SLICE_ARGS(at->name), shown(at->was, arena), shown(at->is, arena));
    return memory_writer_close(&text);
}
