/* What is pending, across the public boundary. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/score.h"
#include "api/compilation.h"
#include "emit/ways.h"

struct question_task {
    size_t index, count;
    stridec_question *question;
    stridec_sink *sink;
    void *context;
};

/* NULL unless the model compiled. */
static const struct agenda *agenda_of(struct stridec *self) {
    struct project *project = &self->project;
    if (self->agenda || !project_rows(project))
        return self->agenda;
    struct agenda *agenda = ARENA_NEW(&project->arena, struct agenda);
    *agenda = find_agenda(&project->arena, project->rows, project->decisions);
    return self->agenda = agenda;
}

static const struct agenda_item *item_at(struct stridec *self, size_t index) {
    const struct agenda *agenda = agenda_of(self);
    return agenda && index < agenda->count ? &agenda->items[index] : NULL;
}

static stridec_status count_questions(struct stridec *self, void *context) {
    struct question_task *task = context;
    const struct agenda *agenda = agenda_of(self);
    task->count = agenda ? agenda->count : 0;
    return STRIDEC_OK;
}

size_t stridec_question_count(stridec *self) {
    struct question_task task = {0};
    return run_guarded(self, count_questions, &task) == STRIDEC_OK ? task.count : 0;
}

static size_t place_of_pattern(const struct agenda_item *item) {
    size_t place = 0;
    if (!item->pattern)
        return STRIDEC_NO_PATTERN;
    for (const struct pattern *at = item->row->patterns; at != item->pattern; at = at->next)
        place++;
    return place;
}

static struct slice title_of(struct arena *arena, const struct rows *rows,
                             const struct agenda_item *item) {
    return item->pattern ? pattern_text(arena, rows, item->pattern, item->pattern->rule->title)
                         : row_title(arena, rows, item->row);
}

static struct slice id_before(struct arena *arena, const struct rows *rows,
                              const struct decisions *decisions, const struct agenda_item *item) {
    const struct decision *before = decided_before(decisions, item);
    if (!before)
        return (struct slice){"", 0};
    return decl_id(before->decl).length ? decl_id(before->decl)
                                        : question_id(arena, rows, item->row, item->pattern);
}

static const char *text_of(struct stridec *self, const struct agenda_item *item,
                           struct slice text) {
    struct arena *arena = &self->project.arena;
    return slice_string(arena, pattern_text(arena, self->project.rows, item->pattern, text));
}

static stridec_status hand_out_question(struct stridec *self, void *context) {
    const struct question_task *task = context;
    struct arena *arena = &self->project.arena;
    const struct agenda_item *item = item_at(self, task->index);
    if (!item || !task->question)
        return STRIDEC_MISUSE;
    const struct rows *rows = self->project.rows;
    const struct decisions *decisions = self->project.decisions;
    const struct row *row = item->row;
    struct score score = score_of(arena, rows, row, item->pattern);
    const stridec_question known = {
        .id = slice_string(arena, question_id(arena, rows, row, item->pattern)),
        .row = row->place,
        .pattern = place_of_pattern(item),
        .tier = item->tier,
        .likelihood = score.likelihood,
        .impact = score.impact,
        .score = score.points,
        .priority = slice_string(arena, priority_of(rows->bands, score.points)),
        .title = slice_string(arena, title_of(arena, rows, item)),
        .question = slice_string(arena, question_text(arena, rows, row, item->pattern)),
        .reason = slice_string(arena, row_reason(arena, rows, row)),
        .score_reason = slice_string(arena, score_reason(arena, rows, row, item->pattern)),
        .scenario = item->pattern ? text_of(self, item, item->pattern->rule->scenario) : "",
        .mitigation = item->pattern ? text_of(self, item, item->pattern->rule->mitigation) : "",
        .before = slice_string(arena, told_before(arena, decisions, item)),
        .before_id = slice_string(arena, id_before(arena, rows, decisions, item)),
    };
    return hand_out(task->question, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_question_at(stridec *self, size_t index, stridec_question *question) {
    struct question_task task = {.index = index, .question = question};
    return run_guarded(self, hand_out_question, &task) == STRIDEC_OK;
}

static stridec_status write_question(struct stridec *self, void *context) {
    const struct question_task *task = context;
    const struct agenda_item *item = item_at(self, task->index);
    struct writer writer;
    if (!item || !task->sink)
        return STRIDEC_MISUSE;
    writer_open(&writer, task->sink, task->context);
    explain_question(&self->project, &writer, item);
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_question_text(stridec *self, size_t index, stridec_sink *sink,
                                     void *context) {
    struct question_task task = {.index = index, .sink = sink, .context = context};
    return run_guarded(self, write_question, &task);
}

struct way_task {
    size_t question, index;
    const char *path;
    stridec_way *way;
};

/* Hosts ask for the ways of a question one after the other: they are found once. */
struct way_record {
    size_t question;
    struct slice path;
    struct way_list list;
};

static const struct way_list *ways_of(struct stridec *self, const struct way_task *task,
                                      const struct agenda_item *item) {
    struct arena *arena = &self->project.arena;
    if (self->ways && self->ways->question == task->question &&
        slice_is(self->ways->path, task->path))
        return &self->ways->list;
    const struct emission emission = {.arena = arena,
                                      .analysis = self->project.analysis,
                                      .rows = self->project.rows,
                                      .decisions = self->project.decisions};
    struct way_record *record = ARENA_NEW(arena, struct way_record);
    record->question = task->question;
    record->path = slice_copy(arena, slice_of(task->path));
    record->list = find_ways(&emission, record->path, item->row, item->pattern);
    self->ways = record;
    return &record->list;
}

static stridec_status hand_out_way(struct stridec *self, void *context) {
    const struct way_task *task = context;
    const struct agenda_item *item = item_at(self, task->question);
    const struct way_list *ways =
        item && task->path && task->way ? ways_of(self, task, item) : NULL;
    if (!ways || task->index >= ways->count)
        return STRIDEC_MISUSE;
    const struct way *way = &ways->items[task->index];
    const stridec_way known = {.command = slice_string(&self->project.arena, way->command),
                               .group = way->group};
    return hand_out(task->way, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_way_at(stridec *self, size_t question, const char *path, size_t index,
                    stridec_way *way) {
    struct way_task task = {question, index, path, way};
    return run_guarded(self, hand_out_way, &task) == STRIDEC_OK;
}
