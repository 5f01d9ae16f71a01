/* Writes a diagram in stridec's language: zones, elements and flows, and of what else is known of
 * them the protocol of a flow and the kind of an element; then what a twin states. No fact is made
 * up. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct model_text {
    FILE *file; /* in memory */
    const struct diagram *diagram;
    json_t *assets, *traits; /* of the twin; NULL without one */
    size_t zones;            /* written so far */
    bool open;               /* after the first attribute of a thing */
};

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Blanks in a row become one, what would end or escape the string becomes something like it. */
static void write_label(FILE *file, const char *label) {
    fputs(" \"", file);
    for (const char *at = label; *at; at++) {
        if (!is_blank(*at))
            fputc(*at == '\\' ? '/' : *at == '"' ? '\'' : *at, file);
        else if (at != label && !is_blank(at[-1]) && at[strspn(at, " \t\n\v\f\r")])
            fputc(' ', file);
    }
    fputc('"', file);
}

static const char *attribute(const json_t *attributes, const char *name) {
    const char *text = json_string_value(json_object_get(attributes, name));
    return text ? text : "";
}

static bool says_yes(const json_t *attributes, const char *name) {
    return strcmp(attribute(attributes, name), "yes") == 0;
}

static void begin_attribute(struct model_text *text, const char *name) {
    fprintf(text->file, text->open ? "; %s: " : " { %s: ", name);
    text->open = true;
}

static void write_value(FILE *file, json_t *value) {
    json_t *word;
    size_t i;
    if (json_is_integer(value))
        fprintf(file, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_string(value))
        fputs(json_string_value(value), file);
    else
        fputc('[', file);
    json_array_foreach(value, i, word)
        fprintf(file, "%s%s", i ? ", " : "", json_string_value(word));
    if (json_is_array(value))
        fputc(']', file);
}

/* What stands in the list about a thing; then its attributes are complete. */
static void write_stated(struct model_text *text, json_t *stated) {
    const char *name;
    json_t *value;
    json_object_foreach(stated, name, value) {
        if (strcmp(name, "name") == 0)
            continue;
        begin_attribute(text, name);
        write_value(text->file, value);
    }
    fputs(text->open ? " }\n" : "\n", text->file);
    text->open = false;
}

/* The first that an element is marked as. */
static const char *kind_of(const struct element *element) {
    static const char *const kinds[][2] = {{"log", "log"},
                                           {"credentials", "secrets"},
                                           {"web", "web"},
                                           {"gateway", "gateway"},
                                           {"authn", "identity"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (says_yes(element->attributes, kinds[i][0]))
            return kinds[i][1];
    return NULL;
}

static const char *known_protocol(const char *name, size_t length) {
    static const char *const known[][2] = {
        {"http", "http"}, {"https", "https"}, {"websocket", "websocket"}, {"tcp", "tcp"},
        {"jdbc", "jdbc"}, {"kafka", "kafka"}, {"amqp", "amqp"},           {"upnp", "upnp"},
        {"tls", "tls"},   {"can/eth", "can"}, {"wifi/4g/5g", "wireless"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i][0]) == length && memcmp(known[i][0], name, length) == 0)
            return known[i][1];
    return NULL;
}

/* Small letters, digits, and one '_' for all between them. */
static void write_word(FILE *file, const char *text) {
    bool gap = false, begun = false;
    for (; *text; text++) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9');
        if (letter && gap && begun)
            fputc('_', file);
        if (letter)
            fputc(*text, file);
        begun |= letter;
        gap = !letter;
    }
}

static bool is_worded(const char *text) {
    return text[strcspn(text, "abcdefghijklmnopqrstuvwxyz0123456789")] != '\0';
}

static char *small_letters(const char *text) {
    while (is_blank(*text))
        text++;
    size_t length = strlen(text);
    while (length && is_blank(text[length - 1]))
        length--;
    char *copy = allocate(length + 1, 1);
    for (size_t i = 0; i < length; i++)
        copy[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 'a' - 'A') : text[i];
    return copy;
}

/* Any word for one that the language does not know: it counts as not stated then. */
static void write_protocol(struct model_text *text, const json_t *attributes) {
    char *stated = small_letters(attribute(attributes, "protocol"));
    const char *known = known_protocol(stated, strlen(stated));
    if (!known)
        known = known_protocol(stated, strcspn(stated, " "));
    bool plain = known ? strcmp(known, "http") == 0 : !is_worded(stated);
    bool safe = plain && says_yes(attributes, "encrypted");
    if (safe || known || !plain)
        begin_attribute(text, "protocol");
    if (safe || known) {
        fputs(safe ? "https" : known, text->file);
    } else if (!plain) {
        fputc('"', text->file);
        write_word(text->file, stated);
        fputc('"', text->file);
    }
    free(stated);
}

static bool lies_in(const char *boundary, const char *zone) {
    return zone && boundary ? strcmp(boundary, zone) == 0 : boundary == zone;
}

static void write_element(struct model_text *text, const struct element *element) {
    static const char *const words[] = {
        [EXTERNAL] = "external", [PROCESS] = "process", [STORE] = "store"};
    fprintf(text->file, "%s %s", words[element->kind], element->id);
    write_label(text->file, element->name);
    json_t *stated = json_object_get(text->traits, element->id);
    const char *kind = kind_of(element);
    if (kind && !json_object_get(stated, "kind")) {
        begin_attribute(text, "kind");
        fputs(kind, text->file);
    }
    write_stated(text, stated);
}

static void begin_zone(struct model_text *text, const struct zone *zone) {
    const char *name;
    json_t *value;
    fprintf(text->file, "boundary %s", zone->id);
    write_label(text->file, zone->name);
    fputs(" {\n", text->file);
    json_object_foreach(json_object_get(text->traits, zone->id), name, value) {
        fprintf(text->file, "%s: ", name);
        write_value(text->file, value);
        fputc('\n', text->file);
    }
    text->zones++;
}

/* Of a zone, or of the outermost level. */
static void write_inside(struct model_text *text, const char *zone) {
    const struct diagram *diagram = text->diagram;
    for (size_t i = 0; i < diagram->element_count; i++)
        if (lies_in(diagram->elements[i].boundary, zone))
            write_element(text, &diagram->elements[i]);
    for (size_t i = 0; i < diagram->zone_count; i++) {
        if (!lies_in(diagram->zones[i].parent, zone))
            continue;
        begin_zone(text, &diagram->zones[i]);
        write_inside(text, diagram->zones[i].id);
        fputs("}\n", text->file);
    }
}

static void write_flows(struct model_text *text) {
    const struct diagram *diagram = text->diagram;
    for (size_t i = 0; i < diagram->flow_count; i++) {
        const struct flow *flow = &diagram->flows[i];
        fprintf(text->file, "flow %s = %s -> %s :", flow->id, diagram->elements[flow->from].id,
                diagram->elements[flow->to].id);
        write_label(text->file, flow->name);
        json_t *stated = json_object_get(text->traits, flow->id);
        if (!json_object_get(stated, "protocol"))
            write_protocol(text, flow->attributes);
        write_stated(text, stated);
    }
}

static void write_assets(struct model_text *text) {
    const char *id;
    json_t *asset;
    json_object_foreach(text->assets, id, asset) {
        fprintf(text->file, "asset %s", id);
        write_label(text->file, json_string_value(json_object_get(asset, "name")));
        write_stated(text, asset);
    }
}

char *write_model(const struct diagram *diagram, const struct twin *twin, size_t *length) {
    char *at = NULL;
    struct model_text text = {.file = open_memstream(&at, length),
                              .diagram = diagram,
                              .assets = twin ? twin->assets : NULL,
                              .traits = twin ? twin->traits : NULL};
    if (!text.file)
        refuse("out of memory");
    fprintf(text.file, "model %s", diagram->id);
    write_label(text.file, diagram->title);
    fputc('\n', text.file);
    write_assets(&text);
    write_inside(&text, NULL);
    write_flows(&text);
    if (fclose(text.file) != 0)
        refuse("out of memory");
    if (text.zones != diagram->zone_count)
        refuse("%s: some boundaries lie in each other", diagram->path);
    return at;
}
