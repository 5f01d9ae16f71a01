/* Rows as data. Their texts are made when somebody asks for them, and kept: who asks again, as an
 * editor does with every look at its list, gets the same strings. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/remedies.h"
#include "analysis/score.h"
#include "api/compilation.h"
#include "base/limits.h"

/* The parts of a row that the host asked for. */
struct pattern_record {
    stridec_pattern data;
    stridec_fact *facts;
};

struct row_record {
    stridec_row data;
    const struct pattern **patterns;
    struct pattern_record **records; /* by place among them; NULL before it is asked for */
};

struct row_task {
    size_t row, pattern, fact;
    const char *id;
    void *result;
};

/* ---- facts ------------------------------------------------------------------------------- */

static size_t count_remedies(const struct remedy *remedy) {
    size_t count = 1;
    for (const struct remedy *part = remedy->parts; part; part = part->next)
        count += count_remedies(part);
    return count;
}

/* Returns where the next one goes. */
static stridec_fact *list_remedy(struct arena *arena, const struct remedy *remedy, size_t depth,
                                 stridec_fact *to) {
    *to = (stridec_fact){.depth = depth};
    if (remedy->parts) {
        to->joins = remedy->one_of ? "or" : "and";
    } else {
        to->id = slice_string(arena, decl_id(remedy->decl));
        to->attribute = attribute_rows[remedy->attribute].name;
        to->values = strings_of(arena, remedy->values, remedy->value_count);
        to->value_count = remedy->value_count;
    }
    to++;
    for (const struct remedy *part = remedy->parts; part; part = part->next)
        to = list_remedy(arena, part, depth + 1, to);
    return to;
}

/* ---- patterns ---------------------------------------------------------------------------- */

static const char *text_of(struct stridec *self, const struct pattern *pattern, struct slice text) {
    struct arena *arena = &self->project.arena;
    return slice_string(arena, pattern_text(arena, self->project.rows, pattern, text));
}

static const char *const *reference_ids(struct arena *arena, const struct rule *rule) {
    const char **ids = ARENA_ARRAY(arena, const char *, rule->ref_count);
    for (size_t i = 0; i < rule->ref_count; i++)
        ids[i] = rule->refs[i]->id;
    return ids;
}

static struct pattern_record *record_pattern(struct stridec *self, const struct row *row,
                                             const struct pattern *pattern) {
    struct arena *arena = &self->project.arena;
    const struct rule *rule = pattern->rule;
    const struct remedy *remedy = find_remedies(arena, self->project.analysis, pattern);
    struct pattern_record *record = ARENA_NEW(arena, struct pattern_record);
    record->data = (stridec_pattern){
        .id = slice_string(arena, pattern_id(arena, pattern)),
        .rule = slice_string(arena, rule->id),
        .subject = slice_string(arena, decl_id(pattern->subject)),
        .state = pattern_state_words[pattern->state],
        .specific = pattern->specific,
        .unsafe = pattern->unsafe,
        .question = text_of(self, pattern, rule->ask),
        .scenario = text_of(self, pattern, rule->scenario),
        .mitigation = text_of(self, pattern, rule->mitigation),
        .cwe = strings_of(arena, rule->cwe, rule->cwe_count),
        .cwe_count = rule->cwe_count,
        .capec = strings_of(arena, rule->capec, rule->capec_count),
        .capec_count = rule->capec_count,
        .aka = strings_of(arena, rule->aka, rule->aka_count),
        .aka_count = rule->aka_count,
        .refs = reference_ids(arena, rule),
        .ref_count = rule->ref_count,
        .fact_count = remedy ? count_remedies(remedy) : 0,
        .successor =
            pattern->state == PATTERN_YIELDED
                ? slice_string(arena, pattern_key(arena, self->project.rows, pattern->successor))
                : "",
    };
    if (pattern->state == PATTERN_OPEN || pattern->state == PATTERN_COVERED) {
        struct score score = score_of(arena, self->project.rows, row, pattern);
        record->data.likelihood = score.likelihood;
        record->data.impact = score.impact;
        record->data.score = score.points;
    }
    record->facts = ARENA_ARRAY(arena, stridec_fact, record->data.fact_count);
    if (remedy)
        list_remedy(arena, remedy, 0, record->facts);
    return record;
}

/* ---- rows -------------------------------------------------------------------------------- */

static void record_patterns(struct arena *arena, const struct row *row, struct row_record *record) {
    size_t count = 0;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        count++;
    record->data.pattern_count = count;
    record->patterns = ARENA_ARRAY(arena, const struct pattern *, count);
    record->records = ARENA_ARRAY(arena, struct pattern_record *, count);
    count = 0;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        record->patterns[count++] = at;
}

static void record_see(struct arena *arena, const struct rows *rows, const struct row *row,
                       stridec_row *data) {
    const struct row *seen[SEE_LIMIT];
    struct slice ids[SEE_LIMIT];
    size_t count = rows_to_see(rows, row, seen, SEE_LIMIT);
    data->see_count = count < SEE_LIMIT ? count : SEE_LIMIT;
    for (size_t i = 0; i < data->see_count; i++)
        ids[i] = row_id(arena, seen[i]);
    data->see = strings_of(arena, ids, data->see_count);
}

static struct row_record *record_row(struct stridec *self, const struct row *row) {
    struct arena *arena = &self->project.arena;
    const struct rows *rows = self->project.rows;
    struct row_record *record = ARENA_NEW(arena, struct row_record);
    record->data = (stridec_row){
        .index = row->place,
        .id = slice_string(arena, row_id(arena, row)),
        .letter = slice_string(arena, row->letter->code),
        .subject = slice_string(arena, decl_id(row->subject)),
        .kind = kind_rows[row->subject->kind].word,
        .state = row_state_words[row->state],
        .tier = row->tier,
        .likelihood = row->likelihood,
        .impact = row->impact,
        .score = row->score,
        .priority = slice_string(arena, priority_of(rows->bands, row->score)),
        .question = slice_string(arena, row_question(arena, rows, row)),
        .reason = slice_string(arena, row_reason(arena, rows, row)),
        .score_reason = slice_string(arena, score_reason(arena, rows, row, row->scored)),
    };
    record_see(arena, rows, row, &record->data);
    record_patterns(arena, row, record);
    return record;
}

/* NULL when there is no such row. */
static struct row_record *find_row(struct stridec *self, size_t index) {
    const struct rows *rows = project_rows(&self->project);
    if (!rows || index >= rows->listed_count)
        return NULL;
    if (!self->rows)
        self->rows = ARENA_ARRAY(&self->project.arena, struct row_record *, rows->listed_count);
    if (!self->rows[index])
        self->rows[index] = record_row(self, rows->ranked[index]);
    return self->rows[index];
}

static struct pattern_record *find_pattern(struct stridec *self, size_t row, size_t index) {
    struct row_record *record = find_row(self, row);
    if (!record || index >= record->data.pattern_count)
        return NULL;
    if (!record->records[index])
        record->records[index] =
            record_pattern(self, self->project.rows->ranked[row], record->patterns[index]);
    return record->records[index];
}

/* ---- the public functions ---------------------------------------------------------------- */

static stridec_status count_rows(struct stridec *self, void *count) {
    const struct rows *rows = project_rows(&self->project);
    *(size_t *)count = rows ? rows->listed_count : 0;
    return STRIDEC_OK;
}

size_t stridec_row_count(stridec *self) {
    size_t count = 0;
    return run_guarded(self, count_rows, &count) == STRIDEC_OK ? count : 0;
}

static stridec_status hand_out_row(struct stridec *self, void *context) {
    const struct row_task *task = context;
    const struct row_record *record = task->result ? find_row(self, task->row) : NULL;
    bool fine = record && hand_out(task->result, &record->data, sizeof record->data);
    return fine ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_row_at(stridec *self, size_t index, stridec_row *row) {
    struct row_task task = {.row = index, .result = row};
    return run_guarded(self, hand_out_row, &task) == STRIDEC_OK;
}

static stridec_status hand_out_named(struct stridec *self, void *context) {
    struct row_task *task = context;
    const struct rows *rows = project_rows(&self->project);
    const struct row *row = rows ? row_named(rows, slice_of(task->id)) : NULL;
    if (!row)
        return STRIDEC_MISUSE;
    task->row = row->place;
    return hand_out_row(self, task);
}

bool stridec_row_named(stridec *self, const char *id, stridec_row *row) {
    struct row_task task = {.id = id, .result = row};
    return run_guarded(self, hand_out_named, &task) == STRIDEC_OK;
}

static stridec_status hand_out_pattern(struct stridec *self, void *context) {
    const struct row_task *task = context;
    const struct pattern_record *record =
        task->result ? find_pattern(self, task->row, task->pattern) : NULL;
    bool fine = record && hand_out(task->result, &record->data, sizeof record->data);
    return fine ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_pattern_at(stridec *self, size_t row, size_t index, stridec_pattern *pattern) {
    struct row_task task = {.row = row, .pattern = index, .result = pattern};
    return run_guarded(self, hand_out_pattern, &task) == STRIDEC_OK;
}

static stridec_status hand_out_fact(struct stridec *self, void *context) {
    const struct row_task *task = context;
    const struct pattern_record *record =
        task->result ? find_pattern(self, task->row, task->pattern) : NULL;
    bool fine = record && task->fact < record->data.fact_count &&
                hand_out(task->result, &record->facts[task->fact], sizeof *record->facts);
    return fine ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_fact_at(stridec *self, size_t row, size_t pattern, size_t index, stridec_fact *fact) {
    struct row_task task = {row, pattern, index, NULL, fact};
    return run_guarded(self, hand_out_fact, &task) == STRIDEC_OK;
}
