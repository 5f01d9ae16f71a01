/* The whole sheet: its columns by their names in the first line, then line by line. */
// SPDX-License-Identifier: MIT
#include "project/answering.h"
#include "syntax/sheet.h"

/* Where the columns are; SIZE_MAX: nowhere. */
struct header {
    size_t id, word, columns[ANSWER_COLUMN_COUNT];
};

struct sheet_task {
    struct answering *answering;
    struct source *source;
    struct sheet sheet;
    struct header header;
    size_t width;
};

static void speak_of(struct sheet_task *task, uint32_t offset) {
    const struct answer_line line = {
        .number = source_line_number(task->answering->decider->arena, task->source, offset)};
    answer_at(task->answering, &line);
}

/* ---- the first line ---------------------------------------------------------------------- */

static size_t *place_of(struct header *header, struct slice name) {
    if (slice_is_any_case(name, "id"))
        return &header->id;
    if (slice_is_any_case(name, "answer"))
        return &header->word;
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        if (slice_is_any_case(name, answer_columns[i].name))
            return &header->columns[i];
    return NULL;
}

static bool check_header(struct sheet_task *task, size_t known) {
    struct decider *decider = task->answering->decider;
    if (task->header.id == SIZE_MAX)
        return refuse_request(decider, "",
                              "the first line names no column 'id': it has the names of columns, "
                              "as stridec threats --format csv writes them");
    return known > 1 ||
           refuse_request(decider, "",
                          "no column has answers: they stand in 'answer', 'because' and others");
}

static bool read_header(struct sheet_task *task) {
    struct header *header = &task->header;
    struct sheet_row row;
    size_t known = 0;
    header->id = header->word = SIZE_MAX;
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        header->columns[i] = SIZE_MAX;
    speak_of(task, 0);
    if (!sheet_next(&task->sheet, &row))
        return task->sheet.problem ||
               refuse_request(task->answering->decider, "", "there is nothing in it");
    speak_of(task, row.start);
    for (size_t i = 0; i < row.count; i++) {
        struct slice name = slice_trim(row.cells[i]);
        size_t *place = place_of(header, name);
        if (place && *place != SIZE_MAX)
            return refuse_request(task->answering->decider, "", "two columns are called '%.*s'",
                                  SLICE_ARGS(name));
        if (place)
            *place = i;
        known += place != NULL;
    }
    task->width = row.count;
    return check_header(task, known);
}

/* ---- the others -------------------------------------------------------------------------- */

/* Blanks and what cannot be seen say nothing. */
static struct slice cell_at(const struct sheet_row *row, size_t column) {
    struct slice cell = column < row->count ? slice_trim(row->cells[column]) : SLICE("");
    return slice_is_visible(cell) ? cell : SLICE("");
}

static bool answer_row(struct sheet_task *task, const struct sheet_row *row) {
    struct answering *answering = task->answering;
    struct arena *arena = answering->decider->arena;
    struct answer_line *line = ARENA_NEW(arena, struct answer_line);
    line->number = source_line_number(arena, task->source, row->start);
    line->id = cell_at(row, task->header.id);
    line->word = cell_at(row, task->header.word);
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        line->cells[i] = cell_at(row, task->header.columns[i]);
    for (size_t i = task->width; i < row->count; i++)
        if (slice_is_visible(row->cells[i])) {
            answer_at(answering, line);
            return refuse_request(answering->decider, "",
                                  "it has more cells than the first line has names: is a text with "
                                  "a separator not in quotes?");
        }
    return answer_by_line(answering, line);
}

static bool answer_rows(struct sheet_task *task) {
    struct sheet_row row;
    bool fine = true;
    while (sheet_next(&task->sheet, &row)) {
        arena_step(task->answering->decider->arena);
        fine &= answer_row(task, &row);
    }
    return fine;
}

/* ---- all of it --------------------------------------------------------------------------- */

static bool check_text(struct sheet_task *task) {
    struct decider *decider = task->answering->decider;
    check_source(&decider->scratch, task->source);
    if (!decider->scratch.list.count)
        return true;
    speak_of(task, decider->scratch.list.items[0]->span.start);
    return refuse_as_reported(decider);
}

static bool report_problem(struct sheet_task *task) {
    if (!task->sheet.problem)
        return true;
    speak_of(task, task->sheet.problem_at);
    return refuse_request(task->answering->decider, "", "%s", task->sheet.problem);
}

enum edited project_decide_sheet(struct project *project, struct slice text, struct slice author) {
    struct arena *arena = &project->arena;
    struct answering answering = {.decider = begin_deciding(project), .author = author};
    struct sheet_task task = {.answering = &answering,
                              .source = source_new(arena, SLICE("sheet"), text)};
    project->deeds->of_sheet = true;
    bool fine = check_text(&task);
    if (fine) {
        sheet_open(&task.sheet, arena, task.source);
        fine = read_header(&task) && answer_rows(&task);
        fine &= report_problem(&task);
    }
    fine = fine && answer_baselines(&answering) && grant_wishes(&answering);
    return finish_deciding(answering.decider, fine);
}
