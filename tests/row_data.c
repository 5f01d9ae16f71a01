/* Rows, patterns and facts as data say what the JSON and `explain` say, on every model here that
 * compiles, and what settles a question settles it. */
// SPDX-License-Identifier: MIT
#include "sharing.h"
#include "support.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static stridec *compile(const char *path, const char *text, size_t length) {
    stridec *compilation = sharing_new();
    if (stridec_compile(compilation, path, text, length) == STRIDEC_OK)
        return compilation;
    stridec_free(compilation);
    return NULL;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void expect_text(json_t *object, const char *key, const char *actual) {
    const char *expected = json_string_value(json_object_get(object, key));
    assert_non_null(actual);
    if (strcmp(expected ? expected : "", actual) != 0)
        fail_msg("%s is '%s' in the JSON and '%s' here", key, expected, actual);
}

static void expect_number(json_t *object, const char *key, int actual) {
    assert_int_equal(json_integer_value(json_object_get(object, key)), actual);
}

static void expect_list(json_t *object, const char *key, const char *const *actual, size_t count) {
    json_t *list = json_object_get(object, key);
    assert_int_equal(json_array_size(list), count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(json_string_value(json_array_get(list, i)), actual[i]);
}

/* The first fact is the one that the JSON names. */
static void expect_settle(stridec *compilation, size_t row, size_t index,
                          const stridec_pattern *pattern, json_t *expected) {
    const char *settle = json_string_value(json_object_get(expected, "settle"));
    stridec_fact fact = {.size = sizeof fact};
    size_t at = 0;
    while (stridec_fact_at(compilation, row, index, at, &fact) && fact.joins)
        at++;
    assert_int_equal(settle != NULL, at < pattern->fact_count);
    if (!settle)
        return;
    char *actual = format("%s of %s", fact.attribute, fact.id);
    assert_string_equal(settle, actual);
    free(actual);
}

/* Whether the pattern of this id, ROW/ID, is open or covered. */
static bool is_asked(stridec *compilation, const char *id) {
    stridec_row row = {.size = sizeof row};
    stridec_pattern pattern = {.size = sizeof pattern};
    assert_true(stridec_row_named(compilation, id, &row));
    for (size_t i = 0; stridec_pattern_at(compilation, row.index, i, &pattern); i++)
        if (!strcmp(pattern.id, strchr(id, '/') + 1))
            return !strcmp(pattern.state, "open") || !strcmp(pattern.state, "covered");
    return false;
}

/* Open patterns stand in open rows, and what has yielded leads to something that is asked. */
static void expect_asked(stridec *compilation, size_t index, const stridec_pattern *pattern) {
    stridec_row row = {.size = sizeof row};
    assert_true(stridec_row_at(compilation, index, &row));
    if (!strcmp(pattern->state, "open"))
        assert_string_equal(row.state, "open");
    if (!strcmp(row.state, "out_of_scope"))
        assert_string_equal(pattern->state, "silenced");
    else if (!strcmp(pattern->state, "silenced"))
        assert_string_equal(row.state, "not_applicable");
    bool yielded = !strcmp(pattern->state, "yielded");
    assert_int_equal(yielded, *pattern->successor != 0);
    if (yielded && !is_asked(compilation, pattern->successor))
        fail_msg("%s/%s yields to %s, which is not asked", row.id, pattern->id, pattern->successor);
    if (yielded)
        assert_int_equal(pattern->fact_count, 0);
}

/* A folded row leads to rows that do not fold. */
static void expect_see(stridec *compilation, const stridec_row *row, json_t *expected) {
    stridec_row into = {.size = sizeof into};
    expect_list(expected, "see", row->see, row->see_count);
    assert_int_equal(row->see_count > 0, !strcmp(row->state, "folded"));
    for (size_t i = 0; i < row->see_count; i++) {
        assert_true(stridec_row_named(compilation, row->see[i], &into));
        assert_true(!strcmp(into.state, "open") || !strcmp(into.state, "covered"));
    }
}

static void expect_pattern(stridec *compilation, size_t row, size_t index, json_t *expected) {
    stridec_pattern pattern = {.size = sizeof pattern};
    assert_true(stridec_pattern_at(compilation, row, index, &pattern));
    expect_text(expected, "id", pattern.id);
    expect_text(expected, "state", pattern.state);
    expect_text(expected, "rule", pattern.rule);
    expect_text(expected, "subject", pattern.subject);
    assert_int_equal(json_is_true(json_object_get(expected, "specific")), pattern.specific);
    assert_int_equal(json_is_true(json_object_get(expected, "unsafe")), pattern.unsafe);
    expect_text(expected, "ask", pattern.question);
    expect_text(expected, "scenario", pattern.scenario);
    expect_text(expected, "mitigation", pattern.mitigation);
    expect_list(expected, "cwe", pattern.cwe, pattern.cwe_count);
    expect_list(expected, "capec", pattern.capec, pattern.capec_count);
    expect_list(expected, "aka", pattern.aka, pattern.aka_count);
    expect_list(expected, "refs", pattern.refs, pattern.ref_count);
    json_t *suggested = json_object_get(expected, "suggested");
    assert_int_equal(json_integer_value(json_object_get(suggested, "likelihood")),
                     pattern.likelihood);
    assert_int_equal(json_integer_value(json_object_get(suggested, "impact")), pattern.impact);
    assert_int_equal(json_integer_value(json_object_get(suggested, "score")), pattern.score);
    expect_settle(compilation, row, index, &pattern, expected);
    expect_text(expected, "successor", pattern.successor);
    expect_asked(compilation, row, &pattern);
}

static void expect_row(stridec *compilation, size_t index, json_t *expected) {
    json_t *suggested = json_object_get(expected, "suggested");
    json_t *patterns = json_object_get(expected, "patterns");
    stridec_row row = {.size = sizeof row}, same = {.size = sizeof same};
    stridec_pattern none = {.size = sizeof none};
    assert_true(stridec_row_at(compilation, index, &row));
    assert_int_equal(row.index, index);
    expect_text(expected, "id", row.id);
    expect_text(expected, "letter", row.letter);
    expect_text(expected, "subject", row.subject);
    expect_text(expected, "kind", row.kind);
    expect_text(expected, "state", row.state);
    expect_number(expected, "tier", row.tier);
    expect_text(expected, "question", row.question);
    expect_text(expected, "reason", row.reason);
    expect_see(compilation, &row, expected);
    expect_number(suggested, "likelihood", row.likelihood);
    expect_number(suggested, "impact", row.impact);
    expect_number(suggested, "score", row.score);
    expect_text(suggested, "priority", row.priority);
    expect_text(suggested, "why", row.score_reason);
    assert_int_equal(json_array_size(patterns), row.pattern_count);
    for (size_t i = 0; i < row.pattern_count; i++)
        expect_pattern(compilation, index, i, json_array_get(patterns, i));
    assert_false(stridec_pattern_at(compilation, index, row.pattern_count, &none));
    assert_true(stridec_row_named(compilation, row.id, &same));
    assert_memory_equal(&row, &same, sizeof row); /* the very same strings */
}

/* ---- explain ------------------------------------------------------------------------------- */

static void drop_blanks(char *text) {
    char *to = text;
    for (const char *at = text; *at; at++)
        if (*at != ' ' && *at != '\n')
            *to++ = *at;
    *to = 0;
}

static void add(struct text *text, const char *more) {
    text_add(text, more, strlen(more));
}

static void add_fact(struct text *text, const stridec_fact *fact) {
    add(text, "`"), add(text, fact->attribute), add(text, ":");
    for (size_t i = 0; i < fact->value_count; i++)
        add(text, i ? "|" : ""), add(text, fact->values[i]);
    add(text, "`on"), add(text, fact->id);
}

/* Writes the tree from `index` on, without blanks; the index after it. */
static size_t add_facts(struct text *text, stridec *compilation, size_t row, size_t pattern,
                        size_t index) {
    stridec_fact fact = {.size = sizeof fact}, next = {.size = sizeof next};
    assert_true(stridec_fact_at(compilation, row, pattern, index++, &fact));
    if (!fact.joins) {
        add_fact(text, &fact);
        return index;
    }
    for (size_t parts = 0; stridec_fact_at(compilation, row, pattern, index, &next); parts++) {
        if (next.depth <= fact.depth)
            break;
        assert_int_equal(next.depth, fact.depth + 1);
        add(text, parts ? fact.joins : "");
        add(text, next.joins ? "(" : "");
        index = add_facts(text, compilation, row, pattern, index);
        add(text, next.joins ? ")" : "");
    }
    return index;
}

static void expect_explained(stridec *compilation, const stridec_row *row) {
    struct text explained = {0};
    assert_int_equal(stridec_explain(compilation, row->id, text_take, &explained), STRIDEC_OK);
    drop_blanks(explained.at);
    for (size_t i = 0; i < row->pattern_count; i++) {
        stridec_pattern pattern = {.size = sizeof pattern};
        struct text facts = {0};
        assert_true(stridec_pattern_at(compilation, row->index, i, &pattern));
        if (!pattern.fact_count || strcmp(pattern.state, "open") != 0)
            continue;
        add(&facts, "tocoverit");
        assert_int_equal(add_facts(&facts, compilation, row->index, i, 0), pattern.fact_count);
        if (!strstr(explained.at, facts.at))
            fail_msg("%s/%s: explain does not say %s", row->id, pattern.id, facts.at);
        free(facts.at);
    }
    free(explained.at);
}

/* ---- every model --------------------------------------------------------------------------- */

static size_t expect_same(const char *path) {
    struct text model = read_file(path), json = {0};
    stridec *compilation = compile(path, model.at, model.length);
    stridec_row row = {.size = sizeof row};
    size_t count = 0;
    if (compilation && stridec_emit(compilation, "json", NULL, text_take, &json) == STRIDEC_OK) {
        json_t *root = json_loads(json.at, 0, NULL);
        json_t *candidates = json_object_get(root, "candidates");
        count = stridec_row_count(compilation);
        assert_int_equal(json_array_size(candidates), count);
        for (size_t i = 0; i < count; i++)
            expect_row(compilation, i, json_array_get(candidates, i));
        for (size_t i = 0; stridec_row_at(compilation, i, &row); i++)
            if (row.pattern_count)
                expect_explained(compilation, &row);
        json_decref(root);
    }
    stridec_free(compilation);
    free(model.at);
    free(json.at);
    return count;
}

static void data_json_and_explain_say_the_same(void **state) {
    static const char *const folders[] = {"samples", "tests/cases"};
    static const char *const endings[] = {".dfd", ".yaml"};
    size_t rows = 0;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct paths paths = find_models(folders[i / 2], endings[i % 2]);
        for (size_t j = 0; j < paths.count; j++)
            rows += expect_same(paths.items[j]);
        free_paths(&paths);
    }
    assert_true(rows > 1000);
}

/* ---- what settles -------------------------------------------------------------------------- */

/* With one more statement on the process p, the external u or the flow f. */
static stridec *compile_small(const char *on, const char *stated) {
    char *text =
        format("boundary b \"B\" { process p \"P\" { kind: api; %s } }\n"
               "external u \"U\" { %s }\nflow f = u -> p : \"GET /\" { %s }\n",
               *on == 'p' ? stated : "", *on == 'u' ? stated : "", *on == 'f' ? stated : "");
    stridec *compilation = compile("small.dfd", text, strlen(text));
    if (!compilation)
        fail_msg("on %s: %s", on, stated);
    free(text);
    return compilation;
}

static const char *state_of(stridec *compilation, const char *row_id, const char *pattern_id) {
    stridec_row row = {.size = sizeof row};
    stridec_pattern pattern = {.size = sizeof pattern};
    assert_true(stridec_row_named(compilation, row_id, &row));
    for (size_t i = 0; stridec_pattern_at(compilation, row.index, i, &pattern); i++)
        if (strcmp(pattern.id, pattern_id) == 0)
            return pattern.state;
    return "not there";
}

/* With each of its values. */
static size_t try_fact(const stridec_row *row, const stridec_pattern *pattern,
                       const stridec_fact *fact) {
    for (size_t i = 0; i < fact->value_count; i++) {
        char *stated = format("%s: %s", fact->attribute, fact->values[i]);
        stridec *compilation = compile_small(fact->id, stated);
        if (strcmp(state_of(compilation, row->id, pattern->id), "covered") != 0)
            fail_msg("%s/%s is not covered by %s", row->id, pattern->id, stated);
        stridec_free(compilation);
        free(stated);
    }
    return fact->value_count;
}

/* Each fact that is enough by itself. */
static size_t try_facts(stridec *compilation, const stridec_row *row, size_t index) {
    stridec_pattern pattern = {.size = sizeof pattern};
    stridec_fact fact = {.size = sizeof fact};
    bool any = false;
    size_t tried = 0;
    assert_true(stridec_pattern_at(compilation, row->index, index, &pattern));
    if (strcmp(pattern.state, "open") != 0)
        return 0;
    for (size_t i = 0; stridec_fact_at(compilation, row->index, index, i, &fact); i++) {
        if (!i)
            any = fact.joins && strcmp(fact.joins, "or") == 0;
        if (!fact.joins && fact.depth == (any ? 1 : 0))
            tried += try_fact(row, &pattern, &fact);
    }
    return tried;
}

static void a_fact_that_settles_a_question_settles_it(void **state) {
    stridec *compilation = compile_small("", "");
    stridec_row row = {.size = sizeof row};
    size_t tried = 0;
    (void)state;
    for (size_t i = 0; stridec_row_at(compilation, i, &row); i++)
        for (size_t j = 0; j < row.pattern_count; j++)
            tried += try_facts(compilation, &row, j);
    assert_true(tried > 10);
    stridec_free(compilation);
}

/* ---- decisions with mistakes ------------------------------------------------------------------
 */

static stridec_loaded load_mistake(void *context, const char *path, stridec_sink *take,
                                   void *taker) {
    static const char text[] = "threat a \"A\" { candidate: S@f/forged_caller; component: nobody }";
    (void)context, (void)path;
    return take(taker, text, strlen(text)) ? STRIDEC_LOADED : STRIDEC_TOO_LARGE;
}

/* They are found after the rows. */
static void there_are_no_rows_where_decisions_have_mistakes(void **state) {
    static const char model[] = "external u\nboundary b { process p }\nflow f = u -> p : \"x\"\n";
    const stridec_config config = {.size = sizeof config, .load = load_mistake, .decisions = true};
    stridec *compilation = stridec_new(&config);
    stridec_row row = {.size = sizeof row};
    stridec_pattern pattern = {.size = sizeof pattern};
    (void)state;
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, strlen(model)), STRIDEC_INVALID);
    assert_int_equal(stridec_row_count(compilation), 0);
    assert_false(stridec_row_at(compilation, 0, &row));
    assert_false(stridec_pattern_at(compilation, 0, 0, &pattern));
    stridec_free(compilation);
}

/* ---- sizes --------------------------------------------------------------------------------- */

/* A program of an older header has less room, one of a newer header more. */
static void no_more_is_written_than_there_is_room_for(void **state) {
    stridec *compilation = compile_small("", "");
    struct {
        stridec_row row;
        char more[64];
    } newer;
    stridec_row older, none = {0};
    (void)state;
    memset(&older, 'x', sizeof older);
    older.size = offsetof(stridec_row, state);
    assert_true(stridec_row_at(compilation, 0, &older));
    assert_int_equal(older.size, offsetof(stridec_row, state));
    assert_non_null(strchr(older.id, '@'));
    for (size_t i = older.size; i < sizeof older; i++)
        assert_int_equal(((const char *)&older)[i], 'x');
    memset(&newer, 'x', sizeof newer);
    newer.row.size = sizeof newer;
    assert_true(stridec_row_at(compilation, 0, &newer.row));
    for (size_t i = 0; i < sizeof newer.more; i++)
        assert_int_equal(newer.more[i], 0);
    assert_false(stridec_row_at(compilation, 0, &none));
    stridec_free(compilation);
}

/* Whatever was asked for before: another question, another path. */
static void ways_are_those_of_the_question_and_the_path(void **state) {
    struct text model = read_file("samples/payment/payment.dfd");
    stridec *compilation = compile("payment.dfd", model.at, model.length);
    stridec_way way = {.size = sizeof way}, again = {.size = sizeof again};
    (void)state;
    for (size_t i = 0; stridec_way_at(compilation, 0, "a.dfd", i, &way); i++) {
        assert_non_null(strstr(way.command, " a.dfd"));
        char *first = format("%s", way.command);
        assert_true(stridec_way_at(compilation, 1, "a.dfd", 0, &way));
        assert_string_not_equal(way.command, first);
        assert_true(stridec_way_at(compilation, 1, "b.dfd", 0, &again));
        assert_non_null(strstr(again.command, " b.dfd"));
        assert_true(stridec_way_at(compilation, 0, "a.dfd", i, &again));
        assert_string_equal(again.command, first);
        free(first);
    }
    assert_false(stridec_way_at(compilation, 0, "a.dfd", SIZE_MAX, &way));
    stridec_free(compilation);
    free(model.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_json_and_explain_say_the_same),
        cmocka_unit_test(a_fact_that_settles_a_question_settles_it),
        cmocka_unit_test(there_are_no_rows_where_decisions_have_mistakes),
        cmocka_unit_test(no_more_is_written_than_there_is_room_for),
        cmocka_unit_test(ways_are_those_of_the_question_and_the_path),
    };
    return cmocka_run_group_tests_name("row_data", tests, NULL, NULL) != 0;
}
