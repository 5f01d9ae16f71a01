/* A decision names things by ids of the model that it stands beside, so each id in it is looked up
 * there, by way of that model's imports. */
// SPDX-License-Identifier: MIT
#include "project/renaming_words.h"

#include "project/decision_words.h"
#include "syntax/builder.h"
#include "syntax/insert.h"

/* ---- flows ------------------------------------------------------------------------------- */

static struct slice end_id(struct arena *arena, const struct word *end, const struct decl *element,
                           const struct new_id *new_id) {
    return declared(element) == new_id->decl ? renamed_id(arena, word_text(end), new_id->id)
                                             : word_text(end);
}

struct slice renamed_flow(struct arena *arena, const struct decl *flow,
                          const struct new_id *new_id) {
    bool derived = flow->kind == KIND_FLOW && !flow->item->head->name.end && flow->from && flow->to;
    const struct ends *ends = ends_of(flow->item->head);
    if (!derived || (declared(flow->from) != new_id->decl && declared(flow->to) != new_id->decl))
        return decl_id(flow);
    return derived_id(arena, end_id(arena, &ends->from, flow->from, new_id),
                      end_id(arena, &ends->to, flow->to, new_id));
}

/* ---- words ------------------------------------------------------------------------------- */

struct words {
    struct arena *arena;
    const struct unit *owner; /* the model that the decisions are about */
    const struct new_id *new_id;
};

static struct slice new_subject(void *context, struct slice id, bool about) {
    const struct words *words = context;
    const struct decl *decl = find_meant(words->owner->model, id);
    (void)about;
    if (!decl)
        return id;
    if (decl == words->new_id->decl)
        return renamed_id(words->arena, id, words->new_id->id);
    struct slice own = renamed_flow(words->arena, decl, words->new_id);
    return slice_equal(own, decl_id(decl)) ? id : renamed_id(words->arena, id, own);
}

static struct slice new_rule(void *context, struct slice id) {
    const struct words *words = context;
    const struct decl *decl = words->new_id->decl;
    return decl->kind == KIND_RULE && slice_equal(decl_id(decl), id) ? words->new_id->id : id;
}

/* A threat has its name in all files of decisions about its model. */
static struct slice new_threat(void *context, struct slice id) {
    const struct words *words = context;
    const struct decl *decl = words->new_id->decl;
    bool meant = decl->kind == KIND_THREAT && words->new_id->home->owner == words->owner &&
                 slice_equal(decl_id(decl), id);
    return meant ? words->new_id->id : id;
}

static struct slice new_subject_of_line(void *context, struct slice id) {
    return new_subject(context, id, true);
}

bool rename_words(struct project *project, const struct unit *unit, const struct new_id *new_id,
                  struct edit *edit) {
    struct words words = {&project->arena, unit->owner, new_id};
    const struct word_renewal renewal = {.arena = &project->arena,
                                         .attributes = &project->vocabulary->attributes,
                                         .context = &words,
                                         .subject = new_subject,
                                         .rule = new_rule,
                                         .threat = new_threat};
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < unit->model->of[kind].count; i++)
            if (!renew_words(&renewal, unit->model->of[kind].items[i], edit))
                return false;
    rename_subject_lines(edit, new_subject_of_line, &words);
    return true;
}
