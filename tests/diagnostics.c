/* One file a case: tests/diagnostics/CODE-claim.dfd is compiled, and what is printed about it must
 * be CODE-claim.expected and hold CODE. Rule packs end in .rules.dfd, triage files in .triage.dfd;
 * one that has the name of a model is read with it and is no case of its own.
 * Each code of the table has a case. With ACCEPT=1 the expected files are written instead. */
// SPDX-License-Identifier: MIT
#include "sharing.h"
#include "support.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CASES "tests/diagnostics"

static const char *const codes[] = {
#define DIAGNOSTIC(code, level, name, message, about) #code,
#include "diag/codes.def"
#undef DIAGNOSTIC
};

/* Codes that no small file can cause, and where they are tested. */
static const struct {
    const char *code, *where;
} elsewhere[] = {
    {"E0107", "a file of more than 64 MiB, below"},
    {"E0109", "a thousand mistakes and an item without an end, tests/cases/language"},
    {"E0507", "the built-in pack always has a method; a pack alone, below"},
    {"E0702", "files that import each other, in both forms, tests/cases/imports"},
    {"E0706", "a row of 65 files, in both forms, tests/cases/imports"},
    {"E0707", "a rule pack that is imported, in both forms, tests/cases/imports"},
    {"E0709", "folders, pipes and devices, tests/cases/imports"},
    {"E0710", "a thousand files, tests/cases/imports"},
    {"E0711", "files of other sorts, tests/cases/imports"},
    {"E0712", "a file of more than 64 MiB, tests/cases/imports"},
    {"E0714", "a model that is named as rules, in both forms, tests/cases/imports"},
    {"E0716", "a file of another sort that is named as rules, in both forms, tests/cases/imports"},
    {"W0503", "a pack after one whose letters it drops, tests/cases/rows"},
    {"E0609", "policies of two files, tests/cases/gate"},
    {"E0610", "folders and names that lead nowhere, tests/cases/decisions"},
    {"E0611", "a thousand files, tests/cases/decisions"},
    {"W0603", "files of other sorts, tests/cases/triage"},
    {"E0407", "an output over its budget, tests/sizes.c"},
    {"E0713", "a thousand rules at ten thousand flows, tests/memory.c"},
    {"N0801", "what `suggest` lists, tests/cases/cli"},
    {"N0802", "what `check` counts, tests/cases/cli"},
    {"W0701", "a layout program that fails, tests/environment.c"},
    {"W0702", "all of a large model in one picture, tests/pages.c"},
    {"W0703", "a layout program that fails at pages, tests/pages.c"},
};

/* Codes that only the DSL can cause: its own grammar, rule packs, triage files; and those that the
 * YAML form reports as a key that is there twice. */
static const char *const not_in_yaml[] = {
    "E0103", "E0104", "E0105", "E0106", "E0110", "E0112", "E0113", "E0114", "E0115",
    "E0116", "E0117", "E0118", "E0119", "E0120", "E0121", "E0122", "E0123", "E0124",
    "E0125", "E0126", "E0201", "E0207", "E0208", "E0211", "E0212", "E0305", "E0402",
    "E0404", "E05",   "W05",   "E06",   "W06",   "G09"};

static bool ends_in(const char *path, const char *ending) {
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

/* Decisions beside a case. */
static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    (void)context;
    char *beside = format(CASES "/%s", path);
    bool is_there = ends_in(path, ".triage.dfd") && access(beside, F_OK) == 0;
    if (is_there) {
        struct text text = read_file(beside);
        take(taker, text.at, text.length);
        free(text.at);
    }
    free(beside);
    return is_there ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

static struct text diagnose(const char *path, struct text source) {
    struct text printed = {0};
    const stridec_config config = {
        .size = sizeof config, .pack = built_in_pack(), .load = load, .decisions = true};
    stridec *compilation = stridec_new(&config);
    if (ends_in(path, ".rules.dfd"))
        stridec_add_rules(compilation, base_name(path), source.at, source.length);
    else
        stridec_compile(compilation, base_name(path), source.at, source.length);
    text_add(&printed, "", 0);
    stridec_status status = stridec_print_diagnostics(compilation, false, text_take, &printed);
    assert_int_equal(status, STRIDEC_OK);
    stridec_free(compilation);
    return printed;
}

/* "tests/diagnostics/E0101-claim.dfd": "[E0101]" */
static bool shows_its_code(const char *path, const char *printed) {
    const char *name = base_name(path);
    char *mark = format("[%.*s]", (int)strcspn(name, "-"), name);
    bool shown = strstr(printed, mark) != NULL;
    if (!shown)
        fprintf(stderr, "%s: %s is not among:\n%s", path, mark, printed);
    free(mark);
    return shown;
}

static bool is_as_expected(const char *path, struct text printed) {
    char *expected = format("%.*s.expected", (int)(strrchr(path, '.') - path), path);
    struct text kept = read_if_there(expected);
    bool same = kept.length == printed.length && memcmp(kept.at, printed.at, kept.length) == 0;
    free(kept.at);
    if (!same && getenv("ACCEPT")) {
        write_file(expected, printed.at, printed.length);
        same = true;
    } else if (!same) { /* shown by diff, which reads files */
        char *folder = make_folder(), *actual = format("%s/actual", folder);
        write_file(actual, printed.at, printed.length);
        same_files(expected, actual, base_name(expected));
        remove_folder(folder);
        free(actual);
        free(folder);
    }
    free(expected);
    return same;
}

static void check_case(void **state) {
    const char *path = *state;
    struct text source = read_file(path), printed = diagnose(path, source);
    bool fine = shows_its_code(path, printed.at);
    fine = is_as_expected(path, printed) && fine;
    free(printed.at);
    free(source.at);
    if (!fine)
        fail_msg("%s: see above", path);
}

static bool is_tested_elsewhere(const char *code) {
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strcmp(elsewhere[i].code, code) == 0)
            return true;
    return false;
}

static bool has_case(const struct paths *cases, const char *code) {
    for (size_t i = 0; i < cases->count; i++)
        if (strncmp(base_name(cases->items[i]), code, strlen(code)) == 0)
            return true;
    return false;
}

/* "G0901" of undecided: its folder has a model that breaks the rule and one that does not. */
static bool has_case_of_gate(size_t index) {
    static const char *const names[] = {
#define DIAGNOSTIC(code, level, name, message, about) #name,
#include "diag/codes.def"
#undef DIAGNOSTIC
    };
    char *folder = format("tests/cases/gate/%s", names[index]);
    for (char *at = folder; *at; at++)
        if (*at == '_')
            *at = '-';
    bool found = *codes[index] == 'G' && access(folder, F_OK) == 0;
    free(folder);
    return found;
}

static void every_code_has_a_case(void **state) {
    struct text missing = {0};
    text_add(&missing, "", 0);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (has_case(*state, codes[i]) || is_tested_elsewhere(codes[i]) || has_case_of_gate(i))
            continue;
        text_add(&missing, " ", 1);
        text_add(&missing, codes[i], strlen(codes[i]));
    }
    if (missing.length)
        fail_msg("no case in " CASES " for%s", missing.at);
    free(missing.at);
}

static bool occurs_in_yaml(const char *code) {
    for (size_t i = 0; i < sizeof not_in_yaml / sizeof *not_in_yaml; i++)
        if (strncmp(code, not_in_yaml[i], strlen(not_in_yaml[i])) == 0)
            return false;
    return true;
}

static bool has_yaml_case(const struct paths *cases, const char *code) {
    for (size_t i = 0; i < cases->count; i++)
        if (strncmp(base_name(cases->items[i]), code, strlen(code)) == 0 &&
            ends_in(cases->items[i], ".yaml"))
            return true;
    return false;
}

static void every_code_of_the_yaml_form_has_a_case(void **state) {
    struct text missing = {0};
    text_add(&missing, "", 0);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (!occurs_in_yaml(codes[i]) || has_yaml_case(*state, codes[i]) ||
            is_tested_elsewhere(codes[i]))
            continue;
        text_add(&missing, " ", 1);
        text_add(&missing, codes[i], strlen(codes[i]));
    }
    if (missing.length)
        fail_msg("no case in YAML in " CASES " for%s", missing.at);
    free(missing.at);
}

static void a_file_over_the_limit_is_refused(void **state) {
    (void)state;
    struct text source = {0};
    size_t length = ((size_t)64 << 20) + 1;
    source.at = malloc(length);
    assert_non_null(source.at);
    memset(source.at, ' ', length);
    source.length = length;
    struct text printed = diagnose("large.dfd", source);
    bool refused = strstr(printed.at, "[E0107]") != NULL;
    free(source.at);
    free(printed.at);
    assert_true(refused);
}

static void a_pack_without_method_is_refused_when_it_is_alone(void **state) {
    (void)state;
    struct arena arena;
    arena_open(&arena, NULL, 0);
    struct diagnostics problems = {.arena = &arena};
    struct rule_pack pack = {0};
    struct source *source = source_new(&arena, SLICE("alone.dfd"), SLICE("rule alone {}\n"));
    struct model *decls = model_new(&arena, vocabulary_new(&arena, NULL));
    build_rules(&problems, decls, &pack, parse(&problems, source));
    size_t found = 0;
    for (size_t i = 0; i < problems.list.count; i++)
        found += problems.list.items[i]->code == DIAG_no_method;
    arena_close(&arena);
    assert_int_equal(found, 1);
}

static bool is_beside_a_model(const char *path) {
    size_t stem = strlen(path) - strlen(".triage.dfd");
    char *model = ends_in(path, ".triage.dfd") ? format("%.*s.dfd", (int)stem, path) : NULL;
    bool beside = model && access(model, F_OK) == 0;
    free(model);
    return beside;
}

/* Models in either form; what is expected of them stands beside them. */
static struct paths find_cases(void) {
    struct paths cases = find_files(CASES, "");
    size_t kept = 0;
    for (size_t i = 0; i < cases.count; i++) {
        if (ends_in(cases.items[i], ".expected") || is_beside_a_model(cases.items[i]))
            free(cases.items[i]);
        else
            cases.items[kept++] = cases.items[i];
    }
    cases.count = kept;
    return cases;
}

int main(void) {
    struct paths cases = find_cases();
    struct CMUnitTest *tests = calloc(cases.count + 4, sizeof *tests);
    if (!tests)
        return 1;
    for (size_t i = 0; i < cases.count; i++)
        tests[i] = (struct CMUnitTest){.name = base_name(cases.items[i]),
                                       .test_func = check_case,
                                       .initial_state = cases.items[i]};
    tests[cases.count] = (struct CMUnitTest){.name = "every_code_has_a_case",
                                             .test_func = every_code_has_a_case,
                                             .initial_state = &cases};
    tests[cases.count + 1] = (struct CMUnitTest){.name = "a_file_over_the_limit_is_refused",
                                                 .test_func = a_file_over_the_limit_is_refused};
    tests[cases.count + 2] =
        (struct CMUnitTest){.name = "a_pack_without_method_is_refused_when_it_is_alone",
                            .test_func = a_pack_without_method_is_refused_when_it_is_alone};
    tests[cases.count + 3] =
        (struct CMUnitTest){.name = "every_code_of_the_yaml_form_has_a_case",
                            .test_func = every_code_of_the_yaml_form_has_a_case,
                            .initial_state = &cases};
    int failed = _cmocka_run_group_tests("diagnostics", tests, cases.count + 4, NULL, NULL);
    free(tests);
    free_paths(&cases);
    return failed != 0;
}
