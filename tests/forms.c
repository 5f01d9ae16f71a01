/* Both forms say the same: the JSON of a model, of what `convert` makes of it, and of what that is
 * converted back to, byte by byte. Every model of this repository and of its manual is tried, and
 * random ones: 50, or with SLOW=1 a thousand. */
// SPDX-License-Identifier: MIT
#include "models/random_model.h"
#include "sharing.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

/* ---- conversions ------------------------------------------------------------------------- */

static bool ends_in(const char *path, const char *ending) {
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static const char *other_name(const char *name) {
    return ends_in(name, ".dfd") ? "model.yaml" : "model.dfd";
}

/* `at` is NULL when it does not compile, or holds no model. */
static struct text json_of(const char *name, struct text model) {
    struct text json = {0};
    stridec *compilation = sharing_new();
    if (stridec_compile(compilation, name, model.at, model.length) == STRIDEC_OK)
        stridec_emit(compilation, "json", NULL, text_take, &json);
    stridec_free(compilation);
    return json;
}

static struct text converted(const char *name, struct text model) {
    struct text other = {0};
    stridec *compilation = sharing_new();
    text_add(&other, "", 0);
    stridec_status status =
        stridec_convert(compilation, name, model.at, model.length, NULL, text_take, &other);
    if (status != STRIDEC_OK) {
        struct text said = {0};
        stridec_print_diagnostics(compilation, false, text_take, &said);
        fail_msg("cannot convert: %s\n%s\n%s", stridec_status_text(status), said.at ? said.at : "",
                 model.at);
    }
    stridec_free(compilation);
    return other;
}

static bool is_same(struct text a, struct text b) {
    return a.length == b.length && (!a.length || memcmp(a.at, b.at, a.length) == 0);
}

/* A model that compiles in one form compiles to the same in the other. */
static void check_same(const char *where, const char *name, struct text model, struct text json) {
    struct text again = json_of(name, model);
    if (!is_same(json, again)) {
        struct text said = {0};
        stridec *compilation = sharing_new();
        stridec_compile(compilation, name, model.at, model.length);
        stridec_print_diagnostics(compilation, false, text_take, &said);
        stridec_free(compilation);
        fail_msg("%s: %s says something else:\n%s\n%s", where, name, model.at,
                 said.at ? said.at : "");
    }
    free(again.at);
}

/* There and back. False when the model has errors and cannot be tried. */
static bool try_forms(const char *where, const char *name, struct text model) {
    struct text json = json_of(name, model);
    if (!json.at)
        return false;
    struct text there = converted(name, model), back = converted(other_name(name), there);
    check_same(where, other_name(name), there, json);
    check_same(where, name, back, json);
    free(json.at);
    free(there.at);
    free(back.at);
    return true;
}

/* Converted there and back once more, what a person wrote does not change any more. */
static void check_settled(const char *where, const char *name, struct text model) {
    struct text texts[5] = {model};
    for (size_t i = 1; i < COUNT(texts); i++)
        texts[i] = converted(i % 2 ? name : other_name(name), texts[i - 1]);
    if (!is_same(texts[2], texts[4]))
        fail_msg("%s: it is still changing:\n%s\n%s", where, texts[2].at, texts[4].at);
    for (size_t i = 1; i < COUNT(texts); i++)
        free(texts[i].at);
}

/* ---- models of the repository ------------------------------------------------------------ */

static bool is_model(const char *path) {
    return !ends_in(path, ".rules.dfd") && !ends_in(path, ".triage.dfd");
}

static size_t try_files(const char *folder, const char *ending) {
    struct paths files = find_models(folder, ending);
    size_t tried = 0;
    for (size_t i = 0; i < files.count; i++) {
        const char *path = files.items[i];
        if (!is_model(path))
            continue;
        struct text model = read_file(path);
        const char *name = ends_in(path, ".dfd") ? "model.dfd" : "model.yaml";
        bool is_tried = try_forms(path, name, model);
        if (is_tried)
            check_settled(path, name, model);
        tried += is_tried;
        free(model.at);
    }
    free_paths(&files);
    return tried;
}

static void models_of_the_repository(void **state) {
    (void)state;
    assert_true(try_files("samples", ".dfd") >= 2);
    assert_true(try_files("samples", ".yaml") >= 2);
    assert_true(try_files("tests", ".dfd") > 40);
    assert_true(try_files("tests", ".yaml") > 20);
}

static void the_samples_say_the_same_in_both_forms(void **state) {
    struct paths samples = find_samples();
    (void)state;
    assert_true(samples.count >= 3);
    for (size_t i = 0; i < samples.count; i++) {
        char *dsl = format("%s.dfd", samples.items[i]), *yaml = format("%s.yaml", samples.items[i]);
        struct text model = read_file(dsl), twin = read_file(yaml);
        struct text json = json_of("model.dfd", model);
        assert_non_null(json.at);
        check_same(yaml, "model.yaml", twin, json);
        free(json.at);
        free(model.at);
        free(twin.at);
        free(dsl);
        free(yaml);
    }
    free_paths(&samples);
}

/* The blocks of ```dfd and ```yaml in a page. */
static size_t try_page(const char *path) {
    struct text page = read_file(path);
    size_t tried = 0;
    for (const char *at = page.at; (at = strstr(at, "\n```"));) {
        const char *begin = strchr(at + 1, '\n'), *end = begin ? strstr(begin, "\n```") : NULL;
        if (!end)
            break;
        bool dsl = strncmp(at, "\n```dfd\n", 8) == 0, yaml = strncmp(at, "\n```yaml\n", 9) == 0;
        struct text model = {0};
        text_add(&model, begin + 1, end > begin ? (size_t)(end - begin) : 0);
        if (dsl || yaml)
            tried += try_forms(path, dsl ? "model.dfd" : "model.yaml", model);
        free(model.at);
        at = end + 4;
    }
    free(page.at);
    return tried;
}

static void examples_of_the_manual(void **state) {
    (void)state;
    struct paths pages = find_files("doc", ".md");
    size_t tried = try_page("README.md");
    for (size_t i = 0; i < pages.count; i++)
        tried += try_page(pages.items[i]);
    free_paths(&pages);
    assert_true(tried > 5);
}

/* ---- random models ----------------------------------------------------------------------- */

static struct text with_crlf(struct text text) {
    struct text crlf = {0};
    for (size_t i = 0; i < text.length; i++)
        text_add(&crlf, text.at[i] == '\n' ? "\r\n" : &text.at[i], text.at[i] == '\n' ? 2 : 1);
    free(text.at);
    return crlf;
}

static void random_models(void **state) {
    (void)state;
    uint32_t count = getenv("SLOW") ? 1000 : 50;
    for (uint32_t i = 0; i < count; i++) {
        char *where = format("random model %u", (unsigned)i);
        struct text model = random_model(i);
        if (i % 8 == 7)
            model = with_crlf(model);
        if (!try_forms(where, "model.dfd", model))
            fail_msg("%s does not compile:\n%s", where, model.at);
        free(model.at);
        free(where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_of_the_repository),
        cmocka_unit_test(the_samples_say_the_same_in_both_forms),
        cmocka_unit_test(examples_of_the_manual),
        cmocka_unit_test(random_models),
    };
    return cmocka_run_group_tests_name("forms", tests, NULL, NULL) != 0;
}
