/* Unit tests of rules: each `hit` is a model in which the rule is open somewhere, each `miss` one
 * in which it is open nowhere. Whoever adds packs tests those, and not the built-in one again. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "emit/emit.h"
#include "syntax/builder.h"

struct rule_test {
    struct stridec *self;
    struct writer *writer;
    const struct rule *rule;
    size_t passed, failed;
};

static bool is_open_somewhere(struct stridec *self, struct model *model, const struct rule *rule) {
    struct analysis *analysis = analyse(&self->arena, model);
    struct rows *rows = find_rows(&self->arena, analysis, &self->pack);
    size_t cells = rows ? model->subjects.count * rows->pack->method->letter_count : 0;
    for (size_t i = 0; i < cells; i++)
        for (const struct pattern *p = rows->cells[i].patterns; p; p = p->next)
            if (p->rule == rule && p->state == PATTERN_OPEN && rows->cells[i].state == ROW_OPEN)
                return true;
    return false;
}

static void fail(struct rule_test *test, const struct item *example, const char *why) {
    struct source *source = test->rule->decl->source;
    struct place place = source_place(&test->self->arena, source, example->span.start);
    write_file_name(test->writer, source->path);
    write_format(test->writer, ":%zu: rule %.*s: %.*s \"", place.line, S(test->rule->id),
                 S(example->word.text));
    write_terminal(test->writer, example->head->label.text);
    write_format(test->writer, "\" %s\n", why);
    test->failed++;
}

/* Its warnings are of no interest: an example shows one thing only. */
static void try_example(struct rule_test *test, const struct item *example, bool hit) {
    struct stridec *self = test->self;
    struct diagnostics diagnostics = {.arena = &self->arena};
    struct tree tree = {.source = test->rule->decl->source};
    struct model *model = model_new(&self->arena, self->vocabulary);
    build_block(&diagnostics, model, &tree, example->block);
    if (diagnostics.errors) {
        for (size_t i = 0; i < diagnostics.list.count; i++)
            *ARRAY_ADD(&self->arena, &self->diagnostics.list) = diagnostics.list.items[i];
        self->diagnostics.errors += diagnostics.errors;
        self->diagnostics.warnings += diagnostics.warnings;
        self->sorted = false;
        fail(test, example, "does not compile");
    } else if (is_open_somewhere(self, model, test->rule) != hit) {
        fail(test, example, hit ? "is not open anywhere" : "is open");
    } else {
        test->passed++;
    }
}

static void try_rule_examples(struct rule_test *test) {
    const struct rule *rule = test->rule;
    for (size_t i = 0; i < rule->hit_count; i++)
        try_example(test, rule->hits[i], true);
    for (size_t i = 0; i < rule->miss_count; i++)
        try_example(test, rule->misses[i], false);
}

struct rules_task {
    stridec_sink *sink;
    void *context;
};

/* The rules of one pack, or with NULL the built-in ones, and a line that counts. */
static void test_pack(struct rule_test *test, const struct source *pack) {
    const struct rule_pack *rules = &test->self->pack;
    size_t count = 0, passed = test->passed, failed = test->failed;
    for (size_t i = 0; i < rules->rules.count; i++) {
        test->rule = rules->rules.items[i];
        if (test->rule->disabled ||
            (pack ? test->rule->decl->source != pack : !test->rule->built_in))
            continue;
        count++;
        try_rule_examples(test);
    }
    passed = test->passed - passed, failed = test->failed - failed;
    write_format(test->writer, "%zu rule%s, %zu example%s: %zu passed, %zu failed", count,
                 count == 1 ? "" : "s", passed + failed, passed + failed == 1 ? "" : "s", passed,
                 failed);
    if (pack) {
        write_string(test->writer, " in ");
        write_terminal(test->writer, pack->path);
    }
    write_char(test->writer, '\n');
}

static stridec_status test_rules(struct stridec *self, void *context) {
    struct rules_task *task = context;
    if (!task->sink)
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(self) || self->diagnostics.errors)
        return STRIDEC_INVALID;
    struct writer writer;
    writer_open(&writer, task->sink, task->context);
    struct rule_test test = {.self = self, .writer = &writer};
    for (size_t i = 0; i < self->packs.count; i++)
        test_pack(&test, self->packs.items[i]);
    if (!self->packs.count)
        test_pack(&test, NULL);
    self->tests_passed = test.passed;
    self->tests_failed = test.failed;
    if (!writer_close(&writer))
        return STRIDEC_NOT_TAKEN;
    return test.failed ? STRIDEC_FINDINGS : STRIDEC_OK;
}

stridec_status stridec_test_rules(stridec *self, stridec_sink *sink, void *context) {
    struct rules_task task = {sink, context};
    return run_guarded(self, test_rules, &task);
}

size_t stridec_tests_passed(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->tests_passed : 0;
}

size_t stridec_tests_failed(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->tests_failed : 0;
}
