/* Any bytes as a model and, with a line %% between, the texts of up to three files of decisions
 * beside it. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS ((size_t)4) /* the model, then the files */

static const char *const paths[TEXTS] = {"x.dfd", "x.triage.dfd", "x.triage/a.dfd",
                                         "x.triage/b.dfd"};

struct texts {
    struct bytes of[TEXTS]; /* `at` is NULL where there is none */
    bool backwards;         /* the folder is listed in the other order */
};

/* ---- what is read ------------------------------------------------------------------------ */

static void split_input(const uint8_t *data, size_t size, struct texts *texts) {
    struct bytes *parts[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        parts[i] = &texts->of[i];
    split_texts(data, size, parts, TEXTS);
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct texts *texts = context;
    for (size_t i = 1; i < TEXTS; i++)
        if (strcmp(path, paths[i]) == 0 && texts->of[i].at) {
            take(taker, texts->of[i].at, texts->of[i].length);
            return STRIDEC_LOADED;
        }
    return STRIDEC_NOT_THERE;
}

static stridec_loaded list(void *context, const char *folder, stridec_sink *take, void *taker) {
    const struct texts *texts = context;
    (void)folder;
    for (size_t i = 0; i < 2; i++) {
        const char *path = paths[texts->backwards ? TEXTS - 1 - i : TEXTS - 2 + i];
        if (texts->of[texts->backwards ? TEXTS - 1 - i : TEXTS - 2 + i].at)
            take(taker, strchr(path, '/') + 1, 5);
    }
    return STRIDEC_LOADED;
}

static stridec *compile(struct texts *texts, stridec_status *status) {
    const stridec_config config = {.size = sizeof config,
                                   .memory_limit = (size_t)64 << 20,
                                   .load = load,
                                   .list = list,
                                   .load_context = texts,
                                   .decisions = true,
                                   .pack = built_in_pack()};
    stridec *compilation = stridec_new(&config);
    *status = stridec_compile(compilation, paths[0], texts->of[0].at, texts->of[0].length);
    if (*status != STRIDEC_OK && *status != STRIDEC_INVALID)
        refuse("compile says: %s", stridec_status_text(*status));
    return compilation;
}

/* ---- claims ------------------------------------------------------------------------------ */

/* What the gate says, printed, and all as JSON. */
static struct bytes all_that_is_said(stridec *compilation, stridec_status status) {
    const stridec_gate_options today = {.size = sizeof today, .today = "2026-11-30"};
    const stridec_output output = {.size = sizeof output, .all = true};
    struct bytes said = {0};
    bytes_add(&said, "", 0);
    if (status == STRIDEC_OK) {
        stridec_status gate = stridec_gate(compilation, &today);
        if (gate != STRIDEC_OK && gate != STRIDEC_FINDINGS && gate != STRIDEC_MISUSE)
            refuse("the gate says: %s", stridec_status_text(gate));
        stridec_emit(compilation, "json", &output, bytes_take, &said);
        bytes_add(&said, "\n", 1);
    }
    stridec_print_diagnostics(compilation, false, bytes_take, &said);
    return said;
}

static void require_same(struct bytes one, struct bytes other, const char *what) {
    if (!bytes_equal(one, other))
        refuse("%s: not the same\n%s\n----\n%s", what, one.at, other.at);
}

/* Files of a folder are read in order of their names, whatever the order of the folder. */
static void check_order(struct texts *texts, struct bytes said) {
    stridec_status status;
    texts->backwards = true;
    stridec *compilation = compile(texts, &status);
    struct bytes again = all_that_is_said(compilation, status);
    require_same(said, again, "the folder in another order");
    free(again.at);
    stridec_free(compilation);
}

/* Several files say what one does that has the texts of all. */
static void check_joined(const struct texts *texts, json_t *root) {
    struct texts joined = {.of = {texts->of[0]}};
    stridec_status status;
    for (size_t i = 1; i < TEXTS; i++) {
        if (!texts->of[i].at)
            continue; /* a model without decisions is another one than with an empty file of them */
        if (texts->of[i].length >= 3 && memcmp(texts->of[i].at, "\xef\xbb\xbf", 3) == 0)
            goto done; /* a mark is one only where a text begins */
        bytes_add(&joined.of[1], "\n", 1);
        bytes_add(&joined.of[1], texts->of[i].at, texts->of[i].length);
    }
    stridec *compilation = compile(&joined, &status);
    const stridec_output output = {.size = sizeof output, .all = true};
    struct bytes json = {0};
    stridec_print_diagnostics(compilation, false, bytes_take, &json);
    if (status != STRIDEC_OK)
        refuse("one file with the texts of all does not compile\n%s", json.at ? json.at : "");
    free(json.at);
    json = (struct bytes){0};
    stridec_emit(compilation, "json", &output, bytes_take, &json);
    json_t *other = json.length ? json_loads(json.at, 0, NULL) : NULL;
    if (!json_equal(root, other))
        refuse("one file with the texts of all says something else\n%s", json.at);
    json_decref(other);
    free(json.at);
    stridec_free(compilation);
done:
    free(joined.of[1].at);
}

static bool stands(const json_t *target, const char *word) {
    size_t i;
    json_t *at;
    json_array_foreach(json_object_get(target, "standing"), i,
                       at) if (strcmp(json_string_value(at), word) == 0) return true;
    return false;
}

/* A pattern that a threat names is dismissed by nobody, and by one dismissal at most. */
static void check_kind(const json_t *root, const char *kind, int number, json_t *answers) {
    size_t i, j;
    json_t *decision, *target;
    json_array_foreach(json_object_get(root, kind), i, decision) {
        json_t *own = json_object();
        json_array_foreach(json_object_get(decision, "targets"), j, target) {
            const char *id = json_string_value(json_object_get(target, "id"));
            json_int_t before = json_integer_value(json_object_get(answers, id));
            bool decides = strchr(id, '/') && !stands(target, "orphan") &&
                           !stands(target, "gone") && !stands(target, "elsewhere");
            if (decides && before && !json_object_get(own, id) &&
                (before != number || strcmp(kind, "dismissals") == 0))
                refuse("%s is among %s, and was decided before", id, kind);
            if (decides)
                json_object_set_new(answers, id, json_integer(number));
            json_object_set_new(own, id, json_true());
        }
        json_decref(own);
    }
}

static void check_answers(json_t *root) {
    json_t *answers = json_object();
    check_kind(root, "threats", 1, answers);
    check_kind(root, "dismissals", 2, answers);
    check_kind(root, "baselines", 3, answers);
    json_decref(answers);
}

/* A decision that holds leaves nothing to decide. */
static void check_pending(const json_t *root) {
    size_t i, j;
    json_t *row, *pattern;
    json_array_foreach(json_object_get(root, "candidates"), i, row) {
        bool any = json_is_true(json_object_get(row, "pending"));
        json_array_foreach(json_object_get(row, "patterns"), j, pattern) {
            bool pending = json_is_true(json_object_get(pattern, "pending"));
            any |= pending;
            if (pending &&
                json_is_true(json_object_get(json_object_get(pattern, "decision"), "holds")))
                refuse("a decided question is pending in %s",
                       json_string_value(json_object_get(row, "id")));
        }
        if (any && strcmp(json_string_value(json_object_get(row, "state")), "open") != 0)
            refuse("something is pending in %s, which is not open",
                   json_string_value(json_object_get(row, "id")));
    }
}

static void check_json_of(const struct texts *texts, struct bytes said) {
    json_error_t error;
    json_t *root = json_loads(said.at, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
    if (!root)
        return; /* decisions alone, which have no rows */
    check_answers(root);
    check_pending(root);
    check_joined(texts, root);
    json_decref(root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct texts texts = {.backwards = false};
    stridec_status status;
    split_input(data, size, &texts);
    stridec *compilation = compile(&texts, &status);
    for (size_t i = 0; i < TEXTS && texts.of[i].at; i++) {
        struct document document = document_of(paths[i], texts.of[i]);
        check_diagnostics(compilation, &document);
    }
    struct bytes said = all_that_is_said(compilation, status);
    stridec_free(compilation);
    check_order(&texts, said);
    if (status == STRIDEC_OK)
        check_json_of(&texts, said);
    free(said.at);
    for (size_t i = 0; i < TEXTS; i++)
        free(texts.of[i].at);
    return 0;
}
