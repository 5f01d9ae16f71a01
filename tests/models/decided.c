/* Each decision is written on a line of its own. */
// SPDX-License-Identifier: MIT
#include "models/decided.h"

#include "base/writer.h"

/* ---- changes ----------------------------------------------------------------------------- */

struct world world_copy(const struct world *world) {
    struct arena *arena = world->sketch.arena;
    struct world copy = {sketch_copy(&world->sketch), NULL, world->count};
    copy.items = ARENA_ARRAY(arena, struct decided, world->count + 1);
    for (size_t i = 0; i < world->count; i++) {
        copy.items[i] = world->items[i];
        copy.items[i].basis = (struct words){0};
        for (size_t j = 0; j < world->items[i].basis.count; j++)
            *ARRAY_ADD(arena, &copy.items[i].basis) = world->items[i].basis.items[j];
    }
    return copy;
}

void world_add(struct world *world, struct decided decided) {
    struct decided *items = ARENA_ARRAY(world->sketch.arena, struct decided, world->count + 1);
    if (world->count)
        memcpy(items, world->items, world->count * sizeof *items);
    items[world->count++] = decided;
    world->items = items;
}

struct slice decided_says(const struct decided *decided, const char *name) {
    for (size_t i = 0; i < decided->said_count; i++)
        if (strcmp(decided->said[i].name, name) == 0)
            return decided->said[i].value;
    return SLICE("");
}

void decided_say(struct decided *decided, const char *name, struct slice value) {
    size_t count = 0;
    for (size_t i = 0; i < decided->said_count; i++)
        if (strcmp(decided->said[i].name, name) != 0)
            decided->said[count++] = decided->said[i];
    if (value.length && count < MOST_SAID)
        decided->said[count++] = (struct said){name, value};
    decided->said_count = count;
}

const char *decided_names(const struct decided *decided) {
    switch (decided->kind) {
    case KIND_THREAT:
        return "candidate";
    case KIND_DISMISS:
    case KIND_MITIGATION:
    case KIND_RISK:
        return "for";
    case KIND_BASELINE:
        return "patterns";
    default:
        return NULL;
    }
}

/* ---- text -------------------------------------------------------------------------------- */

static void write_named(struct writer *writer, const struct decided *decided, size_t first) {
    if (first >= decided->named_count)
        return;
    write_format(writer, "; %s: [", decided_names(decided));
    for (size_t i = first; i < decided->named_count; i++)
        write_format(writer, "%s%.*s", i > first ? ", " : "", SLICE_ARGS(decided->named[i]));
    write_string(writer, "]");
}

static void write_decided(struct writer *writer, const struct decided *decided) {
    bool by_row = decided->kind == KIND_DISMISS && !decided->id.length && decided->named_count == 1;
    write_format(writer, "%s %.*s", kind_rows[decided->kind].word,
                 SLICE_ARGS(by_row ? decided->named[0] : decided->id));
    if (decided->kind != KIND_POLICY)
        write_string(writer, decided->kind == KIND_DISMISS ? "" : " \"x\"");
    write_string(writer, " { owner: \"ana\"");
    write_named(writer, decided, by_row);
    for (size_t i = 0; i < decided->said_count; i++)
        write_format(writer, "; %s: %.*s", decided->said[i].name,
                     SLICE_ARGS(decided->said[i].value));
    for (size_t i = 0; i < decided->basis.count; i++)
        write_format(writer, "%s\"%.*s\"", i ? ", " : "; basis: [",
                     SLICE_ARGS(decided->basis.items[i]));
    write_string(writer, decided->basis.count ? "] }\n" : " }\n");
}

static const char *const triage_paths[2][TRIAGE_FILES] = {
    {"m.triage.dfd", "m.triage/a.dfd", "m.triage/b.dfd"},
    {"lib.triage.dfd", "lib.triage/a.dfd", "lib.triage/b.dfd"}};

bool world_imports(const struct world *world) {
    for (size_t i = 0; i < world->sketch.count; i++)
        if (world->sketch.parts[i].imported && !world->sketch.parts[i].gone)
            return true;
    return false;
}

static struct slice triage_text(struct arena *arena, const struct world *world, bool imported,
                                size_t file) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < world->count; i++)
        if (!world->items[i].gone && world->items[i].imported == imported &&
            world->items[i].file == file)
            write_decided(&text.writer, &world->items[i]);
    return memory_writer_close(&text);
}

struct slice world_file(struct arena *arena, const struct world *world, const char *path) {
    struct slice none = {NULL, 0};
    if (strcmp(path, "lib.dfd") == 0)
        return sketch_file(arena, &world->sketch, true);
    if (strcmp(path, "m.dfd") == 0)
        return text_join(arena, SLICE("model m\n"),
                         world_imports(world) ? SLICE("import \"lib.dfd\" as lib\n") : SLICE(""),
                         sketch_file(arena, &world->sketch, false));
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < TRIAGE_FILES; j++)
            if (strcmp(path, triage_paths[i][j]) == 0) {
                struct slice text = triage_text(arena, world, i, j);
                return text.length ? text : none;
            }
    return none;
}

struct slice world_text(struct arena *arena, const struct world *world) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < 2; i++) {
        const char *model = i ? "lib.dfd" : "m.dfd";
        struct slice file = world_file(arena, world, model);
        if (!i || world_imports(world))
            write_format(&text.writer, "# %s\n%.*s", model, SLICE_ARGS(file));
        for (size_t j = 0; j < TRIAGE_FILES; j++) {
            file = world_file(arena, world, triage_paths[i][j]);
            if (file.at)
                write_format(&text.writer, "# %s\n%.*s", triage_paths[i][j], SLICE_ARGS(file));
        }
    }
    return memory_writer_close(&text);
}
