/* A model that is made item by item, without a text, is written in both forms, and each form reads
 * back as that model. */
// SPDX-License-Identifier: MIT
#include "base/arena.h"
#include "diag/diag.h"
#include "syntax/form.h"
#include "syntax/write_dsl.h"
#include "syntax/write_yaml.h"
#include "tree/make.h"

#include "support.h"

#include <stdlib.h>

static const char dsl[] = "model shop \"The \\\"shop\\\"\" {\n"
                          "  about: \"\"\"\n"
                          "    Two lines,\n"
                          "    of which one is last.\n"
                          "    \"\"\"\n"
                          "}\n\n"
                          "asset orders \"Orders\" { integrity: high }\n\n"
                          "external buyer \"\u00dcser\"\n\n"
                          "boundary ours {\n"
                          "  process api \"API: #1\" { kind: api; data: [orders] }\n"
                          "}\n\n"
                          "buyer -> api : \"GET /\" { carries: [] }\n"
                          "flow back = api -> buyer\n";

static void declare(struct maker *maker, const char *kind, const char *name, const char *label) {
    make_declaration(maker, slice_of(kind), slice_of(name), slice_of(label));
}

static void state_word(struct maker *maker, const char *name, const char *word) {
    make_attribute(maker, slice_of(name), make_value(maker, VALUE_WORD, slice_of(word)));
}

static struct tree *made(struct arena *arena) {
    struct maker maker;
    make_tree(&maker, arena, SLICE("shop.dfd"));
    declare(&maker, "model", "shop", "The \"shop\"");
    make_attribute(&maker, SLICE("about"),
                   make_value(&maker, VALUE_TEXT, SLICE("Two lines,\nof which one is last.")));
    declare(&maker, "asset", "orders", "Orders");
    state_word(&maker, "integrity", "high");
    declare(&maker, "external", "buyer", "\u00dcser");
    declare(&maker, "boundary", "ours", "");
    declare(&maker, "process", "api", "API: #1");
    state_word(&maker, "in", "ours");
    state_word(&maker, "kind", "api");
    make_attribute(&maker, SLICE("data"),
                   make_list(&maker, make_value(&maker, VALUE_WORD, SLICE("orders"))));
    make_flow(&maker, SLICE("buyer_to_api"), SLICE("buyer"), SLICE("api"), SLICE("GET /"));
    make_attribute(&maker, SLICE("carries"), make_list(&maker, NULL));
    make_flow(&maker, SLICE("back"), SLICE("api"), SLICE("buyer"), SLICE(""));
    return maker.tree;
}

static struct slice written(struct arena *arena, const struct tree *tree, bool yaml) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    (yaml ? write_yaml : write_dsl)(arena, &text.writer, tree);
    return memory_writer_close(&text);
}

static const struct tree *read_back(struct arena *arena, const char *path, struct slice text) {
    struct diagnostics problems = {.arena = arena};
    const struct tree *tree = parse_either(&problems, source_new(arena, slice_of(path), text));
    assert_int_equal(problems.list.count, 0);
    return tree;
}

static void both_forms_read_back_as_what_was_made(void **state) {
    struct arena arena;
    jmp_buf failure;
    (void)state;
    arena_open(&arena, NULL, 0);
    arena.failure = &failure;
    if (setjmp(failure))
        fail_msg("no memory");
    const struct tree *tree = made(&arena);
    struct slice as_dsl = written(&arena, tree, false), as_yaml = written(&arena, tree, true);
    assert_string_equal(slice_string(&arena, as_dsl), dsl);
    tree = read_back(&arena, "shop.yaml", as_yaml);
    assert_string_equal(slice_string(&arena, written(&arena, tree, false)), dsl);
    tree = read_back(&arena, "shop.dfd", as_dsl);
    assert_string_equal(slice_string(&arena, written(&arena, tree, true)),
                        slice_string(&arena, as_yaml));
    arena_close(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_forms_read_back_as_what_was_made)};
    return cmocka_run_group_tests_name("made_tree", tests, NULL, NULL) != 0;
}
