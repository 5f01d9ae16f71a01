/* The JSON Schemas describe what is really written and read: the JSON of models, reports of
 * commands and models in the YAML form are walked along their schema. A field that a schema does
 * not name is a failure, so that none can be added without it. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* ---- a checker for the part of JSON Schema that the schemas use ---------------------------- */

struct checker {
    const json_t *root;
    char *problem; /* the first one; NULL when there is none */
};

static bool check(struct checker *checker, const json_t *schema, const json_t *value,
                  const char *path);

static bool refuse(struct checker *checker, const char *path, const char *why, const char *what) {
    if (!checker->problem)
        checker->problem = format("%s: %s %s", path, why, what);
    return false;
}

static bool has_type(const json_t *value, const char *type) {
    return (strcmp(type, "object") == 0 && json_is_object(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) ||
           (strcmp(type, "string") == 0 && json_is_string(value)) ||
           (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "number") == 0 && json_is_number(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value)) ||
           (strcmp(type, "null") == 0 && json_is_null(value));
}

static bool check_type(const json_t *type, const json_t *value) {
    size_t i;
    json_t *one;
    if (!json_is_array(type))
        return !type || has_type(value, json_string_value(type));
    json_array_foreach(type, i, one) if (has_type(value, json_string_value(one))) return true;
    return false;
}

static bool is_one_of(const json_t *list, const json_t *value) {
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one) if (json_equal(one, value)) return true;
    return false;
}

static bool is_in_range(const json_t *schema, const json_t *value) {
    const json_t *least = json_object_get(schema, "minimum");
    const json_t *most = json_object_get(schema, "maximum");
    return !json_is_integer(value) ||
           ((!least || json_integer_value(value) >= json_integer_value(least)) &&
            (!most || json_integer_value(value) <= json_integer_value(most)));
}

/* "#/$defs/NAME" */
static const json_t *find_definition(struct checker *checker, const char *reference) {
    const char *name = strrchr(reference, '/');
    const json_t *found = json_object_get(json_object_get(checker->root, "$defs"), name + 1);
    if (!found)
        fail_msg("the schema has no %s", reference);
    return found;
}

static bool check_keys(struct checker *checker, const json_t *schema, const json_t *value,
                       const char *path) {
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *others = json_object_get(schema, "additionalProperties");
    const char *key;
    json_t *part;
    bool fine = true;
    json_object_foreach((json_t *)(uintptr_t)value, key, part) {
        const json_t *known = json_object_get(properties, key);
        char *below = format("%s.%s", path, key);
        if (!known && json_is_object(others))
            known = others;
        fine = known ? check(checker, known, part, below) && fine
                     : refuse(checker, below, "is not", "in the schema");
        free(below);
    }
    size_t i;
    json_array_foreach(json_object_get(schema, "required"), i,
                       part) if (!json_object_get(value, json_string_value(part))) fine =
        refuse(checker, path, "lacks", json_string_value(part));
    return fine;
}

static bool check_items(struct checker *checker, const json_t *schema, const json_t *value,
                        const char *path) {
    const json_t *items = json_object_get(schema, "items");
    size_t i;
    json_t *item;
    bool fine = items || !json_array_size(value) ||
                refuse(checker, path, "has items", "that the schema does not describe");
    json_array_foreach(value, i, item) fine = fine && check(checker, items, item, path);
    return fine;
}

static bool check_any(struct checker *checker, const json_t *choices, const json_t *value) {
    size_t i;
    json_t *choice;
    json_array_foreach(choices, i, choice) {
        struct checker trial = {.root = checker->root};
        bool fits = check(&trial, choice, value, "");
        free(trial.problem);
        if (fits)
            return true;
    }
    return false;
}

static bool check(struct checker *checker, const json_t *schema, const json_t *value,
                  const char *path) {
    const json_t *reference = json_object_get(schema, "$ref");
    const json_t *values = json_object_get(schema, "enum");
    const json_t *constant = json_object_get(schema, "const");
    const json_t *choices = json_object_get(schema, "anyOf");
    if (reference &&
        !check(checker, find_definition(checker, json_string_value(reference)), value, path))
        return false;
    if (!check_type(json_object_get(schema, "type"), value))
        return refuse(checker, path, "has", "another type");
    if ((values && !is_one_of(values, value)) || (constant && !json_equal(constant, value)))
        return refuse(checker, path, "has", "another value");
    if (!is_in_range(schema, value))
        return refuse(checker, path, "is not", "in the range");
    if (choices && !check_any(checker, choices, value))
        return refuse(checker, path, "fits", "no choice");
    if (json_is_object(value) && !reference)
        return check_keys(checker, schema, value, path);
    return !json_is_array(value) || reference || choices ||
           check_items(checker, schema, value, path);
}

/* Free the result; NULL when the value fits. */
static char *problem_with(const json_t *schema, const json_t *value) {
    struct checker checker = {.root = schema};
    check(&checker, schema, value, "");
    return checker.problem;
}

static void expect_fit(const json_t *schema, const json_t *value, const char *what) {
    char *problem = problem_with(schema, value);
    if (problem)
        fail_msg("%s: %s", what, problem);
}

/* ---- what is checked ----------------------------------------------------------------------- */

static const char *const models[] = {
    "samples/payment/payment.dfd",
    "samples/file-upload/file-upload.dfd",
    "samples/stridec/stridec.dfd",
    "cli/starter.dfd",
};
#define MODEL_COUNT (sizeof models / sizeof *models)

/* Returns what a command prints; its exit status goes to `status` unless that is NULL. */
static struct text print_of(const char *script, int *status) {
    char *folder = make_folder(), *output = format("%s/output", folder);
    int ended = run_command(&(struct command){.script = script, .output = output});
    if (status)
        *status = ended;
    else
        assert_int_equal(ended, 0);
    struct text text = read_file(output);
    remove_folder(folder);
    free(output);
    free(folder);
    return text;
}

static json_t *parse_json(const struct text *text) {
    json_error_t error;
    json_t *value = json_loadb(text->at, text->length, JSON_REJECT_DUPLICATES, &error);
    if (!value)
        fail_msg("line %d of %s: %s", error.line, text->at, error.text);
    return value;
}

static json_t *json_of(const char *script, int *status) {
    struct text text = print_of(script, status);
    json_t *value = parse_json(&text);
    free(text.at);
    return value;
}

static void json_of_models_fits_its_schema(void **state) {
    static const char with_evidence[] =
        "printf 'external a\\nboundary b {\\n  process p {\\n    logs: central\\n"
        "    evidence { logs: \"audit.c\" }\\n  }\\n}\\na -> p : \"GET /\"\\n' |"
        " stridec threats --format json -";
    (void)state;
    json_t *schema = json_of("stridec schema output", NULL);
    json_t *small = json_of(with_evidence, NULL);
    expect_fit(schema, small, with_evidence);
    json_decref(small);
    for (size_t i = 0; i < MODEL_COUNT; i++) {
        char *script = format("stridec threats --format json %s", models[i]);
        json_t *value = json_of(script, NULL);
        expect_fit(schema, value, models[i]);
        json_decref(value);
        free(script);
    }
    json_decref(schema);
}

/* Both ways, so that each sort of change is among them; and of a model with itself. */
static void what_differs_fits_its_schema(void **state) {
    static const char *const scripts[] = {
        "stridec diff --format json samples/payment/payment.dfd samples/stridec/stridec.dfd",
        "cd tests/cases/cli/diff-as-data && stridec diff --format json old.dfd new.dfd",
        "cd tests/cases/cli/diff-as-data && stridec diff --format json new.dfd old.dfd",
        "cd tests/cases/cli/diff-as-data && stridec diff --format json old.dfd old.dfd",
        "cd tests/cases/cli/diff-knows-what-was-renamed &&"
        " stridec diff --format json old.dfd split.dfd",
        "cd tests/cases/cli/diff-tells-of-decisions && stridec diff --format json old.dfd new.dfd",
    };
    (void)state;
    json_t *schema = json_of("stridec schema diff", NULL);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        json_t *value = json_of(scripts[i], NULL);
        expect_fit(schema, value, scripts[i]);
        json_decref(value);
    }
    json_decref(schema);
}

static void summaries_fit_their_schema(void **state) {
    static const char *const scripts[] = {
        "stridec summary --format json samples/*/*.dfd",
        "cd tests/cases/cli/summary-of-many-models &&"
        " stridec summary --due 30 --today 2026-12-01 --format json *.dfd",
    };
    (void)state;
    json_t *schema = json_of("stridec schema summary", NULL);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        int status;
        json_t *value = json_of(scripts[i], &status);
        expect_fit(schema, value, scripts[i]);
        json_decref(value);
    }
    json_decref(schema);
}

static void the_schema_of_reports_knows_each_outcome(void **state) {
    static const char *const words[] = {
#define OUTCOME(name, word, about) word,
#include "../cli/outcomes.def"
#undef OUTCOME
    };
    (void)state;
    json_t *schema = json_of("stridec schema diagnostics", NULL);
    const json_t *known =
        json_object_get(json_object_get(json_object_get(schema, "properties"), "outcome"), "enum");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        json_t *word = json_string(words[i]);
        if (!is_one_of(known, word))
            fail_msg("cli/report.schema.json has no outcome %s", words[i]);
        json_decref(word);
    }
    assert_int_equal(json_array_size(known), sizeof words / sizeof *words);
    json_decref(schema);
}

static void reports_fit_their_schema(void **state) {
    static const struct {
        const char *script;
        int status;
    } runs[] = {
        {"stridec check --format json samples/payment/payment.dfd", 0},
        {"stridec check --format json no-such-file.dfd", 4},
        {"stridec check --format json --no-such-option", 3},
        {"printf 'process a\\nprocess a\\n' | stridec check --format json -", 2},
        {"printf 'process a\\n' | stridec fmt --check --format json -", 0},
        {"printf 'process   a\\n' | stridec fmt --check --format json -", 1},
        {"printf 'process   a\\n' | stridec fmt --format json -", 0},
        {"stridec explain --format json E0203", 0},
        {"stridec test-rules --format json", 0},
        {"stridec init --format json -", 0},
        {"stridec render --format json samples/payment/payment.dfd", 0},
        {"work=$(mktemp -d) && cp samples/payment/payment.dfd $work && "
         "stridec build --format json $work/payment.dfd && rm -r $work",
         0},
    };
    (void)state;
    json_t *schema = json_of("stridec schema diagnostics", NULL);
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        int status;
        json_t *value = json_of(runs[i].script, &status);
        expect_fit(schema, value, runs[i].script);
        assert_int_equal(status, runs[i].status);
        assert_int_equal(json_integer_value(json_object_get(value, "exit_code")), status);
        json_decref(value);
    }
    json_decref(schema);
}

/* ---- the YAML form ------------------------------------------------------------------------- */

/* A plain number is one, as a checker of JSON Schema would see it; all else is text. */
static json_t *scalar_of(const yaml_node_t *node) {
    const char *text = (const char *)node->data.scalar.value;
    char *end;
    long number = strtol(text, &end, 10);
    if (node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return json_string(text);
    if (!*text || strcmp(text, "null") == 0 || strcmp(text, "~") == 0)
        return json_null();
    return *end ? json_string(text) : json_integer(number);
}

static json_t *value_of(yaml_document_t *document, int index) {
    yaml_node_t *node = yaml_document_get_node(document, index);
    if (node->type == YAML_SCALAR_NODE)
        return scalar_of(node);
    json_t *value = node->type == YAML_MAPPING_NODE ? json_object() : json_array();
    if (node->type == YAML_SEQUENCE_NODE)
        for (yaml_node_item_t *item = node->data.sequence.items.start;
             item < node->data.sequence.items.top; item++)
            json_array_append_new(value, value_of(document, *item));
    else
        for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
             pair < node->data.mapping.pairs.top; pair++)
            json_object_set_new(
                value, (const char *)yaml_document_get_node(document, pair->key)->data.scalar.value,
                value_of(document, pair->value));
    return value;
}

static json_t *parse_yaml(const char *at, size_t length) {
    yaml_parser_t parser;
    yaml_document_t document;
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)at, length);
    assert_true(yaml_parser_load(&parser, &document));
    json_t *value = value_of(&document, 1);
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return value;
}

static void models_in_yaml_fit_their_schema(void **state) {
    (void)state;
    json_t *schema = json_of("stridec schema model", NULL);
    for (size_t i = 0; i < MODEL_COUNT; i++) {
        char *script = format("stridec convert --to yaml %s", models[i]);
        struct text text = print_of(script, NULL);
        json_t *value = parse_yaml(text.at, text.length);
        expect_fit(schema, value, models[i]);
        json_decref(value);
        free(text.at);
        free(script);
    }
    struct paths samples = find_files("samples", ".yaml");
    for (size_t i = 0; i < samples.count; i++) {
        struct text text = read_file(samples.items[i]);
        json_t *value = parse_yaml(text.at, text.length);
        expect_fit(schema, value, samples.items[i]);
        json_decref(value);
        free(text.at);
    }
    free_paths(&samples);
    json_decref(schema);
}

/* Each is what the compiler complains of, too. */
static void the_schema_of_models_finds_mistakes(void **state) {
    static const char *const mistakes[] = {
        "proceses: {}",
        "processes: { api: { kind: apy } }",
        "processes: { api: { encrypted: yes } }",
        "flows: { pay: { from: a } }",
        "boundaries: { vpc: { trust: 10 } }",
        "boundaries: { vpc: { trust: high } }",
        "stores: { db: { allow: [E0203] } }",
        "stores: { db: { encrypted: maybe } }",
        "crossings: { sign_in: { into: zone } }",
    };
    static const char fine[] = "model: { id: shop, label: Shop }\n"
                               "imports: { shared: ../shared/network.yaml }\n"
                               "processes:\n  api:\n  worker: Order worker\n"
                               "  web: { kind: web, parses: [json], evidence: { errors: a.c } }\n"
                               "flows: { pay: { from: api, to: worker, carries: command } }\n";
    (void)state;
    json_t *schema = json_of("stridec schema model", NULL);
    json_t *good = parse_yaml(fine, strlen(fine));
    expect_fit(schema, good, fine);
    json_decref(good);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        json_t *value = parse_yaml(mistakes[i], strlen(mistakes[i]));
        char *problem = problem_with(schema, value);
        if (!problem)
            fail_msg("taken: %s", mistakes[i]);
        free(problem);
        json_decref(value);
    }
    json_decref(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_of_models_fits_its_schema),
        cmocka_unit_test(what_differs_fits_its_schema),
        cmocka_unit_test(summaries_fit_their_schema),
        cmocka_unit_test(the_schema_of_reports_knows_each_outcome),
        cmocka_unit_test(reports_fit_their_schema),
        cmocka_unit_test(models_in_yaml_fit_their_schema),
        cmocka_unit_test(the_schema_of_models_finds_mistakes),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL) != 0;
}
