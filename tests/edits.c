/* Edits of a text: on all models of the repository, the same in both forms, and on random ones;
 * then what single edits look like. */
// SPDX-License-Identifier: MIT
#include "base/text.h"
#include "models/edit_oracle.h"
#include "models/random_model.h"
#include "support.h"
#include "syntax/draft.h"
#include "syntax/edit.h"
#include "syntax/form.h"
#include "syntax/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t try_text(const char *path, const char *text, size_t length) {
    size_t tried = 0;
    char *problem = check_edits(path, text, length, getenv("SLOW") ? 1000 : 40, &tried);
    if (problem) {
        fputs(problem, stderr); /* the whole of it, which fail_msg() would cut */
        fail();
    }
    return tried;
}

static void models_of_the_repository(void **state) {
    static const char *const endings[] = {".dfd", ".yaml"};
    static const char *const folders[] = {"samples", "tests/cases", "tests/diagnostics"};
    size_t tried = 0;
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct paths files = find_models(folders[i / 2], endings[i % 2]);
        for (size_t j = 0; j < files.count; j++) {
            struct text text = read_file(files.items[j]);
            tried += try_text(files.items[j], text.at, text.length);
            free(text.at);
        }
        free_paths(&files);
    }
    assert_true(tried > 1000);
}

static void random_models(void **state) {
    uint32_t count = getenv("SLOW") ? 500 : 20;
    (void)state;
    for (uint32_t i = 0; i < count; i++) {
        struct text model = random_model(i);
        try_text("random.dfd", model.at, model.length);
        free(model.at);
    }
}

/* ---- single edits ------------------------------------------------------------------------ */

static const struct example {
    const char *path, *before, *name, *value;
    bool adds;
    const char *after;
} examples[] = {
    {"a.dfd", "process a", "kind", "api", false, "process a { kind: api }"},
    {"a.dfd", "process a \"A\" # why\n", "kind", "api", false,
     "process a \"A\" { kind: api } # why\n"},
    {"a.dfd", "process a { }", "kind", "api", false, "process a { kind: api }"},
    {"a.dfd", "process a { kind: web } # why", "kind", "api", false,
     "process a { kind: api } # why"},
    {"a.dfd", "process a {\r\n\tkind: web # why\r\n}\r\n", "owner", "Ann", false,
     "process a {\r\n\tkind: web # why\r\n\towner: Ann\r\n}\r\n"},
    {"a.dfd", "boundary a { # why\n  process b\n}\n", "kind", "network", false,
     "boundary a { # why\n  kind: network\n  process b\n}\n"},
    {"a.dfd", "a -> b : \"x\"\nprocess a", "auth", "jwt", false,
     "a -> b : \"x\" { auth: jwt }\nprocess a"},
    {"a.dfd", "process a { parses: json }", "parses", "xml", true,
     "process a { parses: [json, xml] }"},
    {"a.dfd", "process a { parses: [json] }", "parses", "json", true,
     "process a { parses: [json] }"},
    {"a.dfd", "process a { parses: [json,] }", "parses", "xml", true,
     "process a { parses: [json, xml,] }"},
    {"a.dfd", "process a", "link", "//x", false, "process a { link: \"//x\" }"},
    {"a.yaml", "processes:\n  a: A # why\n", "kind", "api", false,
     "processes:\n  a:\n    label: A # why\n    kind: api\n"},
    {"a.yaml", "processes:\n  a:\n", "kind", "api", false, "processes:\n  a: { kind: api }\n"},
    {"a.yaml", "processes: { a: A, b: ~ }\n", "kind", "api", false,
     "processes: { a: { label: A, kind: api }, b: ~ }\n"},
    {"a.yaml", "processes:\n  a: { label: A }\n", "kind", "api", false,
     "processes:\n  a: { label: A, kind: api }\n"},
    {"a.yaml", "processes:\r\n  a:\r\n    label: A # why\r\n\r\n  b: B\r\n", "kind", "api", false,
     "processes:\r\n  a:\r\n    label: A # why\r\n    kind: api\r\n\r\n  b: B\r\n"},
    {"a.yaml", "processes:\n  a:\n    parses:\n    - json\n    # why\n", "parses", "xml", true,
     "processes:\n  a:\n    parses:\n    - json\n    - xml\n    # why\n"},
    {"a.yaml", "processes:\n  a: { parses: [json] }\n", "parses", "xml", true,
     "processes:\n  a: { parses: [json, xml] }\n"},
    {"a.yaml", "processes:\n  a: { parses: json }\n", "about", "yes: [no]", false,
     "processes:\n  a: { parses: json, about: \"yes: [no]\" }\n"},
};

static void an_attribute_is_stated_where_one_would_write_it(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        struct arena arena;
        arena_open(&arena, NULL, 0);
        struct diagnostics diagnostics = {.arena = &arena};
        struct source *source =
            source_new(&arena, slice_of(example->path), slice_of(example->before));
        const struct tree *tree = parse_either(&diagnostics, source);
        struct edit edit = edit_of(&arena, tree);
        assert_int_equal(diagnostics.errors, 0);
        assert_true(edit_state(&edit, tree->file.items, slice_of(example->name),
                               slice_of(example->value), example->adds));
        assert_string_equal(slice_string(&arena, edit_apply(&edit)), example->after);
        arena_close(&arena);
    }
}

static void a_draft_that_is_too_long_to_be_read_is_a_mistake(void **state) {
    enum { MANY = 500001 }; /* each with its comma: more words and marks than an item may have */
    (void)state;
    struct arena arena;
    arena_open(&arena, NULL, 0);
    struct slice *ids = ARENA_ARRAY(&arena, struct slice, MANY);
    for (size_t i = 0; i < MANY; i++)
        ids[i] = SLICE("D@p");
    struct diagnostics problems = {.arena = &arena};
    const struct statement patterns = {ATTRIBUTE_patterns, ids, MANY};
    const struct draft draft = {.kind = KIND_BASELINE, .statements = &patterns, .count = 1};
    const struct tree *tree;
    draft_text(&problems, &draft, &tree);
    assert_int_equal(problems.list.count, 1);
    assert_int_equal(problems.list.items[0]->code, DIAG_not_read_on);
    arena_close(&arena);
}

/* What `values` says instead of a list that is there. */
static const struct relisted {
    const char *before, *values, *after;
} relisted[] = {
    {"[a, b, c]", "a c", "[a, c]"},
    {"[a, b, c]", "b c", "[b, c]"},
    {"[a, b, c]", "a", "[a]"},
    {"[a, b, c,]", "a b", "[a, b,]"},
    {"[a, b]", "a c", "[a, c]"},
    {"[a, b]", "c b d e", "[c, b, d, e]"},
    {"[ # opening\n  a, # of a\n  # of b\n  b, # and b\n  # of c\n  c\n]", "a c",
     "[ # opening\n  a, # of a\n  # of c\n  c\n]"},
    {"[ # opening\n  a, # of a\n  # of b\n  b, # and b\n  # of c\n  c\n]", "b",
     "[ # opening\n  # of b\n  b, # and b\n]"},
    {"[\n  # all of these\n\n  a,\n  b\n  # at the end\n]", "b c",
     "[\n  # all of these\n\n  b,\n  c,\n  # at the end\n]"},
    {"[\r\n\ta,\r\n\tb, # why\r\n]", "a b c", "[\r\n\ta,\r\n\tb, # why\r\n\tc,\r\n]"},
    {"[a, b, # of the line\n c]", "a c", "[a, # of the line\n c]"},
    {"[a\n, b\n, c]", "b c", "[\nb\n, c]"},
    {"[a\n, b\n, c]", "c", "[\n\nc]"},
    {"[a,\n b]", "a", "[a,]"},
    {"[ # opening\n  a, # of a\n  b\n  # at the end\n]", "c d",
     "[ # opening\n  c,\n  d,\n  # at the end\n]"},
    {"[a, # why\n b]", "a", "[a, # why\n ]"},
};

static void a_list_loses_and_gets_single_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof relisted / sizeof *relisted; i++) {
        struct arena arena;
        arena_open(&arena, NULL, 0);
        struct diagnostics diagnostics = {.arena = &arena};
        struct slice text = text_format(&arena, "process p { tags: %s }", relisted[i].before);
        const struct tree *tree = parse(&diagnostics, source_new(&arena, SLICE("a.dfd"), text));
        struct slice rest = slice_of(relisted[i].values), word;
        struct spelled_value values[8];
        size_t count = 0;
        while (slice_cut(&rest, ' ', &word))
            values[count++] = (struct spelled_value){word, word};
        struct edit edit = edit_of(&arena, tree);
        assert_true(edit_list(&edit, tree->file.items, SLICE("tags"), values, count));
        assert_string_equal(
            slice_string(&arena, edit_apply(&edit)),
            slice_string(&arena, text_format(&arena, "process p { tags: %s }", relisted[i].after)));
        arena_close(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attribute_is_stated_where_one_would_write_it),
        cmocka_unit_test(a_list_loses_and_gets_single_values),
        cmocka_unit_test(models_of_the_repository),
        cmocka_unit_test(random_models),
        cmocka_unit_test(a_draft_that_is_too_long_to_be_read_is_a_mistake),
    };
    return cmocka_run_group_tests_name("edits", tests, NULL, NULL) != 0;
}
