/* Reads a diagram and the threats that experts have named for it. Data of another shape is refused
 * with its file and place, so that nothing is measured by half. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void refuse(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("quality: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

void *allocate(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (!memory)
        refuse("out of memory");
    return memory;
}

/* A member of a list of the diagram: for messages, "flows 3". */
struct entry {
    const struct diagram *diagram;
    const char *list;
    size_t number;
    json_t *object;
};

/* NULL when it is null or not there. */
static const char *optional_text(const struct entry *entry, const char *key) {
    json_t *value = json_object_get(entry->object, key);
    if (value && !json_is_null(value) && !json_is_string(value))
        refuse("%s: '%s' of %s %zu is no text", entry->diagram->path, key, entry->list,
               entry->number + 1);
    return json_string_value(value);
}

static const char *text_of(const struct entry *entry, const char *key) {
    const char *text = optional_text(entry, key);
    if (!text)
        refuse("%s: %s %zu has no '%s'", entry->diagram->path, entry->list, entry->number + 1, key);
    return text;
}

static json_t *attributes_of(const struct entry *entry) {
    json_t *attributes = json_object_get(entry->object, "attrs"), *value;
    const char *key;
    if (attributes && !json_is_object(attributes))
        refuse("%s: 'attrs' of %s %zu is no object", entry->diagram->path, entry->list,
               entry->number + 1);
    json_object_foreach(attributes, key, value) if (!json_is_string(value)) refuse(
        "%s: '%s' of %s %zu is no text", entry->diagram->path, key, entry->list, entry->number + 1);
    return attributes;
}

size_t find_subject(const struct diagram *diagram, const char *id) {
    for (size_t i = 0; i < diagram->element_count; i++)
        if (strcmp(diagram->elements[i].id, id) == 0)
            return i;
    for (size_t i = 0; i < diagram->flow_count; i++)
        if (strcmp(diagram->flows[i].id, id) == 0)
            return diagram->element_count + i;
    return subject_count(diagram);
}

static void check_zone(const struct entry *entry, const char *id) {
    for (size_t i = 0; id && i < entry->diagram->zone_count; i++)
        if (strcmp(entry->diagram->zones[i].id, id) == 0)
            return;
    if (id)
        refuse("%s: %s %zu: there is no boundary '%s'", entry->diagram->path, entry->list,
               entry->number + 1, id);
}

static void read_zone(struct diagram *diagram, const struct entry *entry) {
    diagram->zones[entry->number] =
        (struct zone){text_of(entry, "id"), text_of(entry, "name"), optional_text(entry, "parent")};
}

static enum element_kind kind_of(const struct entry *entry) {
    static const char *const words[] = {
        [EXTERNAL] = "external", [PROCESS] = "process", [STORE] = "store"};
    const char *word = text_of(entry, "kind");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0)
            return (enum element_kind)i;
    refuse("%s: elements %zu: '%s' is no kind of element", entry->diagram->path, entry->number + 1,
           word);
}

static void read_element(struct diagram *diagram, const struct entry *entry) {
    struct element *element = &diagram->elements[entry->number];
    *element =
        (struct element){text_of(entry, "id"), text_of(entry, "name"),
                         optional_text(entry, "boundary"), kind_of(entry), attributes_of(entry)};
    check_zone(entry, element->boundary);
}

/* Where a flow begins or ends. */
static size_t read_end(const struct entry *entry, const char *key) {
    const struct diagram *diagram = entry->diagram;
    const char *id = text_of(entry, key);
    for (size_t i = 0; i < diagram->element_count; i++)
        if (strcmp(diagram->elements[i].id, id) == 0)
            return i;
    refuse("%s: flows %zu: there is no element '%s'", diagram->path, entry->number + 1, id);
}

static bool same_text(const char *one, const char *other) {
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static void read_flow(struct diagram *diagram, const struct entry *entry) {
    size_t from = read_end(entry, "from"), to = read_end(entry, "to");
    bool crosses = !same_text(diagram->elements[from].boundary, diagram->elements[to].boundary);
    diagram->flows[entry->number] = (struct flow){
        text_of(entry, "id"), text_of(entry, "name"), from, to, crosses, attributes_of(entry)};
}

/* A flow is near its ends, an element near its flows. */
static void mark_near(const struct diagram *diagram, bool *near, size_t subject) {
    near[subject] = true;
    for (size_t i = 0; i < diagram->flow_count; i++) {
        const struct flow *flow = &diagram->flows[i];
        size_t number = diagram->element_count + i;
        if (subject == number)
            near[flow->from] = near[flow->to] = true;
        else if (subject == flow->from || subject == flow->to)
            near[number] = true;
    }
}

static void add_subject(const struct entry *entry, struct threat *threat, const char *id) {
    const struct diagram *diagram = entry->diagram;
    size_t subject = id ? find_subject(diagram, id) : subject_count(diagram);
    if (subject == subject_count(diagram))
        refuse("%s: threats %zu: there is no element or flow '%s'", diagram->path,
               entry->number + 1, id ? id : "");
    threat->at[subject] = true;
    mark_near(diagram, threat->near, subject);
}

static void read_threat(struct diagram *diagram, const struct entry *entry) {
    struct threat *threat = &diagram->threats[entry->number];
    const char *letter = text_of(entry, "letter"), *text = optional_text(entry, "text");
    const char *place = strlen(letter) == 1 ? strchr(LETTERS, *letter) : NULL;
    if (!place)
        refuse("%s: threats %zu: '%s' is none of " LETTERS, diagram->path, entry->number + 1,
               letter);
    *threat = (struct threat){(size_t)(place - LETTERS),
                              text_of(entry, "subject"),
                              text ? text : "",
                              json_is_true(json_object_get(entry->object, "duplicate")),
                              allocate(subject_count(diagram), sizeof(bool)),
                              allocate(subject_count(diagram), sizeof(bool))};
    diagram->counted += !threat->repeated;
    add_subject(entry, threat, threat->subject);
    json_t *also = json_object_get(entry->object, "also"), *id;
    size_t i;
    if (also && !json_is_array(also))
        refuse("%s: threats %zu: 'also' is no list", diagram->path, entry->number + 1);
    json_array_foreach(also, i, id) add_subject(entry, threat, json_string_value(id));
}

static json_t *list_of(const struct diagram *diagram, const char *name) {
    json_t *list = json_object_get(diagram->root, name);
    if (!json_is_array(list))
        refuse("%s: it has no list '%s'", diagram->path, name);
    return list;
}

typedef void reader(struct diagram *diagram, const struct entry *entry);

static void read_each(struct diagram *diagram, const char *name, reader *read) {
    json_t *list = list_of(diagram, name), *object;
    size_t i;
    json_array_foreach(list, i, object) {
        struct entry entry = {diagram, name, i, object};
        if (!json_is_object(object))
            refuse("%s: %s %zu is no object", diagram->path, name, i + 1);
        read(diagram, &entry);
    }
}

static void make_room(struct diagram *diagram) {
    diagram->zone_count = json_array_size(list_of(diagram, "boundaries"));
    diagram->element_count = json_array_size(list_of(diagram, "elements"));
    diagram->flow_count = json_array_size(list_of(diagram, "flows"));
    diagram->threat_count = json_array_size(list_of(diagram, "threats"));
    diagram->zones = allocate(diagram->zone_count, sizeof *diagram->zones);
    diagram->elements = allocate(diagram->element_count, sizeof *diagram->elements);
    diagram->flows = allocate(diagram->flow_count, sizeof *diagram->flows);
    diagram->threats = allocate(diagram->threat_count, sizeof *diagram->threats);
}

static void name_diagram(struct diagram *diagram, char *path) {
    const char *slash = strrchr(path, '/');
    diagram->path = path;
    diagram->name = slash ? slash + 1 : path;
    diagram->set_length = (int)strcspn(diagram->name, "_.");
}

void read_diagram(struct diagram *diagram, char *path) {
    json_error_t error;
    name_diagram(diagram, path);
    diagram->root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!diagram->root)
        refuse("%s:%d: %s", path, error.line, error.text);
    struct entry whole = {diagram, "diagram", 0, diagram->root};
    if (!json_is_object(diagram->root))
        refuse("%s: it is no object", path);
    diagram->id = text_of(&whole, "id");
    diagram->title = text_of(&whole, "title");
    make_room(diagram);
    read_each(diagram, "boundaries", read_zone);
    for (size_t i = 0; i < diagram->zone_count; i++)
        check_zone(&(struct entry){diagram, "boundaries", i, NULL}, diagram->zones[i].parent);
    read_each(diagram, "elements", read_element);
    read_each(diagram, "flows", read_flow);
    read_each(diagram, "threats", read_threat);
}

static void free_questions(struct questions *asked) {
    for (size_t i = 0; i < asked->count; i++)
        free(asked->items[i].rule);
    free(asked->items);
}

void free_diagram(struct diagram *diagram) {
    free_questions(&diagram->asked);
    free_questions(&diagram->asked_described);
    for (size_t i = 0; i < diagram->threat_count; i++) {
        free(diagram->threats[i].at);
        free(diagram->threats[i].near);
    }
    free(diagram->zones);
    free(diagram->elements);
    free(diagram->flows);
    free(diagram->threats);
    free(diagram->rows);
    free(diagram->described);
    free(diagram->path);
    free(diagram->twin.path);
    json_decref(diagram->root);
    json_decref(diagram->twin.root);
}
