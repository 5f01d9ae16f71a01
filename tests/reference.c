/* The two reference systems. tests/reference/sixteen.json names the row and pattern in which each
 * of their sixteen threats is met, and the fact that settles it; the facts are flipped in the text
 * of the model, one by one. The crossings of the file upload are counted, and counted again with
 * parts of the model moved. */
// SPDX-License-Identifier: MIT
#include "sixteen.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEW_SUBJECTS 4

static json_t *compile_sample(const struct sample *sample) {
    return compile_file(sample->path);
}

/* ---- a fact in the text of a model ------------------------------------------------------- */

static bool is_kind(const char *word) {
    static const char *const kinds[] = {"external", "actor",    "process", "store",
                                        "flow",     "crossing", "boundary"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(word, kinds[i]) == 0)
            return true;
    return false;
}

/* The line declares `id`: KIND ID, flow ID = ..., or A -> B with the id A_to_B. */
static bool declares(const char *line, size_t length, const char *id) {
    char first[128] = "", second[128] = "", third[128] = "", derived[300];
    char *copy = format("%.*s", (int)length, line);
    sscanf(copy, " %127[A-Za-z0-9_.-] %127[A-Za-z0-9_.>-] %127[A-Za-z0-9_.-]", first, second,
           third);
    free(copy);
    snprintf(derived, sizeof derived, "%s_to_%s", first, third);
    if (strcmp(second, "->") == 0)
        return strcmp(derived, id) == 0;
    return is_kind(first) && strcmp(second, id) == 0;
}

/* Behind a string, list or comment that begins here, else one character on. */
static const char *skip_one(const char *at) {
    if (*at == '#')
        return at + strcspn(at, "\n");
    if (strncmp(at, "\"\"\"", 3) == 0)
        return strstr(at + 3, "\"\"\"") + 3;
    if (*at == '"') {
        for (at++; *at && *at != '"'; at++)
            at += *at == '\\';
        return at + 1;
    }
    return *at == '[' ? at + strcspn(at, "]") : at + 1;
}

/* The `{` of a declaration that begins at `line`, or the end of its line. */
static const char *find_block(const char *line) {
    while (*line && *line != '{' && *line != '\n' && *line != '#')
        line = skip_one(line);
    return line;
}

/* Where the value of an attribute directly inside of a block begins, or NULL. */
static const char *find_attribute(const char *block, const char *name) {
    size_t length = strlen(name), depth = 0;
    for (const char *at = block; *at; at = skip_one(at)) {
        depth += *at == '{';
        depth -= *at == '}';
        if (depth == 0)
            return NULL;
        bool begins = at > block && (isspace((unsigned char)at[-1]) || strchr("{;", at[-1]));
        if (depth == 1 && begins && strncmp(at, name, length) == 0 && at[length] == ':')
            return at + length + 1;
    }
    return NULL;
}

static size_t value_length(const char *at) {
    const char *end = at;
    while (*end && !strchr(";\n}#", *end))
        end = skip_one(end);
    return (size_t)(end - at);
}

/* The text with one attribute stated or stated anew. */
static char *with_fact(const char *text, const char *id, const char *name, const char *value) {
    const char *line = text;
    while (*line && !declares(line, strcspn(line, "\n"), id))
        line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n');
    if (!*line)
        fail_msg("no line declares %s", id);
    const char *block = find_block(line);
    if (*block != '{')
        return format("%.*s { %s: %s } %s", (int)(block - text), text, name, value, block);
    const char *stated = find_attribute(block, name);
    if (!stated)
        return format("%.*s{\n%s: %s\n%s", (int)(block - text), text, name, value, block + 1);
    return format("%.*s %s %s", (int)(stated - text), text, value, stated + value_length(stated));
}

/* ---- patterns ---------------------------------------------------------------------------- */

static const char *state_of(const json_t *root, const char *row, const char *pattern) {
    return text_of(find_pattern(find_row(root, row), pattern), "state");
}

/* "T@pay/replay": "open", for all patterns. */
static json_t *all_states(const json_t *root) {
    json_t *states = json_object(), *row, *pattern;
    size_t i, j;
    json_array_foreach(json_object_get(root, "candidates"), i, row)
        json_array_foreach(json_object_get(row, "patterns"), j, pattern) {
        char *key = format("%s/%s", text_of(row, "id"), text_of(pattern, "id"));
        json_object_set(states, key, json_object_get(pattern, "state"));
        free(key);
    }
    return states;
}

/* The number of patterns, without `except`, that have another state; each is printed. */
static size_t count_changes(const json_t *before, const json_t *after, const char *except) {
    json_t *was = all_states(before), *is = all_states(after), *either = json_copy(was), *state;
    const char *key;
    size_t changes = 0;
    json_object_update(either, is);
    json_object_foreach(either, key, state) {
        const char *one = text_of(was, key), *other = text_of(is, key);
        if (strcmp(key, except) != 0 && strcmp(one, other) != 0) {
            fprintf(stderr, "  also %s: '%s', now '%s'\n", key, one, other);
            changes++;
        }
    }
    json_decref(was);
    json_decref(is);
    json_decref(either);
    return changes;
}

/* States the fact in the model's text; the pattern must get this state, and it alone. */
static bool flips(const json_t *threat, const json_t *before, const char *value,
                  const char *state) {
    const struct sample *sample = &samples[sample_of(threat)];
    const json_t *fact = json_object_get(threat, "settle");
    const char *row = text_of(threat, "row"), *pattern = text_of(threat, "pattern");
    struct text text = read_file(sample->path);
    char *changed = with_fact(text.at, text_of(fact, "id"), text_of(fact, "attribute"), value);
    json_t *after = compile(sample->path, changed);
    char *key = format("%s/%s", row, pattern);
    const char *now = state_of(after, row, pattern);
    bool fine = strcmp(now, state) == 0;
    if (!fine)
        fprintf(stderr, "%s: %s with %s of %s %s is %s, not %s\n", text_of(threat, "threat"), key,
                text_of(fact, "attribute"), text_of(fact, "id"), value, *now ? now : "gone", state);
    size_t others = count_changes(before, after, key);
    if (others)
        fprintf(stderr, "%s: %zu other patterns change\n", text_of(threat, "threat"), others);
    free(key);
    json_decref(after);
    free(changed);
    free(text.at);
    return fine && !others;
}

static bool is_met(const json_t *threat, const json_t *root) {
    const json_t *row = find_row(root, text_of(threat, "row"));
    const char *state = text_of(row, "state"), *name = text_of(threat, "threat");
    const char *pattern = text_of(find_pattern(row, text_of(threat, "pattern")), "state");
    bool covered = json_is_true(json_object_get(threat, "covered"));
    if (strcmp(pattern, covered ? "covered" : "open") == 0 && (covered || is_open_first(row)))
        return true;
    fprintf(stderr, "%s: %s is %s in tier %d, %s is %s\n", name, text_of(threat, "row"),
            *state ? state : "not there", (int)json_integer_value(json_object_get(row, "tier")),
            text_of(threat, "pattern"), *pattern ? pattern : "not there");
    return false;
}

/* ---- how often a rule is in scope -------------------------------------------------------- */

static const char *kind_of(const json_t *row) {
    const char *kind = text_of(row, "kind");
    return strcmp(kind, "actor") == 0 ? "external" : kind;
}

/* The kind of subject that has this id. */
static const char *kind_of_subject(const json_t *root, const char *id) {
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(root, "candidates"), i,
                       row) if (strcmp(text_of(row, "subject"), id) == 0) return kind_of(row);
    return "";
}

/* Adds the model's subjects of a kind, and those at which a rule is in scope. */
static void count_scope(const json_t *root, const char *kind, const char *rule, size_t *subjects,
                        size_t *in_scope) {
    json_t *all = json_object(), *some = json_object(), *row, *pattern;
    size_t i, j;
    json_array_foreach(json_object_get(root, "candidates"), i, row) {
        if (strcmp(kind_of(row), kind) == 0)
            json_object_set_new(all, text_of(row, "subject"), json_true());
        json_array_foreach(json_object_get(row, "patterns"), j,
                           pattern) if (strcmp(text_of(pattern, "rule"), rule) == 0 &&
                                        strcmp(text_of(pattern, "state"), "possible") != 0)
            json_object_set_new(some, text_of(pattern, "subject"), json_true());
    }
    *subjects += json_object_size(all);
    *in_scope += json_object_size(some);
    json_decref(all);
    json_decref(some);
}

/* Where the samples have few subjects of a kind, `third` names a model that has more. */
static void count_scope_in_third(const json_t *threat, const char *kind, const char *rule,
                                 size_t *subjects, size_t *in_scope) {
    const char *third = text_of(threat, "third");
    if (*subjects >= FEW_SUBJECTS || !*third)
        return;
    char *path = format("tests/reference/%s.dfd", third);
    struct text text = read_file(path);
    json_t *root = compile(path, text.at);
    count_scope(root, kind, rule, subjects, in_scope);
    json_decref(root);
    free(text.at);
    free(path);
}

static bool is_out_of_scope_elsewhere(const json_t *threat, json_t *const *roots) {
    const json_t *root = roots[sample_of(threat)];
    const json_t *pattern =
        find_pattern(find_row(root, text_of(threat, "row")), text_of(threat, "pattern"));
    const char *rule = text_of(pattern, "rule");
    const char *kind = kind_of_subject(root, text_of(pattern, "subject"));
    size_t subjects = 0, in_scope = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        count_scope(roots[i], kind, rule, &subjects, &in_scope);
    count_scope_in_third(threat, kind, rule, &subjects, &in_scope);
    if (*kind && (subjects < FEW_SUBJECTS || 2 * in_scope <= subjects))
        return true;
    fprintf(stderr, "%s: '%s' is in scope at %zu of %zu of kind '%s'\n", text_of(threat, "threat"),
            rule, in_scope, subjects, kind);
    return false;
}

/* ---- tests of the sixteen ---------------------------------------------------------------- */

static json_t *root_of(const struct reference *reference, const json_t *threat) {
    return reference->roots[sample_of(threat)];
}

static void each_of_the_sixteen_is_met(void **state) {
    const struct reference *reference = *state;
    json_t *threat;
    size_t i, missed = 0;
    json_array_foreach(reference->threats, i, threat) missed +=
        !is_met(threat, root_of(reference, threat));
    assert_int_equal(missed, 0);
}

static void its_fact_settles_it_and_nothing_else(void **state) {
    const struct reference *reference = *state;
    json_t *threat;
    size_t i, wrong = 0;
    json_array_foreach(reference->threats, i, threat) {
        const char *value = text_of(json_object_get(threat, "settle"), "value");
        bool covered = json_is_true(json_object_get(threat, "covered"));
        wrong += !flips(threat, root_of(reference, threat), value, covered ? "open" : "covered");
    }
    assert_int_equal(wrong, 0);
}

static void its_pattern_is_out_of_scope_at_half_of_the_subjects(void **state) {
    struct reference *reference = *state;
    json_t *threat;
    size_t i, wrong = 0;
    json_array_foreach(reference->threats, i, threat) wrong +=
        !is_out_of_scope_elsewhere(threat, reference->roots);
    assert_int_equal(wrong, 0);
}

static void the_first_tier_is_short(void **state) {
    const struct reference *reference = *state;
    for (size_t i = 0; i < SAMPLES; i++) {
        const json_t *row, *rows = json_object_get(reference->roots[i], "candidates");
        size_t j, open = 0;
        json_array_foreach(rows, j, row) open += is_open_first(row);
        if (open > samples[i].most_open)
            fail_msg("%s: %zu open rows in tier 1", samples[i].name, open);
    }
}

/* ---- crossings of the file upload -------------------------------------------------------- */

static void sketch_attribute(struct text *text, const char *name, const char *value) {
    char *item = format("%s: %s; ", name, value);
    if (*value)
        text_add(text, item, strlen(item));
    free(item);
}

/* `{ in: ...; kind: ... }` of a boundary or element. */
static void sketch_place(struct text *text, const json_t *decl, bool without_boundaries) {
    const json_t *attributes = json_object_get(decl, "attributes");
    const json_t *trust = json_object_get(attributes, "trust");
    char *number = trust ? format("%d", (int)json_integer_value(trust)) : format("%s", "");
    text_add(text, " { ", 3);
    if (!without_boundaries)
        sketch_attribute(text, "in", text_of(decl, "boundary"));
    sketch_attribute(text, "kind", text_of(attributes, "kind"));
    sketch_attribute(text, "trust", number);
    text_add(text, "}\n", 2);
    free(number);
}

static void sketch_line(struct text *text, char *line) {
    text_add(text, line, strlen(line));
    free(line);
}

static void sketch_crossings(struct text *text, const json_t *root) {
    const json_t *crossing;
    size_t i;
    json_array_foreach(json_object_get(root, "crossings"), i,
                       crossing) if (json_object_get(crossing, "at"))
        sketch_line(text, format("crossing %s { at: %s; into: %s }\n", text_of(crossing, "subject"),
                                 text_of(crossing, "at"), text_of(crossing, "into")));
}

/* A model of the same zones and flows and nothing else, from the JSON of one. */
static char *sketch(const json_t *root, bool without_boundaries) {
    struct text text = {0};
    const json_t *decl;
    size_t i;
    json_array_foreach(json_object_get(root, "boundaries"), i, decl) {
        if (without_boundaries && json_is_true(json_object_get(decl, "drawn")))
            continue;
        sketch_line(&text, format("boundary %s", text_of(decl, "id")));
        sketch_place(&text, decl, without_boundaries);
    }
    json_array_foreach(json_object_get(root, "elements"), i, decl) {
        sketch_line(&text, format("%s %s", text_of(decl, "kind"), text_of(decl, "id")));
        sketch_place(&text, decl, without_boundaries);
    }
    json_array_foreach(json_object_get(root, "flows"), i, decl)
        sketch_line(&text, format("flow %s = %s -> %s\n", text_of(decl, "id"),
                                  text_of(decl, "source"), text_of(decl, "target")));
    sketch_crossings(&text, root);
    return text.at;
}

static json_t *compile_sketch(const json_t *root, bool without_boundaries) {
    char *text = sketch(root, without_boundaries);
    json_t *again = compile("sketch.dfd", text);
    free(text);
    return again;
}

static size_t crossing_count(const json_t *root) {
    return json_array_size(json_object_get(root, "crossings"));
}

static json_t *crossing_without_arrow(const json_t *root) {
    json_t *crossing, *found = NULL;
    size_t i;
    json_array_foreach(json_object_get(root, "crossings"), i,
                       crossing) if (json_object_get(crossing, "at")) {
        assert_null(found);
        found = crossing;
    }
    assert_non_null(found);
    return found;
}

static void five_crossings_and_one_without_arrow(void **state) {
    json_t *root = compile_sample(&samples[1]), *again = compile_sketch(root, false), *crossing;
    size_t i;
    (void)state;
    assert_int_equal(crossing_count(root), 5);
    crossing_without_arrow(root);
    assert_int_equal(crossing_count(again), 5);
    json_array_foreach(json_object_get(root, "crossings"), i, crossing) {
        json_t *other = json_array_get(json_object_get(again, "crossings"), i);
        assert_true(
            json_equal(json_object_get(crossing, "number"), json_object_get(other, "number")));
        assert_string_equal(text_of(crossing, "subject"), text_of(other, "subject"));
        assert_true(json_equal(json_object_get(crossing, "boundaries"),
                               json_object_get(other, "boundaries")));
    }
    json_decref(root);
    json_decref(again);
}

static void a_browser_beside_the_server_leaves_four(void **state) {
    json_t *root = compile_sample(&samples[1]), *elements = json_object_get(root, "elements");
    const char *server = text_of(crossing_without_arrow(root), "at");
    json_t *browser = find_member(elements, "browser");
    (void)state;
    assert_non_null(browser);
    json_object_set(browser, "boundary",
                    json_object_get(find_member(elements, server), "boundary"));
    json_t *moved = compile_sketch(root, false);
    assert_int_equal(crossing_count(moved), 4);
    json_decref(root);
    json_decref(moved);
}

static void without_drawn_boundaries_one_is_left(void **state) {
    json_t *root = compile_sample(&samples[1]), *bare = compile_sketch(root, true);
    (void)state;
    assert_int_equal(crossing_count(bare), 1);
    crossing_without_arrow(bare);
    json_decref(root);
    json_decref(bare);
}

static json_t *flow_numbers(const json_t *root) {
    json_t *numbers = json_object(), *flow;
    size_t i;
    json_array_foreach(json_object_get(root, "flows"), i, flow)
        json_object_set(numbers, text_of(flow, "id"), json_object_get(flow, "number"));
    return numbers;
}

static void flows_in_another_order_get_other_numbers_and_the_same_ids(void **state) {
    json_t *root = compile_sample(&samples[1]), *before = compile_sketch(root, false);
    json_t *flows = json_object_get(root, "flows"), *first = json_incref(json_array_get(flows, 0));
    (void)state;
    json_array_remove(flows, 0);
    json_array_insert_new(flows, 1, first);
    json_t *after = compile_sketch(root, false);
    json_t *one = all_states(before), *other = all_states(after);
    assert_true(json_equal(one, other));
    json_t *numbers = flow_numbers(before), *swapped = flow_numbers(after);
    assert_int_equal(json_object_size(numbers), json_object_size(swapped));
    assert_false(json_equal(numbers, swapped));
    json_t *owned[] = {root, before, after, one, other, numbers, swapped};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        json_decref(owned[i]);
}

int main(void) {
    const struct CMUnitTest sixteen[] = {
        cmocka_unit_test(each_of_the_sixteen_is_met),
        cmocka_unit_test(its_fact_settles_it_and_nothing_else),
        cmocka_unit_test(its_pattern_is_out_of_scope_at_half_of_the_subjects),
        cmocka_unit_test(the_first_tier_is_short),
    };
    const struct CMUnitTest crossings[] = {
        cmocka_unit_test(five_crossings_and_one_without_arrow),
        cmocka_unit_test(a_browser_beside_the_server_leaves_four),
        cmocka_unit_test(without_drawn_boundaries_one_is_left),
        cmocka_unit_test(flows_in_another_order_get_other_numbers_and_the_same_ids),
    };
    int failed = cmocka_run_group_tests_name("sixteen", sixteen, load_reference, free_reference);
    failed += cmocka_run_group_tests_name("crossings", crossings, NULL, NULL);
    return failed != 0;
}
