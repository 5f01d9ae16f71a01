/* YAML that is well formed and says something else than was meant: text for attributes, lists for
 * maps, declarations in the wrong place. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_YAML_HINTS_H
#define SYNTAX_YAML_HINTS_H

#include "diag/diag.h"
#include "model/kind.h"
#include "syntax/yaml_nodes.h"

/* The list that gets the messages, and the table of attributes. */
struct yaml_hints {
    struct diagnostics *diagnostics;
    struct source *source;
    const struct attribute_index *attributes;
};

/* `kind:api` and `kind api` where an attribute was meant: true, and reported, when the text that
 * stands for a declaration's map begins so. `key_end`: where the declaration's key ends. */
bool report_attribute_as_text(const struct yaml_hints *hints, enum kind kind,
                              const struct yaml_node *text, uint32_t key_end);
/* A key such as `kind:api` or `api:API` that has no value. */
bool report_key_without_blank(const struct yaml_hints *hints, const struct yaml_node *key);
/* `label` or `kind: sql` as an id: it should stand deeper, inside of the declaration before. True,
 * and reported unless this happens `again` after the same one. */
bool report_attribute_as_id(const struct yaml_hints *hints, enum kind kind,
                            const struct yaml_node *key, const struct item *before, bool again);
/* A map as the value of what is no attribute: a declaration inside of another one. */
bool report_nested(const struct yaml_hints *hints, enum kind kind, const struct yaml_node *key,
                   struct slice owner);
/* `a -> b` as the key of a flow. */
bool report_arrow_as_id(const struct yaml_hints *hints, const struct yaml_node *key);
/* `source: a`, which is reported where the attribute is. */
bool has_ends_by_other_names(const struct yaml_hints *hints, const struct item *flow);
/* Hints at which section was meant by a key that is none; `empty`: the section before, if nothing
 * stands in it. */
void hint_section(const struct yaml_hints *hints, struct diagnostic *added, struct slice key,
                  struct slice empty, const struct slice *sections, size_t count);
/* Hints at what to write instead of a section that is no map. */
void hint_section_shape(const struct yaml_hints *hints, struct diagnostic *added,
                        struct slice section, const struct yaml_node *node);
/* Hints at what to write instead of `f: a -> b`. */
void hint_arrow_as_label(const struct yaml_hints *hints, struct diagnostic *added,
                         struct slice name, struct slice label);

#endif
