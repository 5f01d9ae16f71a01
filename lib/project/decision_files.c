/* A file that is not there yet is a unit without text, which changes fill. */
// SPDX-License-Identifier: MIT
#include "project/decision_files.h"

#include "project/triage_files.h"
#include "syntax/quote.h"

static const struct unit *find_file(const struct project *project, struct slice path) {
    for (size_t i = 0; i < project->triage.count; i++)
        if (slice_is(path, project->triage.items[i]->path))
            return project->triage.items[i];
    for (size_t i = 0; i < project->new_files.count; i++)
        if (slice_is(path, project->new_files.items[i]->path))
            return project->new_files.items[i];
    return NULL;
}

static const struct unit *new_file(struct project *project, struct slice path,
                                   const struct unit *owner) {
    struct arena *arena = &project->arena;
    struct unit *unit = ARENA_NEW(arena, struct unit);
    struct tree *tree = ARENA_NEW(arena, struct tree);
    unit->path = slice_string(arena, path);
    unit->source = tree->source = source_new(arena, path, SLICE(""));
    unit->tree = tree;
    unit->owner = owner;
    unit->model = model_new(arena, project->vocabulary);
    *ARRAY_ADD(arena, &project->new_files) = unit;
    return unit;
}

const struct unit *decision_file(struct project *project, const struct unit *owner) {
    struct slice path = triage_path(&project->arena, owner->place);
    const struct unit *unit = path.length ? find_file(project, path) : NULL;
    return unit || !path.length ? unit : new_file(project, path, owner);
}

void begin_decision_file(const struct unit *file, struct edit *edit) {
    struct slice model, folder;
    struct memory_writer line;
    if (!file->owner || file->source->text.length || file->source->bom || !edit->changes.count)
        return;
    model = slice_of(file->owner->path);
    while (slice_has(model, '/'))
        slice_cut(&model, '/', &folder);
    memory_writer_open(&line, edit->arena);
    write_string(&line.writer, "# What the team decided about ");
    write_comment(&line.writer, model);
    write_string(&line.writer, ".\n");
    edit->changes.items[0].text = text_join(edit->arena, memory_writer_close(&line), SLICE("\n"),
                                            edit->changes.items[0].text);
}
