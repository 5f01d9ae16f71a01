/* The real mistake where libyaml stops, which is often on a line before. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_YAML_CAUSES_H
#define SYNTAX_YAML_CAUSES_H

#include "diag/source.h"

/* A place and two phrases: "this is not YAML: PROBLEM", and advice (may be empty). */
struct yaml_cause {
    struct span span;
    struct slice problem, hint;
};

/* `at` and `context` are the marks of libyaml's message. */
struct yaml_cause find_yaml_cause(struct arena *arena, const struct source *source,
                                  const char *problem, uint32_t at, uint32_t context);

#endif
