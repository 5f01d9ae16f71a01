/* The source line is shown as a terminal would show it: tabs to the next multiple of eight, what
 * could move the cursor or reorder text as an escape. The caret is placed by the width of exactly
 * what was printed before it. */
// SPDX-License-Identifier: MIT
#include "emit/diagnostics.h"

#include "emit/emit.h"
#include "emit/reader.h"

#define TAB 8
#define LINE_WIDTH 160 /* of a long line, a part of this width around the caret is shown */

struct colors {
    const char *levels[LEVEL_COUNT], *bold, *plain;
};
#define LEVEL(id, word, color) [LEVEL_##id] = "",
static const struct colors no_colors = {{
#include "diag/levels.def"
                                        },
                                        "",
                                        ""};
#undef LEVEL
#define LEVEL(id, word, color) [LEVEL_##id] = (color),
static const struct colors ansi_colors = {{
#include "diag/levels.def"
                                          },
                                          "\033[1m",
                                          "\033[0m"};
#undef LEVEL

struct painter {
    struct diagnostics *diagnostics;
    struct writer *writer;
    const struct colors *colors;
};

/* Appends one character of a source line as it is shown; returns its width. */
static size_t show_character(struct memory_writer *line, struct slice source, const char *at,
                             size_t length, int32_t character, size_t column) {
    if (character == '\t') {
        size_t width = TAB - column % TAB;
        write_repeated(&line->writer, ' ', width);
        return width;
    }
    struct memory_writer shown;
    memory_writer_open(&shown, line->arena);
    if (completes_log_command(source, at))
        write_visible(&shown.writer, character);
    else
        write_terminal(&shown.writer, (struct slice){at, length});
    struct slice text = memory_writer_close(&shown);
    write_slice(&line->writer, text);
    return utf8_width(text);
}

struct excerpt {
    struct slice text;
    size_t caret, width; /* in columns */
};

/* The line with the columns of bytes `start` to `end`; long lines are cut on both sides. */
static struct excerpt make_excerpt(struct arena *arena, struct slice line, size_t start,
                                   size_t end) {
    struct excerpt excerpt = {.width = 0};
    struct memory_writer text;
    const char *at = line.at, *stop = line.at + line.length;
    size_t column = 0;
    memory_writer_open(&text, arena);
    if (start > LINE_WIDTH) {
        const char *first = line.at + start - LINE_WIDTH / 2;
        while (first > line.at && ((unsigned char)*first & 0xc0) == 0x80)
            first--;
        at = first;
        column = 3;
        write_string(&text.writer, "...");
    }
    while (at < stop && column < LINE_WIDTH) {
        const char *before = at;
        size_t offset = (size_t)(at - line.at);
        int32_t character = utf8_next(&at, stop);
        size_t width =
            show_character(&text, line, before, (size_t)(at - before), character, column);
        if (offset < start)
            excerpt.caret = column + width;
        else if (offset < end)
            excerpt.width += width;
        column += width;
    }
    if (at < stop)
        write_string(&text.writer, "...");
    if (start == 0)
        excerpt.caret = 0;
    excerpt.text = memory_writer_close(&text);
    return excerpt;
}

static void paint_excerpt(struct painter *painter, struct source *source, struct span span,
                          struct slice hint, const char *color) {
    struct arena *arena = painter->diagnostics->arena;
    struct place place = source_place(arena, source, span.start);
    struct slice line = source_line(arena, source, place.line);
    size_t start = (size_t)(source->text.at + span.start - line.at);
    size_t end = start + (span.end - span.start);
    if (start > line.length)
        start = line.length;
    struct excerpt excerpt =
        make_excerpt(arena, line, start, end < line.length ? end : line.length);
    struct slice number = text_format(arena, "%5zu", place.line);
    write_format(painter->writer, "%.*s | ", SLICE_ARGS(number));
    write_slice(painter->writer, excerpt.text);
    write_string(painter->writer, "\n");
    write_repeated(painter->writer, ' ', number.length);
    write_string(painter->writer, " | ");
    write_repeated(painter->writer, ' ', excerpt.caret);
    write_string(painter->writer, color);
    write_repeated(painter->writer, '^', excerpt.width ? excerpt.width : 1);
    if (hint.length) {
        write_char(painter->writer, ' ');
        write_terminal(painter->writer, hint);
    }
    write_string(painter->writer, painter->colors->plain);
    write_char(painter->writer, '\n');
}

static void paint_place(struct painter *painter, struct source *source, struct span span) {
    if (!source)
        return;
    struct place place = source_place(painter->diagnostics->arena, source, span.start);
    write_string(painter->writer, painter->colors->bold);
    write_file_name(painter->writer, source->path);
    write_format(painter->writer, ":%zu:%zu: ", place.line, place.column);
    write_string(painter->writer, painter->colors->plain);
}

static void paint(struct painter *painter, const struct diagnostic *diagnostic) {
    const char *color = painter->colors->levels[diagnostic->level];
    paint_place(painter, diagnostic->source, diagnostic->span);
    write_format(painter->writer, "%s%s:%s ", color, level_words[diagnostic->level],
                 painter->colors->plain);
    write_terminal(painter->writer, diagnostic->message);
    if (diagnostic->about_file && diagnostic->hint.length) {
        write_string(painter->writer, ": ");
        write_terminal(painter->writer, diagnostic->hint);
    }
    write_format(painter->writer, " [%s]\n", diag_kind(diagnostic->code)->code);
    if (diagnostic->source && !diagnostic->about_file)
        paint_excerpt(painter, diagnostic->source, diagnostic->span, diagnostic->hint, color);
    for (const struct diag_note *note = diagnostic->notes; note; note = note->next) {
        paint_place(painter, note->source, note->span);
        write_format(painter->writer, "%s%s:%s ", painter->colors->levels[LEVEL_NOTE],
                     level_words[LEVEL_NOTE], painter->colors->plain);
        write_terminal(painter->writer, note->message);
        write_char(painter->writer, '\n');
    }
}

/* Marks those of a level that fit: of each code the first, so that the many of one do not hide what
 * is said once, then the others. What is about no place is about the whole run, and is always
 * shown.
 */
static size_t choose_of(const struct diagnostics *diagnostics, enum level level, size_t left,
                        bool *chosen) {
    for (int pass = 0; pass < 2; pass++) {
        bool seen[DIAG_COUNT] = {false};
        for (size_t i = 0; i < diagnostics->list.count; i++) {
            const struct diagnostic *diagnostic = diagnostics->list.items[i];
            if (diagnostic->level != level || chosen[i] || (pass == 0 && seen[diagnostic->code]))
                continue;
            seen[diagnostic->code] = true;
            chosen[i] = left || !diagnostic->source;
            left -= left > 0;
        }
    }
    return left;
}

/* All of them, or of many those of the worst levels; in order of their places. */
void write_diagnostics(struct diagnostics *diagnostics, struct writer *writer, bool color) {
    struct painter painter = {diagnostics, writer, color ? &ansi_colors : &no_colors};
    size_t count = diagnostics->list.count, left = DIAGNOSTICS_SHOWN, shown = 0;
    bool *chosen = ARENA_ARRAY(diagnostics->arena, bool, count + 1);
    for (size_t level = LEVEL_COUNT; level > 0; level--)
        left = choose_of(diagnostics, (enum level)(level - 1), left, chosen);
    for (size_t i = 0; i < count; i++) {
        if (chosen[i])
            paint(&painter, diagnostics->list.items[i]);
        shown += chosen[i];
    }
    if (shown < count)
        write_format(writer, "and %zu more\n", count - shown);
}
