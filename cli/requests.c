/* Each request has room for as many statements as there are attributes. */
// SPDX-License-Identifier: MIT
#include "requests.h"

#include "report.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool requests_begin(struct requests *requests) {
    *requests = (struct requests){.author = getenv("STRIDEC_AUTHOR")};
    if (!date_of_today(NULL, &requests->today))
        return false;
    requests->today_text = requests->today.text;
    return true;
}

void requests_free(struct requests *requests) {
    pool_free(&requests->pool);
    free(requests->items);
    json_decref(requests->json);
}

/* Of whatever kind. */
static size_t count_attributes(void) {
    static size_t most;
    stridec_kind_info kind = {.size = sizeof kind};
    stridec_attribute_info info = {.size = sizeof info};
    for (size_t i = 0; !most && stridec_kind_at(i, &kind); i++)
        for (size_t j = 0; stridec_attribute_at(kind.word, j, &info); j++)
            most++;
    return most;
}

stridec_request *requests_add(struct requests *requests, const char *verb) {
    stridec_request *more =
        realloc(requests->items, (requests->count + 1) * sizeof *requests->items);
    if (!more) {
        complain("no memory");
        return NULL;
    }
    requests->items = more;
    stridec_stated *stated = pool_take(&requests->pool, count_attributes(), sizeof *stated);
    if (!stated)
        return NULL;
    more[requests->count] = (stridec_request){.size = sizeof *more, .verb = verb, .stated = stated};
    return &more[requests->count++];
}

static bool states(const stridec_request *request, const char *name) {
    for (size_t i = 0; i < request->stated_count; i++)
        if (strcmp(request->stated[i].name, name) == 0)
            return true;
    return false;
}

void request_state(stridec_request *request, const char *name, const char *const *values,
                   size_t count) {
    stridec_stated *stated = (stridec_stated *)(uintptr_t)request->stated; /* ours */
    if (!states(request, name) && request->stated_count < count_attributes())
        stated[request->stated_count++] = (stridec_stated){
            .size = sizeof *stated, .name = name, .values = values, .value_count = count};
}

static const char *kind_of_verb(const char *word) {
    stridec_verb_info verb = {.size = sizeof verb};
    for (size_t i = 0; stridec_verb_at(i, &verb); i++)
        if (strcmp(verb.word, word) == 0)
            return verb.kind;
    return "";
}

void requests_complete(struct requests *requests) {
    for (size_t i = 0; i < requests->count; i++) {
        stridec_request *request = &requests->items[i];
        const char *kind = kind_of_verb(request->verb);
        bool is_review = strcmp(kind, "review") == 0;
        if (*kind && requests->author && *requests->author)
            request_state(request, is_review ? "by" : "author", &requests->author, 1);
        if (is_review)
            request_state(request, "on", &requests->today_text, 1);
    }
}

/* ---- JSON -------------------------------------------------------------------------------- */

struct reading {
    struct requests *requests;
    const char *path;
    size_t number; /* of the decision, from 1 */
};

static bool refuse(const struct reading *reading, const char *name, const char *takes) {
    complain("%s: decision %zu: '%s' takes %s", reading->path, reading->number, name, takes);
    return false;
}

/* A word may be typed as a number or as true. */
static const char *text_of(struct reading *reading, const json_t *value) {
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_boolean(value))
        return json_is_true(value) ? "yes" : "no";
    if (!json_is_integer(value))
        return NULL;
    char *number = pool_take(&reading->requests->pool, 24, 1);
    if (number)
        snprintf(number, 24, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return number;
}

/* One value or a list of them. */
static bool take_values(struct reading *reading, const char *name, const json_t *value,
                        const char *const **values, size_t *count) {
    *count = json_is_array(value) ? json_array_size(value) : 1;
    const char **list = pool_take(&reading->requests->pool, *count, sizeof *list);
    *values = list;
    for (size_t i = 0; list && i < *count; i++)
        if (!(list[i] = text_of(reading, json_is_array(value) ? json_array_get(value, i) : value)))
            return refuse(reading, name, "a string, a number, or a list of them");
    return list != NULL;
}

static bool take_member(struct reading *reading, stridec_request *request, const char *name,
                        const json_t *value) {
    const char *const *values;
    size_t count;
    if (strcmp(name, "tier") == 0) {
        request->tier = (int)json_integer_value(value);
        return (json_is_integer(value) && request->tier >= 1 && request->tier <= 3) ||
               refuse(reading, name, "1, 2 or 3");
    }
    if (!take_values(reading, name, value, &values, &count))
        return false;
    if (strcmp(name, "ids") == 0) {
        request->ids = values;
        request->id_count = count;
        return true;
    }
    const char **word = strcmp(name, "verb") == 0    ? &request->verb
                        : strcmp(name, "id") == 0    ? &request->id
                        : strcmp(name, "label") == 0 ? &request->label
                                                     : NULL;
    if (word && count != 1)
        return refuse(reading, name, "one string");
    if (word)
        *word = values[0];
    else
        request_state(request, name, values, count);
    return true;
}

static bool take_decision(struct reading *reading, json_t *object, const char *verb) {
    const char *name;
    json_t *value;
    if (!json_is_object(object)) {
        complain("%s: decision %zu is no object", reading->path, reading->number);
        return false;
    }
    stridec_request *request = requests_add(reading->requests, verb);
    bool fine = request != NULL;
    json_object_foreach(object, name, value) {
        fine = fine && take_member(reading, request, name, value);
    }
    if (fine && !request->verb)
        return refuse(reading, "verb", "the word for what is decided, such as \"dismiss\"");
    return fine;
}

bool requests_read(struct requests *requests, const char *path, const char *text, size_t length,
                   const char *verb) {
    struct reading reading = {requests, path, 1};
    json_error_t error;
    requests->json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (!requests->json) {
        complain("%s:%d:%d: no JSON: %s", path, error.line, error.column, error.text);
        return false;
    }
    if (!json_is_array((json_t *)requests->json))
        return take_decision(&reading, requests->json, verb);
    bool fine = true;
    for (; reading.number <= json_array_size(requests->json); reading.number++)
        fine &= take_decision(&reading, json_array_get(requests->json, reading.number - 1), verb);
    return fine;
}
