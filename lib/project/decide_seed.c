/* Stubs for those who rather write than type commands: comments with the question, why it is asked,
 * and drafts of the two answers, which decide nothing until somebody takes the # from before one.
 */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "emit/picture.h"
#include "project/decider.h"

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
static struct slice visible(struct arena *arena, struct slice text) {
    struct memory_writer line;
    memory_writer_open(&line, arena);
    write_terminal(&line.writer, slice_trim(text));
    return memory_writer_close(&line);
}

static struct slice question_of(struct arena *arena, const struct rows *rows,
                                const struct target *target, const struct row *row) {
    struct slice asked = {"", 0};
    if (target->pattern)
        asked = pattern_text(arena, rows, target->pattern, target->rule->ask);
    return visible(arena, asked.length ? asked : row_question(arena, rows, row));
}

/* What it would be, in one line. */
static void write_answers(struct writer *writer, struct slice id, const struct row *row) {
    write_format(writer,
                 STUB_LINE "threat ID \"TITLE\" { candidate: %.*s; likelihood: %d; impact: "
                           "%d }\n",
                 SLICE_ARGS(id), row->likelihood, row->impact);
    write_format(writer, STUB_LINE "dismiss %.*s { code: not_plausible; reason: \"WHY\" }",
                 SLICE_ARGS(id));
}

static struct slice stub_text(struct decider *decider, const struct target *target,
                              struct slice id) {
    struct arena *arena = decider->arena;
    const struct rows *rows = decider->project->rows;
    const struct row *row = row_of(rows, target->subject, target->letter);
    struct slice priority = priority_of(rows->bands, row->score);
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_format(&text.writer, STUB_HEAD "%.*s: tier %d, likelihood %d x impact %d = %d%s%.*s\n",
                 SLICE_ARGS(id), target->pattern ? target->pattern->tier : row->tier,
                 row->likelihood, row->impact, row->score, priority.length ? ", " : "",
                 SLICE_ARGS(priority));
    write_line(&text.writer, "", question_of(arena, rows, target, row));
    write_line(&text.writer, "", visible(arena, row_reason(arena, rows, row)));
    write_answers(&text.writer, id, row);
    return memory_writer_close(&text);
}

static bool seed(struct decider *decider, const struct target *target) {
    struct slice id = target_id(decider, target);
    const struct draft about = {.kind = KIND_DISMISS, .id = id};
    const struct tree *tree;
    draft_text(decider->arena, &about, &tree);
    return record_stub(decider, id, stub_text(decider, target, id), tree);
}

bool decide_seed(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    if (request->attribute_count || request->id.length || request->label.length)
        return refuse_request(decider, "", "seed takes no attributes: whoever answers writes them");
    if (request->id_count && !choose_questions(decider, VERB_SEED, request, &choices))
        return false;
    if (!request->id_count)
        choose_pending(decider, request->tier, &choices);
    if (!choices.count)
        note_deed(decider, false, "stub", SLICE(""));
    for (size_t i = 0; i < choices.count; i++)
        if (!seed(decider, &choices.items[i].target))
            return false;
    return true;
}
