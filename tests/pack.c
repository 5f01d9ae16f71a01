/* The built-in rules as a whole: each has examples on both sides, and ids that MITRE would map to.
 * Ids last: each that was ever there stands in tests/rules/pack_ids, and with ACCEPT=1 new ones are
 * added to that; nothing removes one. */
// SPDX-License-Identifier: MIT
#include "analysis/builtin.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

#define PACK_IDS "tests/rules/pack_ids"

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
    struct slice text = {builtin_rules, builtin_rules_length};
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
            print_error("no example: %.*s\n", S(rule->id));
        assert_true(rule->hit_count && rule->miss_count);
    }
}

/* MITRE discourages these for mapping, as they are categories or too wide. */
static void no_rule_names_a_discouraged_weakness(void **state) {
    static const char *const discouraged[] = {"CWE-20",  "CWE-74",  "CWE-200", "CWE-269", "CWE-284",
                                              "CWE-285", "CWE-287", "CWE-300", "CWE-311", "CWE-345",
                                              "CWE-400", "CWE-668", "CWE-693", "CWE-755"};
    (void)state;
    for (size_t i = 0; i < pack.rules.count; i++)
        for (size_t j = 0; j < pack.rules.items[i]->cwe_count; j++)
            for (size_t k = 0; k < sizeof discouraged / sizeof *discouraged; k++)
                assert_false(slice_is(pack.rules.items[i]->cwe[j], discouraged[k]));
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
            print_error("%.*s came with pack %d, and that stays so\n", S(id), since);
        else
            print_error("%.*s is gone; the rule that asks instead needs was: [%.*s]\n", S(id),
                        S(id));
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
            fail_msg("%.*s is new: since: %d", S(rule->id), pack.method->pack);
        if (!getenv("ACCEPT"))
            print_error("%.*s is new: make accept adds it to %s\n", S(rule->id), PACK_IDS);
        wrong += !getenv("ACCEPT");
        char *line = format("%.*s %d\n", S(rule->id), rule->since);
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
        cmocka_unit_test(no_rule_names_a_discouraged_weakness),
        cmocka_unit_test(no_id_is_lost),
    };
    return cmocka_run_group_tests_name("pack", tests, load, forget);
}
