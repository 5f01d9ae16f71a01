/* The whole sheet: its columns by their names in the first line, then line by line. */
// SPDX-License-Identifier: MIT
#include "project/answering.h"
#include "syntax/sheet.h"

/* Where the columns are; SIZE_MAX: nowhere. */
struct header {
    size_t id, word, columns[ANSWER_COLUMN_COUNT];
};

/* A column that is not read although its name is nearly that of one that would be. */
struct near_column {
    size_t at;
    struct slice name, meant;
};

struct sheet_task {
    struct answering *answering;
    struct source *source;
    struct sheet sheet;
    struct header header;
    ARRAY_OF(struct near_column) near;
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

/* One slip of the hand away; in a short name, or with two, it may as well be another word: trackers
 * have columns of their own. */
#define SHORT_NAME 5
static bool is_slip_of(struct slice name, const char *column, size_t place) {
    return place == SIZE_MAX && name.length >= SHORT_NAME &&
           text_distance(name, slice_of(column)) == 1;
}

/* Of those that the first line does not have; "" when none is. */
static struct slice column_meant(const struct header *header, struct slice name) {
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++)
        if (is_slip_of(name, answer_columns[i].name, header->columns[i]))
            return slice_of(answer_columns[i].name);
    return is_slip_of(name, "answer", header->word) ? SLICE("answer") : SLICE("");
}

/* What stands in them is refused, line by line: nothing that was typed is dropped in silence. */
static void find_near_columns(struct sheet_task *task, const struct sheet_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        struct slice name = slice_trim(row->cells[i]);
        struct near_column near = {i, name, column_meant(&task->header, name)};
        if (near.meant.length)
            *ARRAY_ADD(task->answering->decider->arena, &task->near) = near;
    }
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
    find_near_columns(task, &row);
    return check_header(task, known);
}

/* ---- the others -------------------------------------------------------------------------- */

/* Blanks and what cannot be seen say nothing. */
static struct slice cell_at(const struct sheet_row *row, size_t column) {
    struct slice cell = column < row->count ? slice_trim(row->cells[column]) : SLICE("");
    return slice_is_visible(cell) ? cell : SLICE("");
}

static bool check_near_columns(struct sheet_task *task, const struct sheet_row *row,
                               const struct answer_line *line) {
    for (size_t i = 0; i < task->near.count; i++) {
        const struct near_column *near = &task->near.items[i];
        if (!cell_at(row, near->at).length)
            continue;
        answer_at(task->answering, line);
        return refuse_request(task->answering->decider, "",
                              "no column is called '%.*s', and this line has something in it; did "
                              "you mean '%.*s'?",
                              SLICE_ARGS(near->name), SLICE_ARGS(near->meant));
    }
    return true;
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
    return check_near_columns(task, row, line) && answer_by_line(answering, line);
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

/* As they begin: xlsx and ods, xls. */
static bool is_document(struct slice text) {
    static const char *const beginnings[] = {"PK\x03\x04", "\xd0\xcf\x11\xe0"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (slice_starts(text, beginnings[i]))
            return true;
    return false;
}

static bool check_text(struct sheet_task *task) {
    struct decider *decider = task->answering->decider;
    speak_of(task, 0);
    if (is_document(task->source->text))
        return refuse_request(decider, "",
                              "this is a spreadsheet program's own document, not a table in text: "
                              "save it as CSV, in UTF-8");
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
