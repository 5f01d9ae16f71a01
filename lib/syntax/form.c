/* YAML by its ending; anything else is the DSL. */
// SPDX-License-Identifier: MIT
#include "syntax/form.h"

#include "syntax/parser.h"
#include "syntax/yaml.h"

bool is_yaml_path(struct slice path) {
    return slice_ends_any_case(path, ".yaml") || slice_ends_any_case(path, ".yml");
}

struct tree *parse_either(struct diagnostics *diagnostics, struct source *source) {
    return is_yaml_path(source->path) ? parse_yaml(diagnostics, source)
                                      : parse(diagnostics, source);
}
