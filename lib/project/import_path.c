/* Paths of imports, as text: what they lead to is for the loader to look at. */
// SPDX-License-Identifier: MIT
#include "project/import_path.h"

#include "syntax/form.h"

#include <string.h>

/* Leaves out "." and what ".." takes back; "../x" stays where nothing is left to take back. */
static struct slice normalize(struct arena *arena, struct slice path) {
    char *at = arena_alloc(arena, path.length + 1);
    size_t length = 0, floor = 0; /* floor: the end of the leading ../ */
    struct slice part;
    while (slice_cut(&path, '/', &part)) {
        if (!part.length || slice_is(part, "."))
            continue;
        if (slice_is(part, "..") && length > floor) {
            while (length > floor && at[length - 1] != '/')
                length--;
            length -= length > floor;
            continue;
        }
        if (length)
            at[length++] = '/';
        memcpy(at + length, part.at, part.length);
        length += part.length;
        if (slice_is(part, ".."))
            floor = length;
    }
    return (struct slice){at, length};
}

static struct slice folder_of(struct slice path) {
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return path;
}

const char *resolve_path(struct arena *arena, struct slice importer, struct slice path) {
    struct slice joined = text_join(arena, folder_of(importer), SLICE(""), path);
    struct slice root = slice_starts(joined, "/") ? SLICE("/") : SLICE("");
    return slice_string(arena, text_join(arena, root, SLICE(""), normalize(arena, joined)));
}

bool is_model_path(struct slice path) {
    struct slice rest = path, part;
    if (slice_has(path, '\0') || !(is_yaml_path(path) || slice_ends_any_case(path, ".dfd")))
        return false;
    while (slice_cut(&rest, '/', &part))
        if (slice_is_any_case(part, ".git"))
            return false;
    return true;
}
