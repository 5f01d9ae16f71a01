/* Section 5 of the document, first half: the rows. Tier 1 row by row with all that helps to decide,
 * tier 2 as a table, tier 3 as one line a subject; then what the model has settled already. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

#define SAFE_VALUES 3

/* ---- tier 1 ------------------------------------------------------------------------------ */

/* "CWE-306" is number 306 at its home; anything else is shown without a link. */
static void write_reference(struct writer *writer, struct slice id, const char *prefix,
                            const char *home) {
    int number;
    size_t length = slice_of(prefix).length;
    write_string(writer, " · ");
    if (slice_starts(id, prefix) && slice_number(slice_part(id, length, id.length), &number))
        write_format(writer, "[%s%d](%s%d.html)", prefix, number, home, number);
    else
        write_markdown(writer, id);
}

static void write_references(struct writer *writer, const struct rule *rule) {
    for (size_t i = 0; i < rule->cwe_count; i++)
        write_reference(writer, rule->cwe[i], "CWE-", "https://cwe.mitre.org/data/definitions/");
    for (size_t i = 0; i < rule->capec_count; i++)
        write_reference(writer, rule->capec[i], "CAPEC-",
                        "https://capec.mitre.org/data/definitions/");
}

static void write_sentence(struct writer *writer, const char *head, struct slice text) {
    if (!text.length)
        return;
    write_string(writer, "  ");
    write_string(writer, head);
    write_markdown(writer, text);
    write_string(writer, "<br>\n");
}

/* The first few values that would be safe. */
static void write_safe_values(struct writer *writer, const struct reading *reading) {
    const struct attribute_row *row = &attribute_rows[reading->name];
    const char *rest = row->values;
    struct slice value;
    bool safe;
    size_t count = 0;
    while (kind_in(reading->decl->kind, row->kinds) && attribute_next_value(&rest, &value, &safe)) {
        if (!safe)
            continue;
        if (++count > SAFE_VALUES) {
            write_string(writer, ", …");
            break;
        }
        write_format(writer, "%s`%.*s`", count > 1 ? ", " : ": ", S(value));
    }
}

static void write_settling(struct emission *emission, const struct reading *settle) {
    if (!settle->decl)
        return;
    write_string(emission->writer,
                 settle->attribute ? "  *Stated, and not safe:* " : "  *Settled by* ");
    write_reading(emission, settle);
    if (!settle->attribute)
        write_safe_values(emission->writer, settle);
    write_string(emission->writer, "<br>\n");
}

static void write_open_pattern(struct emission *emission, const struct pattern *pattern) {
    struct writer *writer = emission->writer;
    const struct rule *rule = pattern->rule;
    write_string(writer, "- **");
    write_markdown(writer, pattern_ask(emission, pattern));
    write_string(writer, "**<br>\n");
    write_sentence(writer, "",
                   pattern_text(emission->arena, emission->rows, pattern, rule->scenario));
    write_sentence(writer, "*First step:* ",
                   pattern_text(emission->arena, emission->rows, pattern, rule->mitigation));
    write_settling(emission, &pattern->settle);
    write_format(writer, "  `%.*s`", S(pattern_id(emission->arena, pattern)));
    write_references(writer, rule);
    write_char(writer, '\n');
}

static bool write_facts(struct emission *emission, const struct pattern *pattern, bool only_safe) {
    bool any = false;
    for (size_t i = 0; i < pattern->fact_count; i++) {
        const struct attribute *attribute = pattern->facts[i].attribute;
        if (!attribute || !attribute->stated || (only_safe && !attribute->safe))
            continue;
        write_string(emission->writer, any ? ", " : "");
        write_reading(emission, &pattern->facts[i]);
        any = true;
    }
    return any;
}

/* The stated facts that answer the question. A rule may also take a value that is not marked safe.
 */
static void write_answers(struct emission *emission, const struct pattern *pattern) {
    if (!write_facts(emission, pattern, true))
        write_facts(emission, pattern, false);
}

static void write_covered_pattern(struct emission *emission, const struct pattern *pattern) {
    struct writer *writer = emission->writer;
    write_string(writer, "- Covered: ");
    write_markdown(writer, pattern_ask(emission, pattern));
    write_string(writer, " — ");
    write_answers(emission, pattern);
    write_format(writer, " (`%.*s`)\n", S(pattern_id(emission->arena, pattern)));
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
            table_add(arena, &found.by_reading, key, possibility);
            *ARRAY_ADD(arena, &found.list) = possibility;
        }
        *ARRAY_ADD(arena, &possibility->patterns) = at;
    }
    return found;
}

/* Questions that nobody asks yet take one line in all, which names each trait once. */
static void write_possible_patterns(struct emission *emission, const struct row *row) {
    struct writer *writer = emission->writer;
    struct possibilities found = find_possibilities(emission->arena, row);
    for (size_t i = 0; i < found.list.count; i++) {
        const struct possibility *possibility = found.list.items[i];
        write_string(writer, i ? ", " : "- More may be asked once stated: ");
        write_reading(emission, possibility->reading);
        for (size_t k = 0; k < possibility->patterns.count; k++)
            write_format(writer, "%s`%.*s`", k ? ", " : " (",
                         S(pattern_id(emission->arena, possibility->patterns.items[k])));
        write_char(writer, ')');
    }
    if (found.list.count)
        write_char(writer, '\n');
}

static void write_score(struct emission *emission, const struct row *row) {
    struct writer *writer = emission->writer;
    struct slice priority = method_priority(emission->rows->pack->method, row->score);
    write_format(writer, "*Suggested:* likelihood %d × impact %d = **%d**%s%.*s (", row->likelihood,
                 row->impact, row->score, priority.length ? ", " : "", S(priority));
    write_markdown(writer, score_reason(emission->arena, emission->rows, row));
    write_string(writer, ")\n\n");
}

static void write_row_section(struct emission *emission, const struct row *row, size_t rank) {
    struct writer *writer = emission->writer;
    write_string(writer, "#### <a id=\"");
    write_row_anchor(writer, row);
    write_format(writer, "\"></a>%zu. `%.*s` · ", rank, S(row_id(emission->arena, row)));
    write_markdown(writer, row->letter->name);
    write_string(writer, " · ");
    write_mention(writer, decl_title(row->subject));
    write_string(writer, "\n\n");
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state == PATTERN_OPEN)
            write_open_pattern(emission, pattern);
        else if (pattern->state == PATTERN_COVERED)
            write_covered_pattern(emission, pattern);
    }
    write_possible_patterns(emission, row);
    write_string(writer, row->patterns ? "\n*Why here:* " : "*Why here:* ");
    write_markdown(writer, row_reason(emission->arena, emission->rows, row));
    write_string(writer, "<br>\n");
    write_score(emission, row);
}

static void write_first_tier(struct emission *emission) {
    const struct rows *rows = emission->rows;
    size_t rank = 0;
    write_format(emission->writer, "### 5.1 Tier 1: %zu open\n\n", rows->open_by_tier[1]);
    for (size_t i = 0; i < rows->ranked_count; i++)
        if (row_is_open_in(emission, rows->ranked[i], 1))
            write_row_section(emission, rows->ranked[i], ++rank);
    if (!rank)
        write_string(emission->writer, "Nothing is open here.\n\n");
}

/* ---- tiers 2 and 3 ----------------------------------------------------------------------- */

static void write_questions(struct emission *emission, const struct row *row) {
    struct writer *writer = emission->writer;
    size_t shown = 0;
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (pattern->state != PATTERN_OPEN || !pattern->rule->ask.length)
            continue;
        write_string(writer, shown++ ? "<br>" : "");
        write_markdown(writer, pattern_ask(emission, pattern));
    }
    if (!shown)
        write_question(emission, row);
}

static void write_second_row(struct emission *emission, const struct row *row) {
    struct writer *writer = emission->writer;
    write_string(writer, "| <a id=\"");
    write_row_anchor(writer, row);
    write_format(writer, "\"></a>`%.*s` | ", S(row_id(emission->arena, row)));
    write_questions(emission, row);
    write_string(writer, " | ");
    write_markdown(writer, row_reason(emission->arena, emission->rows, row));
    write_format(writer, " | %d × %d = %d |\n", row->likelihood, row->impact, row->score);
}

static void write_second_tier(struct emission *emission) {
    const struct rows *rows = emission->rows;
    struct writer *writer = emission->writer;
    write_format(writer, "### 5.2 Tier 2: %zu open\n\n", rows->open_by_tier[2]);
    if (!rows->open_by_tier[2]) {
        write_string(writer, "Nothing is open here.\n\n");
        return;
    }
    write_string(writer, "| Row | Question | Why here | Suggested |\n|---|---|---|---|\n");
    for (size_t i = 0; i < rows->ranked_count; i++)
        if (row_is_open_in(emission, rows->ranked[i], 2))
            write_second_row(emission, rows->ranked[i]);
    write_char(writer, '\n');
}

/* One line: the letters, and the first question that is asked at all. */
static void write_third_line(struct emission *emission, const struct row *cells, size_t count) {
    struct writer *writer = emission->writer;
    const struct row *asking = NULL;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!row_is_open_in(emission, &cells[i], 3))
            continue;
        if (!any) {
            write_string(writer, "- ");
            write_named(writer, cells[i].subject);
            write_string(writer, ": ");
        }
        write_format(writer, "%s`%.*s`", any ? ", " : "", S(row_id(emission->arena, &cells[i])));
        any = true;
        if (!asking && cells[i].open)
            asking = &cells[i];
    }
    if (asking) {
        write_string(writer, ". ");
        write_question(emission, asking);
    }
    if (any)
        write_char(writer, '\n');
}

static void write_third_tier(struct emission *emission) {
    const struct rows *rows = emission->rows;
    struct writer *writer = emission->writer;
    size_t letters = rows->pack->method->letter_count;
    write_format(writer, "### 5.3 Tier 3: %zu open\n\n", rows->open_by_tier[3]);
    if (!rows->open_by_tier[3]) {
        write_string(writer, "Nothing is open here.\n\n");
        return;
    }
    for (size_t i = 0; i < emission->model->subjects.count; i++)
        write_third_line(emission, rows->cells + i * letters, letters);
    write_char(writer, '\n');
}

static bool shows_tier(const struct emission *emission, int tier) {
    return !emission->options.tier || emission->options.tier == tier;
}

void write_open_rows(struct emission *emission) {
    struct writer *writer = emission->writer;
    struct slice title = emission->rows->pack->method->title;
    write_string(writer, "## 5 ");
    write_markdown(writer, title.length ? title : SLICE("Candidate threats"));
    write_string(writer,
                 "\n\nEach row is a question about one spot. Tier 1 comes first in a review.\n"
                 "A suggested score is likelihood × impact, 1 to 5 each: how near outside callers, "
                 "crossings and unsafe facts are, and the rating of the assets touched.\n"
                 "The team's own figures always win.\n\n");
    if (shows_tier(emission, 1))
        write_first_tier(emission);
    if (shows_tier(emission, 2))
        write_second_tier(emission);
    if (shows_tier(emission, 3))
        write_third_tier(emission);
}

/* ---- settled rows ------------------------------------------------------------------------ */

static void write_settled_row(struct emission *emission, const struct row *row) {
    struct writer *writer = emission->writer;
    write_format(writer, "- `%.*s` ", S(row_id(emission->arena, row)));
    write_mention(writer, decl_title(row->subject));
    write_string(writer, ": ");
    bool any = false;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state != PATTERN_COVERED)
            continue;
        write_string(writer, any ? "; " : "");
        write_markdown(writer, pattern_ask(emission, at));
        write_string(writer, " — ");
        write_answers(emission, at);
        any = true;
    }
    if (!any)
        write_markdown(writer, row_reason(emission->arena, emission->rows, row));
    write_char(writer, '\n');
}

static void write_rows_in(struct emission *emission, enum row_state state, const char *heading) {
    const struct rows *rows = emission->rows;
    bool any = false;
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        if (row->state != state || !shows_tier(emission, row->tier))
            continue;
        if (!any)
            write_format(emission->writer, "%s\n\n", heading);
        any = true;
        write_settled_row(emission, row);
    }
    if (any)
        write_char(emission->writer, '\n');
}

void write_settled_rows(struct emission *emission) {
    const struct rows *rows = emission->rows;
    write_string(emission->writer, "### 5.4 Settled by the model\n\n");
    if (!rows->counts[ROW_COVERED] && !rows->counts[ROW_FOLDED] && !rows->counts[ROW_ANSWERED])
        write_string(emission->writer, "Nothing so far.\n\n");
    write_rows_in(emission, ROW_ANSWERED, "Answered:");
    write_rows_in(emission, ROW_COVERED,
                  "Covered by what the model states (*shown* in the repository, or *claimed*):");
    write_rows_in(emission, ROW_FOLDED, "Folded: asked at the flows that cross there:");
}
