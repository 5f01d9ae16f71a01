/* Checks that every form makes of a file before it is read: UTF-8, no control characters, a size.
 */
// SPDX-License-Identifier: MIT
#include "diag/diag.h"

/* A loop over a fixed number of bytes, without a way out, becomes vector code. */
#define PLAIN_STEP 32

/* UTF-16 and UTF-32 text has a zero byte in most of its units. */
static const char *encoding_by_zeros(struct slice text) {
    size_t zeros[4] = {0}, units = text.length < 1024 ? text.length / 4 : 256;
    for (size_t i = 0; i < units * 4; i++)
        zeros[i % 4] += text.at[i] == 0;
    if (units < 2 || zeros[0] + zeros[1] + zeros[2] + zeros[3] < units)
        return NULL;
    if (zeros[2] == units && zeros[3] == units && !zeros[0])
        return "UTF-32 (little-endian)";
    if (zeros[0] == units && zeros[1] == units && !zeros[3])
        return "UTF-32 (big-endian)";
    return !zeros[0] && !zeros[2]   ? "UTF-16 (little-endian)"
           : !zeros[1] && !zeros[3] ? "UTF-16 (big-endian)"
                                    : NULL;
}

const char *source_encoding(const struct source *source) {
    static const struct {
        struct slice mark;
        const char *name;
    } marks[] = {{{"\xff\xfe\0\0", 4}, "UTF-32 (little-endian)"},
                 {{"\0\0\xfe\xff", 4}, "UTF-32 (big-endian)"},
                 {{"\xff\xfe", 2}, "UTF-16 (little-endian)"},
                 {{"\xfe\xff", 2}, "UTF-16 (big-endian)"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (slice_equal(slice_part(source->text, 0, marks[i].mark.length), marks[i].mark))
            return marks[i].name;
    return encoding_by_zeros(source->text);
}

/* Of a text in another encoding no line can be shown. */
static void report_encoding(struct diagnostics *diagnostics, struct source *source,
                            const char *encoding) {
    struct diagnostic *added =
        diag_add(diagnostics, DIAG_invalid_utf8, source, (struct span){0, 0},
                 ARGS(text_format(diagnostics->arena, "it looks like %s", encoding)));
    added->about_file = true;
    diag_hint(diagnostics, added, "save it as UTF-8");
}

static void report_byte(struct diagnostics *diagnostics, struct source *source, uint32_t offset) {
    struct arena *arena = diagnostics->arena;
    unsigned char byte = (unsigned char)source->text.at[offset];
    size_t bom = source->bom ? 3 : 0;
    struct diagnostic *added =
        diag_add(diagnostics, DIAG_invalid_utf8, source, (struct span){offset, offset + 1},
                 ARGS(text_format(arena, "byte 0x%02x at offset %zu", byte, offset + bom)));
    diag_hint(diagnostics, added, "save the file as UTF-8");
}

/* Whether the next PLAIN_STEP bytes are ASCII without control characters other than line breaks. */
static bool is_plain(const unsigned char *at) {
    unsigned char special = 0;
    for (size_t i = 0; i < PLAIN_STEP; i++)
        special |= (at[i] < ' ' || at[i] >= 0x7f) && at[i] != '\n' ? 1 : 0;
    return !special;
}

/* The line ends of old Macs, of which each would be a mistake. */
static void report_line_ends(struct diagnostics *diagnostics, struct source *source,
                             uint32_t first) {
    struct diagnostic *added = diag_add(diagnostics, DIAG_control_character, source,
                                        (struct span){first, first + 1}, ARGS(SLICE("U+000D")));
    diag_hint(diagnostics, added, "no line ends with U+000A: save the file with other line ends");
}

bool check_source(struct diagnostics *diagnostics, struct source *source) {
    struct arena *arena = diagnostics->arena;
    const char *text = source->text.at, *end = text + source->text.length;
    if (source->text.length > SOURCE_LIMIT) {
        diag_add(diagnostics, DIAG_file_too_large, source, (struct span){0, 0},
                 ARGS(text_format(arena, "%zu", SOURCE_LIMIT >> 20)));
        return false;
    }
    const char *encoding = source_encoding(source);
    if (encoding) {
        report_encoding(diagnostics, source, encoding);
        return false;
    }
    source->is_ascii = true;
    for (const char *at = text; at < end;) {
        if (end - at >= PLAIN_STEP && is_plain((const unsigned char *)at)) {
            at += PLAIN_STEP;
            continue;
        }
        unsigned char byte = (unsigned char)*at;
        uint32_t offset = (uint32_t)(at - text);
        if (byte >= 0x80) {
            source->is_ascii = false;
            if (utf8_next(&at, end) < 0) {
                report_byte(diagnostics, source, offset);
                return false;
            }
            continue;
        }
        bool is_break = byte == '\r' && at + 1 < end && at[1] == '\n';
        if (byte == '\r' && !is_break && !slice_has(source->text, '\n')) {
            report_line_ends(diagnostics, source, offset);
            return false;
        }
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && !is_break) || byte == 0x7f)
            diag_add(diagnostics, DIAG_control_character, source, (struct span){offset, offset + 1},
                     ARGS(text_format(arena, "U+%04X", byte)));
        if (diag_is_full(diagnostics))
            return false;
        at++;
    }
    return true;
}
