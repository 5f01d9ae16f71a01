/* Both ends of stating facts, on the two reference systems. In tests/reference/NAME-answered.dfd
 * each question of the first tier is answered by one stated, safe fact on a line of its own: the
 * lines are taken away one by one, and each time something opens. NAME-traits.dfd states no fact at
 * all, and each of the sixteen threats is met. */
// SPDX-License-Identifier: MIT
#include "compiled.h"
#include "model/kind.h"

#include <ctype.h>
#include <stdio.h>

static const char *const names[] = {"payment", "file-upload"};
#define NAMES (sizeof names / sizeof *names)

static json_t *compile_variant(const char *name, const char *variant) {
    char *path = format("tests/reference/%s-%s.dfd", name, variant);
    json_t *root = compile_file(path);
    free(path);
    return root;
}

static json_t *compile_original(const char *name) {
    char *path = format("samples/%s/%s.dfd", name, name);
    json_t *root = compile_file(path);
    free(path);
    return root;
}

/* ---- attributes -------------------------------------------------------------------------- */

static enum attribute_role role_of(const char *name) {
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++)
        if (strcmp(attribute_rows[id].name, name) == 0)
            return attribute_rows[id].role;
    return ROLE_NOTE;
}

static bool is_safe(const char *name, const char *value) {
    bool safe = false;
    for (size_t id = 0; id < ATTRIBUTE_COUNT && !safe; id++)
        if (strcmp(attribute_rows[id].name, name) == 0)
            value_is_known((enum attribute_id)id, slice_of(value), &safe);
    return safe;
}

/* "pay.auth": its value, for each attribute of a role in the model. */
static json_t *attributes_of(const json_t *root, enum attribute_role role) {
    static const char *const lists[] = {"boundaries", "elements", "flows", "crossings"};
    json_t *all = json_object(), *decl, *value;
    const char *name;
    size_t i;
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++)
        json_array_foreach(json_object_get(root, lists[list]), i, decl)
            json_object_foreach(json_object_get(decl, "attributes"), name, value) {
            const char *id = *text_of(decl, "id") ? text_of(decl, "id") : text_of(decl, "subject");
            char *key = format("%s.%s", id, name);
            if (role_of(name) == role)
                json_object_set(all, key, value);
            free(key);
        }
    return all;
}

static json_t *ids_of(const json_t *root) {
    json_t *ids = json_object(), *row;
    size_t i;
    json_array_foreach(json_object_get(root, "candidates"), i, row)
        json_object_set_new(ids, text_of(row, "id"), json_true());
    return ids;
}

static bool same(json_t *one, json_t *other) {
    bool equal = json_equal(one, other);
    json_decref(one);
    json_decref(other);
    return equal;
}

static void a_variant_has_the_rows_and_traits_of_its_sample(void **state) {
    static const char *const variants[] = {"answered", "traits"};
    (void)state;
    for (size_t i = 0; i < NAMES * 2; i++) {
        json_t *root = compile_original(names[i / 2]);
        json_t *variant = compile_variant(names[i / 2], variants[i % 2]);
        if (!same(ids_of(root), ids_of(variant)) ||
            !same(attributes_of(root, ROLE_TRAIT), attributes_of(variant, ROLE_TRAIT)))
            fail_msg("%s-%s.dfd is not %s.dfd with other facts", names[i / 2], variants[i % 2],
                     names[i / 2]);
        json_decref(root);
        json_decref(variant);
    }
}

/* ---- each question answered -------------------------------------------------------------- */

static size_t count_open_first(const json_t *root) {
    const json_t *row;
    size_t i, open = 0;
    json_array_foreach(json_object_get(root, "candidates"), i, row) {
        if (is_open_first(row))
            print_error("%s is open in tier 1\n", text_of(row, "id"));
        open += is_open_first(row);
    }
    return open;
}

static void no_row_of_the_first_tier_is_open(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        json_t *root = compile_variant(names[i], "answered");
        assert_int_equal(count_open_first(root), 0);
        json_decref(root);
    }
}

static void each_fact_that_answers_is_safe(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        json_t *root = compile_variant(names[i], "answered");
        json_t *facts = attributes_of(root, ROLE_FACT), *value;
        const char *key;
        json_object_foreach(facts, key,
                            value) if (!is_safe(strchr(key, '.') + 1, json_string_value(value)))
            fail_msg("%s of %s is not safe", key, names[i]);
        json_decref(facts);
        json_decref(root);
    }
}

/* The line states a fact and nothing else. */
static bool states_fact(const char *line) {
    char name[64] = "";
    int end = 0;
    sscanf(line, " %63[a-z_]: %*[a-z_]%n", name, &end);
    return end && line[end] == '\n' && role_of(name) == ROLE_FACT;
}

/* A row is open that was not, or one of the first tier is. */
static bool opens(const json_t *before, const json_t *after) {
    const json_t *row;
    size_t i;
    json_array_foreach(json_object_get(after, "candidates"), i, row) {
        bool was = strcmp(text_of(find_row(before, text_of(row, "id")), "state"), "open") == 0;
        if (is_open_first(row) || (strcmp(text_of(row, "state"), "open") == 0 && !was))
            return true;
    }
    return false;
}

static bool is_needed(const char *name, const char *text, const char *line, const json_t *before) {
    size_t length = strcspn(line, "\n");
    char *without = format("%.*s%s", (int)(line - text), text, line + length);
    json_t *after = compile(name, without);
    bool needed = opens(before, after);
    if (!needed)
        print_error("%s: nothing opens without '%.*s'\n", name, (int)length, line);
    json_decref(after);
    free(without);
    return needed;
}

static void without_any_one_of_its_facts_something_opens(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        char *path = format("tests/reference/%s-answered.dfd", names[i]);
        struct text text = read_file(path);
        json_t *root = compile(path, text.at), *facts = attributes_of(root, ROLE_FACT);
        size_t stated = 0, idle = 0;
        for (const char *line = text.at; *line; line += strcspn(line, "\n") + 1) {
            if (states_fact(line)) {
                stated++;
                idle += !is_needed(path, text.at, line, root);
            }
        }
        assert_int_equal(stated, json_object_size(facts));
        assert_int_equal(idle, 0);
        json_decref(facts);
        json_decref(root);
        free(text.at);
        free(path);
    }
}

/* ---- traits only ------------------------------------------------------------------------- */

static void traits_alone_meet_the_sixteen(void **state) {
    json_error_t error;
    json_t *threats = json_load_file("tests/reference/sixteen.json", 0, &error), *threat;
    size_t i, missed = 0;
    (void)state;
    assert_non_null(threats);
    json_array_foreach(threats, i, threat) {
        json_t *root = compile_variant(text_of(threat, "model"), "traits");
        json_t *facts = attributes_of(root, ROLE_FACT);
        assert_int_equal(json_object_size(facts), 0);
        const json_t *row = find_row(root, text_of(threat, "row"));
        const json_t *pattern = find_pattern(row, text_of(threat, "pattern"));
        if (strcmp(text_of(pattern, "state"), "open") != 0 || !is_open_first(row)) {
            print_error("%s: %s/%s is not open in tier 1\n", text_of(threat, "threat"),
                        text_of(threat, "row"), text_of(threat, "pattern"));
            missed++;
        }
        json_decref(facts);
        json_decref(root);
    }
    json_decref(threats);
    assert_int_equal(missed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variant_has_the_rows_and_traits_of_its_sample),
        cmocka_unit_test(no_row_of_the_first_tier_is_open),
        cmocka_unit_test(each_fact_that_answers_is_safe),
        cmocka_unit_test(without_any_one_of_its_facts_something_opens),
        cmocka_unit_test(traits_alone_meet_the_sixteen),
    };
    return cmocka_run_group_tests_name("variants", tests, NULL, NULL);
}
