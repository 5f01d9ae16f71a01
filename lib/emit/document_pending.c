/* Section 11 of the document: the questions that wait for a decision. In tier 1 each fact is asked
 * for once, by the element that would state it, with all questions that it settles; tiers 2 and 3
 * take one line a row. What helps to decide is folded away. A row without a question stands in the
 * matrix alone. */
// SPDX-License-Identifier: MIT
#include "emit/document_pending.h"

#define SAFE_VALUES 2

/* ---- which facts would settle what ------------------------------------------------------- */

/* A question without a fact that would settle it has the pattern for a key. */
static struct slice fact_key(struct arena *arena, const struct pattern *pattern) {
    return pattern->settle.decl ? reading_key(arena, &pattern->settle)
                                : kept_address(arena, pattern);
}

static void add_question(struct arena *arena, struct pending *pending, const struct row *row,
                         const struct pattern *pattern) {
    struct slice key = fact_key(arena, pattern);
    struct asked_fact *fact = table_get(&pending->by_key, key);
    if (!fact) {
        fact = ARENA_NEW(arena, struct asked_fact);
        fact->element = element_of(pattern->settle.decl ? pattern->settle.decl : row->subject);
        table_intern(arena, &pending->by_key, key, fact);
        *ARRAY_ADD(arena, &pending->facts) = fact;
    }
    *ARRAY_ADD(arena, &fact->questions) = (struct question){row, pattern};
}

struct pending find_pending(const struct emission *emission) {
    const struct rows *rows = emission->rows;
    struct pending pending = {.emission = emission};
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        if (!row_is_open_in(emission, row, row->tier))
            continue;
        for (const struct pattern *at = row->patterns; at; at = at->next)
            if (is_pending(emission->decisions, row, at))
                add_question(emission->arena, &pending, row, at);
    }
    return pending;
}

static struct asked_fact *fact_of(const struct pending *pending, const struct pattern *pattern) {
    return table_get(&pending->by_key, fact_key(pending->emission->arena, pattern));
}

/* ---- words ------------------------------------------------------------------------------- */

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
    for (size_t i = 0; i < rule->ref_count; i++) {
        put_words(document, " · ");
        document->form->open_link(document, false,
                                  slice_of(reference_lists[rule->refs[i]->list].home));
        put_words(document, rule->refs[i]->id);
        close_part(document, PART_LINK);
    }
}

/* "`auth: api_key`, `session`": as it would be written, with the first few values that would be
 * safe. */
static void put_safe_values(struct document *document, const struct reading *reading) {
    const struct attribute_row *row = &attribute_rows[reading->family];
    const char *rest = row->values;
    struct slice value;
    bool safe;
    size_t count = 0;
    while (kind_in(reading->decl->kind, row->kinds) && attribute_next_value(&rest, &value, &safe)) {
        if (!safe)
            continue;
        if (count++ == SAFE_VALUES) {
            put_words(document, ", …");
            break;
        }
        put_between(document, count > 1, ", ");
        put_code(document, count > 1 ? value
                                     : text_format(document->emission->arena, "%s: %.*s", row->name,
                                                   SLICE_ARGS(value)));
    }
    if (!count)
        put_code(document, slice_of(row->name));
}

/* The fact, such that it can be stated; whose it is, unless that is clear from what stands around
 * it. */
static void put_wanted(struct document *document, const struct reading *settle,
                       const struct decl *around) {
    if (settle->attribute) {
        put_words(document, "not safe: ");
        put_reading(document, settle);
        return;
    }
    put_safe_values(document, settle);
    if (settle->decl != around) {
        put_words(document, " of ");
        put_code(document, decl_id(settle->decl));
    }
}

static void put_pattern_key(struct document *document, const struct pattern *pattern) {
    const struct emission *emission = document->emission;
    put_code(document, pattern_key(emission->arena, emission->rows, pattern));
}

static void put_ask(struct document *document, const struct pattern *pattern) {
    put_text(document, pattern_ask(document->emission, pattern));
}

static void put_text_of(struct document *document, const char *before,
                        const struct pattern *pattern, struct slice text) {
    const struct emission *emission = document->emission;
    if (!text.length)
        return;
    break_line(document);
    if (*before) {
        put_emphasis(document, before);
        put_words(document, " ");
    }
    put_text(document, pattern_text(emission->arena, emission->rows, pattern, text));
}

static struct score question_score(const struct document *document, const struct row *row,
                                   const struct pattern *pattern) {
    return score_of(document->emission->arena, document->emission->rows, row, pattern);
}

static void put_score(struct document *document, const struct row *row,
                      const struct pattern *pattern) {
    const struct emission *emission = document->emission;
    struct score score = question_score(document, row, pattern);
    struct slice priority = priority_of(emission->rows->bands, score.points);
    put_emphasis(document, "Suggested:");
    put_words(document, " ");
    put_number(document, (size_t)score.likelihood);
    put_words(document, " × ");
    put_number(document, (size_t)score.impact);
    put_words(document, " = ");
    put_number(document, (size_t)score.points);
    put_between(document, priority.length > 0, ", ");
    put_text(document, priority);
    put_words(document, " (");
    put_text(document, score_reason(emission->arena, emission->rows, row, pattern));
    put_words(document, ")");
}

static void put_reason(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    break_line(document);
    put_emphasis(document, "Why here:");
    put_words(document, " ");
    put_text(document, row_reason(emission->arena, emission->rows, row));
    break_line(document);
    put_score(document, row, row->scored);
}

/* ---- what is folded away ----------------------------------------------------------------- */

/* What can happen, what helps first, where to read on; of a row once also why it is asked. */
static void write_help(struct document *document, const struct question *question, bool first) {
    const struct rule *rule = question->pattern->rule;
    struct arena_mark mark = arena_mark(document->emission->arena);
    open_part(document, PART_ITEM);
    put_pattern_key(document, question->pattern);
    put_references(document, rule);
    put_text_of(document, "", question->pattern, rule->scenario);
    put_text_of(document, "First step:", question->pattern, rule->mitigation);
    if (first)
        put_reason(document, question->row);
    close_part(document, PART_ITEM);
    arena_rewind(document->emission->arena, mark);
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

static void find_possibilities(struct arena *arena, const struct row *row,
                               struct possibilities *found) {
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state != PATTERN_POSSIBLE || !at->settle.decl)
            continue;
        struct slice key = reading_key(arena, &at->settle);
        struct possibility *possibility = table_get(&found->by_reading, key);
        if (!possibility) {
            possibility = ARENA_NEW(arena, struct possibility);
            possibility->reading = &at->settle;
            table_intern(arena, &found->by_reading, key, possibility);
            *ARRAY_ADD(arena, &found->list) = possibility;
        }
        *ARRAY_ADD(arena, &possibility->patterns) = at;
    }
}

/* Questions that nobody asks yet take one line in all, which names each trait once. */
static void write_possible(struct document *document, const struct possibilities *found) {
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
            put_pattern_key(document, possibility->patterns.items[k]);
        }
        put_words(document, ")");
    }
    close_part(document, PART_ITEM);
}

/* One line for all that have yielded, too. */
static void write_yielded(struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    bool any = false;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        if (at->state != PATTERN_YIELDED)
            continue;
        if (!any)
            open_part(document, PART_ITEM);
        put_words(document, any ? ", " : "Asked in better words: ");
        put_pattern_key(document, at);
        put_words(document, " by ");
        put_code(document, successor_id(emission->arena, emission->rows, at));
        any = true;
    }
    if (any)
        close_part(document, PART_ITEM);
}

/* ---- tier 1 ------------------------------------------------------------------------------ */

struct group {
    const struct decl *element;
    ARRAY_OF(const struct asked_fact *) facts;
};

struct groups {
    struct table by_element;
    ARRAY_OF(struct group *) list;
};

static bool is_asked_in(const struct asked_fact *fact, int tier) {
    for (size_t i = 0; i < fact->questions.count; i++)
        if (fact->questions.items[i].row->tier == tier)
            return true;
    return false;
}

static void add_to_group(struct arena *arena, struct groups *groups,
                         const struct asked_fact *fact) {
    const void *address = fact->element;
    struct group *group = table_get(&groups->by_element, address_key(&address));
    if (!group) {
        group = ARENA_NEW(arena, struct group);
        group->element = fact->element;
        table_intern(arena, &groups->by_element, kept_address(arena, fact->element), group);
        *ARRAY_ADD(arena, &groups->list) = group;
    }
    *ARRAY_ADD(arena, &group->facts) = fact;
}

/* A row may be asked by several facts; it is found at the first one. */
static void put_first_anchor(struct document *document, struct pending *pending,
                             const struct row *row) {
    const void *address = row;
    if (table_get(&pending->shown, address_key(&address)))
        return;
    table_intern(document->emission->arena, &pending->shown,
                 kept_address(document->emission->arena, row), pending);
    put_row_anchor(document, row);
}

static void put_fact(struct document *document, const struct asked_fact *fact) {
    const struct reading *settle = &fact->questions.items[0].pattern->settle;
    if (!settle->decl)
        return;
    put_wanted(document, settle, fact->element);
    if (fact->questions.count > 1) {
        put_words(document, " (settles ");
        put_number(document, fact->questions.count);
        put_words(document, ")");
    }
    break_line(document);
}

static void write_fact(struct document *document, struct pending *pending,
                       const struct asked_fact *fact) {
    bool any = false;
    open_part(document, PART_ITEM);
    put_fact(document, fact);
    for (size_t i = 0; i < fact->questions.count; i++) {
        const struct question *question = &fact->questions.items[i];
        if (question->row->tier != 1)
            continue;
        if (any)
            break_line(document);
        put_first_anchor(document, pending, question->row);
        put_pattern_key(document, question->pattern);
        put_words(document, " ");
        put_number(document,
                   (size_t)question_score(document, question->row, question->pattern).points);
        put_words(document, ": ");
        put_ask(document, question->pattern);
        any = true;
    }
    close_part(document, PART_ITEM);
}

/* Goes through the questions of a group that are of tier 1. */
struct group_walk {
    const struct group *group;
    size_t fact, question;
};

static const struct question *next_question(struct group_walk *walk) {
    for (; walk->fact < walk->group->facts.count; walk->fact++, walk->question = 0) {
        const struct asked_fact *fact = walk->group->facts.items[walk->fact];
        while (walk->question < fact->questions.count) {
            const struct question *question = &fact->questions.items[walk->question++];
            if (question->row->tier == 1)
                return question;
        }
    }
    return NULL;
}

static void write_group_help(struct document *document, struct pending *pending,
                             const struct group *group) {
    struct arena *arena = document->emission->arena;
    struct group_walk walk = {.group = group};
    struct possibilities possibilities = {0};
    ARRAY_OF(const struct row *) rows = {0};
    open_fold(document, "What can happen, and what helps first");
    open_part(document, PART_LIST);
    for (const struct question *at; (at = next_question(&walk));) {
        const void *address = at->row;
        bool first = !table_get(&pending->helped, address_key(&address));
        if (first) {
            table_intern(arena, &pending->helped, kept_address(arena, at->row), pending);
            find_possibilities(arena, at->row, &possibilities);
            *ARRAY_ADD(arena, &rows) = at->row;
        }
        write_help(document, at, first);
    }
    write_possible(document, &possibilities);
    for (size_t i = 0; i < rows.count; i++)
        write_yielded(document, rows.items[i]);
    close_part(document, PART_LIST);
    close_part(document, PART_FOLD);
}

static void write_group(struct document *document, struct pending *pending,
                        const struct group *group) {
    open_heading(document, 4);
    put_named(document, group->element);
    close_part(document, PART_HEADING);
    open_part(document, PART_LIST);
    for (size_t i = 0; i < group->facts.count; i++)
        write_fact(document, pending, group->facts.items[i]);
    close_part(document, PART_LIST);
    write_group_help(document, pending, group);
}

static void write_first_tier(struct document *document, struct pending *pending) {
    struct groups groups = {0};
    for (size_t i = 0; i < pending->facts.count; i++)
        if (is_asked_in(pending->facts.items[i], 1))
            add_to_group(document->emission->arena, &groups, pending->facts.items[i]);
    for (size_t i = 0; i < groups.list.count; i++)
        write_group(document, pending, groups.list.items[i]);
}

/* ---- tiers 2 and 3 ----------------------------------------------------------------------- */

/* The row that has already asked for a fact that a pattern rests on, or NULL. */
static const struct row *asked_before(const struct pending *pending, const struct row *row,
                                      const struct pattern *pattern) {
    const struct row *first = fact_of(pending, pattern)->questions.items[0].row;
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
        struct asked_fact *fact = fact_of(pending, at);
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

/* "`T@admin` 20: Which field ...? (+1) (`validates_input: yes`)", or that another row has asked for
 * the same. */
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
        put_words(document, " (+");
        put_number(document, more);
        put_words(document, ")");
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
            put_ask(document, at);
        }
        put_text_of(document, "First step:", at, at->rule->mitigation);
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
            write_first_tier(document, &pending);
            continue;
        }
        write_lines(document, &pending, tier);
        write_lines_help(document, &pending, tier);
    }
}
