/* Keeps open items in somebody else's list. The two lines around them are comments of Markdown.
 * Between them all is written anew; nothing outside is touched, and new lines end as the others of
 * the list do. */
// SPDX-License-Identifier: MIT
#include "emit/checklist.h"

#include "emit/document_decisions.h"
#include "emit/markdown.h"
#include "emit/origin.h"

/* The lines around the items, and where they are. */
struct marks {
    struct slice first, last;
    size_t first_count, last_count;
    size_t inside, end; /* behind the first line; where the last one begins */
    struct slice found; /* the first line of either sort; empty where there is none */
};

static struct slice mark_line(const struct emission *emission, const char *before,
                              const char *after) {
    struct memory_writer line;
    memory_writer_open(&line, emission->arena);
    write_string(&line.writer, before);
    write_model_name(&line.writer, emission->arena, emission->options.model_name);
    write_string(&line.writer, after);
    return memory_writer_close(&line);
}

/* Blanks at its end do not count. */
static bool is_line(struct slice line, struct slice mark) {
    return slice_starts(line, "<!--") && slice_equal(slice_trim(line), mark);
}

static struct marks find_marks(const struct emission *emission, struct slice list) {
    struct marks marks = {.found = {"", 0},
                          .first = mark_line(emission, "<!-- stridec: open items of ",
                                             "; written anew each time, up to the line that ends "
                                             "them -->"),
                          .last =
                              mark_line(emission, "<!-- stridec: end of open items of ", " -->")};
    struct slice rest = list, line;
    while (slice_cut(&rest, '\n', &line)) {
        size_t start = (size_t)(line.at - list.at);
        bool is_mark = is_line(line, marks.first) || is_line(line, marks.last);
        if (is_mark && !marks.found.length)
            marks.found = slice_trim(line);
        if (is_line(line, marks.first)) {
            marks.first_count++;
            marks.inside = start + line.length + (start + line.length < list.length);
        } else if (is_line(line, marks.last)) {
            marks.last_count++;
            marks.end = start;
        }
    }
    return marks;
}

static void describe(struct document *document, const void *unused) {
    (void)unused;
    write_open_item_list(document);
}

static struct slice items_of(const struct emission *emission) {
    struct memory_writer text;
    struct emission into = *emission;
    memory_writer_open(&text, emission->arena);
    into.writer = &text.writer;
    into.options.sections = 1u << SECTION_open; /* there is no threat to lead to */
    write_as_markdown(&into, describe, NULL);
    return memory_writer_close(&text);
}

static bool has_carriage_returns(struct slice list) {
    struct slice rest = list, line;
    return slice_cut(&rest, '\n', &line) && line.length && line.at[line.length - 1] == '\r';
}

static void write_lines(struct writer *writer, struct slice text, bool returns) {
    for (size_t i = 0; i < text.length; i++) {
        if (returns && text.at[i] == '\n')
            write_char(writer, '\r');
        write_char(writer, text.at[i]);
    }
}

/* An empty line stands between what was there and the first mark. */
static void write_end_of(struct writer *writer, struct slice list, bool returns) {
    bool ended = slice_ends(list, "\n");
    write_slice(writer, list);
    if (list.length && !ended)
        write_lines(writer, SLICE("\n"), returns);
    if (list.length && !slice_ends(list, "\n\n") && !slice_ends(list, "\n\r\n"))
        write_lines(writer, SLICE("\n"), returns);
}

static bool is_pair(const struct marks *marks) {
    return marks->first_count == 1 && marks->last_count == 1 && marks->end >= marks->inside;
}

bool write_checklist(const struct emission *emission, struct slice list) {
    struct writer *writer = emission->writer;
    struct marks marks = find_marks(emission, list);
    bool returns = has_carriage_returns(list), added = !marks.first_count && !marks.last_count;
    if (!added && !is_pair(&marks))
        return false;
    struct slice items = items_of(emission);
    if (added) {
        write_end_of(writer, list, returns);
        write_slice(writer, marks.first);
        write_lines(writer, SLICE("\n"), returns);
    } else {
        write_slice(writer, slice_part(list, 0, marks.inside));
    }
    write_lines(writer, SLICE("\n"), returns);
    write_lines(writer, items, returns);
    write_lines(writer, SLICE("\n"), returns);
    if (added) {
        write_slice(writer, marks.last);
        write_lines(writer, SLICE("\n"), returns);
    } else {
        write_slice(writer, slice_part(list, marks.end, list.length));
    }
    return true;
}

enum list_state judge_checklist(const struct emission *emission, struct slice list,
                                struct slice *first) {
    struct marks marks = find_marks(emission, list);
    *first = marks.found;
    if (!marks.found.length)
        return count_open_items(emission) ? LIST_WITHOUT : LIST_CURRENT;
    if (!is_pair(&marks))
        return LIST_NO_PAIR;
    struct memory_writer now;
    struct emission into = *emission;
    memory_writer_open(&now, emission->arena);
    into.writer = &now.writer;
    write_checklist(&into, list);
    return slice_equal(memory_writer_close(&now), list) ? LIST_CURRENT : LIST_BEHIND;
}
