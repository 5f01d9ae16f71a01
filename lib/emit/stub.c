/* Stubs for those who rather write than type commands. */
// SPDX-License-Identifier: MIT
#include "emit/stub.h"

#include "analysis/reasons.h"
#include "analysis/score.h"
#include "emit/picture.h"
#include "syntax/insert.h"

#define STUB_WIDTH 94

static void write_line(struct writer *writer, const char *head, struct slice text) {
    struct slice line;
    while (wrap_next(&text, STUB_WIDTH - strlen(head), &line)) {
        write_string(writer, STUB_LINE);
        write_string(writer, head);
        write_slice(writer, line);
        write_char(writer, '\n');
    }
}

/* On one line, as comments have it. */
static struct slice comment_line(struct arena *arena, struct slice text) {
    return visible_line(arena, slice_trim(text));
}

/* What it would be, in one line. */
static void write_answers(struct writer *writer, struct slice id, struct score score) {
    write_format(writer,
                 STUB_LINE "threat ID \"TITLE\" { candidate: %.*s; likelihood: %d; impact: "
                           "%d }\n",
                 SLICE_ARGS(id), score.likelihood, score.impact);
    write_format(writer, STUB_LINE "dismiss %.*s { code: not_plausible; reason: \"WHY\" }",
                 SLICE_ARGS(id));
}

struct slice stub_text(struct arena *arena, const struct rows *rows, const struct row *row,
                       const struct pattern *pattern, struct slice id) {
    struct score score = score_of(arena, rows, row, pattern);
    struct slice priority = priority_of(rows->bands, score.points);
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_format(&text.writer, STUB_HEAD "%.*s: tier %d, likelihood %d x impact %d = %d%s%.*s\n",
                 SLICE_ARGS(id), pattern ? pattern->tier : row->tier, score.likelihood,
                 score.impact, score.points, priority.length ? ", " : "", SLICE_ARGS(priority));
    write_line(&text.writer, "", comment_line(arena, question_text(arena, rows, row, pattern)));
    write_line(&text.writer, "", comment_line(arena, row_reason(arena, rows, row)));
    write_answers(&text.writer, id, score);
    return memory_writer_close(&text);
}
