/* Unit tests of rules: each `hit` is a model in which the rule is open somewhere, each `miss` one
 * in which it is open nowhere. Where packs are added, only those are tested, not the built-in one
 * again. */
// SPDX-License-Identifier: MIT
#include "analysis/builtin.h"
#include "emit/emit.h"
#include "project/project.h"
#include "project/read.h"
#include "syntax/builder.h"
#include "syntax/rule_builder.h"

struct rule_test {
    struct project *project;
    const struct rule_pack *pack;
    struct vocabulary *vocabulary; /* of the pack */
    struct writer *writer;
    const struct rule *rule;
    struct test_counts counts;
};

static bool is_open_somewhere(const struct rule_test *test, struct model *model) {
    struct arena *arena = &test->project->arena;
    struct analysis *analysis = analyse(arena, model);
    struct rows *rows = find_rows(arena, analysis, test->pack, NULL);
    size_t cells = rows ? model->subjects.count * rows->pack->method->letter_count : 0;
    for (size_t i = 0; i < cells; i++)
        for (const struct pattern *p = rows->cells[i].patterns; p; p = p->next)
            if (p->rule == test->rule && p->state == PATTERN_OPEN &&
                rows->cells[i].state == ROW_OPEN)
                return true;
    return false;
}

static void fail(struct rule_test *test, const struct item *example, const char *why) {
    struct source *source = decl_source(test->rule->decl);
    struct place place = source_place(&test->project->arena, source, item_span(example).start);
    write_file_name(test->writer, source->path);
    write_format(test->writer, ":%zu: rule %.*s: %.*s \"", place.line, SLICE_ARGS(test->rule->id),
                 SLICE_ARGS(word_text(&example->word)));
    write_terminal(test->writer, word_text(&example->head->label));
    write_format(test->writer, "\" %s\n", why);
    test->counts.failed++;
}

/* Its warnings are of no interest: an example shows one thing only. */
static void try_example(struct rule_test *test, const struct item *example, bool hit) {
    struct project *project = test->project;
    struct diagnostics diagnostics = {.arena = &project->arena};
    struct tree tree = {.source = decl_source(test->rule->decl)};
    struct model *model = model_new(&project->arena, test->vocabulary);
    build_block(&diagnostics, model, &tree, item_block(example));
    if (diagnostics.errors) {
        diag_take(&project->diagnostics, &diagnostics);
        fail(test, example, "does not compile");
    } else if (is_open_somewhere(test, model) != hit) {
        fail(test, example, hit ? "is not open anywhere" : "is open");
    } else {
        test->counts.passed++;
    }
}

static void try_rule_examples(struct rule_test *test) {
    const struct rule *rule = test->rule;
    for (size_t i = 0; i < rule->hit_count; i++)
        try_example(test, rule->hits[i], true);
    for (size_t i = 0; i < rule->miss_count; i++)
        try_example(test, rule->misses[i], false);
}

/* The rules of one file, or with NULL all of them, and a line that counts. */
static void test_pack(struct rule_test *test, const struct source *pack) {
    const struct rule_pack *rules = test->pack;
    const struct test_counts before = test->counts;
    size_t count = 0;
    for (size_t i = 0; i < rules->rules.count; i++) {
        test->rule = rules->rules.items[i];
        if (test->rule->disabled || (pack && decl_source(test->rule->decl) != pack))
            continue;
        count++;
        try_rule_examples(test);
    }
    size_t passed = test->counts.passed - before.passed;
    size_t failed = test->counts.failed - before.failed;
    write_format(test->writer, "%zu rule%s, %zu example%s: %zu passed, %zu failed", count,
                 count == 1 ? "" : "s", passed + failed, passed + failed == 1 ? "" : "s", passed,
                 failed);
    if (pack) {
        write_string(test->writer, " in ");
        write_terminal(test->writer, pack->path);
    }
    write_char(test->writer, '\n');
}

/* The built-in rules are in use without their tests: they are read again. */
static void test_builtin_rules(struct project *project, struct rule_test *test) {
    struct arena *arena = &project->arena;
    struct rule_pack *pack = ARENA_NEW(arena, struct rule_pack);
    struct slice text = {tested_rules, tested_rules_length};
    test->vocabulary = vocabulary_new(arena, NULL);
    build_rules(&project->diagnostics, model_new(arena, test->vocabulary), pack,
                read_tree(project, SLICE("built-in rules"), text));
    test->pack = pack;
    test_pack(test, NULL);
}

struct test_counts project_test_rules(struct project *project, struct writer *writer) {
    struct rule_test test = {.project = project,
                             .writer = writer,
                             .pack = project->pack,
                             .vocabulary = project->vocabulary};
    for (size_t i = 1; i < project->packs.count; i++)
        test_pack(&test, project->packs.items[i]);
    if (project->packs.count == 1)
        test_builtin_rules(project, &test);
    return test.counts;
}
