/* Reports for hosts, as those read them. SARIF is walked by hand: each object has the members that
 * the standard demands and no others, and each result what GitHub needs to show it, to know it
 * again and not to mix it up with another. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- reading JSON ------------------------------------------------------------------------ */

static json_t *read_json(const struct text *text) {
    json_error_t error;
    json_t *root = json_loadb(text->at, text->length, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("line %d: %s in\n%.300s", error.line, error.text, text->at);
    return root;
}

static const json_t *member(const json_t *object, const char *name) {
    const json_t *found = json_object_get(object, name);
    if (!found)
        fail_msg("no member '%s'", name);
    return found;
}

/* That of a text, which is not empty. */
static const char *string_in(const json_t *object, const char *name) {
    const char *text = json_string_value(member(object, name));
    if (!text || !*text)
        fail_msg("'%s' is no text, or empty", name);
    return text;
}

static json_int_t number_in(const json_t *object, const char *name) {
    const json_t *number = member(object, name);
    assert_true(json_is_integer(number));
    return json_integer_value(number);
}

/* Names with a blank on both sides. */
static void expect_keys(const json_t *object, const char *known) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        char *word = format(" %s ", key);
        if (!strstr(known, word))
            fail_msg("'%s' is no member here:%s", key, known);
        free(word);
    }
}

/* ---- SARIF ------------------------------------------------------------------------------- */

/* What the standard knows of each object; we write a part of it. */
static const char sarif_keys[] = " $schema version runs properties ";
static const char run_keys[] = " tool automationDetails invocations columnKind results ";
static const char driver_keys[] = " name semanticVersion rules ";
static const char rule_keys[] =
    " id name shortDescription fullDescription help defaultConfiguration properties ";
static const char result_keys[] = " ruleId ruleIndex level message locations partialFingerprints "
                                  "relatedLocations suppressions properties ";
static const char invocation_keys[] = " executionSuccessful toolExecutionNotifications ";

static int rank_of_level(const char *level) {
    static const char *const levels[] = {"note", "warning", "error"};
    for (size_t i = 0; i < COUNT(levels); i++)
        if (strcmp(level, levels[i]) == 0)
            return (int)i;
    fail_msg("no level: %s", level);
    return -1;
}

#define LONGEST_DESCRIPTION 1024 /* GitHub's */

static void check_description(const json_t *rule, const char *name) {
    const json_t *description = member(rule, name);
    expect_keys(description, strcmp(name, "help") == 0 ? " text markdown " : " text ");
    if (strlen(string_in(description, "text")) > LONGEST_DESCRIPTION)
        fail_msg("the %s of %s is too long", name, string_in(rule, "id"));
}

static void check_rule(const json_t *rule) {
    const json_t *properties = member(rule, "properties");
    expect_keys(rule, rule_keys);
    string_in(rule, "name");
    check_description(rule, "shortDescription");
    check_description(rule, "fullDescription");
    check_description(rule, "help");
    rank_of_level(string_in(member(rule, "defaultConfiguration"), "level"));
    assert_in_range(json_array_size(member(properties, "tags")), 1, 20);
    const json_t *severity = json_object_get(properties, "security-severity");
    if (severity) {
        double number = strtod(json_string_value(severity), NULL);
        assert_true(number > 0 && number <= 10);
    }
}

static void check_driver(const json_t *driver) {
    size_t i, j;
    json_t *rule, *other;
    expect_keys(driver, driver_keys);
    assert_string_equal(string_in(driver, "name"), "stridec");
    assert_string_equal(string_in(driver, "semanticVersion"), stridec_version());
    json_array_foreach(member(driver, "rules"), i, rule) {
        check_rule(rule);
        json_array_foreach(member(driver, "rules"), j, other) if (j > i)
            assert_string_not_equal(string_in(rule, "id"), string_in(other, "id"));
    }
}

/* A reference that stays inside of the repository. */
static void check_uri(const char *uri) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-._~/@+,=%";
    if (strncmp(uri, "file:///", 8) == 0)
        uri += 7;
    if (uri[strspn(uri, plain)])
        fail_msg("no reference: %s", uri);
}

static void check_location(const json_t *location) {
    const json_t *physical = member(location, "physicalLocation"), *region;
    expect_keys(location, " physicalLocation message ");
    expect_keys(physical, " artifactLocation region ");
    expect_keys(member(physical, "artifactLocation"), " uri ");
    check_uri(string_in(member(physical, "artifactLocation"), "uri"));
    region = member(physical, "region");
    expect_keys(region, " startLine startColumn endLine endColumn ");
    json_int_t first = number_in(region, "startLine"), last = number_in(region, "endLine");
    json_int_t left = number_in(region, "startColumn"), right = number_in(region, "endColumn");
    assert_true(first >= 1 && left >= 1 && right >= 1);
    assert_true(last > first || (last == first && right >= left));
}

static const char *fingerprint_of(const json_t *result) {
    return string_in(member(result, "partialFingerprints"), "primaryLocationLineHash");
}

static void check_result(const json_t *result, const json_t *rules) {
    size_t i;
    json_t *note;
    expect_keys(result, result_keys);
    const json_t *rule = json_array_get(rules, (size_t)number_in(result, "ruleIndex"));
    assert_string_equal(string_in(rule, "id"), string_in(result, "ruleId"));
    string_in(member(result, "message"), "text");
    assert_null(strstr(string_in(member(result, "message"), "text"), "]("));
    assert_int_equal(json_array_size(member(result, "locations")), 1);
    check_location(json_array_get(member(result, "locations"), 0));
    json_array_foreach(json_object_get(result, "relatedLocations"), i, note) check_location(note);
}

/* By what GitHub tells two results apart: rule, file, fingerprint. */
static void expect_new(json_t *seen, const json_t *result) {
    const json_t *place =
        member(json_array_get(member(result, "locations"), 0), "physicalLocation");
    char *identity =
        format("%s %s %s", string_in(result, "ruleId"),
               string_in(member(place, "artifactLocation"), "uri"), fingerprint_of(result));
    if (json_object_get(seen, identity))
        fail_msg("two results are one to GitHub: %s", identity);
    json_object_set_new(seen, identity, json_true());
    free(identity);
}

static void check_run(const json_t *run) {
    size_t i;
    json_t *result, *seen = json_object();
    int worst = 2;
    expect_keys(run, run_keys);
    const json_t *driver = member(member(run, "tool"), "driver");
    check_driver(driver);
    assert_string_equal(string_in(run, "columnKind"), "unicodeCodePoints");
    expect_keys(json_array_get(member(run, "invocations"), 0), invocation_keys);
    json_array_foreach(member(run, "results"), i, result) {
        int level = rank_of_level(string_in(result, "level"));
        check_result(result, member(driver, "rules"));
        expect_new(seen, result);
        assert_true(level <= worst);
        worst = level;
    }
    assert_true(i <= 5000);
    json_decref(seen);
}

/* Returns the file's root. */
static json_t *check_sarif(const struct text *text) {
    size_t i, j;
    json_t *root = read_json(text), *run, *other;
    expect_keys(root, sarif_keys);
    assert_string_equal(string_in(root, "version"), "2.1.0");
    assert_string_equal(string_in(root, "$schema"),
                        "https://json.schemastore.org/sarif-2.1.0.json");
    json_array_foreach(member(root, "runs"), i, run) {
        const char *id = string_in(member(run, "automationDetails"), "id");
        assert_true(id[strlen(id) - 1] == '/'); /* all of it is the category */
        json_array_foreach(member(root, "runs"), j, other) if (j > i)
            assert_string_not_equal(id, string_in(member(other, "automationDetails"), "id"));
        check_run(run);
    }
    return root;
}

/* ---- reports ----------------------------------------------------------------------------- */

static void add_text(stridec_report *report, const char *path, const char *text, size_t length) {
    stridec *compilation = stridec_new(NULL);
    stridec_compile(compilation, path, text, length);
    assert_int_equal(stridec_report_add(report, compilation, path), STRIDEC_OK);
    stridec_free(compilation);
}

static void add_file(stridec_report *report, const char *path) {
    struct text text = read_file(path);
    add_text(report, path, text.at, text.length);
    free(text.at);
}

static struct text written(stridec_report *report, const char *format) {
    struct text out = {0};
    assert_int_equal(stridec_report_write(report, format, text_take, &out), STRIDEC_OK);
    return out;
}

/* What each code says, also of files that are no text. */
static stridec_report *report_of_all_mistakes(void) {
    static const char *const endings[] = {".dfd", ".yaml"};
    stridec_report *report = stridec_report_new(NULL);
    for (size_t k = 0; k < COUNT(endings); k++) {
        struct paths cases = find_files("tests/diagnostics", endings[k]);
        for (size_t i = 0; i < cases.count; i++)
            add_file(report, cases.items[i]);
        free_paths(&cases);
    }
    assert_int_equal(stridec_report_problem(report, "gone.dfd", "gone.dfd: no such file\n"),
                     STRIDEC_OK);
    return report;
}

static void diagnostics_are_sound_sarif(void **state) {
    (void)state;
    stridec_report *report = report_of_all_mistakes();
    struct text out = written(report, "sarif"), again = written(report, "sarif");
    json_t *root = check_sarif(&out);
    assert_true(json_array_size(member(root, "runs")) > 100);
    assert_string_equal(out.at, again.at);
    json_decref(root);
    stridec_report_free(report);
    free(out.at);
    free(again.at);
}

static void questions_are_sound_sarif(void **state) {
    (void)state;
    struct paths samples = find_samples();
    for (size_t i = 0; i < samples.count; i++) {
        char *path = format("%s.dfd", samples.items[i]);
        struct text text = read_file(path), out = {0};
        stridec *compilation = stridec_new(NULL);
        assert_int_equal(stridec_compile(compilation, path, text.at, text.length), STRIDEC_OK);
        assert_int_equal(stridec_emit(compilation, "sarif", NULL, text_take, &out), STRIDEC_OK);
        json_decref(check_sarif(&out));
        stridec_free(compilation);
        free(path);
        free(text.at);
        free(out.at);
    }
    free_paths(&samples);
}

/* ---- what a result is known by ------------------------------------------------------------ */

/* The fingerprints of the only run, in the order of the results. */
static json_t *fingerprints(const struct text *sarif) {
    size_t i;
    json_t *root = check_sarif(sarif), *list = json_array(), *result;
    const json_t *run = json_array_get(member(root, "runs"), 0);
    json_array_foreach(member(run, "results"), i, result)
        json_array_append_new(list, json_string(fingerprint_of(result)));
    json_decref(root);
    return list;
}

static json_t *fingerprints_of_report(const char *model) {
    stridec_report *report = stridec_report_new(NULL);
    add_text(report, "m.dfd", model, strlen(model));
    struct text out = written(report, "sarif");
    json_t *list = fingerprints(&out);
    stridec_report_free(report);
    free(out.at);
    return list;
}

static json_t *fingerprints_of_questions(const char *model) {
    struct text out = {0};
    stridec *compilation = stridec_new(NULL);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, strlen(model)), STRIDEC_OK);
    assert_int_equal(stridec_emit(compilation, "sarif", NULL, text_take, &out), STRIDEC_OK);
    json_t *list = fingerprints(&out);
    stridec_free(compilation);
    free(out.at);
    return list;
}

static void expect_same(json_t *a, json_t *b) {
    assert_true(json_array_size(a) > 0);
    if (!json_equal(a, b))
        fail_msg("other fingerprints:\n%s\n%s", json_dumps(a, 0), json_dumps(b, 0));
    json_decref(a);
    json_decref(b);
}

static void moved_lines_change_no_fingerprint(void **state) {
    (void)state;
    expect_same(
        fingerprints_of_report("external u\nprocess p\nprocess q\nu -> p\nu -> x\nu -> x\n"),
        fingerprints_of_report("# new\n\nprocess p { about: \"x\" }\nprocess q\n"
                               "external u\n\nu -> p\n\n\n  u -> x\n\nu -> x\n"));
    expect_same(
        fingerprints_of_questions("external u\nboundary b { process p { kind: api } }\nu -> p\n"),
        fingerprints_of_questions(
            "# new\n\nexternal u { about: \"x\" }\n\n"
            "boundary b {\n  process p \"P\" { kind: api }\n}\nu -> p : \"x\""));
}

/* "offset 12" is a number of a place; x1 and x2 are names. */
static void numbers_of_places_do_not_count(void **state) {
    (void)state;
    expect_same(fingerprints_of_report("process p \"\xff\"\n"),
                fingerprints_of_report("# more\nprocess p \"\xff\"\n"));
    json_t *names = fingerprints_of_report("external u\nprocess p\nu -> x1\np -> x2\n");
    assert_string_not_equal(json_string_value(json_array_get(names, 0)),
                            json_string_value(json_array_get(names, 1)));
    json_decref(names);
}

/* ---- limits ------------------------------------------------------------------------------ */

/* Stores that are only written are warnings; processes without a flow are made errors. */
static struct text sarif_of_many(size_t stores, size_t processes) {
    struct text model = {0};
    stridec *compilation = stridec_new(NULL);
    stridec_report *report = stridec_report_new(NULL);
    const char *head = "process p { kind: api }\n";
    text_add(&model, head, strlen(head));
    for (size_t i = 0; i < stores; i++) {
        char *lines = format("store s%zu { kind: sql }\np -> s%zu : \"x\"\n", i, i);
        text_add(&model, lines, strlen(lines));
        free(lines);
    }
    for (size_t i = 0; i < processes; i++) {
        char *line = format("process p%zu { kind: api }\n", i);
        text_add(&model, line, strlen(line));
        free(line);
    }
    assert_int_equal(stridec_set_level(compilation, "W0401", STRIDEC_ERROR), STRIDEC_OK);
    stridec_compile(compilation, "m.dfd", model.at, model.length);
    assert_int_equal(stridec_report_add(report, compilation, "m.dfd"), STRIDEC_OK);
    struct text out = written(report, "sarif");
    stridec_free(compilation);
    stridec_report_free(report);
    free(model.at);
    return out;
}

static void only_the_worst_results_are_written(void **state) {
    struct text out = sarif_of_many(5500, 300);
    json_t *root = check_sarif(&out);
    const json_t *run = json_array_get(member(root, "runs"), 0);
    const json_t *results = member(run, "results");
    (void)state;
    assert_int_equal(json_array_size(results), 5000);
    assert_string_equal(string_in(json_array_get(results, 299), "level"), "error");
    assert_string_equal(string_in(json_array_get(results, 300), "level"), "warning");
    assert_non_null(strstr(out.at, "more, less severe than the 5000 results here"));
    json_decref(root);
    free(out.at);
}

/* ---- paths ------------------------------------------------------------------------------- */

static void files_are_named_from_the_top(void **state) {
    static const struct {
        const char *root, *folder, *path, *uri;
    } cases[] = {
        {"/r", "/r", "a/b.dfd", "a/b.dfd"},
        {"/r", "/r/a", "b.dfd", "a/b.dfd"},
        {"/r", "/r/a", "./x/../b.dfd", "a/b.dfd"},
        {"/r", "/r/a/c", "../b.dfd", "a/b.dfd"},
        {"/r", "/elsewhere", "/r/a/b.dfd", "a/b.dfd"},
        {"/r/", "/r/", "b.dfd", "b.dfd"},
        {"/", "/r", "b.dfd", "r/b.dfd"},
        {"/r", "/r", "../x/b.dfd", "../x/b.dfd"},
        {"/r", "/r", "/rest/b.dfd", "file:///rest/b.dfd"},
        {NULL, NULL, "./a//b.dfd", "a/b.dfd"},
        {NULL, NULL, "../../b.dfd", "../../b.dfd"},
        {NULL, NULL, "a/../../b.dfd", "../b.dfd"},
        {"/r", "/r", "a b%:?#[1].dfd", "a%20b%25%3A%3F%23%5B1%5D.dfd"},
        {"/r", "/r", "\xc3\xa4.dfd", "%C3%A4.dfd"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const stridec_report_config config = {
            .size = sizeof config, .root = cases[i].root, .folder = cases[i].folder};
        stridec_report *report = stridec_report_new(&config);
        add_text(report, cases[i].path, "u -> v\n", 7);
        struct text out = written(report, "sarif");
        char *uri = format("\"uri\": \"%s\"", cases[i].uri);
        if (!strstr(out.at, uri))
            fail_msg("%s is not named %s in %s", cases[i].path, cases[i].uri, out.at);
        json_decref(check_sarif(&out));
        stridec_report_free(report);
        free(out.at);
        free(uri);
    }
}

/* The same file by another path, or twice, is one run: GitHub refuses two of one id. */
static void a_file_is_one_run(void **state) {
    const stridec_report_config config = {.size = sizeof config, .root = "/r", .folder = "/r"};
    stridec_report *report = stridec_report_new(&config);
    (void)state;
    assert_int_equal(stridec_report_problem(report, "m.dfd", "one\ntwo"), STRIDEC_OK);
    add_text(report, "./m.dfd", "u -> v\n", 7);
    assert_int_equal(stridec_report_add(report, NULL, "/r/m.dfd"), STRIDEC_OK);
    add_text(report, "m.dfd", "x -> y\n", 7);
    struct text out = written(report, "sarif");
    json_t *root = check_sarif(&out);
    assert_int_equal(json_array_size(member(root, "runs")), 1);
    assert_non_null(strstr(out.at, "one two"));
    assert_non_null(strstr(out.at, "no element 'x'"));
    assert_null(strstr(out.at, "no element 'u'"));
    json_decref(root);
    stridec_report_free(report);
    free(out.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diagnostics_are_sound_sarif),
        cmocka_unit_test(questions_are_sound_sarif),
        cmocka_unit_test(moved_lines_change_no_fingerprint),
        cmocka_unit_test(numbers_of_places_do_not_count),
        cmocka_unit_test(only_the_worst_results_are_written),
        cmocka_unit_test(files_are_named_from_the_top),
        cmocka_unit_test(a_file_is_one_run),
    };
    return cmocka_run_group_tests_name("reports", tests, NULL, NULL) != 0;
}
