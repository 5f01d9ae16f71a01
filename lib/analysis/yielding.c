/* Questions that another one is asked in place of. Within a row a generic one yields to a specific
 * one about the same fact, before states are found; in the row of an answer that folds, each open
 * one yields to its request's, and where nothing is asked all are silent, once nothing rests on
 * them any more. So open patterns are those that are asked. */
// SPDX-License-Identifier: MIT
#include "analysis/finder.h"

/* What is no longer asked has no facts that would settle it. */
static void end_asking(struct pattern *pattern, enum pattern_state state) {
    pattern->state = (unsigned char)state;
    pattern->fact_count = 0;
    pattern->settle = (struct reading){0};
}

static void yield_to(struct pattern *pattern, const struct pattern *successor) {
    end_asking(pattern, PATTERN_YIELDED);
    pattern->successor = successor;
}

/* Counts the patterns by state, and sorts them by it, each list in order of the pack. */
static void sort_and_count(struct row *row) {
    struct pattern *lists[PATTERN_STATE_COUNT] = {NULL}, **tails[PATTERN_STATE_COUNT];
    uint32_t counts[PATTERN_STATE_COUNT] = {0};
    for (size_t i = 0; i < PATTERN_STATE_COUNT; i++)
        tails[i] = &lists[i];
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        *tails[pattern->state] = pattern;
        tails[pattern->state] = &pattern->next;
        counts[pattern->state]++;
    }
    struct pattern **tail = &row->patterns;
    for (size_t i = 0; i < PATTERN_STATE_COUNT; i++) {
        if (!lists[i])
            continue;
        *tail = lists[i];
        tail = tails[i];
    }
    *tail = NULL;
    row->open = counts[PATTERN_OPEN];
    row->covered = counts[PATTERN_COVERED];
    row->possible = counts[PATTERN_POSSIBLE];
}

/* ---- within a row ------------------------------------------------------------------------ */

/* Adds each fact that the pattern reads. */
static void add_facts(struct arena *arena, struct table *facts, struct pattern *pattern) {
    for (size_t i = 0; i < pattern->fact_count; i++)
        table_intern(arena, facts, reading_key(arena, &pattern->facts[i]), pattern);
}

/* The first specific pattern that reads a fact that this one reads, or NULL. */
static struct pattern *find_successor(const struct pattern *pattern, const struct table *facts) {
    for (size_t i = 0; i < pattern->fact_count; i++) {
        struct reading_key key = {pattern->facts[i].decl, pattern->facts[i].family};
        struct pattern *found = table_get(facts, (struct slice){(const char *)&key, sizeof key});
        if (found)
            return found;
    }
    return NULL;
}

static void succeed(struct pattern *successor, int since) {
    unsigned char pack = (unsigned char)(since < PACK_LIMIT ? since : PACK_LIMIT);
    if (!successor->succeeds || pack < successor->succeeds)
        successor->succeeds = pack;
}

/* What is open yields to what is open only: a covered question about one of its facts does not ask
 * for the others. What is stated unsafe counts where it is asked for. */
void yield_in_row(struct arena *arena, struct row *row) {
    struct arena_mark mark = arena_mark(arena);
    struct table open = {0}, covered = {0};
    arena_step(arena);
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        if (pattern->specific && pattern->state != PATTERN_POSSIBLE)
            add_facts(arena, pattern->state == PATTERN_OPEN ? &open : &covered, pattern);
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->specific || pattern->state == PATTERN_POSSIBLE)
            continue;
        struct pattern *successor = find_successor(pattern, &open);
        if (!successor && pattern->state == PATTERN_COVERED)
            successor = find_successor(pattern, &covered);
        if (!successor)
            continue;
        succeed(successor, pattern->rule->since);
        successor->takes_unsafe |= pattern->unsafe;
        pattern->unsafe = false;
        yield_to(pattern, successor);
    }
    arena_rewind(arena, mark);
    sort_and_count(row);
}

/* ---- rows that ask nothing themselves ---------------------------------------------------- */

/* An answer takes a fact from the first of the requests that say equally little of it: what asks
 * any of these for its own asks for the same. */
static bool asks_for_same(const struct pattern *pattern, const struct pattern *other) {
    const struct reading *fact = &pattern->settle, *others = &other->settle;
    if (!fact->decl || !others->decl || others->family != fact->family)
        return false;
    bool is_taken = fact->decl->kind == KIND_FLOW && fact->decl != pattern->subject;
    bool is_as_unsafe = !fact->attribute == !others->attribute;
    return others->decl == fact->decl ||
           (is_taken && is_as_unsafe && others->decl == other->subject);
}

/* The open pattern of the row that asks the same question, or for the same fact; or NULL. */
static const struct pattern *find_same(const struct row *row, const struct pattern *pattern) {
    for (const struct pattern *other = row->patterns; other; other = other->next)
        if (other->state == PATTERN_OPEN &&
            (other->rule == pattern->rule || asks_for_same(pattern, other)))
            return other;
    return NULL;
}

/* Whether this file asks at the flow, if at the answer: neither is a flow that is out of scope, nor
 * one that another file asks about. */
static bool is_asked_beside(const struct decl *request, const struct decl *answer) {
    return !decl_out_of_scope(request) && (!more_of(request)->origin || more_of(answer)->origin);
}

/* The same question in the row of one of the requests, or NULL. */
static const struct pattern *asked_at(const struct rows *rows, const struct decl *request,
                                      const struct pattern *pattern) {
    if (!is_asked_beside(request, pattern->subject))
        return NULL;
    return find_same(row_of(rows, request, pattern->rule->letter), pattern);
}

/* Those whose facts it takes come first; any other one that asks will do, as their order says
 * nothing. */
const struct pattern *asked_in_request(const struct rows *rows, const struct pattern *pattern) {
    const struct exchange *exchange = exchange_of(rows->analysis, pattern->subject);
    if (!exchange)
        return NULL;
    const struct pattern *same = asked_at(rows, exchange->auth.flow, pattern);
    if (!same)
        same = asked_at(rows, exchange->protocol.flow, pattern);
    for (size_t i = 0; i < exchange->requests.count && !same; i++)
        same = asked_at(rows, exchange->requests.items[i], pattern);
    return same;
}

/* What has yielded to a question of this row is asked where that one is. */
static void yield_to_request(const struct rows *rows, struct row *row) {
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        if (pattern->state == PATTERN_OPEN)
            yield_to(pattern, asked_in_request(rows, pattern));
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        if (pattern->state == PATTERN_YIELDED && pattern->successor->state == PATTERN_YIELDED)
            pattern->successor = pattern->successor->successor;
}

static void silence(struct row *row) {
    for (struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        end_asking(pattern, PATTERN_SILENCED);
}

/* A row that does not apply keeps what is possible there: nothing else is in scope. */
void yield_where_nothing_is_asked(const struct rows *rows) {
    for (size_t i = 0; i < rows->cell_count; i++) {
        struct row *row = &rows->cells[i];
        if (row->state == ROW_FOLDED && row->open)
            yield_to_request(rows, row);
        else if (row->state == ROW_OUT_OF_SCOPE ||
                 (row->state == ROW_NOT_APPLICABLE && (row->open || row->covered)))
            silence(row);
        else
            continue;
        sort_and_count(row);
    }
}
