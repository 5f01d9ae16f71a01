/* From one form of a model to the other, on the tree that was read to compile it. */
// SPDX-License-Identifier: MIT
#include "project/project.h"
#include "project/units.h"
#include "syntax/form.h"
#include "syntax/formatter.h"
#include "syntax/write_dsl.h"
#include "syntax/write_yaml.h"

bool project_convert(struct project *project, bool to_yaml, struct writer *writer) {
    struct arena *arena = &project->arena;
    if (!project->units.count)
        return false;
    const struct unit *unit = project->units.items[0];
    if (to_yaml)
        write_yaml(arena, writer, unit->tree);
    else if (is_yaml_path(unit->source->path))
        write_dsl(arena, writer, unit->tree);
    else
        format_tree(arena, writer, unit->tree, false);
    return true;
}
