/* JUnit, annotations and Code Quality, as their readers see them; and what a gate adds: rules that
 * are cases of tests, keys by which a finding is known, ranks by which the worst come first. The
 * gate is made by hand here, so this looks inside of the library. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"
#include "support.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- reports made by hand ---------------------------------------------------------------- */

static const char *const rules[] = {"undecided", "overdue", "unreviewed"};

struct maker {
    struct arena arena;
    jmp_buf failure;
    struct diagnostics diagnostics;
    struct source *source;
    struct findings_list list;
};

static struct maker *open_maker(void) {
    static struct maker maker;
    maker = (struct maker){0};
    arena_open(&maker.arena, NULL, 0);
    maker.arena.failure = &maker.failure;
    maker.diagnostics.arena = &maker.arena;
    maker.source = source_new(&maker.arena, SLICE("pay.dfd"), SLICE("one\ntwo\nthree\n"));
    maker.list.command = SLICE("check");
    return &maker;
}

static struct diagnostic *add(struct maker *maker, enum diag_code code, const char *about,
                              unsigned offset) {
    return diag_add(&maker->diagnostics, code, maker->source, (struct span){offset, offset + 3},
                    ARGS(slice_copy(&maker->arena, slice_of(about))));
}

/* Ends what was added as one model. */
static void end_model(struct maker *maker, const char *path) {
    const struct viewpoint viewpoint = {{0}, {0}};
    struct findings *findings = findings_at(&maker->arena, &maker->list, slice_of(path));
    diag_sort(&maker->diagnostics);
    copy_findings(&maker->arena, findings, findings_of(&maker->diagnostics, &viewpoint));
    maker->diagnostics = (struct diagnostics){.arena = &maker->arena};
}

static struct text written(struct maker *maker, const char *name) {
    struct text out = {0};
    struct writer writer;
    writer_open(&writer, text_take, &out);
    for (size_t i = 0; i < report_format_count; i++)
        if (strcmp(report_formats[i].name, name) == 0)
            report_formats[i].report(&maker->arena, &maker->list, &writer);
    assert_true(writer_close(&writer));
    if (!out.at)
        text_add(&out, "", 0);
    return out;
}

static void expect_written(struct maker *maker, const char *name, const char *expected) {
    struct text out = written(maker, name);
    assert_string_equal(out.at, expected);
    free(out.at);
}

static size_t count_of(const char *text, const char *word) {
    size_t count = 0;
    for (; (text = strstr(text, word)); text++)
        count++;
    return count;
}

static void expect_in_order(const char *text, const char *first, const char *second) {
    const char *a = strstr(text, first), *b = strstr(text, second);
    if (!a || !b || a > b)
        fail_msg("not '%s' before '%s' in\n%s", first, second, text);
}

/* ---- the gate ---------------------------------------------------------------------------- */

static void each_rule_of_the_gate_is_a_case(void **state) {
    struct maker *maker = open_maker();
    (void)state;
    add(maker, DIAG_no_flow, "idle", 0);
    struct diagnostic *undecided = add(maker, DIAG_unknown_element, "S@x/forged_caller", 4);
    undecided->gate = rules[0];
    struct diagnostic *overdue = add(maker, DIAG_no_flow, "M-1", 8);
    overdue->gate = rules[1];
    maker->diagnostics.tried = rules, maker->diagnostics.tried_count = COUNT(rules);
    end_model(maker, "pay.dfd");
    expect_written(
        maker, "junit",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"stridec check\" tests=\"4\" failures=\"1\" errors=\"0\">\n"
        "  <testsuite name=\"pay.dfd\" tests=\"4\" failures=\"1\" errors=\"0\">\n"
        "    <testcase classname=\"pay.dfd\" name=\"compiles\">\n"
        "      <system-out>pay.dfd:1:1: warning: no flow reaches &#39;idle&#39; [W0401]\n"
        "</system-out>\n"
        "    </testcase>\n"
        "    <testcase classname=\"pay.dfd\" name=\"undecided\">\n"
        "      <failure type=\"unknown-element\" message=\"no S@x/forged_caller &#39;&#39;\">"
        "pay.dfd:2:1: error: no S@x/forged_caller &#39;&#39; [E0203]\n"
        "</failure>\n"
        "    </testcase>\n"
        "    <testcase classname=\"pay.dfd\" name=\"overdue\">\n"
        "      <system-out>pay.dfd:3:1: warning: no flow reaches &#39;M-1&#39; [W0401]\n"
        "</system-out>\n"
        "    </testcase>\n"
        "    <testcase classname=\"pay.dfd\" name=\"unreviewed\">\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
    arena_close(&maker->arena);
}

/* The only fingerprint of a model with one finding. */
static char *fingerprint_of(const char *says, const char *key, unsigned offset) {
    struct maker *maker = open_maker();
    add(maker, DIAG_no_flow, says, offset)->key = slice_of(key);
    end_model(maker, "pay.dfd");
    struct text out = written(maker, "sarif");
    const char *at = strstr(out.at, "primaryLocationLineHash");
    assert_non_null(at);
    char *found = format("%.18s", at + strlen("primaryLocationLineHash\": \""));
    free(out.at);
    arena_close(&maker->arena);
    return found;
}

static void a_key_is_what_a_finding_is_known_by(void **state) {
    char *one = fingerprint_of("high, 20", "S@pay/forged", 0);
    char *same = fingerprint_of("critical, 25", "S@pay/forged", 8);
    char *other = fingerprint_of("high, 20", "S@pay/replay", 0);
    (void)state;
    assert_string_equal(one, same);
    assert_string_not_equal(one, other);
    free(one);
    free(same);
    free(other);
}

static void higher_ranks_come_first(void **state) {
    struct maker *maker = open_maker();
    (void)state;
    add(maker, DIAG_no_flow, "mild", 0)->rank = 4;
    add(maker, DIAG_no_flow, "harsh", 4)->rank = 20;
    add(maker, DIAG_unknown_element, "wrong", 8);
    end_model(maker, "pay.dfd");
    static const char *const formats[] = {"sarif", "github", "gitlab", "gitlab-links"};
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct text out = written(maker, formats[i]);
        expect_in_order(out.at, "no wrong", "'harsh'");
        expect_in_order(out.at, "'harsh'", "'mild'");
        free(out.at);
    }
    arena_close(&maker->arena);
}

/* ---- GitHub ------------------------------------------------------------------------------ */

static void ten_errors_and_ten_warnings_are_annotated(void **state) {
    struct maker *maker = open_maker();
    (void)state;
    for (int model = 0; model < 3; model++) {
        for (int i = 0; i < 5; i++) {
            char *name = format("m%d-%d", model, i);
            add(maker, DIAG_unknown_element, name, 0);
            add(maker, DIAG_no_flow, name, 4);
            add(maker, DIAG_one_sided_store, name, 4);
            free(name);
        }
        end_model(maker, model == 0 ? "a.dfd" : model == 1 ? "b.dfd" : "c.dfd");
    }
    struct text out = written(maker, "github");
    assert_int_equal(count_of(out.at, "::error "), 10);
    assert_int_equal(count_of(out.at, "::warning "), 10);
    assert_non_null(strstr(out.at, "::notice title=stridec::5 more errors and 20 more warnings: "
                                   "GitHub shows 10 of each\n"));
    expect_in_order(out.at, "m1-4", "::warning");
    free(out.at);
    arena_close(&maker->arena);
}

static void commands_say_where_and_what(void **state) {
    struct maker *maker = open_maker();
    (void)state;
    maker->source->path = SLICE("a:b,c%d.dfd");
    add(maker, DIAG_unknown_element, "100%, really: yes", 4);
    diag_add(&maker->diagnostics, DIAG_no_flow, maker->source, (struct span){0, 6},
             ARGS(SLICE("x")));
    diag_add(&maker->diagnostics, DIAG_no_flow, NULL, (struct span){0}, ARGS(SLICE("nowhere")));
    end_model(maker, "m.dfd");
    expect_written(maker, "github",
                   "::error file=a%3Ab%2Cc%25d.dfd,line=2,endLine=2,col=1,endColumn=3,"
                   "title=stridec E0203::no 100%25, really: yes ''\n"
                   "::warning file=a%3Ab%2Cc%25d.dfd,line=1,endLine=2,title=stridec W0401"
                   "::no flow reaches 'x'\n"
                   "::warning file=m.dfd,line=1,endLine=1,col=1,endColumn=1,title=stridec W0401"
                   "::no flow reaches 'nowhere'\n");
    arena_close(&maker->arena);
}

static void nothing_wrong_is_no_command(void **state) {
    struct maker *maker = open_maker();
    (void)state;
    end_model(maker, "m.dfd");
    expect_written(maker, "github", "");
    expect_written(maker, "gitlab", "[]\n");
    expect_written(maker, "gitlab-links", "{\"stridec\": []}\n");
    expect_written(maker, "text", "stridec check: 1 file, 0 errors, 0 warnings\n");
    arena_close(&maker->arena);
}

/* ---- GitLab ------------------------------------------------------------------------------ */

static const char *string_in(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    if (!text || !*text)
        fail_msg("'%s' is no text, or empty", name);
    return text;
}

static void entries_have_all_that_gitlab_reads(void **state) {
    struct maker *maker = open_maker();
    size_t i;
    json_t *entry, *seen = json_object();
    (void)state;
    for (int twice = 0; twice < 2; twice++) { /* both models have this file's mistakes */
        add(maker, DIAG_unknown_element, "x", 4);
        add(maker, DIAG_unknown_element, "x", 8);
        add(maker, DIAG_no_flow, "x", 0);
        end_model(maker, twice ? "b.dfd" : "a.dfd");
    }
    *ARRAY_ADD(&maker->arena, &maker->list.models.items[1]->problems) = SLICE("no memory");
    struct text out = written(maker, "gitlab");
    json_t *root = json_loadb(out.at, out.length, JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(json_array_size(root), 4);
    json_array_foreach(root, i, entry) {
        static const char severities[] = " info minor major critical blocker ";
        const json_t *location = json_object_get(entry, "location");
        assert_non_null(strstr(severities, string_in(entry, "severity")));
        assert_memory_equal(string_in(entry, "check_name"), "stridec/", 8);
        string_in(entry, "description");
        string_in(location, "path");
        assert_true(
            json_integer_value(json_object_get(json_object_get(location, "lines"), "begin")) >= 1);
        assert_null(json_object_get(seen, string_in(entry, "fingerprint")));
        json_object_set_new(seen, string_in(entry, "fingerprint"), json_true());
    }
    json_decref(seen);
    json_decref(root);
    free(out.at);
    arena_close(&maker->arena);
}

static void links_lead_to_lines(void **state) {
    struct maker *maker = open_maker();
    (void)state;
    maker->list.link = SLICE("https://git.example/p/-/blob/main");
    maker->source->path = SLICE("a b.dfd");
    for (int i = 0; i < 60; i++)
        add(maker, DIAG_no_flow, "x", 4);
    end_model(maker, "m.dfd");
    struct text out = written(maker, "gitlab-links");
    json_t *root = json_loadb(out.at, out.length, JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(json_array_size(json_object_get(root, "stridec")), 51);
    assert_non_null(strstr(out.at, "{\"external_link\": {\"label\": \"warning: no flow reaches "
                                   "'x' [W0401]\", \"url\": "
                                   "\"https://git.example/p/-/blob/main/a%20b.dfd#L2\"}}"));
    assert_non_null(strstr(out.at, "\"and 10 more\""));
    json_decref(root);
    free(out.at);
    arena_close(&maker->arena);
}

/* ---- all of them ------------------------------------------------------------------------- */

/* So that --output may write over an older file and over nothing else. */
static void each_begins_as_its_row_says(void **state) {
    (void)state;
    for (int wrong = 0; wrong < 2; wrong++) {
        struct maker *maker = open_maker();
        if (wrong)
            add(maker, DIAG_unknown_element, "x", 0);
        end_model(maker, "m.dfd");
        for (size_t i = 0; i < report_format_count; i++) {
            struct text out = written(maker, report_formats[i].name);
            const char *opening = report_formats[i].opening;
            assert_true(*opening);
            if (out.length && strncmp(out.at, opening, strlen(opening)) != 0)
                fail_msg("%s does not begin with %s: %s", report_formats[i].name, opening, out.at);
            free(out.at);
        }
        arena_close(&maker->arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_of_the_gate_is_a_case),
        cmocka_unit_test(a_key_is_what_a_finding_is_known_by),
        cmocka_unit_test(higher_ranks_come_first),
        cmocka_unit_test(ten_errors_and_ten_warnings_are_annotated),
        cmocka_unit_test(commands_say_where_and_what),
        cmocka_unit_test(nothing_wrong_is_no_command),
        cmocka_unit_test(entries_have_all_that_gitlab_reads),
        cmocka_unit_test(links_lead_to_lines),
        cmocka_unit_test(each_begins_as_its_row_says),
    };
    return cmocka_run_group_tests_name("report_formats", tests, NULL, NULL) != 0;
}
