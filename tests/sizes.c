/* No output grows faster than the model and its rows: shapes of models in which something long is
 * mentioned often, each twice as large as before, have outputs that are twice as large. */
// SPDX-License-Identifier: MIT
#include "sharing.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALL 60
#define FEW 12 /* where a picture is laid out */

static void add(struct text *text, const char *pattern, ...) __attribute__((format(printf, 2, 3)));
static void add(struct text *text, const char *pattern, ...) {
    char line[1024];
    va_list args;
    va_start(args, pattern);
    int length = vsnprintf(line, sizeof line, pattern, args);
    va_end(args);
    text_add(text, line, (size_t)length);
}

static void add_long(struct text *text, const char *part, size_t times) {
    for (size_t i = 0; i < times; i++)
        text_add(text, part, strlen(part));
}

/* `n` flows from u to a, with something more in their block. */
static void add_flows(struct text *text, size_t n, const char *block) {
    for (size_t i = 0; i < n; i++)
        add(text, "flow f%zu = u -> a : \"GET\" { %s }\n", i, block);
}

/* ---- shapes ------------------------------------------------------------------------------ */

static void long_labels_at_both_ends(struct text *text, size_t n) {
    add(text, "external u \"");
    add_long(text, "user ", 40 * n);
    add(text, "\"\nprocess a \"");
    add_long(text, "api\\\"<&>' ", 40 * n);
    add(text, "\" { kind: api }\n");
    add_flows(text, n, "protocol: https");
}

static void a_long_boundary_that_all_flows_enter(struct text *text, size_t n) {
    add(text, "external u\nboundary z \"");
    add_long(text, "zone \xf0\x9f\x94\x92 ", 40 * n);
    add(text, "\" { process a { kind: api } }\n");
    add_flows(text, n, "auth: none");
}

static void boundaries_around_boundaries(struct text *text, size_t n) {
    add(text, "external u\n");
    for (size_t i = 0; i < 60; i++) {
        add(text, "boundary b%zu \"", i);
        add_long(text, "zone ", n);
        add(text, "\" {\n");
    }
    add(text, "process a { kind: api }\n");
    add_long(text, "}\n", 60);
    add_flows(text, n, "protocol: https");
}

static void a_reason_for_everything_out_of_scope(struct text *text, size_t n) {
    add(text, "external u\nprocess a\nu -> a\nboundary z { out_of_scope: \"");
    add_long(text, "theirs ", 40 * n);
    add(text, "\"\n");
    for (size_t i = 0; i < n; i++)
        add(text, "process p%zu\n", i);
    add(text, "}\n");
}

static void an_asset_of_all_flows(struct text *text, size_t n) {
    add(text, "external u\nprocess a { kind: api }\nasset s \"");
    add_long(text, "card ", 40 * n);
    add(text, "\" { confidentiality: critical; integrity: critical }\n");
    add_flows(text, n, "data: [s]; carries: [object_id, update]");
}

static void many_assets_of_one_flow(struct text *text, size_t n) {
    add(text, "external u\nprocess a { kind: api }\n");
    for (size_t i = 0; i < 10 * n; i++)
        add(text, "asset s%zu { confidentiality: high }\n", i);
    add(text, "flow ");
    add_long(text, "f", 200);
    add(text, " = u -> a { data: [");
    for (size_t i = 0; i < 10 * n; i++)
        add(text, "s%zu, ", i);
    add(text, "] }\n");
}

static void evidence_that_all_flows_read(struct text *text, size_t n) {
    static const char *const facts[] = {"authorizes", "validates_input", "rate_limited", "logs"};
    add(text, "external u\nprocess a { kind: api; authorizes: owner; validates_input: yes; "
              "rate_limited: yes; logs: central\n evidence {\n");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        add(text, "  %s: \"src/", facts[i]);
        add_long(text, "deep/", 40 * n);
        add(text, "\"\n");
    }
    add(text, " }\n}\n");
    add_flows(text, n, "carries: [object_id, update, command, query]; auth: jwt; signed: yes");
}

static void a_link_that_chips_interrupt(struct text *text, size_t n) {
    add(text, "boundary z { kind: identity }\nexternal u\nu -> a\nprocess a { link: \"https://");
    add_long(text, "x", 200 * n);
    add(text, "\" }\n");
    for (size_t i = 0; i < n; i++)
        add(text, "crossing c%zu \"token\" { at: a; into: z }\n", i);
}

static void words_that_trust_changes_between(struct text *text, size_t n) {
    add(text, "boundary z { kind: identity }\nexternal u\nu -> a\nprocess a\n");
    for (size_t i = 0; i < n; i++) {
        add(text, "crossing c%zu { at: a; into: z; from: ", i);
        add_long(text, "w", 40);
        add(text, "; to: session }\n");
    }
}

static void values_stated_again_and_again(struct text *text, size_t n) {
    add(text, "external u\nprocess a { kind: api; parses: [");
    add_long(text, "xml, ", 40 * n);
    add(text, "] }\n");
    add_flows(text, n, "carries: [file, file, file, file]");
}

static void ids_as_long_as_they_may_be(struct text *text, size_t n) {
    char id[201] = {0};
    memset(id, 'i', 199);
    add(text, "external %sa\nprocess %sb { kind: api }\n", id, id);
    for (size_t i = 0; i < n; i++)
        add(text, "flow f%zu = %sa -> %sb\n", i, id, id);
}

static void a_text_of_the_system(struct text *text, size_t n) {
    add(text, "model m \"");
    add_long(text, "system ", 40 * n);
    add(text, "\" { owner: \"");
    add_long(text, "team ", 40 * n);
    add(text, "\" }\nexternal u \"U\" { surface: \"");
    add_long(text, "door ", 40 * n);
    add(text, "\" }\nprocess a \"A\" { surface: \"");
    add_long(text, "door ", 40 * n);
    add(text, "\"; about: \"");
    add_long(text, "text ", 40 * n);
    add(text, "\" }\n");
    add_flows(text, n, "accepts: \"amount\"");
}

static const struct shape {
    const char *name;
    void (*write)(struct text *text, size_t n);
} shapes[] = {
#define SHAPE(name)                                                                                \
    { #name, name }
    SHAPE(long_labels_at_both_ends),
    SHAPE(a_long_boundary_that_all_flows_enter),
    SHAPE(boundaries_around_boundaries),
    SHAPE(a_reason_for_everything_out_of_scope),
    SHAPE(an_asset_of_all_flows),
    SHAPE(many_assets_of_one_flow),
    SHAPE(evidence_that_all_flows_read),
    SHAPE(a_link_that_chips_interrupt),
    SHAPE(words_that_trust_changes_between),
    SHAPE(values_stated_again_and_again),
    SHAPE(ids_as_long_as_they_may_be),
    SHAPE(a_text_of_the_system),
};

/* ---- growth ------------------------------------------------------------------------------ */

static bool count_bytes(void *context, const char *at, size_t length) {
    (void)at;
    *(size_t *)context += length;
    return true;
}

static stridec *compile_shape(const struct shape *shape, size_t n) {
    struct text model = {0};
    stridec *compilation = sharing_new();
    shape->write(&model, n);
    if (stridec_compile(compilation, "m.dfd", model.at, model.length) != STRIDEC_OK)
        fail_msg("%s does not compile", shape->name);
    free(model.at);
    return compilation;
}

static size_t size_of(const struct shape *shape, stridec *compilation, const char *name) {
    size_t size = 0;
    char *layout = format("%s/stridec-layout", build_folder());
    stridec_output output = {
        .size = sizeof output, .model_name = "m.dfd", .layout = layout, .all = true};
    stridec_status status = stridec_emit(compilation, name, &output, count_bytes, &size);
    if (status != STRIDEC_OK)
        fail_msg("%s of %s: %s", name, shape->name, stridec_status_text(status));
    free(layout);
    return size;
}

/* The part of an output that does not depend on the model. */
#define CONSTANT 4096

static bool is_laid_out(const char *format) {
    return strcmp(format, "svg") == 0;
}

/* Of the formats that are laid out, or of all others. Counts those that grow faster. */
static size_t grow(const struct shape *shape, size_t n, bool laid_out) {
    size_t wrong = 0;
    stridec_format_info format = {.size = sizeof format};
    stridec *one = compile_shape(shape, n), *two = compile_shape(shape, 2 * n);
    for (size_t k = 0; stridec_format_at(k, &format); k++) {
        if (is_laid_out(format.name) != laid_out)
            continue;
        size_t once = size_of(shape, one, format.name), twice = size_of(shape, two, format.name);
        if (twice <= 2 * once + once / 10 + CONSTANT)
            continue;
        fprintf(stderr, "%s of %s: %zu bytes, twice as much model %zu\n", format.name, shape->name,
                once, twice);
        wrong++;
    }
    stridec_free(one);
    stridec_free(two);
    return wrong;
}

static void twice_the_model_is_twice_the_output(void **state) {
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        wrong += grow(&shapes[i], SMALL, false) + grow(&shapes[i], FEW, true);
    assert_int_equal(wrong, 0);
}

/* ---- the budget -------------------------------------------------------------------------- */

static void texts_of_rules_end_at_the_budget(void **state) {
    (void)state;
    struct text rules = {0}, model = {0};
    size_t size = 0;
    stridec_diagnostic at = {.size = sizeof at};
    stridec *compilation = sharing_new();
    add(&rules, "rule long \"Long\" {\n  category: T\n  on: flow\n  when ( protocol is http )\n"
                "  unless ( signed )\n  ask: \"Is it?\"\n  scenario: \"");
    add_long(&rules, "and then ", 50000);
    add(&rules, "\"\n}\n");
    add(&model, "external u\nprocess a\n");
    add_flows(&model, 200, "protocol: http");
    assert_int_equal(stridec_add_rules(compilation, "r.dfd", rules.at, rules.length), STRIDEC_OK);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length), STRIDEC_OK);
    assert_int_equal(stridec_emit(compilation, "json", NULL, count_bytes, &size), STRIDEC_INVALID);
    assert_true(size < (size_t)70 << 20);
    bool told = false;
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &at); i++)
        told |= strcmp(at.code, "E0407") == 0;
    assert_true(told);
    stridec_free(compilation);
    free(rules.at);
    free(model.at);
}

/* ---- the page ---------------------------------------------------------------------------- */

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (; (text = strstr(text, part)); text++)
        count++;
    return count;
}

/* Bare processes that call each other: nearly all questions are possible ones. */
static struct text page_of(size_t n) {
    struct text model = {0}, page = {0};
    stridec *compilation = sharing_new();
    for (size_t i = 0; i < n; i++)
        add(&model, "process p%zu\nflow f%zu = p%zu -> p%zu\n", i, i, i, (i + 1) % n);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length), STRIDEC_OK);
    const stridec_output output = {.size = sizeof output, .layout = "/none"};
    stridec_emit(compilation, "html", &output, text_take, &page);
    stridec_free(compilation);
    free(model.at);
    return page;
}

static void a_page_tells_what_questions_have_in_common_once(void **state) {
    (void)state;
    static const char *const once[] = {"<dt>What may happen</dt>", "https://cwe.mitre.org/",
                                       "https://owasp.org/", "<dt>Known as</dt>"};
    struct text few = page_of(10), many = page_of(40);
    size_t rows = count_of(many.at, "<article class=\"about open");
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        assert_int_equal(count_of(few.at, once[i]), count_of(many.at, once[i]));
    assert_true(count_of(many.at, "href=\"#rule-") > 10 * count_of(many.at, "id=\"rule-"));
    assert_true(rows > 200 && many.length - few.length < rows * 2000);
    free(few.at);
    free(many.at);
}

/* A method of one letter, so that a model has as many rows as flows and processes. */
static const char one_letter[] = "method m \"One\" {\n"
                                 "  letter A \"Abuse\" { impact: [integrity] }\n"
                                 "  applies flow { always: [A] }\n"
                                 "  tier all { tier: 1; when ( in_scope ) }\n"
                                 "}\n";
#define MOST_ROWS 20000 /* of a page */
#define FLOWS 20500

static void a_page_of_a_very_large_model_has_its_first_rows_and_says_so(void **state) {
    (void)state;
    stridec *compilation = stridec_new(NULL);
    struct text model = {0}, page = {0}, whole = {0};
    add(&model, "process a\nprocess b\n");
    for (size_t i = 0; i < FLOWS; i++)
        add(&model, "flow f%zu = a -> b\n", i);
    assert_int_equal(stridec_add_rules(compilation, "one.dfd", one_letter, strlen(one_letter)),
                     STRIDEC_OK);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model.at, model.length), STRIDEC_OK);
    stridec_output output = {.size = sizeof output, .layout = "/none"};
    stridec_emit(compilation, "html", &output, text_take, &page);
    output.all = true;
    stridec_emit(compilation, "html", &output, text_take, &whole);
    assert_int_equal(count_of(page.at, " data-elements="), MOST_ROWS);
    assert_int_equal(count_of(page.at, "<article class=\"about flow\""), MOST_ROWS);
    assert_int_equal(count_of(whole.at, " data-elements="), FLOWS);
    assert_int_equal(count_of(whole.at, "<article class=\"about flow\""), FLOWS);
    assert_non_null(strstr(page.at, "The page has the first 20000 of 20502 rows"));
    assert_int_equal(count_of(page.at, "<p>500 more flows are not in this page.</p>"), 2);
    assert_int_equal(count_of(page.at, " and 500 more flows, which are not in this page"), 2);
    assert_null(strstr(whole.at, "id=\"left-out\""));
    assert_null(strstr(whole.at, "not in this page"));
    stridec_free(compilation);
    free(model.at);
    free(page.at);
    free(whole.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_the_model_is_twice_the_output),
        cmocka_unit_test(texts_of_rules_end_at_the_budget),
        cmocka_unit_test(a_page_tells_what_questions_have_in_common_once),
        cmocka_unit_test(a_page_of_a_very_large_model_has_its_first_rows_and_says_so),
    };
    return cmocka_run_group_tests_name("sizes", tests, NULL, NULL);
}
