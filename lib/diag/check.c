/* What every form demands of a file before it is read: UTF-8, no control characters, a size. */
// SPDX-License-Identifier: MIT
#include "diag/diag.h"

/* A fixed number of bytes without a way out of the loop is what compilers make vector code of. */
#define PLAIN_STEP 32

static void report_byte(struct diagnostics *diagnostics, struct source *source, uint32_t offset) {
    struct arena *arena = diagnostics->arena;
    unsigned char byte = (unsigned char)source->text.at[offset];
    size_t bom = source->bom ? 3 : 0;
    diag_add(diagnostics, DIAG_invalid_utf8, source, (struct span){offset, offset + 1},
             ARGS(text_format(arena, "0x%02x", byte), text_format(arena, "%zu", offset + bom)));
}

/* Nothing to look at among so many bytes: ASCII without control characters but line breaks. */
static bool is_plain(const unsigned char *at) {
    unsigned char special = 0;
    for (size_t i = 0; i < PLAIN_STEP; i++)
        special |= (at[i] < ' ' || at[i] >= 0x7f) && at[i] != '\n' ? 1 : 0;
    return !special;
}

bool check_source(struct diagnostics *diagnostics, struct source *source) {
    struct arena *arena = diagnostics->arena;
    const char *text = source->text.at, *end = text + source->text.length;
    if (source->text.length > SOURCE_LIMIT) {
        diag_add(diagnostics, DIAG_file_too_large, source, (struct span){0, 0},
                 ARGS(text_format(arena, "%zu", SOURCE_LIMIT >> 20)));
        return false;
    }
    for (const char *at = text; at < end;) {
        if (end - at >= PLAIN_STEP && is_plain((const unsigned char *)at)) {
            at += PLAIN_STEP;
            continue;
        }
        unsigned char byte = (unsigned char)*at;
        uint32_t offset = (uint32_t)(at - text);
        if (byte >= 0x80) {
            if (utf8_next(&at, end) < 0) {
                report_byte(diagnostics, source, offset);
                return false;
            }
            continue;
        }
        bool is_break = byte == '\r' && at + 1 < end && at[1] == '\n';
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && !is_break) || byte == 0x7f)
            diag_add(diagnostics, DIAG_control_character, source, (struct span){offset, offset + 1},
                     ARGS(text_format(arena, "U+%04X", byte)));
        at++;
    }
    return true;
}
