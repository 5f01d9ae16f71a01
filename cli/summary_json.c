/* The numbers of a model from the JSON of its compilation (doc/json.md), which another run has
 * printed: nothing is compiled again. */
// SPDX-License-Identifier: MIT
#include "paths.h"
#include "summary.h"

#include <jansson.h>
#include <string.h>

#define SCHEMA 1

static const char *string_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* A decision's attribute: a text, or the first of a list. */
static const char *attribute_of(void *decision, const char *name) {
    const json_t *value = json_object_get(json_object_get(decision, "attributes"), name);
    return json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);
}

static bool has_word(const json_t *list, const char *word) {
    size_t i;
    json_t *at;
    json_array_foreach(list, i, at) if (json_is_string(at) &&
                                        strcmp(json_string_value(at), word) == 0) return true;
    return false;
}

/* What a decision names stands so, or it does itself. */
static bool stands(void *decision, const char *standing) {
    size_t i;
    json_t *target;
    json_array_foreach(
        json_object_get(decision, "targets"), i,
        target) if (has_word(json_object_get(target, "standing"), standing)) return true;
    return has_word(json_object_get(decision, "standing"), standing);
}

/* The lists of decisions, what each of them holds, and where it says how that stands. */
static const struct {
    const char *list, *kind, *state;
} lists[] = {
    {"threats", "threat", NULL},   {"mitigations", "mitigation", "state"},
    {"risks", "risk", "decision"}, {"dismissals", "dismiss", "code"},
    {"baselines", "baseline", ""}, {"reviews", "review", "verdict"},
};

static void take_list(struct summary *summary, const json_t *compilation, size_t list,
                      const struct deadline *deadline) {
    size_t i;
    json_t *decision;
    json_array_foreach(json_object_get(compilation, lists[list].list), i, decision) {
        const char *state = lists[list].state ? attribute_of(decision, lists[list].state)
                                              : string_of(decision, "state");
        const struct decision_record record = {.kind = lists[list].kind,
                                               .state = state ? state : "",
                                               .priority = string_of(decision, "priority"),
                                               .stands = stands,
                                               .text = attribute_of,
                                               .context = decision};
        summary_take(summary, &record, deadline);
    }
}

/* Those that another file declares count there: their ids begin with its alias. */
static size_t count_own(const json_t *elements) {
    size_t index, count = 0;
    const json_t *element;
    json_array_foreach((json_t *)elements, index, element) count +=
        strchr(string_of(element, "id"), '.') == NULL;
    return count;
}

static void take_compilation(struct summary *summary, const json_t *compilation,
                             const struct deadline *deadline) {
    const json_t *model = json_object_get(compilation, "model");
    const json_t *open = json_object_get(json_object_get(compilation, "summary"), "open_by_tier");
    const char *label = string_of(model, "label");
    summary->label = text_copy(*label ? label : string_of(model, "id"));
    summary->owner = text_copy(string_of(json_object_get(model, "attributes"), "owner"));
    summary->elements = count_own(json_object_get(compilation, "elements"));
    summary->flows = json_array_size(json_object_get(compilation, "flows"));
    for (size_t i = 0; i < TIERS; i++) {
        json_int_t rows = json_integer_value(json_array_get(open, i));
        summary->open[i] = rows > 0 ? (size_t)rows : 0;
    }
    for (size_t i = 0; i < COUNT(lists); i++)
        take_list(summary, compilation, i, deadline);
}

bool summary_from_json(struct summary *summary, const char *text, size_t length,
                       const struct deadline *deadline) {
    json_t *compilation = json_loadb(text, length, 0, NULL);
    const json_t *schema = json_object_get(json_object_get(compilation, "stridec"), "schema");
    bool fits = json_is_integer(schema) && json_integer_value(schema) == SCHEMA;
    if (fits)
        take_compilation(summary, compilation, deadline);
    json_decref(compilation);
    return fits;
}
