/* A conflict may begin and end within a line: the rest of the line then stands on both sides, so
 * that either side is whole. */
// SPDX-License-Identifier: MIT
#include "syntax/merge_text.h"

#include "syntax/quote.h"

void add_agreed(struct pieces *pieces, struct slice text) {
    if (text.length)
        *ARRAY_ADD(pieces->arena, &pieces->list) = (struct piece){text, text, true, {"", 0}};
}

void add_conflict(struct pieces *pieces, struct slice ours, struct slice theirs,
                  struct slice reason) {
    *ARRAY_ADD(pieces->arena, &pieces->list) = (struct piece){ours, theirs, false, reason};
}

/* A text that grows. */
struct growing {
    ARRAY_OF(char) bytes;
};

static void grow(struct arena *arena, struct growing *text, struct slice more) {
    for (size_t i = 0; i < more.length; i++)
        *ARRAY_ADD(arena, &text->bytes) = more.at[i];
}

static struct slice grown(const struct growing *text) {
    return (struct slice){text->bytes.items, text->bytes.count};
}

struct output {
    struct arena *arena;
    struct writer *writer;
    size_t marker_length, conflicts;
    struct growing line; /* agreed, of a line that has not ended */
    bool open;           /* a conflict is */
    struct growing ours, theirs;
    struct slice reason;
};

static void write_marker(const struct output *output, char c, const char *name,
                         struct slice reason) {
    write_repeated(output->writer, c, output->marker_length);
    if (*name)
        write_char(output->writer, ' ');
    write_string(output->writer, name);
    if (reason.length) {
        write_string(output->writer, ": ");
        write_comment(output->writer, reason);
    }
    write_char(output->writer, '\n');
}

/* Of something that only the other side has, no line is left. */
static void write_side(const struct output *output, struct slice text) {
    if (!text.at || !slice_trim(text).length)
        return;
    write_slice(output->writer, text);
    if (text.at[text.length - 1] != '\n')
        write_char(output->writer, '\n');
}

static void close_conflict(struct output *output) {
    write_marker(output, '<', "ours", output->reason);
    write_side(output, grown(&output->ours));
    write_marker(output, '=', "", SLICE(""));
    write_side(output, grown(&output->theirs));
    write_marker(output, '>', "theirs", SLICE(""));
    output->conflicts++;
    output->open = false;
    output->ours = output->theirs = (struct growing){0};
    output->reason = SLICE("");
}

static bool ends_line(const struct growing *text) {
    return text->bytes.count && text->bytes.items[text->bytes.count - 1] == '\n';
}

static void put_conflict(struct output *output, const struct piece *piece) {
    if (!output->open) {
        output->ours = output->line;
        output->theirs = (struct growing){0};
        grow(output->arena, &output->theirs, grown(&output->line));
        output->line = (struct growing){0};
        output->open = true;
    }
    if (!output->reason.length)
        output->reason = piece->reason;
    grow(output->arena, &output->ours, piece->ours);
    grow(output->arena, &output->theirs, piece->theirs);
    if (ends_line(&output->ours) && ends_line(&output->theirs))
        close_conflict(output);
}

static void put_agreed(struct output *output, struct slice text) {
    size_t first = 0, last = text.length;
    if (output->open) {
        while (first < text.length && text.at[first] != '\n')
            first++;
        first += first < text.length;
        grow(output->arena, &output->ours, slice_part(text, 0, first));
        grow(output->arena, &output->theirs, slice_part(text, 0, first));
        if (!first || text.at[first - 1] != '\n')
            return;
        close_conflict(output);
    }
    while (last > first && text.at[last - 1] != '\n')
        last--;
    if (last > first) {
        write_slice(output->writer, grown(&output->line));
        output->line = (struct growing){0};
        write_slice(output->writer, slice_part(text, first, last - first));
    }
    grow(output->arena, &output->line, slice_part(text, last, text.length));
}

size_t write_pieces(const struct pieces *pieces, struct writer *writer, size_t marker_length) {
    struct output output = {
        .arena = pieces->arena, .writer = writer, .marker_length = marker_length};
    for (size_t i = 0; i < pieces->list.count; i++) {
        const struct piece *piece = &pieces->list.items[i];
        if (piece->agreed)
            put_agreed(&output, piece->ours);
        else
            put_conflict(&output, piece);
    }
    if (output.open)
        close_conflict(&output);
    write_slice(writer, grown(&output.line));
    return output.conflicts;
}
