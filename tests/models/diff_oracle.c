/* Looks at the JSON of two comparisons: one is turned round, and then both must have the same
 * lines, in any order. */
// SPDX-License-Identifier: MIT
#include "models/diff_oracle.h"

#include <stdlib.h>
#include <string.h>

struct text {
    char *at;
    size_t length;
};

static bool take(void *context, const char *at, size_t length) {
    struct text *text = context;
    char *longer = realloc(text->at, text->length + length + 1);
    if (!longer)
        return false;
    memcpy(longer + text->length, at, length);
    text->at = longer;
    text->length += length;
    longer[text->length] = 0;
    return true;
}

json_t *difference(stridec *was, stridec *is) {
    struct text text = {0};
    stridec_status status = stridec_diff(was, is, "json", NULL, take, &text);
    json_t *value = status == STRIDEC_OK || status == STRIDEC_FINDINGS
                        ? json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, NULL)
                        : NULL;
    free(text.at);
    if (value && json_is_true(json_object_get(value, "same")) != (status == STRIDEC_OK)) {
        json_decref(value);
        return NULL;
    }
    return value;
}

static const char *text_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static char *message(const char *what, const char *one, const char *other) {
    struct text text = {0};
    const char *const parts[] = {what, "\n", one, "--- and\n", other};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        take(&text, parts[i], strlen(parts[i]));
    return text.at;
}

/* ---- where nothing is told --------------------------------------------------------------- */

static json_t *compilation_of(stridec *model) {
    struct text text = {0};
    stridec_status status = stridec_emit(model, "json", NULL, take, &text);
    json_t *value = status == STRIDEC_OK ? json_loadb(text.at, text.length, 0, NULL) : NULL;
    free(text.at);
    return value;
}

/* Lists of words say the same in any order, and each word once. */
static json_t *sorted_attributes(json_t *attributes) {
    json_t *sorted = json_object(), *value;
    const char *name;
    json_object_foreach(attributes, name, value) {
        json_t *set = json_object(), *item;
        size_t i;
        json_array_foreach(value, i, item) {
            char *key = json_dumps(item, JSON_ENCODE_ANY);
            json_object_set_new(set, key, json_true());
            free(key);
        }
        json_object_set(sorted, name, json_is_array(value) ? set : value);
        json_decref(set);
    }
    return sorted;
}

/* What a list says of each id; numbers and reach depend on the order, and on other lists. */
static json_t *said_of(const json_t *compilation, const char *list) {
    static const char *const members[] = {"id",     "label",  "kind", "boundary",
                                          "source", "target", "at",   "into"};
    json_t *said = json_object(), *entry;
    size_t i;
    json_array_foreach(json_object_get(compilation, list), i, entry) {
        json_t *kept = json_object();
        for (size_t j = 0; j < sizeof members / sizeof *members; j++)
            if (json_object_get(entry, members[j]))
                json_object_set(kept, members[j], json_object_get(entry, members[j]));
        json_object_set_new(kept, "attributes",
                            sorted_attributes(json_object_get(entry, "attributes")));
        json_object_set_new(kept, "evidence",
                            sorted_attributes(json_object_get(entry, "evidence")));
        json_object_set_new(said, text_of(entry, "id"), kept);
    }
    return said;
}

/* Two models of which nothing is told have to say the same. */
static char *check_silence(stridec *was, stridec *is) {
    static const char *const lists[] = {"assets",   "adversaries", "assumptions", "boundaries",
                                        "elements", "flows",       "views"};
    json_t *one = compilation_of(was), *other = compilation_of(is);
    char *problem = NULL;
    for (size_t i = 0; one && other && i < sizeof lists / sizeof *lists && !problem; i++) {
        json_t *before = said_of(one, lists[i]), *after = said_of(other, lists[i]);
        char *first = json_dumps(before, JSON_SORT_KEYS),
             *second = json_dumps(after, JSON_SORT_KEYS);
        if (strcmp(first, second) != 0)
            problem = message("nothing is told, and they differ", first, second);
        free(first);
        free(second);
        json_decref(before);
        json_decref(after);
    }
    json_decref(one);
    json_decref(other);
    return problem;
}

/* ---- turned round ------------------------------------------------------------------------ */

static const char *opposite(const char *change) {
    static const char *const words[][2] = {{"added", "gone"},
                                           {"new", "gone"},
                                           {"open_again", "settled"},
                                           {"asked_again", "answered"},
                                           {"more_urgent", "less_urgent"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t j = 0; j < 2; j++)
            if (strcmp(change, words[i][j]) == 0)
                return words[i][1 - j];
    return change;
}

static void swap_sides(json_t *object) {
    json_t *was = json_object_get(object, "was"), *is = json_object_get(object, "is");
    json_incref(was);
    json_incref(is);
    json_object_set_new(object, "was", is);
    json_object_set_new(object, "is", was);
}

/* Of a declaration that is gone, the opposite is added; of a question it is new. */
static void turn_change(json_t *object, const char *of_gone) {
    const char *change = text_of(object, "change");
    const char *turned = strcmp(change, "gone") == 0 ? of_gone : opposite(change);
    json_object_set_new(object, "change", json_pack("s", turned));
}

/* What an entry says of the newer model, it says of the older one then. */
static void turn_declaration(json_t *object) {
    static const char *const names[] = {"id", "kind", "label"};
    turn_change(object, "added");
    if (!json_object_get(object, "was"))
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *old = json_object_get(json_object_get(object, "was"), names[i]);
        if (old)
            json_object_set(object, names[i], old);
    }
    swap_sides(object);
    size_t i;
    json_t *attribute;
    json_array_foreach(json_object_get(object, "attributes"), i, attribute) swap_sides(attribute);
}

static void turn_decision(json_t *object) {
    size_t i;
    json_t *attribute;
    turn_change(object, "added");
    swap_sides(object);
    json_array_foreach(json_object_get(object, "attributes"), i, attribute) swap_sides(attribute);
}

static void turn_other(json_t *object, const char *of_gone) {
    turn_change(object, of_gone);
    swap_sides(object);
}

/* ---- compared ---------------------------------------------------------------------------- */

static int compare_lines(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The attributes of a declaration in one order, without how safe they are. */
static void sort_attributes(json_t *declaration) {
    json_t *list = json_object_get(declaration, "attributes"), *sorted = json_object(), *attribute;
    size_t i;
    json_array_foreach(list, i, attribute) {
        json_object_del(attribute, "safety");
        char *key = json_dumps(attribute, JSON_SORT_KEYS);
        json_object_set(sorted, key, attribute);
        free(key);
    }
    if (list)
        json_object_set(declaration, "attributes", sorted);
    json_decref(sorted);
}

/* Ids of what is there in both models are those of the newer one: they are left out. */
static void simplify(json_t *entry, const char *name) {
    bool in_both = strcmp(text_of(entry, "change"), "changed") == 0 ||
                   strstr(text_of(entry, "change"), "urgent");
    if (strcmp(name, "declarations") == 0 || strcmp(name, "decisions") == 0)
        sort_attributes(entry);
    else if (in_both) {
        json_object_del(entry, "flow");
        json_object_del(entry, "id");
        json_object_del(entry, "ask");
    }
}

/* Lines of one list, sorted; one string, to be freed. */
static char *lines_of(const json_t *value, const char *name) {
    const json_t *list = json_object_get(value, name);
    size_t count = json_array_size(list), i;
    char **lines = calloc(count + 1, sizeof *lines);
    struct text text = {0};
    json_t *entry;
    take(&text, "", 0);
    json_array_foreach(list, i, entry) {
        simplify(entry, name);
        lines[i] = json_dumps(entry, JSON_SORT_KEYS);
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    for (i = 0; i < count; i++) {
        take(&text, lines[i], strlen(lines[i]));
        take(&text, "\n", 1);
        free(lines[i]);
    }
    free(lines);
    return text.at;
}

static void turn_round(json_t *value) {
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(value, "declarations"), i, entry) turn_declaration(entry);
    json_array_foreach(json_object_get(value, "crossings"), i, entry) turn_other(entry, "added");
    json_array_foreach(json_object_get(value, "questions"), i, entry) turn_other(entry, "new");
    json_array_foreach(json_object_get(value, "decisions"), i, entry) turn_decision(entry);
}

static char *compare(json_t *forth, json_t *back) {
    static const char *const lists[] = {"declarations", "crossings", "questions", "decisions"};
    char *problem = NULL;
    turn_round(back);
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !problem; i++) {
        char *one = lines_of(forth, lists[i]), *other = lines_of(back, lists[i]);
        if (strcmp(one, other) != 0)
            problem = message("the way back is not the way there", one, other);
        free(one);
        free(other);
    }
    return problem;
}

static char *check_itself(stridec *model) {
    json_t *same = difference(model, model);
    bool fine = same && json_is_true(json_object_get(same, "same"));
    char *text = same ? json_dumps(same, JSON_INDENT(1)) : NULL;
    json_decref(same);
    char *problem = fine ? NULL : message("a model differs from itself", text ? text : "", "");
    free(text);
    return problem;
}

char *check_difference(stridec *was, stridec *is) {
    char *problem = check_itself(was);
    if (!problem)
        problem = check_itself(is);
    if (problem)
        return problem;
    json_t *forth = difference(was, is), *back = difference(is, was);
    problem = forth && back ? compare(forth, back) : message("it cannot be compared", "", "");
    if (!problem && json_is_true(json_object_get(forth, "same")))
        problem = check_silence(was, is);
    json_decref(forth);
    json_decref(back);
    return problem;
}
