/* Labels made fit to be drawn, and broken into lines by display width. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "emit/picture.h"

#include <string.h>

#define REPLACEMENT 0xfffd

/* A character that cannot be seen or reorders text becomes U+FFFD, a blank of any kind the plain
 * one. Joiners and selectors stay where they do their work: emoji and many scripts need them. */
static int32_t drawable(int32_t before, int32_t character, int32_t after) {
    if (character_is_blank(character))
        return ' ';
    bool hidden = character_is_hidden_between(before, character, after);
    return character < 0 || hidden ? REPLACEMENT : character;
}

static int32_t peek(const char *at, const char *end) {
    return at < end ? utf8_next(&at, end) : -1;
}

struct slice drawable_text(struct arena *arena, struct slice text) {
    struct memory_writer out;
    memory_writer_open(&out, arena);
    bool blank = true; /* none at the start */
    size_t count = 0;
    const char *at = text.length ? text.at : "", *end = at + text.length;
    for (int32_t before = -1, read; at < end; before = read) {
        read = utf8_next(&at, end);
        int32_t character = drawable(before, read, peek(at, end));
        if (character == ' ' && blank)
            continue;
        if (++count == LABEL_LIMIT && at < end) {
            write_string(&out.writer, "\xe2\x80\xa6");
            break;
        }
        char bytes[4];
        blank = character == ' ';
        write_bytes(&out.writer, bytes, utf8_put(bytes, character));
    }
    return slice_trim(memory_writer_close(&out));
}

/* Where a line of too long a word may end. */
static bool ends_part(int32_t character) {
    return character < 0x80 && character > ' ' && strchr("/-_.:,;=&?", character);
}

/* A line does not begin with the colons of a word that is cut: services that read logs may take
 * them for a command. */
static size_t before_colons(const char *at, size_t cut) {
    size_t moved = cut;
    while (moved && at[moved] == ':')
        moved--;
    while (moved && ((unsigned char)at[moved] & 0xc0) == 0x80)
        moved--;
    return moved ? moved : cut;
}

bool wrap_next(struct slice *rest, size_t columns, struct slice *line) {
    if (!rest->length)
        return false;
    const char *end = rest->at + rest->length, *at = rest->at;
    size_t width = 0, blank = 0, part = 0, cut = rest->length;
    while (at < end) {
        size_t start = (size_t)(at - rest->at);
        int32_t character = utf8_next(&at, end);
        if (character == ' ')
            blank = start;
        width += (size_t)character_width(character);
        if (width > columns && start && character != ' ') {
            cut = blank ? blank : part ? part : before_colons(rest->at, start);
            break;
        }
        if (ends_part(character) && width >= columns / 2)
            part = (size_t)(at - rest->at);
    }
    *line = slice_trim(slice_part(*rest, 0, cut));
    *rest = slice_trim(slice_part(*rest, cut, rest->length));
    return true;
}

/* Whether a line ends inside of a word, and not at a sign that may end one. */
static bool cuts_word(struct slice line, struct slice rest) {
    return rest.length && rest.at == line.at + line.length && !ends_part(line.at[line.length - 1]);
}

size_t wrap_columns(struct slice text, size_t least, size_t most) {
    for (size_t columns = least; columns < most; columns++) {
        struct slice rest = text, line;
        bool cut = false;
        while (!cut && wrap_next(&rest, columns, &line))
            cut = !line.length || cuts_word(line, rest);
        if (!cut)
            return columns;
    }
    return most;
}

void split_label(struct slice label, struct slice *name, struct slice *detail) {
    *name = slice_trim(label);
    *detail = (struct slice){0};
    size_t open = name->length, depth = 0;
    if (!slice_ends(*name, ")"))
        return;
    do {
        open--;
        depth += name->at[open] == ')';
        depth -= name->at[open] == '(';
    } while (open && depth);
    struct slice before = slice_trim(slice_part(*name, 0, open));
    struct slice inside = slice_trim(slice_part(*name, open + 1, name->length - open - 2));
    if (depth || !before.length || !inside.length)
        return;
    *name = before;
    *detail = inside;
}
