/* The forms of a comparison. */
// SPDX-License-Identifier: MIT
#include "emit/diff.h"

#include "emit/markdown.h"
#include "emit/plain.h"

static const struct diff_format formats_of_diff[] = {
#define DIFF_FORMAT(name, function) {name, function},
#include "emit/diff_formats.def"
#undef DIFF_FORMAT
};

const struct diff_format *diff_format_named(struct slice name) {
    for (size_t i = 0; i < sizeof formats_of_diff / sizeof *formats_of_diff; i++)
        if (slice_is(name, formats_of_diff[i].name))
            return &formats_of_diff[i];
    return NULL;
}

void write_diff_text(const struct emission *emission, const struct comparison *comparison) {
    write_as_plain(emission, write_diff, comparison);
}

void write_diff_markdown(const struct emission *emission, const struct comparison *comparison) {
    write_as_markdown(emission, write_diff, comparison);
}
