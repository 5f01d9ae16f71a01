/* What differs between two models, for people and as data. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DIFF_H
#define EMIT_DIFF_H

#include "compare/compare.h"
#include "emit/document.h"

/* `emission` is that of the new model; its rows are those of the comparison. */
typedef void diff_writer(const struct emission *emission, const struct comparison *comparison);

struct diff_format {
    const char *name;
    diff_writer *write;
};
/* NULL when there is no such format. */
const struct diff_format *diff_format_named(struct slice name);

#define DIFF_FORMAT(name, function) diff_writer function;
#include "emit/diff_formats.def"
#undef DIFF_FORMAT

/* In words: a document with a section for each kind of change, what needs attention first. */
document_content write_diff;

#endif
