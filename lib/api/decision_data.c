/* The model as a whole, and the decisions beside it, as data. */
// SPDX-License-Identifier: MIT
#include "analysis/review.h"
#include "api/compilation.h"

static const char *string_of(struct stridec *self, struct slice slice) {
    return slice_string(&self->project.arena, slice);
}

/* ---- the model --------------------------------------------------------------------------- */

static const char *const *list_authors(struct stridec *self, const struct decl *system,
                                       size_t *count) {
    ARRAY_OF(const char *) authors = {0};
    const struct attribute *stated = system ? decl_attribute(system, ATTRIBUTE_authors) : NULL;
    for (const struct value *at = stated_values(stated); at; at = next_stated(stated, at))
        *ARRAY_ADD(&self->project.arena, &authors) = string_of(self, word_text(&at->word));
    *count = authors.count;
    return authors.items;
}

static size_t count_imported(const struct model *model) {
    size_t count = 0;
    for (size_t i = 0; i < model->elements.count; i++)
        count += more_of(model->elements.items[i])->origin != NULL;
    return count;
}

static stridec_status describe(struct stridec *self, void *context) {
    const struct project *project = &self->project;
    if (!context || !project->compiled)
        return STRIDEC_MISUSE;
    const struct decl *system = project->model->system;
    stridec_model known = {
        .id = string_of(self, system ? decl_id(system) : SLICE("")),
        .label = string_of(self, system ? decl_label(system) : SLICE("")),
        .owner = string_of(self, system ? decl_text(system, ATTRIBUTE_owner) : SLICE("")),
        .elements = project->model->elements.count,
        .flows = project->model->of[KIND_FLOW].count,
        .crossings = count_crossings(project->model),
        .imported = count_imported(project->model),
    };
    known.authors = list_authors(self, system, &known.author_count);
    return hand_out(context, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_describe(stridec *self, stridec_model *model) {
    return run_guarded(self, describe, model) == STRIDEC_OK;
}

/* ---- decisions --------------------------------------------------------------------------- */

struct decision_task {
    size_t index;
    const char *attribute;
    void *result;
};

/* One of all, wherever it is kept. */
struct found {
    const struct decl *decl; /* NULL: there is no such one */
    const struct threat *threat;
    unsigned standing;
};

static const struct decl *item_at(const struct decl_list *list, size_t *index) {
    if (*index < list->count)
        return list->items[*index];
    *index -= list->count;
    return NULL;
}

/* Threats, what is done about them, dismissals, baselines, reviews, policies. */
static struct found find_decision(const struct decisions *decisions, size_t index) {
    if (index < decisions->threats.count) {
        const struct threat *threat = decisions->threats.items[index];
        return (struct found){threat->decision.decl, threat, threat->decision.standing};
    }
    index -= decisions->threats.count;
    const struct decl *decl = item_at(&decisions->mitigations, &index);
    if (decl)
        return (struct found){decl, NULL,
                              mitigation_is_asleep(decisions, decl) ? STANDS_ASLEEP : 0};
    const struct {
        struct decision *const *items;
        size_t count;
    } lists[] = {{decisions->risks.items, decisions->risks.count},
                 {decisions->dismissals.items, decisions->dismissals.count},
                 {decisions->baselines.items, decisions->baselines.count}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (index < lists[i].count)
            return (struct found){lists[i].items[index]->decl, NULL,
                                  lists[i].items[index]->standing};
        index -= lists[i].count;
    }
    decl = item_at(&decisions->reviews, &index);
    return (struct found){decl ? decl : item_at(&decisions->policies, &index), NULL, 0};
}

static const char *const *list_standing(struct stridec *self, const struct found *found,
                                        size_t *count) {
    ARRAY_OF(const char *) list = {0};
    struct project *project = &self->project;
    bool reviews = found->decl->kind == KIND_REVIEW;
    const char *const *words = reviews ? review_words : standing_words;
    unsigned standing =
        reviews ? review_standing(&project->arena, project->model, project->decisions, found->decl)
                : found->standing;
    for (unsigned i = 0; words[i]; i++)
        if (standing >> i & 1)
            *ARRAY_ADD(&project->arena, &list) = words[i];
    *count = list.count;
    return list.items;
}

/* What a threat comes to, or the word by which any other says how it stands. */
static struct slice state_of(const struct found *found) {
    if (found->threat)
        return slice_of(threat_states[found->threat->state].word);
    switch ((enum kind)found->decl->kind) {
    case KIND_MITIGATION:
        return decl_text(found->decl, ATTRIBUTE_state);
    case KIND_RISK:
        return decl_text(found->decl, ATTRIBUTE_decision);
    case KIND_DISMISS:
        return decl_text(found->decl, ATTRIBUTE_dismiss_code);
    case KIND_REVIEW:
        return decl_text(found->decl, ATTRIBUTE_verdict);
    default:
        return SLICE("");
    }
}

/* False after the last one. */
static bool look_up(struct stridec *self, size_t index, struct found *found) {
    if (!project_rows(&self->project) || !self->project.decisions)
        return false;
    *found = find_decision(self->project.decisions, index);
    return found->decl != NULL;
}

static stridec_status read_decision(struct stridec *self, void *context) {
    const struct decision_task *task = context;
    struct found found;
    if (!task->result || !look_up(self, task->index, &found))
        return STRIDEC_MISUSE;
    stridec_decision known = {
        .kind = kind_rows[found.decl->kind].word,
        .id = string_of(self, decl_id(found.decl)),
        .label = string_of(self, decl_label(found.decl)),
        .state = string_of(self, state_of(&found)),
        .priority = string_of(self, found.threat ? found.threat->priority : SLICE("")),
    };
    known.standing = list_standing(self, &found, &known.standing_count);
    return hand_out(task->result, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_decision_at(stridec *self, size_t index, stridec_decision *decision) {
    struct decision_task task = {index, NULL, decision};
    return run_guarded(self, read_decision, &task) == STRIDEC_OK;
}

/* Of a list the first: what is asked for has one value. */
static stridec_status read_text(struct stridec *self, void *context) {
    const struct decision_task *task = context;
    struct found found;
    if (!task->attribute || !look_up(self, task->index, &found))
        return STRIDEC_MISUSE;
    enum attribute_id id = attribute_find(&self->project.vocabulary->attributes,
                                          slice_of(task->attribute), (enum kind)found.decl->kind);
    const struct attribute *attribute =
        id == ATTRIBUTE_COUNT ? NULL : decl_attribute(found.decl, id);
    const struct value *value = stated_values(attribute);
    if (!value)
        return STRIDEC_MISUSE;
    *(const char **)task->result = string_of(self, word_text(&value->word));
    return STRIDEC_OK;
}

const char *stridec_decision_text(stridec *self, size_t index, const char *attribute) {
    const char *text = NULL;
    struct decision_task task = {index, attribute, &text};
    return run_guarded(self, read_text, &task) == STRIDEC_OK ? text : NULL;
}

const char *stridec_threat_state_at(size_t index) {
    return index < THREAT_STATE_COUNT ? threat_states[index].word : NULL;
}
