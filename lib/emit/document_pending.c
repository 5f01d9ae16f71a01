/* Finds the questions of the document that wait for a decision, by the facts that would settle
 * them, and has the words that its lists of them share. */
// SPDX-License-Identifier: MIT
#include "emit/document_pending.h"

#define SAFE_VALUES 2

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

struct asked_fact *asked_fact_of(const struct pending *pending, const struct pattern *pattern) {
    return table_get(&pending->by_key, fact_key(pending->emission->arena, pattern));
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

/* The fact, such that it can be stated; whose it is, unless that is clear from what stands
 * around it. */
void put_wanted(struct document *document, const struct reading *settle,
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

void put_pattern_key(struct document *document, const struct pattern *pattern) {
    const struct emission *emission = document->emission;
    put_code(document, pattern_key(emission->arena, emission->rows, pattern));
}

void put_pattern_ask(struct document *document, const struct pattern *pattern) {
    put_text(document, pattern_ask(document->emission, pattern));
}

void put_pattern_text(struct document *document, const char *before, const struct pattern *pattern,
                      struct slice text) {
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
