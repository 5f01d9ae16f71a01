/* The document as a whole: its title, then the sections that are wanted, in order of the table. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"

static section_writer *const writers[SECTION_COUNT] = {
#define SECTION(id, word, function, about) [SECTION_##id] = (function),
#include "emit/document_sections.def"
#undef SECTION
};

const struct section_row section_rows[SECTION_COUNT] = {
#define SECTION(id, word, function, about) {word, about},
#include "emit/document_sections.def"
#undef SECTION
};

void write_document(struct document *document) {
    write_document_title(document);
    for (int section = 0; section < SECTION_COUNT; section++)
        if (shows_section(document->emission, (enum document_section)section))
            writers[section](document);
}
