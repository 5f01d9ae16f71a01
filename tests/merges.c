/* Merges: random edits of all files of the repository and of random models, against what must hold
 * of any merge. Prints how many ended clean and how many in conflicts. */
// SPDX-License-Identifier: MIT
#include "models/merge_oracle.h"
#include "models/random_edit.h"
#include "models/random_model.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed = 1;
static size_t clean, with_conflicts;

static void merge_edits(const struct text *base) {
    struct text ours = random_edit(base, &seed, "our"), theirs = random_edit(base, &seed, "their");
    const struct versions_of_text texts = {base->at,     ours.at,     theirs.at,
                                           base->length, ours.length, theirs.length};
    size_t conflicts;
    char *problem = check_merge(&texts, &conflicts);
    if (problem)
        fail_msg("%s\n==== base\n%s\n==== ours\n%s\n==== theirs\n%s", problem, base->at, ours.at,
                 theirs.at);
    if (conflicts != SIZE_MAX)
        *(conflicts ? &with_conflicts : &clean) += 1;
    free(ours.at);
    free(theirs.at);
}

static void edits_of_files_are_merged(void **state) {
    static const char *const folders[] = {"samples", "tests/cases", "tests/diagnostics"};
    size_t rounds = getenv("SLOW") ? 200 : 2;
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct paths files = find_models(folders[i], ".dfd");
        for (size_t j = 0; j < files.count; j++) {
            struct text text = read_file(files.items[j]);
            for (size_t k = 0; k < rounds && text.length < 20000; k++)
                merge_edits(&text);
            free(text.at);
        }
        free_paths(&files);
    }
}

static void edits_of_random_models_are_merged(void **state) {
    uint32_t count = getenv("SLOW") ? 5000 : 60;
    (void)state;
    for (uint32_t i = 0; i < count; i++) {
        struct text model = random_model(i);
        merge_edits(&model);
        free(model.at);
    }
    printf("%zu merges clean, %zu with conflicts\n", clean, with_conflicts);
    assert_true(clean > with_conflicts && with_conflicts > 50);
}

/* The label in conflict, and a block that is new: base, ours, theirs. */
static void a_new_block_is_on_both_sides_of_a_conflict(void **state) {
    static const char *const versions[][3] = {
        {"process gw \"A\"\n", "process gw \"B\" { authorizes: role }\n", "process gw \"C\"\n"},
        {"process gw \"A\"\n", "process gw \"B\"\n",
         "process gw \"C\" { # who\n  authorizes: role\n}\n"},
        {"process gw\n", "process gw \"B\" { authorizes: role }\n",
         "process gw \"C\" { errors: generic }\n"},
        {"flow f = a -> b : \"x\" # why\n", "flow f = a -> b : \"y\" # why\n",
         "flow f = a -> c : \"x\" { auth: jwt } # why\n"},
        {"boundary b \"A\"\n", "boundary b \"B\" {\n  process p\n  kind: network\n}\n",
         "boundary b \"C\"\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        const char *const *texts = versions[i];
        const struct versions_of_text texts_of = {
            texts[0], texts[1], texts[2], strlen(texts[0]), strlen(texts[1]), strlen(texts[2])};
        size_t conflicts;
        char *problem = check_merge(&texts_of, &conflicts);
        if (problem)
            fail_msg("%s", problem);
        assert_int_equal(conflicts, 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_block_is_on_both_sides_of_a_conflict),
        cmocka_unit_test(edits_of_files_are_merged),
        cmocka_unit_test(edits_of_random_models_are_merged),
    };
    return cmocka_run_group_tests_name("merges", tests, NULL, NULL) != 0;
}
