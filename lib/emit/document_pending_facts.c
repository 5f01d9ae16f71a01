/* Tier 1 of section 11: each fact is asked for once, by the element that would state it, with all
 * questions that it settles. What helps to decide is folded away. */
// SPDX-License-Identifier: MIT
#include "emit/document_pending.h"

#include "analysis/grouping.h"
#include "model/reference.h"

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
        put_reference(document, rule->cwe[i], "CWE-", CWE_HOME);
    for (size_t i = 0; i < rule->capec_count; i++)
        put_reference(document, rule->capec[i], "CAPEC-", CAPEC_HOME);
    for (size_t i = 0; i < rule->ref_count; i++) {
        put_words(document, " · ");
        document->form->open_link(document, false,
                                  slice_of(reference_lists[rule->refs[i]->list].home));
        put_words(document, rule->refs[i]->id);
        close_part(document, PART_LINK);
    }
}

static struct score question_score(const struct document *document, const struct row *row,
                                   const struct pattern *pattern) {
    return score_of(document->emission->arena, document->emission->rows, row, pattern);
}

static void put_score(struct document *document, const struct row *row,
                      const struct pattern *pattern) {
    const struct emission *emission = document->emission;
    struct score score = question_score(document, row, pattern);
    put_emphasis(document, "Suggested:");
    put_words(document, " ");
    put_number(document, (size_t)score.likelihood);
    put_words(document, " × ");
    put_number(document, (size_t)score.impact);
    put_points(document, score);
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
    put_pattern_text(document, "", question->pattern, rule->scenario);
    put_pattern_text(document, "First step:", question->pattern, rule->mitigation);
    if (first)
        put_reason(document, question->row);
    close_part(document, PART_ITEM);
    arena_rewind(document->emission->arena, mark);
}

static void find_possibilities(struct arena *arena, const struct row *row,
                               struct pattern_groups *found) {
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->state == PATTERN_POSSIBLE && at->settle.decl)
            group_pattern(arena, found, &at->settle, at);
}

/* Questions that nobody asks yet take one line in all, which names each trait once. */
static void write_possible(struct document *document, const struct pattern_groups *found) {
    if (!found->list.count)
        return;
    open_part(document, PART_ITEM);
    put_words(document, "More may be asked once stated: ");
    for (size_t i = 0; i < found->list.count; i++) {
        const struct pattern_group *possibility = found->list.items[i];
        put_between(document, i > 0, ", ");
        put_reading(document, &possibility->reading);
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

/* ---- by element -------------------------------------------------------------------------- */

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
        put_pattern_ask(document, question->pattern);
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
    struct pattern_groups possibilities = {0};
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

void write_pending_facts(struct document *document, struct pending *pending) {
    struct groups groups = {0};
    for (size_t i = 0; i < pending->facts.count; i++)
        if (is_asked_in(pending->facts.items[i], 1))
            add_to_group(document->emission->arena, &groups, pending->facts.items[i]);
    for (size_t i = 0; i < groups.list.count; i++)
        write_group(document, pending, groups.list.items[i]);
}
