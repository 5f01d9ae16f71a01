/* The built-in rules as a whole: each has examples on both sides, and ids that MITRE would map to.
 */
// SPDX-License-Identifier: MIT
#include "analysis/builtin.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"

#include "support.h"

#include <string.h>

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
    build_rules(&diagnostics, vocabulary, &pack, parse(&diagnostics, source));
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pack_has_no_mistake),
        cmocka_unit_test(each_rule_has_a_hit_and_a_miss),
        cmocka_unit_test(no_rule_names_a_discouraged_weakness),
    };
    return cmocka_run_group_tests_name("pack", tests, load, forget);
}
