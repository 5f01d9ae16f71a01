/* Paths as code hosts know them: from the top of the repository, without detours. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

/* Without "." and "..", as far as the path itself says where those lead. */
static struct slice cleaned(struct arena *arena, struct slice path) {
    char *clean = arena_copy(arena, path.at, path.length);
    size_t top = path.length && *path.at == '/' ? 1 : 0, length = top, floor = top;
    struct slice rest = path, name;
    while (slice_cut(&rest, '/', &name)) {
        if (!name.length || slice_is(name, "."))
            continue;
        bool up = slice_is(name, "..");
        if (up && length > floor) {
            while (length > floor && clean[length - 1] != '/')
                length--;
            length -= length > floor;
            continue;
        }
        if (up && top)
            continue; /* above the top is the top */
        if (length > top)
            clean[length++] = '/';
        memmove(clean + length, name.at, name.length);
        length += name.length;
        if (up)
            floor = length;
    }
    return (struct slice){clean, length};
}

struct slice seen_from(struct arena *arena, const struct viewpoint *viewpoint, struct slice path) {
    struct slice root = viewpoint->root, folder = viewpoint->folder;
    bool is_absolute = path.length && *path.at == '/';
    if (!path.length || (!is_absolute && !folder.length))
        return cleaned(arena, path);
    struct slice whole = is_absolute ? path : text_join(arena, folder, SLICE("/"), path);
    whole = cleaned(arena, whole);
    size_t length = root.length - (root.length && root.at[root.length - 1] == '/');
    if (root.length && whole.length > length + 1 && whole.at[length] == '/' &&
        slice_equal(slice_part(whole, 0, length), slice_part(root, 0, length)))
        return slice_part(whole, length + 1, whole.length);
    return is_absolute ? whole : cleaned(arena, path);
}

struct finding_place finding_place(struct arena *arena, const struct viewpoint *viewpoint,
                                   struct source *source, struct span span) {
    if (!source)
        return (struct finding_place){0};
    return (struct finding_place){seen_from(arena, viewpoint, source->path),
                                  source_place(arena, source, span.start),
                                  source_place(arena, source, span.end)};
}

static bool stands_in_uri(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~/@+,=", c));
}

void write_uri_path(struct writer *writer, struct slice path) {
    for (size_t i = 0; i < path.length; i++)
        if (stands_in_uri(path.at[i]))
            write_char(writer, path.at[i]);
        else
            write_percent(writer, (unsigned char)path.at[i]);
}
