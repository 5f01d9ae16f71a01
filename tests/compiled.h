/* Compilations as JSON, for tests that look at rows: text in, the parsed output out. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_COMPILED_H
#define TESTS_COMPILED_H

#include "sharing.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* "" when there is no such member. */
static inline const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* Ends the test when it does not compile. */
static inline json_t *compile(const char *name, const char *text) {
    struct text json = {0}, problems = {0};
    stridec *compilation = sharing_new();
    if (stridec_compile(compilation, name, text, strlen(text)) != STRIDEC_OK) {
        stridec_print_diagnostics(compilation, false, text_take, &problems);
        fail_msg("%s does not compile:\n%s\n%s", name, problems.at ? problems.at : "", text);
    }
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &json), STRIDEC_OK);
    stridec_free(compilation);
    json_error_t error;
    json_t *root = json_loads(json.at, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s: line %d: %s", name, error.line, error.text);
    free(json.at);
    return root;
}

static inline json_t *compile_file(const char *path) {
    struct text text = read_file(path);
    json_t *root = compile(path, text.at);
    free(text.at);
    return root;
}

static inline json_t *find_member(const json_t *list, const char *id) {
    json_t *member;
    size_t i;
    json_array_foreach(list, i, member) if (strcmp(text_of(member, "id"), id) == 0) return member;
    return NULL;
}

static inline json_t *find_row(const json_t *root, const char *id) {
    return find_member(json_object_get(root, "candidates"), id);
}

static inline json_t *find_pattern(const json_t *row, const char *id) {
    return find_member(json_object_get(row, "patterns"), id);
}

static inline bool is_open_first(const json_t *row) {
    return strcmp(text_of(row, "state"), "open") == 0 &&
           json_integer_value(json_object_get(row, "tier")) == 1;
}

#endif
