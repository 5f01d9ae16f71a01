/* Section 11 of the document: the questions that wait for a decision. Tiers 2 and 3 take one line a
 * row. A row without a question stands in the matrix alone. */
// SPDX-License-Identifier: MIT
#include "emit/document_pending.h"

/* ---- tiers 2 and 3 ----------------------------------------------------------------------- */

/* The row that has already asked for a fact that a pattern rests on, or NULL. */
static const struct row *asked_before(const struct pending *pending, const struct row *row,
                                      const struct pattern *pattern) {
    const struct row *first = asked_fact_of(pending, pattern)->questions.items[0].row;
    return first == row ? NULL : first;
}

/* The facts of a row, each where it has not been asked for before. */
static void put_facts(struct document *document, const struct pending *pending,
                      const struct row *row) {
    bool any = false;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (!is_pending(document->emission->decisions, row, at) || !at->settle.decl ||
            asked_before(pending, row, at))
            continue;
        struct asked_fact *fact = asked_fact_of(pending, at);
        if (fact->named_in == row)
            continue;
        fact->named_in = row;
        put_words(document, any ? ", " : " (");
        put_wanted(document, &at->settle, row->subject);
        any = true;
    }
    put_between(document, any, ")");
}

/* Where all facts of the row have been asked for before: the row that has; else NULL. */
static const struct row *leads_to(const struct pending *pending, const struct row *row) {
    const struct row *before = NULL;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (!is_pending(pending->emission->decisions, row, at))
            continue;
        const struct row *first = asked_before(pending, row, at);
        if (!first)
            return NULL;
        before = before ? before : first;
    }
    return before;
}

/* "`T@admin` 20: Which field ...? (1 more question) (`validates_input: yes`)", or that another row
 * has asked for the same. */
static void write_line(struct document *document, const struct pending *pending,
                       const struct row *row) {
    size_t more = count_pending(document->emission->decisions, row) - 1;
    const struct row *before = leads_to(pending, row);
    struct arena_mark mark = arena_mark(document->emission->arena);
    open_part(document, PART_ITEM);
    put_row_anchor(document, row);
    put_row_id(document, row);
    put_words(document, " ");
    put_number(document, (size_t)row->score);
    put_words(document, ": ");
    if (before) {
        put_words(document, "as ");
        open_row_link(document, before);
        put_row_id(document, before);
        close_part(document, PART_LINK);
    } else {
        put_question(document, row);
    }
    if (more) {
        put_words(document, " (");
        put_number(document, more);
        put_words(document, more == 1 ? " more question)" : " more questions)");
    }
    put_facts(document, pending, row);
    close_part(document, PART_ITEM);
    arena_rewind(document->emission->arena, mark);
}

static bool asks_in(const struct emission *emission, const struct row *row, int tier) {
    return row_is_open_in(emission, row, tier) && count_pending(emission->decisions, row) > 0;
}

static void write_lines(struct document *document, const struct pending *pending, int tier) {
    const struct emission *emission = document->emission;
    bool any = false;
    for (size_t i = 0; i < emission->rows->ranked_count; i++) {
        if (!asks_in(emission, emission->rows->ranked[i], tier))
            continue;
        if (!any)
            open_part(document, PART_LIST);
        any = true;
        write_line(document, pending, emission->rows->ranked[i]);
    }
    if (any)
        close_part(document, PART_LIST);
}

/* The questions that the line does not have, and why the row is here. */
static void write_line_help(struct document *document, const struct pending *pending,
                            const struct row *row) {
    const struct emission *emission = document->emission;
    const struct pattern *first = leads_to(pending, row) ? NULL : row_first(emission->rows, row);
    struct arena_mark mark = arena_mark(emission->arena);
    open_part(document, PART_ITEM);
    put_row_id(document, row);
    put_words(document, ": ");
    put_text(document, row_reason(emission->arena, emission->rows, row));
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (!is_pending(emission->decisions, row, at))
            continue;
        if (at != first) {
            break_line(document);
            put_pattern_ask(document, at);
        }
        put_pattern_text(document, "First step:", at, at->rule->mitigation);
        put_words(document, " ");
        put_pattern_key(document, at);
    }
    close_part(document, PART_ITEM);
    arena_rewind(emission->arena, mark);
}

static void write_lines_help(struct document *document, const struct pending *pending, int tier) {
    const struct emission *emission = document->emission;
    bool any = false;
    for (size_t i = 0; i < emission->rows->ranked_count; i++) {
        if (!asks_in(emission, emission->rows->ranked[i], tier))
            continue;
        if (!any) {
            open_fold(document, "Why they are asked, further questions, and what helps first");
            open_part(document, PART_LIST);
        }
        any = true;
        write_line_help(document, pending, emission->rows->ranked[i]);
    }
    if (!any)
        return;
    close_part(document, PART_LIST);
    close_part(document, PART_FOLD);
}

/* ---- the section ------------------------------------------------------------------------- */

static size_t count_bare(const struct emission *emission, int tier) {
    size_t count = 0;
    for (size_t i = 0; i < emission->rows->ranked_count; i++) {
        const struct row *row = emission->rows->ranked[i];
        count += row_is_open_in(emission, row, tier) && !asks_in(emission, row, tier);
    }
    return count;
}

/* "11.1 Tier 1: 3 open" */
static void write_tier_heading(struct document *document, int tier) {
    size_t open = document->emission->rows->open_by_tier[tier];
    size_t bare = count_bare(document->emission, tier);
    open_heading(document, 3);
    put_words(document, "11.");
    put_number(document, (size_t)tier);
    put_words(document, " Tier ");
    put_number(document, (size_t)tier);
    put_words(document, ": ");
    put_number(document, open);
    put_words(document, " open");
    close_part(document, PART_HEADING);
    if (!bare && open)
        return;
    open_part(document, PART_PARAGRAPH);
    if (bare)
        put_count(document, bare, "row", "rows");
    put_words(document,
              bare ? " without a question of the rules: see the matrix." : "Nothing is open here.");
    close_part(document, PART_PARAGRAPH);
}

static void write_introduction(struct document *document) {
    open_part(document, PART_PARAGRAPH);
    put_words(document, "The questions are those of rule pack ");
    put_number(document, (size_t)document->emission->rows->pack->method->pack);
    put_words(document,
              ". A fact of the model settles them, or a decision; below each fact stand those that "
              "it settles. The number is a suggested score, likelihood × impact; the team's own "
              "figures win.");
    close_part(document, PART_PARAGRAPH);
}

void write_open_questions(struct document *document) {
    const struct emission *emission = document->emission;
    struct pending pending = find_pending(emission);
    put_heading(document, 2, "11 Questions to decide");
    write_introduction(document);
    for (int tier = 1; tier <= 3; tier++) {
        if (!shows_tier(emission, tier))
            continue;
        write_tier_heading(document, tier);
        if (tier == 1) {
            write_pending_facts(document, &pending);
            continue;
        }
        write_lines(document, &pending, tier);
        write_lines_help(document, &pending, tier);
    }
}
