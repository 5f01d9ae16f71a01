/* The built-in rules as a whole: each has examples on both sides, and weaknesses and attack
 * patterns that MITRE would map to. Those stand in tests/rules/mapping_ids: of CWE 4.19.1 what it
 * allows for mapping, with or without review, and of CAPEC 3.9 what is not deprecated. A rule's own
 * id lasts: each that was ever there stands in tests/rules/pack_ids, and with ACCEPT=1 new ones are
 * added to that; nothing removes one. */
// SPDX-License-Identifier: MIT
#include "analysis/builtin.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

#define PACK_IDS "tests/rules/pack_ids"
#define MAPPING_IDS "tests/rules/mapping_ids"

static struct arena arena;
static struct diagnostics diagnostics;
static struct rule_pack pack;
static struct vocabulary *vocabulary;

static int load(void **state) {
    (void)state;
    static jmp_buf failure;
    arena_open(&arena, NULL, 0);
    arena.failure = &failure;
    if (setjmp(failure))
        return -1;
    diagnostics.arena = &arena;
    vocabulary = vocabulary_new(&arena, NULL);
    struct slice text = {tested_rules, tested_rules_length};
    struct source *source = source_new(&arena, slice_of("builtin.dfd"), text);
    build_rules(&diagnostics, model_new(&arena, vocabulary), &pack, parse(&diagnostics, source));
    return 0;
}

static int forget(void **state) {
    (void)state;
    arena_close(&arena);
    return 0;
}

static void the_pack_has_no_mistake(void **state) {
    (void)state;
    assert_int_equal(diagnostics.list.count, 0);
    assert_true(pack.rules.count >= 80);
}

static void each_rule_has_a_hit_and_a_miss(void **state) {
    (void)state;
    for (size_t i = 0; i < pack.rules.count; i++) {
        const struct rule *rule = pack.rules.items[i];
        if (!rule->hit_count || !rule->miss_count)
            print_error("no example: %.*s\n", SLICE_ARGS(rule->id));
        assert_true(rule->hit_count && rule->miss_count);
    }
}

static void same_text(struct slice a, struct slice b) {
    assert_int_equal(a.length, b.length);
    assert_memory_equal(a.at, b.at, a.length);
}

/* Each item of a rule but its tests is there to the byte; a condition with comments in it is there
 * without them. */
static void without_its_tests_the_pack_says_the_same(void **state) {
    (void)state;
    struct rule_pack untested = {0};
    struct slice text = {builtin_rules, builtin_rules_length};
    struct source *source = source_new(&arena, slice_of("untested.dfd"), text);
    build_rules(&diagnostics, model_new(&arena, vocabulary_new(&arena, NULL)), &untested,
                parse(&diagnostics, source));
    assert_int_equal(diagnostics.list.count, 0);
    assert_int_equal(untested.method->pack, pack.method->pack);
    assert_int_equal(untested.method->letter_count, pack.method->letter_count);
    assert_int_equal(untested.rules.count, pack.rules.count);
    for (size_t i = 0; i < pack.rules.count; i++) {
        const struct rule *rule = untested.rules.items[i], *tested = pack.rules.items[i];
        const struct item *a = items_inside(rule->decl->item);
        const struct item *b = items_inside(tested->decl->item);
        same_text(rule->id, tested->id);
        for (; b && b->kind != ITEM_DECLARATION; b = b->next, a = a->next) {
            assert_non_null(a);
            struct slice all = source_slice(decl_source(rule->decl), item_span(a));
            struct slice same = source_slice(decl_source(tested->decl), item_span(b));
            if (!slice_has(same, '#'))
                same_text(all, same);
        }
        assert_null(a);
        assert_int_equal(rule->hit_count + rule->miss_count, 0);
    }
}

/* Whether a part of the condition tests how near a spot is. */
static bool tests_reach(const struct condition *condition) {
    if (condition->kind == CONDITION_CALLS ||
        (condition->kind == CONDITION_TRUTH && condition->truth == TRUTH_exposed))
        return true;
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (tests_reach(part))
            return true;
    return false;
}

/* What is asked rests on the spot; how near it is only ranks. */
static void no_rule_asks_by_reach(void **state) {
    (void)state;
    for (size_t i = 0; i < pack.rules.count; i++) {
        const struct rule *rule = pack.rules.items[i];
        if (tests_reach(rule->when) || tests_reach(rule->unless))
            fail_msg("%.*s tests reach", SLICE_ARGS(rule->id));
    }
}

/* Whether nearness could make the condition fail: a test of reach or of direction under `not`. */
static bool is_harmed_by_nearness(const struct condition *condition, bool negated) {
    static const enum truth near[] = {
        TRUTH_crosses, TRUTH_inward, TRUTH_called_inward, TRUTH_called_from_outside,
        TRUTH_exposed, TRUTH_edge,   TRUTH_near_crossing};
    bool turned = condition->kind == CONDITION_NOT || (condition->kind == CONDITION_QUANTIFIER &&
                                                       condition->quantifier == QUANTIFIER_NO);
    if (condition->kind == CONDITION_CALLS) /* "in at most so many steps", and nothing else */
        return negated || condition->negated ||
               (condition->numbers & (condition->numbers + 2)) != 0 || !(condition->numbers & 2);
    for (size_t i = 0; i < sizeof near / sizeof *near && negated; i++)
        if (condition->kind == CONDITION_TRUTH && condition->truth == near[i])
            return true;
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (is_harmed_by_nearness(part, negated != turned))
            return true;
    return false;
}

/* Whether it says "not ( enclosed and any called ( ... ) )": a flow within one boundary gets no
 * nearer without becoming another one, so that such a flow may be looked for. */
static bool is_about_one_zone(const struct condition *condition) {
    const struct condition *inner = condition->parts;
    return condition->kind == CONDITION_NOT && inner->kind == CONDITION_AND &&
           inner->parts->kind == CONDITION_TRUTH && inner->parts->truth == TRUTH_enclosed &&
           inner->parts->next->kind == CONDITION_QUANTIFIER;
}

static bool may_stand_in_a_tier(const struct condition *condition) {
    if (condition->kind != CONDITION_AND)
        return is_about_one_zone(condition) || !is_harmed_by_nearness(condition, false);
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (!may_stand_in_a_tier(part))
            return false;
    return true;
}

/* Nearer is never a worse tier. */
static void no_tier_is_lost_by_nearness(void **state) {
    (void)state;
    assert_true(pack.method->tiers.count > 5);
    for (size_t i = 0; i < pack.method->tiers.count; i++) {
        const struct tier_rule *tier = &pack.method->tiers.items[i];
        if (!may_stand_in_a_tier(tier->when))
            fail_msg("tier %.*s can be lost by what comes nearer", SLICE_ARGS(tier->id));
    }
}

/* Marks the ids after `prefix`, which are numbers and ranges of them: "CWE- 5-9 250". */
static void mark_mapping_ids(const char *prefix, bool *marked, int limit) {
    struct text list = read_file(MAPPING_IDS);
    struct slice lines = {list.at, list.length}, line, part, number;
    while (slice_cut(&lines, '\n', &line)) {
        if (!slice_cut(&line, ' ', &part) || !slice_is(part, prefix))
            continue;
        while (slice_cut(&line, ' ', &part)) {
            int first, last;
            assert_true(slice_cut(&part, '-', &number) && slice_number(number, &first));
            last = first;
            assert_true(!part.length || slice_number(part, &last));
            assert_true(first <= last && last < limit);
            for (int i = first; i <= last; i++)
                marked[i] = true;
        }
    }
    free(list.at);
}

static size_t count_unmarked(const struct rule *rule, const struct slice *ids, size_t count,
                             const char *prefix, const bool *marked, int limit) {
    size_t wrong = 0;
    int number;
    for (size_t i = 0; i < count; i++) {
        struct slice digits = slice_part(ids[i], strlen(prefix), ids[i].length);
        if (slice_number(digits, &number) && number < limit && marked[number])
            continue;
        wrong++;
        print_error("%.*s: nothing maps to %.*s\n", SLICE_ARGS(rule->id), SLICE_ARGS(ids[i]));
    }
    return wrong;
}

/* Each id is one of a weakness or attack pattern that MITRE maps to: it exists, is no category or
 * view, and neither deprecated nor discouraged for being too wide. */
static void each_rule_names_what_mitre_maps_to(void **state) {
    enum { LIMIT = 2000 };
    static bool weaknesses[LIMIT], patterns[LIMIT];
    size_t wrong = 0;
    (void)state;
    mark_mapping_ids("CWE-", weaknesses, LIMIT);
    mark_mapping_ids("CAPEC-", patterns, LIMIT);
    assert_false(weaknesses[284] || weaknesses[1059]); /* discouraged, prohibited */
    assert_true(weaknesses[306] && patterns[151]);
    for (size_t i = 0; i < pack.rules.count; i++) {
        const struct rule *rule = pack.rules.items[i];
        wrong += count_unmarked(rule, rule->cwe, rule->cwe_count, "CWE-", weaknesses, LIMIT);
        wrong += count_unmarked(rule, rule->capec, rule->capec_count, "CAPEC-", patterns, LIMIT);
    }
    assert_int_equal(wrong, 0);
}

static bool has_successor(struct slice id) {
    for (size_t i = 0; i < pack.rules.count; i++)
        if (rule_was(pack.rules.items[i], id))
            return true;
    return false;
}

/* "webhook_replay 1": the id, and the pack that the rule came with. */
static size_t check_listed(struct slice list, struct table *listed) {
    struct slice line, id;
    int since;
    size_t wrong = 0;
    while (slice_cut(&list, '\n', &line)) {
        if (!line.length || !slice_cut(&line, ' ', &id) || !slice_number(line, &since))
            continue;
        const struct rule *rule = table_get(&pack.by_id, id);
        table_intern(&arena, listed, id, listed);
        if (rule ? rule->since == since : has_successor(id))
            continue;
        wrong++;
        if (rule)
            print_error("%.*s came with pack %d, and that stays so\n", SLICE_ARGS(id), since);
        else
            print_error("%.*s is gone; the rule that asks instead needs was: [%.*s]\n",
                        SLICE_ARGS(id), SLICE_ARGS(id));
    }
    return wrong;
}

static void no_id_is_lost(void **state) {
    struct text list = read_file(PACK_IDS), added = {0};
    struct table listed = {0};
    (void)state;
    size_t wrong = check_listed((struct slice){list.at, list.length}, &listed);
    text_add(&added, list.at, list.length);
    for (size_t i = 0; i < pack.rules.count; i++) {
        const struct rule *rule = pack.rules.items[i];
        if (table_get(&listed, rule->id))
            continue;
        if (rule->since != pack.method->pack)
            fail_msg("%.*s is new: since: %d", SLICE_ARGS(rule->id), pack.method->pack);
        if (!getenv("ACCEPT"))
            print_error("%.*s is new: make accept adds it to %s\n", SLICE_ARGS(rule->id), PACK_IDS);
        wrong += !getenv("ACCEPT");
        char *line = format("%.*s %d\n", SLICE_ARGS(rule->id), rule->since);
        text_add(&added, line, strlen(line));
        free(line);
    }
    if (getenv("ACCEPT") && added.length > list.length)
        write_file(PACK_IDS, added.at, added.length);
    free(added.at);
    free(list.at);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pack_has_no_mistake),
        cmocka_unit_test(each_rule_has_a_hit_and_a_miss),
        cmocka_unit_test(without_its_tests_the_pack_says_the_same),
        cmocka_unit_test(no_rule_asks_by_reach),
        cmocka_unit_test(no_tier_is_lost_by_nearness),
        cmocka_unit_test(each_rule_names_what_mitre_maps_to),
        cmocka_unit_test(no_id_is_lost),
    };
    return cmocka_run_group_tests_name("pack", tests, load, forget);
}
