/* What declarations have in common in the JSON, and the parts that decisions add. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_JSON_PARTS_H
#define EMIT_JSON_PARTS_H

#include "emit/emit.h"
#include "emit/json_writer.h"

/* Null where there is no declaration. */
void write_id(struct json *json, const char *name, const struct decl *decl);
/* `id` and `label` */
void write_name(struct json *json, const struct decl *decl);
/* `attributes`, and `evidence` where it is stated */
void write_attributes(struct json *json, const struct model *model, const struct decl *decl);

/* `boundaries`: which a flow or crossing leaves and enters, of so many steps */
void write_steps(struct json *json, const struct decl *subject, size_t count);

/* What was decided about a pattern, or about a row without patterns (NULL); nothing where nobody
 * has decided anything about the model. */
void write_answer(struct json *json, const struct emission *emission, const struct row *row,
                  const struct pattern *pattern);
/* The lists of decisions; nothing where there is no file of decisions. */
void write_decisions(struct json *json, const struct emission *emission);

#endif
