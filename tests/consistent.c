/* Conditions that are reported as never holding hold nowhere: made up at random, each is judged at
 * every flow and process of a model that has all values in all company. */
// SPDX-License-Identifier: MIT
#include "syntax/consistent.h"
#include "analysis/builtin.h"
#include "analysis/conditions.h"
#include "syntax/bind.h"
#include "syntax/builder.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"

#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define CONDITIONS 3000

static struct arena arena;
static struct diagnostics diagnostics;
static struct vocabulary *vocabulary;
static struct model *model;
static struct analysis *analysis;

/* The same numbers in every run. */
static unsigned random_state = 12345;
static unsigned pick(unsigned count) {
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 16) % count;
}

/* ---- the model ---------------------------------------------------------------------------- */

static const char *const elements[] = {
    "external e0",
    "external e1 { kind: browser; authenticated_by: jwt }",
    "actor e2",
    "process e3",
    "process e4 { kind: api; logs: central }",
    "process e5 { kind: web; parses: [xml] }",
    "process e10 { kind: api; parses: [xml, csv]; logs: local; }",
    "process e11 { kind: api; parses: no }",
    "external e12 { kind: mobile; authenticated_by: none }",
    "process e6 { kind: model; parses: none; logs: none }",
    "store e7",
    "store e8 { kind: sql; encrypted: yes }",
    "store e9 { kind: log; encrypted: no }",
};
#define ELEMENTS (sizeof elements / sizeof *elements)

static const char *const auths[] = {"", "auth: none; ", "auth: jwt; ", "auth: oidc; "};
static const char *const loads[] = {"", "carries: [file]; ", "carries: [file, html]; ",
                                    "carries: html; ", "carries: query; "};
static const char *const signs[] = {"", "signed: yes; ", "signed: no; "};
static const char *const callers[] = {"", "initiator: target; ", "initiator: source; "};

static void add_flow(struct writer *writer, unsigned number, const char *from, const char *to) {
    write_format(writer, "flow f%u = %s -> %s { %s%s%s%sowner: x }\n", number, from, to,
                 auths[pick(4)], loads[pick(5)], signs[pick(3)], callers[pick(3)]);
}

static struct slice model_text(void) {
    struct memory_writer text;
    unsigned flows = 0;
    memory_writer_open(&text, &arena);
    for (size_t i = 0; i < ELEMENTS; i++)
        if (i % 3)
            write_format(&text.writer, "boundary b%zu { kind: network; %s }\n", i, elements[i]);
        else
            write_format(&text.writer, "%s\n", elements[i]);
    for (unsigned i = 0; i < 900; i++) {
        char from[8], to[8];
        snprintf(from, sizeof from, "e%u", pick(ELEMENTS));
        snprintf(to, sizeof to, "e%u", pick(ELEMENTS));
        add_flow(&text.writer, flows++, from, to);
    }
    /* Processes of few flows, so that quantifiers come out either way. */
    for (unsigned i = 0; i < 400; i++) {
        char self[8], other[8];
        snprintf(self, sizeof self, "p%u", i);
        write_format(&text.writer, "process %s { %s }\n", self, i % 3 ? "kind: api" : "owner: x");
        for (unsigned j = pick(4); j > 0; j--) {
            snprintf(other, sizeof other, "e%u", pick(ELEMENTS));
            add_flow(&text.writer, flows++, pick(2) ? self : other, pick(2) ? self : other);
        }
    }
    return memory_writer_close(&text);
}

/* ---- conditions --------------------------------------------------------------------------- */

static const char *const of_flows[] = {
    "auth",
    "not auth",
    "auth is none",
    "auth is jwt",
    "auth is not jwt",
    "auth in [none, jwt]",
    "signed",
    "not signed",
    "carries has [file]",
    "carries has [html]",
    "carries is not file",
    "not carries has [file, html]",
    "crosses",
    "not crosses",
    "calls is 1",
    "calls in [0, 1]",
    "calls is not 1",
    "source is external",
    "target is process",
    "target is store",
    "target is not store",
    "target.kind is api",
    "target.kind in [web, sql]",
    "target.kind is log",
    "target.logs",
    "not target.logs",
    "target.encrypted",
    "source.authenticated_by",
    "source.kind is browser",
    "source.kind is not browser",
    "initiator is source",
    "initiator is target",
    "not initiator is source",
    "target.parses",
    "not target.parses",
};
static const char *const of_processes[] = {
    "kind is api",
    "kind is web",
    "kind in [api, web]",
    "not kind in [api, model]",
    "logs",
    "not logs",
    "parses",
    "parses has [xml]",
    "crosses",
    "not crosses",
    "calls is 1",
    "calls is not 1",
    "kind is not api",
};
static const char *const quantifiers[] = {"any", "all", "no"};
static const char *const ranges[] = {"flow", "incoming", "outgoing", "called", "calling"};

static void write_condition(struct writer *writer, bool of_process, unsigned depth) {
    unsigned choice = pick(10);
    if (depth && choice < 5) {
        const char *join = choice < 4 ? "and" : "or";
        write_string(writer, "( ");
        for (unsigned i = 2 + pick(2); i > 0; i--) {
            write_condition(writer, of_process, depth - 1);
            write_format(writer, " %s ", i > 1 ? join : ")");
        }
    } else if (depth && choice < 6) {
        write_string(writer, "not ( ");
        write_condition(writer, of_process, depth - 1);
        write_string(writer, " )");
    } else if (of_process && choice < 9) {
        write_format(writer, "%s %s ( ", quantifiers[pick(3)], ranges[pick(5)]);
        write_condition(writer, false, depth ? 1 : 0);
        write_string(writer, " )");
    } else if (of_process) {
        write_string(writer, of_processes[pick(sizeof of_processes / sizeof *of_processes)]);
    } else {
        write_string(writer, of_flows[pick(sizeof of_flows / sizeof *of_flows)]);
    }
}

static bool holds_somewhere(const struct condition *condition, enum kind kind) {
    const struct decl_list *list = &model->of[kind];
    struct judgement judgement = {
        .arena = &arena,
        .analysis = analysis,
        .source_word = word_symbol(&arena, vocabulary, SLICE("source")),
    };
    for (size_t i = 0; i < list->count; i++) {
        judgement.subject = list->items[i];
        if (judge(&judgement, condition, NULL) == VERDICT_TRUE)
            return true;
    }
    return false;
}

/* ---- tests -------------------------------------------------------------------------------- */

static int make(void **state) {
    static jmp_buf failure;
    (void)state;
    arena_open(&arena, NULL, 0);
    arena.failure = &failure;
    if (setjmp(failure))
        return -1;
    diagnostics.arena = &arena;
    vocabulary = vocabulary_new(&arena, NULL);
    model = model_new(&arena, vocabulary);
    struct source *source = source_new(&arena, SLICE("model.dfd"), model_text());
    build_model(&diagnostics, model, parse(&diagnostics, source), IN_MODEL);
    if (diagnostics.errors)
        return -1;
    analysis = analyse(&arena, model);
    return 0;
}

static int forget(void **state) {
    (void)state;
    arena_close(&arena);
    return 0;
}

static const struct condition *make_condition(struct source **source, bool of_process) {
    struct memory_writer text;
    unsigned kinds = of_process ? ON_PROCESS : ON_FLOW;
    memory_writer_open(&text, &arena);
    write_string(&text.writer, "rule r {\n  when ( ");
    write_condition(&text.writer, of_process, 2);
    write_string(&text.writer, " )\n}\n");
    *source = source_new(&arena, SLICE("r.dfd"), memory_writer_close(&text));
    const struct tree *tree = parse(&diagnostics, *source);
    struct binder binder = {.arena = &arena,
                            .diagnostics = &diagnostics,
                            .source = *source,
                            .vocabulary = vocabulary,
                            .subject = kinds,
                            .here = kinds};
    return bind_condition(&binder, item_block(tree->file.items)->items->expr);
}

static void what_is_called_impossible_holds_nowhere(void **state) {
    unsigned impossible = 0, unmet = 0;
    (void)state;
    for (unsigned i = 0; i < CONDITIONS; i++) {
        struct source *source;
        bool of_process = i % 2;
        const struct condition *condition = make_condition(&source, of_process);
        assert_non_null(condition);
        struct consistency consistency = {&arena, &diagnostics, source, vocabulary,
                                          of_process ? ON_PROCESS : ON_FLOW};
        bool can = can_hold(&consistency, condition);
        bool holds = holds_somewhere(condition, of_process ? KIND_PROCESS : KIND_FLOW);
        impossible += !can;
        unmet += !holds;
        if (holds && !can)
            fail_msg("called impossible, and holds: %.*s", (int)source->text.length,
                     source->text.at);
    }
    if (getenv("V"))
        printf("%u of %u that hold nowhere are called impossible\n", impossible, unmet);
    assert_int_equal(diagnostics.errors, 0);
    assert_true(impossible > 300);
}

static void the_built_in_rules_hold(void **state) {
    struct rule_pack pack = {0};
    struct slice text = {builtin_rules, builtin_rules_length};
    (void)state;
    /* The first pack is taken as it is; the second is looked at. */
    for (unsigned i = 0; i < 2; i++) {
        struct source *source = source_new(&arena, i ? SLICE("again") : SLICE("built-in"), text);
        build_rules(&diagnostics, model_new(&arena, vocabulary), &pack,
                    parse(&diagnostics, source));
    }
    assert_int_equal(diagnostics.list.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_called_impossible_holds_nowhere),
        cmocka_unit_test(the_built_in_rules_hold),
    };
    return cmocka_run_group_tests_name("consistent", tests, make, forget);
}
