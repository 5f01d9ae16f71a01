/* Reads what is stated about a diagram beside its drawing: its traits, and the assets in it. What a
 * twin says about something that is not drawn, or of anything but traits, is refused. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <string.h>
#include <unistd.h>

/* `data` says which assets are there: nothing about how they are kept. */
static bool is_trait(const char *name) {
    enum role { TRAIT, FACT, NOTE };
    static const struct {
        const char *name;
        enum role role;
    } attributes[] = {
#define ATTRIBUTE(id, name, kinds, role, type, values, about) {name, role},
#include "model/attributes.def"
#undef ATTRIBUTE
    };
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (attributes[i].role == TRAIT && strcmp(attributes[i].name, name) == 0)
            return true;
    return strcmp(name, "data") == 0;
}

static bool is_drawn(const struct diagram *diagram, const char *id) {
    for (size_t i = 0; i < diagram->zone_count; i++)
        if (strcmp(diagram->zones[i].id, id) == 0)
            return true;
    return find_subject(diagram, id) < subject_count(diagram);
}

/* One that the language takes without quotes. */
static bool is_word(const json_t *value) {
    const char *text = json_string_value(value);
    return text && *text && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

static bool is_value(json_t *value) {
    json_t *word;
    size_t i;
    json_array_foreach(value, i, word) if (!is_word(word)) return false;
    return json_is_array(value) || json_is_integer(value) || is_word(value);
}

static void check_values(const struct twin *twin, const char *id, json_t *stated) {
    const char *name;
    json_t *value;
    if (!json_is_object(stated))
        refuse("%s: '%s' is no object", twin->path, id);
    json_object_foreach(stated, name, value) if (strcmp(name, "name") != 0 && !is_value(value))
        refuse("%s: '%s' of '%s' is no number, word or list of words", twin->path, name, id);
}

static void check_traits(const struct diagram *diagram) {
    const struct twin *twin = &diagram->twin;
    const char *id, *name;
    json_t *stated, *value;
    json_object_foreach(twin->traits, id, stated) {
        if (!is_drawn(diagram, id))
            refuse("%s: the diagram has no boundary, element or flow '%s'", twin->path, id);
        check_values(twin, id, stated);
        json_object_foreach(stated, name, value) if (!is_trait(name))
            refuse("%s: '%s' of '%s' is no trait", twin->path, name, id);
    }
}

static void check_assets(const struct twin *twin) {
    const char *id;
    json_t *asset;
    json_object_foreach(twin->assets, id, asset) {
        check_values(twin, id, asset);
        if (!json_is_string(json_object_get(asset, "name")))
            refuse("%s: asset '%s' has no 'name'", twin->path, id);
    }
}

void read_twin(struct diagram *diagram, char *path) {
    struct twin *twin = &diagram->twin;
    json_error_t error;
    twin->path = path;
    if (access(path, F_OK) != 0)
        return;
    twin->root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!twin->root)
        refuse("%s:%d: %s", path, error.line, error.text);
    const char *id = json_string_value(json_object_get(twin->root, "id"));
    if (!id || strcmp(id, diagram->id) != 0)
        refuse("%s: its 'id' is not '%s'", path, diagram->id);
    twin->assets = json_object_get(twin->root, "assets");
    twin->traits = json_object_get(twin->root, "traits");
    if (!json_is_object(twin->assets) || !json_is_object(twin->traits))
        refuse("%s: it needs the objects 'assets' and 'traits'", path);
    check_assets(twin);
    check_traits(diagram);
}
