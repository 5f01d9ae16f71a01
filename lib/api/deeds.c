/* Decisions across the public boundary: what is handed in is copied and checked for its shape. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "project/deciding.h"

bool stridec_verb_at(size_t index, stridec_verb_info *info) {
    static const char *const operands[] = {
        [OPERANDS_QUESTIONS] = "questions", [OPERANDS_THREATS] = "threats",
        [OPERANDS_DECISIONS] = "decisions", [OPERANDS_FACTS] = "facts",
        [OPERANDS_NOTHING] = "nothing",
    };
    if (index >= VERB_COUNT || !info)
        return false;
    const struct verb_row *row = &verb_rows[index];
    const stridec_verb_info known = {
        .word = row->word,
        .kind = row->kind == KIND_COUNT ? "" : kind_rows[row->kind].word,
        .operands = operands[row->operands],
        .about = row->about,
    };
    return hand_out(info, &known, sizeof known);
}

/* ---- in ---------------------------------------------------------------------------------- */

struct decide_task {
    const stridec_request *requests;
    size_t count;
};

/* The element of an array whose elements have the caller's size. */
static const void *element(const void *first, size_t size, size_t index) {
    return (const char *)first + size * index;
}

/* False where one is NULL. */
static bool take_strings(struct arena *arena, const char *const *from, size_t count,
                         const struct slice **to) {
    struct slice *slices = ARENA_ARRAY(arena, struct slice, count);
    if (count && !from)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!from[i])
            return false;
        slices[i] = slice_copy(arena, slice_of(from[i]));
    }
    *to = slices;
    return true;
}

static bool take_stated(struct arena *arena, const stridec_request *from,
                        struct decision_request *to) {
    struct named_values *attributes = ARENA_ARRAY(arena, struct named_values, from->stated_count);
    if (from->stated_count && !from->stated)
        return false;
    for (size_t i = 0; i < from->stated_count; i++) {
        stridec_stated stated;
        if (!take_in(&stated, element(from->stated, from->stated->size, i), sizeof stated) ||
            stated.size != from->stated->size || !stated.name ||
            !take_strings(arena, stated.values, stated.value_count, &attributes[i].values))
            return false;
        attributes[i].name = slice_copy(arena, slice_of(stated.name));
        attributes[i].count = stated.value_count;
    }
    to->attributes = attributes;
    to->attribute_count = from->stated_count;
    return true;
}

static bool take_decision(struct arena *arena, const stridec_request *from,
                          struct decision_request *to) {
    if (!from->verb || from->tier < 0 || from->tier > 3 ||
        !take_strings(arena, from->ids, from->id_count, &to->ids))
        return false;
    to->id_count = from->id_count;
    to->verb = slice_copy(arena, slice_of(from->verb));
    to->id = slice_copy(arena, slice_of(from->id));
    to->label = slice_copy(arena, slice_of(from->label));
    to->tier = from->tier;
    return take_stated(arena, from, to);
}

static stridec_status status_of(enum edited edited) {
    return edited == EDITED         ? STRIDEC_OK
           : edited == NOTHING_SUCH ? STRIDEC_MISUSE
                                    : STRIDEC_INVALID;
}

static bool can_decide(struct project *project) {
    project->deeds = NULL;
    return project->model && project->reads_decisions;
}

static stridec_status decide(struct stridec *self, void *context) {
    const struct decide_task *task = context;
    struct project *project = &self->project;
    struct decision_request *requests =
        ARENA_ARRAY(&project->arena, struct decision_request, task->count);
    if (!can_decide(project) || (task->count && !task->requests))
        return STRIDEC_MISUSE;
    for (size_t i = 0; i < task->count; i++) {
        stridec_request decision;
        if (!take_in(&decision, element(task->requests, task->requests->size, i),
                     sizeof decision) ||
            decision.size != task->requests->size ||
            !take_decision(&project->arena, &decision, &requests[i]))
            return STRIDEC_MISUSE;
    }
    if (!project->units.count)
        return status_of(decide_without_model(project));
    if (!project_rows(project))
        return STRIDEC_INVALID;
    return status_of(project_decide(project, requests, task->count));
}

stridec_status stridec_decide(stridec *self, const stridec_request *requests, size_t count) {
    struct decide_task task = {requests, count};
    return run_guarded(self, decide, &task);
}

struct sheet_task {
    const char *text, *author;
    size_t length;
};

static stridec_status decide_csv(struct stridec *self, void *context) {
    const struct sheet_task *task = context;
    struct project *project = &self->project;
    struct arena *arena = &project->arena;
    if (!can_decide(project) || (task->length && !task->text))
        return STRIDEC_MISUSE;
    if (!project->units.count)
        return status_of(decide_without_model(project));
    if (!project_rows(project))
        return STRIDEC_INVALID;
    struct slice text = {task->length ? task->text : "", task->length};
    return status_of(project_decide_sheet(project, slice_copy(arena, text),
                                          slice_copy(arena, slice_of(task->author))));
}

stridec_status stridec_decide_csv(stridec *self, const char *text, size_t length,
                                  const char *author) {
    struct sheet_task task = {text, author, length};
    return run_guarded(self, decide_csv, &task);
}

/* ---- out --------------------------------------------------------------------------------- */

struct deed_task {
    size_t index;
    stridec_refused *refused;
    stridec_decided *decided;
};

static stridec_status hand_out_refusal(struct stridec *self, void *context) {
    const struct deed_task *task = context;
    const struct deeds *deeds = self->project.deeds;
    if (!deeds || task->index >= deeds->refusals.count || !task->refused)
        return STRIDEC_MISUSE;
    const struct refusal *refusal = &deeds->refusals.items[task->index];
    const stridec_refused known = {
        .request = deeds->of_sheet ? 0 : refusal->request,
        .code = refusal->code,
        .message = refusal->message,
        .line = deeds->of_sheet ? refusal->request : 0,
        .id = slice_string(&self->project.arena, refusal->id),
    };
    return hand_out(task->refused, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_refused_at(stridec *self, size_t index, stridec_refused *refused) {
    struct deed_task task = {index, refused, NULL};
    return run_guarded(self, hand_out_refusal, &task) == STRIDEC_OK;
}

static stridec_status hand_out_deed(struct stridec *self, void *context) {
    const struct deed_task *task = context;
    const struct deeds *deeds = self->project.deeds;
    struct arena *arena = &self->project.arena;
    if (!deeds || deeds->refusals.count || task->index >= deeds->list.count || !task->decided)
        return STRIDEC_MISUSE;
    const struct deed *deed = &deeds->list.items[task->index];
    const stridec_decided known = {
        .request = deeds->of_sheet ? 0 : deed->request,
        .line = deeds->of_sheet ? deed->request : 0,
        .changes = deed->changes,
        .kind = deed->kind,
        .id = slice_string(arena, deed->id),
        .path = deed->path,
        .ids = strings_of(arena, deed->ids, deed->id_count),
        .id_count = deed->id_count,
        .notes = strings_of(arena, deed->notes.items, deed->notes.count),
        .note_count = deed->notes.count,
    };
    return hand_out(task->decided, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_decided_at(stridec *self, size_t index, stridec_decided *decided) {
    struct deed_task task = {index, NULL, decided};
    return run_guarded(self, hand_out_deed, &task) == STRIDEC_OK;
}
