/* Section 5 of the document, first half: the rows. Tier 1 row by row with all that helps to decide,
 * tier 2 as a table, tier 3 as one line a subject; then what the model has settled already. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"

#define SAFE_VALUES 3

/* ---- tier 1 ------------------------------------------------------------------------------ */

/* "CWE-306" is number 306 at its home; anything else is shown without a link. */
static void put_reference(struct document *document, struct slice id, const char *prefix,
                          const char *home) {
    struct arena *arena = document->emission->arena;
    int number;
    size_t length = slice_of(prefix).length;
    put_words(document, " · ");
    if (slice_starts(id, prefix) && slice_number(slice_part(id, length, id.length), &number)) {
        document->form->open_link(document, false, text_format(arena, "%s%d.html", home, number));
        put_words(document, prefix);
        put_number(document, (size_t)number);
        close_part(document, PART_LINK);
    } else {
        put_text(document, id);
    }
}

static void put_references(struct document *document, const struct rule *rule) {
    for (size_t i = 0; i < rule->cwe_count; i++)
        put_reference(document, rule->cwe[i], "CWE-", "https://cwe.mitre.org/data/definitions/");
    for (size_t i = 0; i < rule->capec_count; i++)
        put_reference(document, rule->capec[i], "CAPEC-",
                      "https://capec.mitre.org/data/definitions/");
}

/* The first few values that would be safe. */
static void put_safe_values(struct document *document, const struct reading *reading) {
    const struct attribute_row *row = &attribute_rows[reading->family];
    const char *rest = row->values;
    struct slice value;
    bool safe;
    size_t count = 0;
    while (kind_in(reading->decl->kind, row->kinds) && attribute_next_value(&rest, &value, &safe)) {
        if (!safe)
            continue;
        if (++count > SAFE_VALUES) {
            put_words(document, ", …");
            break;
        }
        put_words(document, count > 1 ? ", " : ": ");
        put_code(document, value);
    }
}

static void put_settling(struct document *document, const struct reading *settle) {
    if (!settle->decl)
        return;
    put_emphasis(document, settle->attribute ? "Stated, and not safe:" : "Settled by");
    put_words(document, " ");
    put_reading(document, settle);
    if (!settle->attribute)
        put_safe_values(document, settle);
    break_line(document);
}

static void put_first_step(struct document *document, struct slice step) {
    if (!step.length)
        return;
    put_emphasis(document, "First step:");
    put_words(document, " ");
    put_text(document, step);
    break_line(document);
}

static void put_pattern_id(struct document *document, const struct pattern *pattern) {
    put_code(document, pattern_id(document->emission->arena, pattern));
}

static void put_ask(struct document *document, const struct pattern *pattern) {
    put_text(document, pattern_ask(document->emission, pattern));
}

static void write_open_pattern(struct document *document, const struct pattern *pattern) {
    const struct emission *emission = document->emission;
    const struct rule *rule = pattern->rule;
    struct slice scenario = pattern_text(emission->arena, emission->rows, pattern, rule->scenario);
    open_part(document, PART_ITEM);
    open_part(document, PART_STRONG);
    put_ask(document, pattern);
    close_part(document, PART_STRONG);
    break_line(document);
    if (scenario.length) {
        put_text(document, scenario);
        break_line(document);
    }
    put_first_step(document,
                   pattern_text(emission->arena, emission->rows, pattern, rule->mitigation));
    put_settling(document, &pattern->settle);
    put_pattern_id(document, pattern);
    put_references(document, rule);
    close_part(document, PART_ITEM);
}

static bool put_facts(struct document *document, const struct pattern *pattern, bool only_safe) {
    bool any = false;
    for (size_t i = 0; i < pattern->fact_count; i++) {
        const struct attribute *attribute = pattern->facts[i].attribute;
        if (!attribute || !attribute->stated || (only_safe && !attribute->safe))
            continue;
        put_between(document, any, ", ");
        put_reading(document, &pattern->facts[i]);
        any = true;
    }
    return any;
}

/* The question, and the stated facts that answer it. A rule may also take a value that is not
 * marked safe. */
static void put_answered(struct document *document, const struct pattern *pattern) {
    put_ask(document, pattern);
    put_words(document, " — ");
    if (!put_facts(document, pattern, true))
        put_facts(document, pattern, false);
}

static void write_covered_pattern(struct document *document, const struct pattern *pattern) {
    open_part(document, PART_ITEM);
    put_words(document, "Covered: ");
    put_answered(document, pattern);
    put_words(document, " (");
    put_pattern_id(document, pattern);
    put_words(document, ")");
    close_part(document, PART_ITEM);
}

/* An attribute that is not stated, and the questions that it would raise. */
struct possibility {
    const struct reading *reading;
    ARRAY_OF(const struct pattern *) patterns;
};

struct possibilities {
    struct table by_reading;
    ARRAY_OF(struct possibility *) list;
};

static struct possibilities find_possibilities(struct arena *arena, const struct row *row) {
    struct possibilities found = {0};
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state != PATTERN_POSSIBLE || !at->settle.decl)
            continue;
        struct slice key = reading_key(arena, &at->settle);
        struct possibility *possibility = table_get(&found.by_reading, key);
        if (!possibility) {
            possibility = ARENA_NEW(arena, struct possibility);
            possibility->reading = &at->settle;
            table_intern(arena, &found.by_reading, key, possibility);
            *ARRAY_ADD(arena, &found.list) = possibility;
        }
        *ARRAY_ADD(arena, &possibility->patterns) = at;
    }
    return found;
}

/* Questions that nobody asks yet take one line in all, which names each trait once. */
static void write_possible_patterns(struct document *document, const struct possibilities *found) {
    if (!found->list.count)
        return;
    open_part(document, PART_ITEM);
    put_words(document, "More may be asked once stated: ");
    for (size_t i = 0; i < found->list.count; i++) {
        const struct possibility *possibility = found->list.items[i];
        put_between(document, i > 0, ", ");
        put_reading(document, possibility->reading);
        for (size_t k = 0; k < possibility->patterns.count; k++) {
            put_words(document, k ? ", " : " (");
            put_pattern_id(document, possibility->patterns.items[k]);
        }
        put_words(document, ")");
    }
    close_part(document, PART_ITEM);
}

/* One line for all that have yielded, too. */
static void write_yielded_patterns(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    bool any = false;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state != PATTERN_YIELDED)
            continue;
        if (!any)
            open_part(document, PART_ITEM);
        put_words(document, any ? ", " : "Asked in better words: ");
        put_pattern_id(document, at);
        put_words(document, " by ");
        put_code(document, successor_id(emission->arena, emission->rows, at));
        any = true;
    }
    if (any)
        close_part(document, PART_ITEM);
}

static bool is_listed(const struct pattern *pattern) {
    return pattern->state == PATTERN_OPEN || pattern->state == PATTERN_COVERED;
}

static void write_patterns(struct document *document, const struct row *row) {
    struct possibilities found = find_possibilities(document->emission->arena, row);
    bool any = found.list.count > 0;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        any |= is_listed(at);
    if (!any)
        return;
    open_part(document, PART_LIST);
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state == PATTERN_OPEN)
            write_open_pattern(document, at);
        else if (at->state == PATTERN_COVERED)
            write_covered_pattern(document, at);
    }
    write_possible_patterns(document, &found);
    write_yielded_patterns(document, row);
    close_part(document, PART_LIST);
}

static void put_reason(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    put_text(document, row_reason(emission->arena, emission->rows, row));
}

static void put_score(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    struct slice priority = priority_of(emission->rows->bands, row->score);
    put_emphasis(document, "Suggested:");
    put_words(document, " likelihood ");
    put_number(document, (size_t)row->likelihood);
    put_words(document, " × impact ");
    put_number(document, (size_t)row->impact);
    put_words(document, " = ");
    open_part(document, PART_STRONG);
    put_number(document, (size_t)row->score);
    close_part(document, PART_STRONG);
    put_between(document, priority.length > 0, ", ");
    put_text(document, priority);
    put_words(document, " (");
    put_text(document, score_reason(emission->arena, emission->rows, row));
    put_words(document, ")");
}

static void write_row_heading(struct document *document, const struct row *row, size_t rank) {
    open_heading(document, 4);
    put_row_anchor(document, row);
    put_number(document, rank);
    put_words(document, ". ");
    put_row_id(document, row);
    put_words(document, " · ");
    put_text(document, row->letter->name);
    put_words(document, " · ");
    put_mention(document, decl_title(row->subject));
    close_part(document, PART_HEADING);
}

static void write_row_section(struct document *document, const struct row *row, size_t rank) {
    write_row_heading(document, row, rank);
    write_patterns(document, row);
    open_part(document, PART_PARAGRAPH);
    put_emphasis(document, "Why here:");
    put_words(document, " ");
    put_reason(document, row);
    break_line(document);
    put_score(document, row);
    close_part(document, PART_PARAGRAPH);
}

/* "5.1 Tier 1: 3 open" */
static void write_tier_heading(struct document *document, size_t tier) {
    open_heading(document, 3);
    put_words(document, "5.");
    put_number(document, tier);
    put_words(document, " Tier ");
    put_number(document, tier);
    put_words(document, ": ");
    put_number(document, document->emission->rows->open_by_tier[tier]);
    put_words(document, " open");
    close_part(document, PART_HEADING);
    if (!document->emission->rows->open_by_tier[tier])
        put_paragraph(document, "Nothing is open here.");
}

static void write_first_tier(struct document *document) {
    const struct rows *rows = document->emission->rows;
    size_t rank = 0;
    write_tier_heading(document, 1);
    for (size_t i = 0; i < rows->ranked_count; i++)
        if (row_is_open_in(document->emission, rows->ranked[i], 1))
            write_row_section(document, rows->ranked[i], ++rank);
}

/* ---- tiers 2 and 3 ----------------------------------------------------------------------- */

static void put_questions(struct document *document, const struct row *row) {
    size_t shown = 0;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state != PATTERN_OPEN || !pattern->rule->ask.length)
            continue;
        if (shown++)
            break_line(document);
        put_ask(document, pattern);
    }
    if (!shown)
        put_question(document, row);
}

static void write_second_row(struct document *document, const struct row *row) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_row_anchor(document, row);
    put_row_id(document, row);
    next_cell(document);
    put_questions(document, row);
    next_cell(document);
    put_reason(document, row);
    next_cell(document);
    put_number(document, (size_t)row->likelihood);
    put_words(document, " × ");
    put_number(document, (size_t)row->impact);
    put_words(document, " = ");
    put_number(document, (size_t)row->score);
    close_part(document, PART_ROW);
}

static void write_second_tier(struct document *document) {
    static const char *const titles[] = {"Row", "Question", "Why here", "Suggested"};
    const struct rows *rows = document->emission->rows;
    write_tier_heading(document, 2);
    if (!rows->open_by_tier[2])
        return;
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < rows->ranked_count; i++)
        if (row_is_open_in(document->emission, rows->ranked[i], 2))
            write_second_row(document, rows->ranked[i]);
    close_part(document, PART_TABLE);
}

/* One line: the letters, and the first question that is asked at all. */
static void write_third_line(struct document *document, const struct row *cells, size_t count) {
    const struct row *asking = NULL;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!row_is_open_in(document->emission, &cells[i], 3))
            continue;
        if (!any) {
            open_part(document, PART_ITEM);
            put_named(document, cells[i].subject);
        }
        put_words(document, any ? ", " : ": ");
        put_row_id(document, &cells[i]);
        any = true;
        if (!asking && cells[i].open)
            asking = &cells[i];
    }
    if (asking) {
        put_words(document, ". ");
        put_question(document, asking);
    }
    if (any)
        close_part(document, PART_ITEM);
}

static void write_third_tier(struct document *document) {
    const struct emission *emission = document->emission;
    size_t letters = emission->rows->pack->method->letter_count;
    write_tier_heading(document, 3);
    if (!emission->rows->open_by_tier[3])
        return;
    open_part(document, PART_LIST);
    for (size_t i = 0; i < emission->analysis->model->subjects.count; i++)
        write_third_line(document, emission->rows->cells + i * letters, letters);
    close_part(document, PART_LIST);
}

static bool shows_tier(const struct emission *emission, int tier) {
    return !emission->options.tier || emission->options.tier == tier;
}

void write_open_rows(struct document *document) {
    const struct emission *emission = document->emission;
    struct slice title = emission->rows->pack->method->title;
    open_heading(document, 2);
    put_words(document, "5 ");
    put_text(document, title.length ? title : SLICE("Candidate threats"));
    close_part(document, PART_HEADING);
    open_part(document, PART_PARAGRAPH);
    put_words(document, "The questions are those of rule pack ");
    put_number(document, (size_t)emission->rows->pack->method->pack);
    put_words(document, ".");
    close_part(document, PART_PARAGRAPH);
    put_paragraph(
        document,
        "Each row is a question about one spot. Tier 1 comes first in a review.\n"
        "A suggested score is likelihood × impact, 1 to 5 each: how near outside callers, "
        "crossings and unsafe facts are, and the rating of the assets touched.\n"
        "The team's own figures always win.");
    if (shows_tier(emission, 1))
        write_first_tier(document);
    if (shows_tier(emission, 2))
        write_second_tier(document);
    if (shows_tier(emission, 3))
        write_third_tier(document);
}

/* ---- settled rows ------------------------------------------------------------------------ */

static void write_settled_row(struct document *document, const struct row *row) {
    open_part(document, PART_ITEM);
    put_row_id(document, row);
    put_words(document, " ");
    put_mention(document, decl_title(row->subject));
    put_words(document, ": ");
    bool any = false;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state != PATTERN_COVERED || row->state == ROW_FOLDED)
            continue;
        put_between(document, any, "; ");
        put_answered(document, at);
        any = true;
    }
    if (!any)
        put_reason(document, row);
    close_part(document, PART_ITEM);
}

/* What is said before the rows that are settled in one way. */
static void write_settled_how(struct document *document, enum row_state state) {
    open_part(document, PART_PARAGRAPH);
    if (state == ROW_COVERED) {
        put_words(document, "Covered by what the model states (");
        put_emphasis(document, "shown");
        put_words(document, " in the repository, or ");
        put_emphasis(document, "claimed");
        put_words(document, "):");
    } else {
        put_words(document, state == ROW_FOLDED ? "Folded: asked at the flows that cross there:"
                                                : "Answered:");
    }
    close_part(document, PART_PARAGRAPH);
}

static void write_rows_in(struct document *document, enum row_state state) {
    const struct rows *rows = document->emission->rows;
    bool any = false;
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        if (row->state != state || !shows_tier(document->emission, row->tier))
            continue;
        if (!any) {
            write_settled_how(document, state);
            open_part(document, PART_LIST);
        }
        any = true;
        write_settled_row(document, row);
    }
    if (any)
        close_part(document, PART_LIST);
}

void write_settled_rows(struct document *document) {
    const struct rows *rows = document->emission->rows;
    put_heading(document, 3, "5.4 Settled by the model");
    if (!rows->counts[ROW_COVERED] && !rows->counts[ROW_FOLDED] && !rows->counts[ROW_ANSWERED])
        put_paragraph(document, "Nothing so far.");
    write_rows_in(document, ROW_ANSWERED);
    write_rows_in(document, ROW_COVERED);
    write_rows_in(document, ROW_FOLDED);
}
