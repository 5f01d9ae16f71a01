/* From one form of a model to the other, on the tree. */
// SPDX-License-Identifier: MIT
#include "project/project.h"
#include "syntax/builder.h"
#include "syntax/formatter.h"
#include "syntax/write_dsl.h"
#include "syntax/write_yaml.h"
#include "syntax/yaml.h"

/* The text compiles; so there are no messages, and no file but this one is needed. */
bool project_convert(struct project *project, const struct named_text *input, bool to_yaml,
                     struct writer *writer) {
    struct arena *arena = &project->arena;
    struct diagnostics none = {.arena = arena};
    struct slice path = slice_copy(arena, slice_of(input->path));
    struct source *source = source_new(arena, path, slice_copy(arena, input->text));
    bool is_yaml = is_yaml_path(path);
    struct tree *tree = parse_either(&none, source);
    if (file_kind_of(tree) != IN_MODEL)
        return false;
    if (to_yaml)
        write_yaml(arena, writer, tree);
    else if (is_yaml)
        write_dsl(arena, writer, tree);
    else
        format_tree(arena, writer, tree, false);
    return true;
}
