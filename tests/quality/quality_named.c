/* How the questions speak of the threats that experts named: by a pattern that rests on something
 * stated here, in generic words, or not at all; and what may be read for that. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <string.h>

/* Measured with the rules of pack 1, and fixed since: more rules may find more, at little more
 * reading. */
const struct budget budget = {5, 34, 62, 5.29, 3.47};
#define GROWTH 1.05

bool budget_is_of(const struct score *score) {
    return score->diagrams == budget.diagrams && score->elements == budget.elements &&
           score->threats == budget.threats;
}

bool is_within(const struct score *score, double rows) {
    return rows_per_element(score) <= rows * GROWTH;
}

static const struct questions *questions_of(const struct diagram *diagram, bool described) {
    return described ? &diagram->asked_described : &diagram->asked;
}

static bool is_about(const struct question *question, const struct threat *threat) {
    return question->cell % LETTER_COUNT == threat->letter &&
           threat->near[question->cell / LETTER_COUNT];
}

enum asked how_asked(const struct diagram *diagram, const struct threat *threat, bool described) {
    const struct questions *asked = questions_of(diagram, described);
    const unsigned char *cells = described ? diagram->described : diagram->rows;
    enum asked best = is_met(diagram, threat, cells, OPEN, false) ? ROW_ONLY : NOT_ASKED;
    for (size_t i = 0; i < asked->count; i++) {
        enum asked how = asked->items[i].specific ? NAMED : GENERIC;
        if (how > best && is_about(&asked->items[i], threat))
            best = how;
    }
    return best;
}

bool is_asked_by(const struct diagram *diagram, const struct threat *threat, bool described,
                 const char *rule) {
    const struct questions *asked = questions_of(diagram, described);
    for (size_t i = 0; i < asked->count; i++)
        if (strcmp(asked->items[i].rule, rule) == 0 && is_about(&asked->items[i], threat))
            return true;
    return false;
}
