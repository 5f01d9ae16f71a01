/* What is suggested: each row of the table is heard, none states a fact or what is safe, and all
 * suggestions put into a model leave it as it was but for traits, with no question covered. */
// SPDX-License-Identifier: MIT
#include "compiled.h"
#include "model/kind.h"
#include "models/random_model.h"

static const struct row {
    unsigned kinds;
    enum attribute_id id;
    const char *value, *words;
} rows[] = {
#define SOUNDS(kinds, attribute, value, words) {kinds, ATTRIBUTE_##attribute, value, words},
#include "model/products.def"
};
#define ROW_COUNT (sizeof rows / sizeof *rows)

static void rows_state_traits_that_are_not_safe(void **state) {
    size_t words = 0;
    (void)state;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        bool safe, known = value_is_known(rows[i].id, slice_of(rows[i].value), &safe);
        if (!known || safe || attribute_rows[rows[i].id].role != ROLE_TRAIT ||
            rows[i].id == ATTRIBUTE_initiator)
            fail_msg("%s: %s", attribute_rows[rows[i].id].name, rows[i].value);
        for (const char *at = rows[i].words; *at; at++)
            words += *at == ' ';
    }
    assert_true(words > 120);
}

/* ---- each row ---------------------------------------------------------------------------- */

static stridec *compiled(const char *path, const char *text, size_t length) {
    stridec *compilation = sharing_new();
    if (stridec_compile(compilation, path, text, length) == STRIDEC_OK)
        return compilation;
    stridec_free(compilation);
    return NULL;
}

/* "kind: sql" of a label, or "". */
static char *suggested(enum kind kind, const char *label, const char *attribute) {
    char *text = kind == KIND_FLOW
                     ? format("process a\nprocess b\nflow f = a -> b : \"%s\"\n", label)
                     : format("process a\n%s f \"%s\"\n", kind_rows[kind].word, label);
    stridec *compilation = compiled("a.dfd", text, strlen(text));
    stridec_suggestion found = {.size = sizeof found};
    char *value = NULL;
    assert_non_null(compilation);
    for (size_t i = 0; !value && stridec_suggestion_at(compilation, i, &found); i++)
        if (strcmp(found.id, "f") == 0 && strcmp(found.attribute, attribute) == 0) {
            assert_string_equal(found.code, "N0801");
            value = format("%s", found.value);
        }
    stridec_free(compilation);
    free(text);
    return value ? value : format("%s", "");
}

/* The value, or a list "[file, command]" that has it. */
static bool is_among(const char *value, const char *wanted) {
    size_t length = strlen(wanted);
    for (const char *at = value; (at = strstr(at, wanted)); at++)
        if ((at == value || strchr("[ ", at[-1])) && strchr(",]", at[length]))
            return true;
    return false;
}

static void check_word(const struct row *row, struct slice word, struct text *problems) {
    char *label = format("%.*s", SLICE_ARGS(word));
    const char *attribute = attribute_rows[row->id].name;
    for (char *at = label; *at; at++)
        *at = *at == '_' ? ' ' : *at;
    for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
        if (!kind_in((enum kind)kind, row->kinds))
            continue;
        char *value = suggested((enum kind)kind, label, attribute);
        if (!is_among(value, row->value)) {
            char *line = format("%s \"%s\": %s: %s, not %s\n", kind_rows[kind].word, label,
                                attribute, value, row->value);
            text_add(problems, line, strlen(line));
            free(line);
        }
        free(value);
    }
    free(label);
}

static void each_word_is_heard(void **state) {
    struct text problems = {0};
    (void)state;
    text_add(&problems, "", 0);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const char *rest = rows[i].words;
        for (struct slice word; next_synonym(&rest, &word);)
            check_word(&rows[i], word, &problems);
    }
    if (problems.length)
        fail_msg("%s", problems.at);
    free(problems.at);
}

static const struct {
    enum kind kind;
    const char *label, *attribute, *value;
} labels[] = {
    {KIND_STORE, "Orders (PostgreSQL)", "kind", "sql"},
    {KIND_STORE, "orders-postgres-2", "kind", "sql"},
    {KIND_STORE, "Orders (Redis, Kafka)", "kind", ""},
    {KIND_STORE, "MySQL user & config", "kind", ""},
    {KIND_STORE, "Database", "kind", ""},
    {KIND_STORE, "Queue of orders", "kind", "queue"},
    {KIND_STORE, "Queue statistics", "kind", ""},
    {KIND_STORE, "Orders without PostgreSQL", "kind", ""},
    {KIND_STORE, "Redis \xe2\x80\x93 sessions", "kind", "cache"},
    {KIND_PROCESS, "Order worker", "kind", "worker"},
    {KIND_PROCESS, "Worker settings", "kind", ""},
    {KIND_PROCESS, "Workers 1", "kind", "worker"},
    {KIND_PROCESS, "Admin API", "kind", "admin"},
    {KIND_PROCESS, "Payment gateway", "kind", ""},
    {KIND_PROCESS, "Data model", "kind", ""},
    {KIND_PROCESS, "Delivery driver", "kind", ""},
    {KIND_PROCESS, "Keycloak", "kind", "identity"},
    {KIND_PROCESS, "Kubernetes API server", "runs_on", ""},
    {KIND_EXTERNAL, "Customer", "kind", "person"},
    {KIND_EXTERNAL, "Customer browser", "kind", "browser"},
    {KIND_EXTERNAL, "User directory", "kind", ""},
    {KIND_ACTOR, "Customer", "kind", ""},
    {KIND_FLOW, "POST /orders/{id}", "carries", "[command, object_id]"},
    {KIND_FLOW, "GET /orders", "carries", ""},
    {KIND_FLOW, "post the parcel", "carries", ""},
    {KIND_FLOW, "DELETE /orders/:id", "carries", "[command, object_id]"},
    {KIND_FLOW, "download CSV", "carries", "[file]"},
    {KIND_FLOW, "webhook", "carries", "[event]"},
    {KIND_FLOW, "search results", "carries", ""},
    {KIND_FLOW, "webhook URL", "carries", ""},
    {KIND_FLOW, "gRPC", "protocol", "grpc"},
    {KIND_FLOW, "gRPC over TLS", "protocol", ""},
    {KIND_FLOW, "HTTPS", "protocol", ""},
    {KIND_FLOW, "HTTP/2", "protocol", ""},
    {KIND_FLOW, "you can file a claim", "protocol", ""},
    {KIND_BOUNDARY, "Corporate network", "kind", "network"},
    {KIND_BOUNDARY, "Social networks", "kind", ""},
    {KIND_EXTERNAL, "Somebody near the device", "kind", ""},
    {KIND_FLOW, "goes to the payment page", "carries", ""},
    {KIND_BOUNDARY, "Signed-in session", "kind", ""},
};

static void labels_say_what_they_say_and_no_more(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        char *value = suggested(labels[i].kind, labels[i].label, labels[i].attribute);
        if (strcmp(value, labels[i].value) != 0)
            fail_msg("%s \"%s\": %s: '%s', not '%s'", kind_rows[labels[i].kind].word,
                     labels[i].label, labels[i].attribute, value, labels[i].value);
        free(value);
    }
}

/* ---- writing ----------------------------------------------------------------------------- */

/* What the JSON says of the model itself: all that stands before the rows, which are the most of it
 * and have functions of their own. */
static json_t *declarations_of(stridec *compilation) {
    static const char rows_begin[] = ",\n\"candidates\": [";
    struct text json = {0};
    assert_int_equal(stridec_emit(compilation, "json", NULL, text_take, &json), STRIDEC_OK);
    char *end = strstr(json.at, rows_begin);
    assert_non_null(end);
    end[0] = '}', end[1] = '\0';
    json_t *root = json_loads(json.at, 0, NULL);
    free(json.at);
    assert_non_null(root);
    return root;
}

/* From what kind of thing calls. */
static bool is_computed(const char *key) {
    return strcmp(key, "from_outside") == 0 || strcmp(key, "direction") == 0 ||
           strcmp(key, "calls") == 0;
}

/* Whether `after` says all that `before` says, wherever it stands; members may be added. */
static bool keeps(const json_t *before, const json_t *after) {
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_object(before)) {
        json_object_foreach((json_t *)before, key,
                            value) if (!is_computed(key) &&
                                       !keeps(value, json_object_get(after, key))) return false;
        return json_is_object(after);
    }
    if (json_is_array(before)) {
        json_array_foreach(before, i,
                           value) if (!keeps(value, json_array_get(after, i))) return false;
        return json_array_size(before) == json_array_size(after);
    }
    return json_equal(before, after);
}

static void check_declarations(const char *path, const json_t *before, const json_t *after) {
    static const char *const lists[] = {"model",    "assets", "boundaries",
                                        "elements", "flows",  "crossings"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const json_t *was = json_object_get(before, lists[i]);
        assert_non_null(was);
        if (!keeps(was, json_object_get(after, lists[i])))
            fail_msg("%s: %s say something else", path, lists[i]);
    }
}

/* The questions in this state, each in a line: "\nS@webhook/forged_caller\n". */
static struct text questions_that_are(const char *wanted, stridec *compilation) {
    stridec_row row = {.size = sizeof row};
    stridec_pattern pattern = {.size = sizeof pattern};
    struct text lines = {0};
    text_add(&lines, "\n", 1);
    for (size_t i = 0; stridec_row_at(compilation, i, &row); i++)
        for (size_t j = 0; stridec_pattern_at(compilation, i, j, &pattern); j++)
            if (strcmp(pattern.state, wanted) == 0) {
                text_add(&lines, row.id, strlen(row.id));
                text_add(&lines, "/", 1);
                text_add(&lines, pattern.id, strlen(pattern.id));
                text_add(&lines, "\n", 1);
            }
    return lines;
}

static void check_questions(const char *path, struct text open, stridec *after) {
    struct text covered = questions_that_are("covered", after);
    for (char *at = covered.at; at[1]; at = strchr(at + 1, '\n')) {
        size_t length = strcspn(at + 1, "\n") + 2;
        char *line = format("%.*s", (int)length, at);
        if (strstr(open.at, line))
            fail_msg("%s: covered by a guess:%s", path, line);
        free(line);
    }
    free(covered.at);
}

/* The fix of each suggestion alone leaves a text that compiles too. */
static void check_fixes(const char *path, stridec *compilation, const char *text, size_t length) {
    stridec_change fix = {.size = sizeof fix};
    for (size_t i = 0; i < 10 && i < stridec_suggestion_count(compilation); i++) {
        if (!stridec_suggestion_fix_at(compilation, i, &fix))
            continue;
        char *changed = format("%.*s%s%.*s", (int)fix.start, text, fix.text,
                               (int)(length - fix.end), text + fix.end);
        stridec *again = compiled(path, changed, strlen(changed));
        if (!again || stridec_suggestion_count(again) >= stridec_suggestion_count(compilation))
            fail_msg("%s: with '%s':\n%s", path, fix.text, changed);
        stridec_free(again);
        free(changed);
    }
}

static size_t try_text(const char *path, const char *text, size_t length) {
    stridec *compilation = compiled(path, text, length);
    size_t count = compilation ? stridec_suggestion_count(compilation) : 0;
    if (!count || !stridec_row_count(compilation)) {
        stridec_free(compilation);
        return 0;
    }
    check_fixes(path, compilation, text, length);
    struct text written = {0}, open = questions_that_are("open", compilation);
    json_t *before = declarations_of(compilation);
    assert_int_equal(stridec_suggest(compilation), STRIDEC_OK);
    assert_int_equal(stridec_write_changed(compilation, path, text_take, &written), STRIDEC_OK);
    stridec *again = compiled(path, written.at, written.length);
    if (!again || stridec_suggestion_count(again))
        fail_msg("%s: %s:\n%s", path, again ? "more is suggested" : "does not compile", written.at);
    json_t *after = declarations_of(again);
    check_declarations(path, before, after);
    check_questions(path, open, again);
    json_decref(before);
    json_decref(after);
    free(written.at);
    free(open.at);
    stridec_free(again);
    stridec_free(compilation);
    return count;
}

/* In both forms. */
static size_t try_model(const char *path, struct text model) {
    struct text yaml = {0};
    size_t count = try_text(path, model.at, model.length);
    stridec *compilation = count ? sharing_new() : NULL;
    if (compilation && stridec_convert(compilation, path, model.at, model.length, "yaml", text_take,
                                       &yaml) == STRIDEC_OK)
        assert_int_equal(try_text("converted.yaml", yaml.at, yaml.length), count);
    stridec_free(compilation);
    free(yaml.at);
    return count;
}

static void models_of_the_repository(void **state) {
    static const char *const folders[] = {"samples", "tests/cases", "tests/diagnostics"};
    size_t count = 0;
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct paths files = find_models(folders[i], ".dfd");
        for (size_t j = 0; j < files.count; j++) {
            struct text text = read_file(files.items[j]);
            if (text.length < 50000)
                count += try_model(files.items[j], text);
            free(text.at);
        }
        free_paths(&files);
    }
    assert_true(count > 100);
}

static const char *pick(uint64_t *seed, const char *words) {
    static char word[64];
    size_t count = 1, wanted;
    for (const char *at = words; *at; at++)
        count += *at == '|';
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    for (wanted = (size_t)(*seed >> 33) % count; wanted; words++)
        wanted -= *words == '|';
    snprintf(word, sizeof word, "%.*s", (int)strcspn(words, "|"), words);
    return word;
}

/* A drawing with labels that say a lot. */
static struct text drawing(uint64_t seed) {
    static const char *const labels_of[] = {
        "Customer|Stripe|Web browser|iPhone|Partner API|Weather service",
        "Shop API|nginx|Keycloak|Order worker|Thumbnailer|AWS Lambda|Jenkins CI|Admin UI|"
        "CSV importer|Link preview|vLLM|Mailer|Android app|PDF generator",
        "PostgreSQL|Kafka|S3 bucket|Redis|Vault|Order queue|Elasticsearch"};
    static const char opening[] = "model m {\n}\nboundary vpc \"VPC\" {\n";
    struct text text = {0};
    text_add(&text, opening, strlen(opening));
    for (size_t i = 0; i < 12; i++) {
        const char *label = pick(&seed, labels_of[i % 3]);
        char *line = i % 3 == 0   ? format("external e%zu \"%s\"\n", i, label)
                     : i % 3 == 1 ? format("process p%zu \"%s\" # it\n", i, label)
                                  : format("store s%zu \"%s\" { }\n", i, label);
        text_add(&text, line, strlen(line));
        free(line);
    }
    text_add(&text, "}\n", 2);
    for (size_t i = 0; i < 11; i++) {
        const char *label = pick(&seed, "POST /a/{id}|upload|webhook|gRPC|search|payment|HTTPS|"
                                        "firmware update|prompt|HTML page|HTTP|MQTT|download CSV");
        char *line = format("flow f%zu = %c%zu -> %c%zu : \"%s\"\n", i, "eps"[i % 3], i,
                            "eps"[(i + 1) % 3], i + 1, label);
        text_add(&text, line, strlen(line));
        free(line);
    }
    return text;
}

static void random_drawings(void **state) {
    size_t count = 0;
    (void)state;
    for (uint64_t i = 0; i < (getenv("SLOW") ? 1000 : 60); i++) {
        struct text model = i % 4 ? drawing(i * 7919) : random_model(i);
        count += try_model("random.dfd", model);
        free(model.at);
    }
    assert_true(count > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_state_traits_that_are_not_safe),
        cmocka_unit_test(each_word_is_heard),
        cmocka_unit_test(labels_say_what_they_say_and_no_more),
        cmocka_unit_test(models_of_the_repository),
        cmocka_unit_test(random_drawings),
    };
    return cmocka_run_group_tests_name("suggestions", tests, NULL, NULL) != 0;
}
