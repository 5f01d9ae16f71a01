/* Collects the decisions that were asked for, from the words of a command or from JSON. The lists
 * grow as they are read, so nothing that was stated is left out. */
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
    json_decref(requests->json);
}

/* Returns the list where one more fits, and else a copy of twice the size: a list has room for 8
 * items, then for 16, and so on. NULL, after a complaint, when there is no memory. */
static void *with_room(struct pool *pool, const void *list, size_t count, size_t size) {
    bool is_full = count == 0 || (count >= 8 && (count & (count - 1)) == 0);
    if (!is_full)
        return (void *)(uintptr_t)list; /* it came from this function */
    void *larger = pool_take(pool, count ? 2 * count : 8, size);
    if (larger && count)
        memcpy(larger, list, count * size);
    return larger;
}

stridec_request *requests_add(struct requests *requests, const char *verb) {
    stridec_request *items =
        with_room(&requests->pool, requests->items, requests->count, sizeof *items);
    if (!items)
        return NULL;
    requests->items = items;
    items[requests->count] = (stridec_request){.size = sizeof *items, .verb = verb};
    return &items[requests->count++];
}

static bool states(const stridec_request *request, const char *name) {
    for (size_t i = 0; i < request->stated_count; i++)
        if (strcmp(request->stated[i].name, name) == 0)
            return true;
    return false;
}

bool request_add_stated(struct requests *requests, stridec_request *request, const char *name,
                        const char *const *values, size_t count) {
    stridec_stated *stated =
        with_room(&requests->pool, request->stated, request->stated_count, sizeof *stated);
    if (!stated)
        return false;
    request->stated = stated;
    stated[request->stated_count++] = (stridec_stated){
        .size = sizeof *stated, .name = name, .values = values, .value_count = count};
    return true;
}

/* Adds what is true of every request, unless this one says something else. */
static bool add_if_missing(struct requests *requests, stridec_request *request, const char *name,
                           const char *const *value) {
    return states(request, name) || request_add_stated(requests, request, name, value, 1);
}

static const char *kind_of_verb(const char *word) {
    stridec_verb_info verb = {.size = sizeof verb};
    for (size_t i = 0; stridec_verb_at(i, &verb); i++)
        if (strcmp(verb.word, word) == 0)
            return verb.kind;
    return "";
}

static bool complete(struct requests *requests, stridec_request *request) {
    const char *kind = kind_of_verb(request->verb);
    bool is_review = strcmp(kind, "review") == 0;
    if (*kind && requests->author && *requests->author &&
        !add_if_missing(requests, request, is_review ? "by" : "author", &requests->author))
        return false;
    return !is_review || add_if_missing(requests, request, "on", &requests->today_text);
}

bool requests_complete(struct requests *requests) {
    for (size_t i = 0; i < requests->count; i++)
        if (!complete(requests, &requests->items[i]))
            return false;
    return true;
}

/* ---- JSON -------------------------------------------------------------------------------- */

struct reading {
    struct requests *requests;
    const char *path;
    size_t number; /* says which decision is read; the first one is 1 */
};

static bool refuse(const struct reading *reading, const char *name, const char *takes) {
    complain("%s: decision %zu: '%s' takes %s", reading->path, reading->number, name, takes);
    return false;
}

/* Numbers and truth values are taken too, as people write `impact: 4` without quotation marks. */
static bool is_word(const json_t *value) {
    return json_is_string(value) || json_is_boolean(value) || json_is_integer(value);
}

/* NULL, after a complaint, when there is no memory. */
static const char *text_of(struct reading *reading, const json_t *value) {
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_boolean(value))
        return json_is_true(value) ? "yes" : "no";
    char *number = pool_take(&reading->requests->pool, 24, 1);
    if (number)
        snprintf(number, 24, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return number;
}

/* A member of a decision has one value or a list of them. */
static bool take_values(struct reading *reading, const char *name, const json_t *value,
                        const char *const **values, size_t *count) {
    *count = json_is_array(value) ? json_array_size(value) : 1;
    const char **list = pool_take(&reading->requests->pool, *count, sizeof *list);
    *values = list;
    for (size_t i = 0; list && i < *count; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        if (!is_word(item))
            return refuse(reading, name, "a string, a number, or a list of them");
        list[i] = text_of(reading, item);
        if (!list[i])
            return false;
    }
    return list != NULL;
}

static bool take_tier(struct reading *reading, stridec_request *request, const json_t *value) {
    json_int_t tier = json_integer_value(value); /* is 0 where the value is no number */
    if (tier < 1 || tier > 3)
        return refuse(reading, "tier", "1, 2 or 3");
    request->tier = (int)tier;
    return true;
}

static bool take_member(struct reading *reading, stridec_request *request, const char *name,
                        const json_t *value) {
    const char *const *values;
    size_t count;
    if (strcmp(name, "tier") == 0)
        return take_tier(reading, request, value);
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
    if (!word)
        return request_add_stated(reading->requests, request, name, values, count);
    if (count != 1)
        return refuse(reading, name, "one string");
    *word = values[0];
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
    if (fine && !request->verb) {
        complain("%s: decision %zu has no 'verb', such as \"dismiss\"", reading->path,
                 reading->number);
        return false;
    }
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
