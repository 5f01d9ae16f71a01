/* `when` decides whether there is a pattern, `unless` its state; the texts are filled in with the
 * names of this very spot. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"

#include "base/writer.h"

#include <string.h>

struct slice short_title(struct arena *arena, const struct decl *decl) {
    struct slice title = decl_title(decl);
    if (title.length <= LABEL_LIMIT)
        return title;
    const char *at = title.at, *end = at + title.length;
    for (int count = 0; count < LABEL_LIMIT && at < end; count++)
        utf8_next(&at, end);
    if (at == end)
        return title;
    return text_format(arena, "%.*s\u2026", (int)(at - title.at), title.at);
}

static struct slice asset_name(const struct judgement *judgement, const struct decl *subject) {
    const struct stakes *stakes = stakes_of(judgement->arena, judgement->stakes, subject);
    return stakes->first ? short_title(judgement->arena, stakes->first) : SLICE("the data");
}

static struct slice placeholder(const struct judgement *judgement, const struct decl *subject,
                                struct slice name) {
    struct arena *arena = judgement->arena;
    if (slice_is(name, "asset"))
        return asset_name(judgement, subject);
    if (slice_is(name, "source") && subject->from)
        return short_title(arena, subject->from);
    if (slice_is(name, "target") && subject->to)
        return short_title(arena, subject->to);
    if (slice_is(name, "at") && subject->at)
        return short_title(arena, subject->at);
    if (subject->kind == KIND_CROSSING && (slice_is(name, "from") || slice_is(name, "to"))) {
        struct slice stated =
            decl_text(subject, slice_is(name, "from") ? ATTRIBUTE_from : ATTRIBUTE_to);
        return stated.length ? stated : name;
    }
    return short_title(arena, subject);
}

static struct slice fill(const struct judgement *judgement, const struct decl *subject,
                         struct slice text) {
    if (!slice_has(text, '{'))
        return text;
    struct memory_writer filled;
    struct slice part, name;
    memory_writer_open(&filled, judgement->arena);
    while (slice_has(text, '{') && slice_cut(&text, '{', &part)) {
        write_slice(&filled.writer, part);
        if (slice_cut(&text, '}', &name))
            write_slice(&filled.writer, placeholder(judgement, subject, name));
    }
    write_slice(&filled.writer, text);
    return memory_writer_close(&filled);
}

static bool is_fact(enum attribute_id name) {
    return attribute_rows[name].role == ROLE_FACT || strchr(attribute_rows[name].values, '!');
}

/* All facts that `unless` can read. */
static void take_facts(struct arena *arena, struct pattern *pattern,
                       const struct test_results *results) {
    pattern->facts = ARENA_ARRAY(arena, struct reading, results->count);
    for (size_t i = 0; i < results->count; i++)
        if (is_fact(results->items[i].reading.name))
            pattern->facts[pattern->fact_count++] = results->items[i].reading;
}

/* The first fact that would settle it, and whether one of those is stated and not safe. */
static void take_failing(struct judgement *judgement, struct pattern *pattern) {
    struct test_results failing = {0};
    find_failing(judgement, pattern->rule->unless, &failing);
    for (size_t i = 0; i < failing.count; i++) {
        if (!is_fact(failing.items[i].reading.name))
            continue;
        if (!pattern->settle.decl)
            pattern->settle = failing.items[i].reading;
        const struct attribute *stated = failing.items[i].reading.attribute;
        pattern->unsafe |= stated && !stated->safe;
    }
}

/* The first trait that would decide whether the question makes sense. */
static void find_missing_trait(struct judgement *judgement, struct pattern *pattern) {
    struct test_results results = {0};
    judgement->results = &results;
    judge(judgement, pattern->rule->when, NULL);
    judgement->results = NULL;
    for (size_t i = 0; i < results.count && !pattern->settle.decl; i++)
        if (results.items[i].verdict == VERDICT_UNKNOWN)
            pattern->settle = results.items[i].reading;
}

static void judge_answer(struct judgement *judgement, struct pattern *pattern) {
    struct test_results results = {0};
    judgement->results = &results;
    enum verdict answered = judge(judgement, pattern->rule->unless, NULL);
    judgement->results = NULL;
    pattern->state = answered == VERDICT_TRUE ? PATTERN_COVERED : PATTERN_OPEN;
    take_facts(judgement->arena, pattern, &results);
    if (pattern->state == PATTERN_OPEN)
        take_failing(judgement, pattern);
}

struct pattern *try_rule(struct judgement *judgement, const struct rule *rule) {
    const struct decl *subject = judgement->subject;
    bool rests;
    enum verdict scope = judge(judgement, rule->when, &rests);
    if (scope == VERDICT_FALSE)
        return NULL;
    struct arena *arena = judgement->arena;
    struct pattern *pattern = ARENA_NEW(arena, struct pattern);
    pattern->rule = rule;
    pattern->subject = subject;
    pattern->behind = rule->row == OF_SUBJECT ? NULL : subject;
    pattern->specific = rests;
    pattern->id = pattern->behind ? text_join(arena, rule->id, SLICE("/"), subject->id) : rule->id;
    if (scope == VERDICT_UNKNOWN) {
        pattern->state = PATTERN_POSSIBLE;
        find_missing_trait(judgement, pattern);
    } else {
        judge_answer(judgement, pattern);
    }
    pattern->ask = fill(judgement, subject, rule->ask);
    pattern->scenario = fill(judgement, subject, rule->scenario);
    pattern->mitigation = fill(judgement, subject, rule->mitigation);
    return pattern;
}
