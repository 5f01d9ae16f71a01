/* JSON Schemas (2020-12) of what the compiler reads and writes. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_SCHEMA_H
#define EMIT_SCHEMA_H

#include "base/writer.h"

/* Writes the schema of the YAML form, from the tables of kinds and attributes. */
void write_model_schema(struct writer *writer);

/* The schemas of the format json and of a comparison, as bytes: lib/emit/output.schema.json and
 * lib/emit/diff.schema.json. */
extern const char output_schema[], diff_schema[];
extern const unsigned long output_schema_length, diff_schema_length;

#endif
