/* The tables of the language, as the library hands them out, are those of the manual: every kind
 * with all its attributes, all their values, and which of these are safe. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static void add(struct text *text, const char *more) {
    text_add(text, more, strlen(more));
}

/* As the manual shows them. */
static void add_values(struct text *row, const char *kind,
                       const stridec_attribute_info *attribute) {
    stridec_value_info value = {.size = sizeof value};
    if (attribute->has_range) {
        char *range = format("%d to %d", attribute->lowest, attribute->highest);
        add(row, range);
        free(range);
    }
    for (size_t i = 0; stridec_value_at(kind, attribute->name, i, &value); i++) {
        char *shown = format("%s%s`%.*s`%s", i ? " " : "", value.safe ? "**" : "",
                             (int)value.length, value.name, value.safe ? "**" : "");
        assert_false(attribute->has_range);
        add(row, shown);
        free(shown);
    }
}

/* The text between two headings. */
static char *section_of(const char *page, const char *name) {
    char *heading = format("\n## %s\n", name);
    const char *start = strstr(page, heading);
    if (!start)
        fail_msg("the manual has no section %s", name);
    start += strlen(heading);
    const char *end = strstr(start, "\n## ");
    free(heading);
    return end ? format("%.*s", (int)(end - start), start) : format("%s", start);
}

static size_t count_rows(const char *section) {
    size_t count = 0;
    while ((section = strstr(section, "\n| `"))) {
        section++;
        count++;
    }
    return count;
}

/* "| `auth` | fact | ", then its type, then " | values | about |". */
static bool has_row(const char *section, const char *kind,
                    const stridec_attribute_info *attribute) {
    struct text tail = {0};
    char *head = format("\n| `%s` | %s | ", attribute->name, attribute->role);
    const char *start = strstr(section, head);
    const char *end = start ? strchr(start + 1, '\n') : NULL;
    add(&tail, " | "), add_values(&tail, kind, attribute), add(&tail, " | ");
    add(&tail, attribute->about), add(&tail, " |");
    bool found = end && (size_t)(end - start) > tail.length &&
                 memcmp(end - tail.length, tail.at, tail.length) == 0;
    free(head);
    free(tail.at);
    return found;
}

static void kinds_attributes_and_values_are_those_of_the_manual(void **state) {
    struct text page = read_file("doc/attributes.md");
    char *everywhere = section_of(page.at, "Every declaration");
    stridec_kind_info kind = {.size = sizeof kind};
    stridec_attribute_info attribute = {.size = sizeof attribute};
    size_t kinds = 0;
    (void)state;
    for (; stridec_kind_at(kinds, &kind); kinds++) {
        char *own = section_of(page.at, kind.word);
        char *head = format("%s. In %s.", kind.about, kind.files);
        size_t found = 0, i = 0;
        assert_non_null(strstr(own, head));
        for (; stridec_attribute_at(kind.word, i, &attribute); i++) {
            bool is_own = has_row(own, kind.word, &attribute);
            found += is_own;
            if (!is_own && !has_row(everywhere, kind.word, &attribute))
                fail_msg("%s: the manual's row of %s is another", kind.word, attribute.name);
        }
        assert_int_equal(found, count_rows(own));
        assert_int_equal(i - found, count_rows(everywhere));
        free(own);
        free(head);
    }
    assert_true(kinds > 20);
    free(everywhere);
    free(page.at);
}

static void the_section_of_yaml_is_known_of_what_a_model_holds(void **state) {
    stridec_kind_info kind = {.size = sizeof kind};
    (void)state;
    for (size_t i = 0; stridec_kind_at(i, &kind); i++)
        assert_int_equal(*kind.section != 0, strcmp(kind.files, "models") == 0);
}

static void what_is_not_there_is_not_handed_out(void **state) {
    stridec_kind_info kind = {.size = sizeof kind}, no_kind = {0};
    stridec_attribute_info attribute = {.size = sizeof attribute}, no_attribute = {0};
    stridec_value_info value = {.size = sizeof value}, no_value = {0};
    (void)state;
    assert_false(stridec_kind_at(SIZE_MAX, &kind));
    assert_false(stridec_kind_at(0, NULL));
    assert_false(stridec_kind_at(0, &no_kind));
    assert_false(stridec_attribute_at("flow", SIZE_MAX, &attribute));
    assert_false(stridec_attribute_at("flaw", 0, &attribute));
    assert_false(stridec_attribute_at(NULL, 0, &attribute));
    assert_false(stridec_attribute_at("flow", 0, NULL));
    assert_false(stridec_attribute_at("flow", 0, &no_attribute));
    assert_false(stridec_value_at("flow", "auth", SIZE_MAX, &value));
    assert_false(stridec_value_at("store", "auth", 0, &value));
    assert_false(stridec_value_at("flow", NULL, 0, &value));
    assert_false(stridec_value_at(NULL, "auth", 0, &value));
    assert_false(stridec_value_at("flow", "about", 0, &value));
    assert_false(stridec_value_at("flow", "auth", 0, NULL));
    assert_false(stridec_value_at("flow", "auth", 0, &no_value));
    assert_true(stridec_value_at("flow", "auth", 0, &value));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_attributes_and_values_are_those_of_the_manual),
        cmocka_unit_test(the_section_of_yaml_is_known_of_what_a_model_holds),
        cmocka_unit_test(what_is_not_there_is_not_handed_out),
    };
    return cmocka_run_group_tests_name("language_data", tests, NULL, NULL) != 0;
}
