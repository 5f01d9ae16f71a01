/* The rows as a table for the terminal: rank, score, row and question, and under it the reason.
 * Lines are broken by display width; what the user wrote never reaches the terminal as a command.
 */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "emit/picture.h"

#define DEFAULT_WIDTH 80
#define NARROW_WIDTH 60 /* below, the question stands under its row */
#define QUESTION_LINES 4
#define REASON_LINES 3

/* The states that are counted besides open rows, in the words of the last line. */
static const struct {
    enum row_state state;
    const char *words;
} quiet_states[] = {{ROW_COVERED, "covered"},
                    {ROW_FOLDED, "folded"},
                    {ROW_ANSWERED, "answered"},
                    {ROW_OUT_OF_SCOPE, "out of scope"},
                    {ROW_NOT_APPLICABLE, "not applicable"}};

struct screen {
    struct emission *emission;
    struct writer *writer;
    size_t width;
    size_t rank_width, id_width;
    size_t text_column, text_width;
    bool narrow;
    size_t shown;
};

/* ---- styled and wrapped text ------------------------------------------------------------- */

static void write_styled(struct screen *screen, const char *style, struct slice text) {
    bool color = screen->emission->options.color && *style;
    if (color)
        write_format(screen->writer, "\x1b[%sm", style);
    write_slice(screen->writer, text);
    if (color)
        write_string(screen->writer, "\x1b[0m");
}

/* Writes the text at a column: its first line where the cursor is, at most `limit` lines in all. */
static void write_wrapped(struct screen *screen, const char *style, struct slice text,
                          size_t column, size_t limit) {
    struct slice rest = slice_trim(text), line;
    size_t width = screen->width > column + 1 ? screen->width - column : 1;
    for (size_t count = 1; rest.length; count++) {
        bool cut = count == limit && utf8_width(rest) > width;
        wrap_next(&rest, cut && width > 1 ? width - 1 : width, &line);
        write_styled(screen, style, line);
        if (cut) {
            write_string(screen->writer, "…");
            break;
        }
        if (rest.length) {
            write_char(screen->writer, '\n');
            write_repeated(screen->writer, ' ', column);
        }
    }
    write_char(screen->writer, '\n');
}

/* ---- which rows -------------------------------------------------------------------------- */

static bool is_shown(const struct emission *emission, const struct row *row) {
    int tier = emission->options.tier;
    if (emission->options.all)
        return !tier || row->tier == tier;
    return row->state == ROW_OPEN && row->tier == (tier ? tier : 1);
}

static size_t count_digits(size_t number) {
    size_t digits = 1;
    while (number /= 10)
        digits++;
    return digits;
}

static struct screen plan_screen(struct emission *emission) {
    const struct rows *rows = emission->rows;
    struct screen screen = {.emission = emission, .writer = emission->writer};
    size_t count = 0, longest = 3;
    screen.width = emission->options.width ? emission->options.width : DEFAULT_WIDTH;
    for (size_t i = 0; i < rows->ranked_count; i++) {
        if (!is_shown(emission, rows->ranked[i]))
            continue;
        count++;
        const struct row *row = rows->ranked[i];
        size_t length = row->letter->code.length + 1 + decl_id(row->subject).length;
        longest = length > longest ? length : longest;
    }
    screen.narrow = screen.width < NARROW_WIDTH;
    screen.rank_width = count_digits(count);
    screen.id_width = longest < screen.width / 3 ? longest : screen.width / 3;
    screen.text_column = screen.narrow ? 4 : screen.rank_width + screen.id_width + 11;
    return screen;
}

/* ---- a row ------------------------------------------------------------------------------- */

static const char *score_style(const struct screen *screen, int score) {
    struct slice priority = priority_of(screen->emission->rows->bands, score);
    return slice_is(priority, "critical") ? "31" : slice_is(priority, "high") ? "33" : "";
}

static void write_padded(struct screen *screen, size_t number, size_t width, const char *style) {
    size_t digits = count_digits(number);
    write_repeated(screen->writer, ' ', width > digits ? width - digits : 0);
    write_styled(screen, style, text_format(screen->emission->arena, "%zu", number));
}

/* The first question, and the number of further ones. */
static struct slice question_of(struct emission *emission, const struct row *row) {
    struct slice ask =
        visible_line(emission->arena, row_question(emission->arena, emission->rows, row));
    size_t pending = count_pending(emission->decisions, row);
    if (pending > 1)
        return text_format(emission->arena, "%.*s (%zu more question%s)", SLICE_ARGS(ask),
                           pending - 1, pending == 2 ? "" : "s");
    return ask;
}

static const char *state_words(enum row_state state) {
    for (size_t i = 0; i < sizeof quiet_states / sizeof *quiet_states; i++)
        if (quiet_states[i].state == state)
            return quiet_states[i].words;
    return row_state_words[state];
}

static struct slice reason_of(struct emission *emission, const struct row *row) {
    struct slice reason =
        visible_line(emission->arena, row_reason(emission->arena, emission->rows, row));
    if (row->state == ROW_OPEN)
        return reason;
    return text_format(emission->arena, "%s%s%.*s", state_words(row->state),
                       reason.length ? ": " : "", SLICE_ARGS(reason));
}

/* The id, and then blanks or a new line up to the column of the text. */
static void write_row_id(struct screen *screen, const struct row *row) {
    struct slice id = row_id(screen->emission->arena, row);
    write_styled(screen, "1", id);
    if (screen->narrow || id.length > screen->id_width) {
        write_char(screen->writer, '\n');
        write_repeated(screen->writer, ' ', screen->text_column);
    } else {
        write_repeated(screen->writer, ' ', screen->id_width - id.length + 2);
    }
}

static void write_row(struct screen *screen, const struct row *row) {
    struct emission *emission = screen->emission;
    struct arena_mark mark = arena_mark(emission->arena);
    write_padded(screen, ++screen->shown, screen->rank_width, "");
    write_padded(screen, (size_t)row->score, 7, score_style(screen, row->score));
    write_string(screen->writer, "  ");
    write_row_id(screen, row);
    write_wrapped(screen, "", question_of(emission, row), screen->text_column, QUESTION_LINES);
    struct slice reason = reason_of(emission, row);
    if (reason.length) {
        write_repeated(screen->writer, ' ', screen->text_column);
        write_wrapped(screen, "2", reason, screen->text_column, REASON_LINES);
    }
    arena_rewind(emission->arena, mark);
}

/* ---- the table --------------------------------------------------------------------------- */

static void write_title(struct screen *screen) {
    struct emission *emission = screen->emission;
    const struct decl *system = emission->model->system;
    struct slice title = system ? visible_line(emission->arena, decl_title(system)) : SLICE("");
    struct memory_writer line;
    memory_writer_open(&line, emission->arena);
    write_slice(&line.writer, title);
    write_string(&line.writer, title.length ? ": " : "");
    write_count(&line.writer, emission->model->elements.count, "element");
    write_string(&line.writer, ", ");
    write_count(&line.writer, emission->model->of[KIND_FLOW].count, "flow");
    write_string(&line.writer, ", ");
    write_count(&line.writer, emission->analysis->crossings.count, "crossing");
    write_wrapped(screen, "1", memory_writer_close(&line), 0, QUESTION_LINES);
    write_char(screen->writer, '\n');
}

static void write_head(struct screen *screen, int tier) {
    struct arena *arena = screen->emission->arena;
    write_styled(screen, "2", text_format(arena, "%*s  score  row", (int)screen->rank_width, "#"));
    if (!screen->narrow) {
        write_repeated(screen->writer, ' ', screen->id_width - 1);
        write_styled(screen, "2", text_format(arena, "question (tier %d)", tier));
    }
    write_char(screen->writer, '\n');
}

static void write_ranked(struct screen *screen) {
    const struct rows *rows = screen->emission->rows;
    int tier = 0;
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        if (!is_shown(screen->emission, row))
            continue;
        if (row->tier != tier) {
            if (tier)
                write_char(screen->writer, '\n');
            tier = row->tier;
            write_head(screen, tier);
        }
        write_row(screen, row);
    }
}

/* Writes the rows that nobody has to look at, one line each, by subject; only with --all. */
static void write_silent(struct screen *screen, enum row_state state) {
    struct emission *emission = screen->emission;
    const struct rows *rows = emission->rows;
    size_t cells = emission->model->subjects.count * rows->pack->method->letter_count;
    bool any = false;
    for (size_t i = 0; i < cells; i++) {
        const struct row *row = &rows->cells[i];
        if (row->state != state || !is_shown(emission, row))
            continue;
        if (!any)
            write_char(screen->writer, '\n');
        any = true;
        struct slice reason = reason_of(emission, row);
        write_wrapped(screen, "2",
                      text_format(emission->arena, "%.*s  %.*s",
                                  SLICE_ARGS(row_id(emission->arena, row)), SLICE_ARGS(reason)),
                      4, REASON_LINES);
    }
}

/* "api: F1 POST /orders, F3 status" for each element that has a way in. */
static void write_ways_in(struct screen *screen, const char *title, const struct entries *entries) {
    struct emission *emission = screen->emission;
    if (entries->count)
        write_format(screen->writer, "\n%s\n", title);
    for (size_t i = 0; i < entries->count;) {
        const struct decl *element = entries->items[i].element;
        struct memory_writer memory;
        memory_writer_open(&memory, emission->arena);
        write_slice(&memory.writer, visible_line(emission->arena, decl_id(element)));
        for (size_t first = i; i < entries->count && entries->items[i].element == element; i++) {
            const struct decl *flow = entries->items[i].flow;
            write_string(&memory.writer, i == first ? ": " : ", ");
            if (flow)
                write_format(&memory.writer, "F%zu ", badge_number(emission->analysis, flow));
            write_slice(&memory.writer, visible_line(emission->arena,
                                                     flow ? short_title(emission->arena, flow)
                                                          : decl_text(element, ATTRIBUTE_surface)));
        }
        write_repeated(screen->writer, ' ', 4);
        write_wrapped(screen, "", memory_writer_close(&memory), 6, QUESTION_LINES);
    }
}

static void write_counts(struct screen *screen) {
    struct emission *emission = screen->emission;
    const struct rows *rows = emission->rows;
    const size_t *tiers = rows->open_by_tier;
    struct memory_writer memory;
    memory_writer_open(&memory, emission->arena);
    write_count(&memory.writer, tiers[1], "open row");
    write_format(&memory.writer, " in tier 1, %zu in tier 2, %zu in tier 3", tiers[2], tiers[3]);
    const char *separator = "; ";
    for (size_t i = 0; i < sizeof quiet_states / sizeof *quiet_states; i++) {
        size_t count = rows->counts[quiet_states[i].state];
        if (!count)
            continue;
        write_format(&memory.writer, "%s%zu %s", separator, count, quiet_states[i].words);
        separator = ", ";
    }
    write_string(&memory.writer, emission->options.all ? "." : ". --all shows them.");
    write_char(screen->writer, '\n');
    write_wrapped(screen, "", memory_writer_close(&memory), 0, QUESTION_LINES);
}

bool emit_text(struct emission *emission) {
    struct screen screen = plan_screen(emission);
    write_title(&screen);
    write_ranked(&screen);
    if (!screen.shown && !emission->options.all)
        write_format(screen.writer, "Nothing is open in tier %d.\n",
                     emission->options.tier ? emission->options.tier : 1);
    if (emission->options.all) {
        write_silent(&screen, ROW_OUT_OF_SCOPE);
        write_silent(&screen, ROW_NOT_APPLICABLE);
        write_ways_in(&screen, "Called from outside:", &emission->analysis->surface);
        write_ways_in(&screen, "Data from outside, fetched by calls of our own:",
                      &emission->analysis->fetched);
    }
    write_counts(&screen);
    return true;
}
