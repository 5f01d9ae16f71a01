/* Tries rules at subjects: `when` decides whether there is a pattern, `unless` its state. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"

#include "analysis/score.h"
#include "base/writer.h"

struct row *row_of_rule(const struct rows *rows, const struct rule *rule,
                        const struct decl *subject) {
    const struct decl *owner = rule->row == OF_FROM ? subject->from
                               : rule->row == OF_TO ? subject->to
                                                    : subject;
    return row_of(rows, owner, rule->letter);
}

struct row *row_of_pattern(const struct rows *rows, const struct pattern *pattern) {
    return row_of_rule(rows, pattern->rule, pattern->subject);
}

/* The asset that gives the row its score comes first; the others are counted. */
static struct slice asset_name(struct arena *arena, const struct rows *rows,
                               const struct pattern *pattern) {
    const struct row *row = row_of_pattern(rows, pattern);
    size_t others;
    const struct decl *asset = asset_of(arena, rows, row, pattern->subject, &others);
    if (!asset)
        return SLICE("the data");
    struct slice title = short_title(arena, asset);
    return others ? text_format(arena, "%.*s and %zu more asset%s", SLICE_ARGS(title), others,
                                others == 1 ? "" : "s")
                  : title;
}

struct slice subject_title(struct arena *arena, const struct rows *rows,
                           const struct decl *subject) {
    struct slice title = short_title(arena, subject);
    return rows->shares_label[subject->number]
               ? text_format(arena, "%.*s (%.*s)", SLICE_ARGS(title), SLICE_ARGS(decl_id(subject)))
               : title;
}

static struct slice placeholder(struct arena *arena, const struct rows *rows,
                                const struct pattern *pattern, struct slice name) {
    const struct decl *subject = pattern->subject;
    if (slice_is(name, "asset"))
        return asset_name(arena, rows, pattern);
    if (subject->kind == KIND_FLOW && slice_is(name, "source"))
        return subject_title(arena, rows, subject->from);
    if (subject->kind == KIND_FLOW && slice_is(name, "target"))
        return subject_title(arena, rows, subject->to);
    if (slice_is(name, "at") && more_of(subject)->at)
        return subject_title(arena, rows, more_of(subject)->at);
    if (subject->kind == KIND_CROSSING && (slice_is(name, "from") || slice_is(name, "to"))) {
        struct slice stated =
            decl_text(subject, slice_is(name, "from") ? ATTRIBUTE_from : ATTRIBUTE_to);
        return stated.length ? text_cut(arena, stated) : name;
    }
    return subject_title(arena, rows, subject);
}

struct slice pattern_id(struct arena *arena, const struct pattern *pattern) {
    const struct rule *rule = pattern->rule;
    return rule->row == OF_SUBJECT
               ? rule->id
               : text_join(arena, rule->id, SLICE("/"), decl_id(pattern->subject));
}

struct slice pattern_text(struct arena *arena, const struct rows *rows,
                          const struct pattern *pattern, struct slice text) {
    if (!slice_has(text, '{'))
        return text;
    struct memory_writer filled;
    struct slice part, name;
    memory_writer_open(&filled, arena);
    while (slice_cut(&text, '{', &part)) {
        write_slice(&filled.writer, part);
        if (slice_cut(&text, '}', &name))
            write_slice(&filled.writer, placeholder(arena, rows, pattern, name));
    }
    return memory_writer_close(&filled);
}

struct slice reading_key(struct arena *arena, const struct reading *reading) {
    struct reading_key *key = ARENA_NEW(arena, struct reading_key);
    *key = (struct reading_key){reading->decl, reading->family};
    return (struct slice){(const char *)key, sizeof *key};
}

static bool is_taken(const struct pattern *pattern, const struct reading *fact) {
    for (size_t i = 0; i < pattern->fact_count; i++)
        if (pattern->facts[i].decl == fact->decl && pattern->facts[i].family == fact->family)
            return true;
    return false;
}

/* Removes facts that stand in the list twice. */
static void drop_doubles(struct arena *arena, struct pattern *pattern) {
    struct arena_mark mark = arena_mark(arena);
    struct table seen = {0};
    size_t kept = 0;
    for (size_t i = 0; i < pattern->fact_count; i++) {
        struct reading *fact = &pattern->facts[i];
        if (table_intern(arena, &seen, reading_key(arena, fact), fact) == fact)
            pattern->facts[kept++] = *fact;
    }
    pattern->fact_count = (uint32_t)kept;
    arena_rewind(arena, mark);
}

/* Up to this many facts are compared one by one; among more, as at a store with a thousand flows,
 * doubles are found by a table. */
#define FEW_FACTS 16

/* All facts that `unless` can read, each once: several of its tests may read the same one. */
static void take_facts(struct arena *arena, struct pattern *pattern,
                       const struct test_results *results) {
    size_t count = 0;
    for (size_t i = 0; i < results->count; i++)
        count += attribute_answers(results->items[i].reading.family);
    pattern->facts = ARENA_ARRAY(arena, struct reading, count);
    for (size_t i = 0; i < results->count; i++) {
        const struct reading *fact = &results->items[i].reading;
        if (attribute_answers(fact->family) && (count > FEW_FACTS || !is_taken(pattern, fact)))
            pattern->facts[pattern->fact_count++] = *fact;
    }
    if (count > FEW_FACTS)
        drop_doubles(arena, pattern);
}

/* Whether the test failed by a value that is not safe. A trait that is compared with some value, as
 * in `protocol is mtls`, is not asked for its safety. */
static bool says_unsafe(const struct test_result *test) {
    const struct attribute *stated = test->reading.attribute;
    return stated && !stated->safe &&
           (attribute_rows[stated->id].role == ROLE_FACT ||
            test->condition->kind == CONDITION_SAFE);
}

/* The first fact that would settle it, and whether one of those is stated and not safe. */
static void take_failing(struct trial *trial, struct pattern *pattern) {
    struct test_results *failing = &trial->failing;
    failing->count = 0;
    find_failing(&trial->judgement, pattern->rule->unless, failing);
    for (size_t i = 0; i < failing->count; i++) {
        const struct reading *reading = &failing->items[i].reading;
        if (!attribute_answers(reading->family))
            continue;
        if (!pattern->settle.decl && may_be_stated(trial->judgement.analysis, reading))
            pattern->settle = *reading;
        pattern->unsafe |= says_unsafe(&failing->items[i]);
    }
}

/* Makes every test of the condition, and leaves what was read in trial->read. */
static enum verdict read_all(struct trial *trial, const struct condition *condition) {
    trial->read.count = 0;
    trial->judgement.results = &trial->read;
    enum verdict verdict = judge(&trial->judgement, condition, NULL);
    trial->judgement.results = NULL;
    return verdict;
}

/* False where `unless` holds without any stated fact: by what is there, nothing is to be asked. */
static bool judge_answer(struct trial *trial, struct pattern *pattern) {
    enum verdict answered = read_all(trial, pattern->rule->unless);
    pattern->state = answered == VERDICT_TRUE ? PATTERN_COVERED : PATTERN_OPEN;
    take_facts(trial->judgement.arena, pattern, &trial->read);
    if (pattern->state == PATTERN_OPEN) {
        take_failing(trial, pattern);
        return true;
    }
    trial->judgement.without_facts = true;
    answered = judge(&trial->judgement, pattern->rule->unless, NULL);
    trial->judgement.without_facts = false;
    return answered != VERDICT_TRUE;
}

struct pattern *try_rule(struct trial *trial, const struct rule *rule) {
    const struct decl *subject = trial->judgement.subject;
    bool rests;
    struct reading deciding = {0};
    enum verdict scope = judge(&trial->judgement, rule->when, &rests);
    if (scope == VERDICT_FALSE ||
        (scope == VERDICT_UNKNOWN && !could_hold(&trial->judgement, rule->when, &deciding)))
        return NULL;
    struct arena *arena = trial->judgement.arena;
    struct pattern *pattern = ARENA_NEW(arena, struct pattern);
    pattern->rule = rule;
    pattern->subject = subject;
    pattern->specific = rests;
    if (scope == VERDICT_UNKNOWN) {
        pattern->state = PATTERN_POSSIBLE;
        pattern->settle = deciding;
    } else if (!judge_answer(trial, pattern)) {
        return NULL;
    }
    return pattern;
}
