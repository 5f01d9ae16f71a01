/* The numbers of one file: of a model, which is compiled for them, or of its JSON. */
// SPDX-License-Identifier: MIT
#include "imports.h"
#include "input.h"
#include "paths.h"
#include "session.h"
#include "summary.h"

#include <stdlib.h>
#include <string.h>

struct place {
    stridec *compilation;
    size_t index;
    stridec_decision decision;
};

static const char *text_at(void *context, const char *attribute) {
    const struct place *place = context;
    return stridec_decision_text(place->compilation, place->index, attribute);
}

static bool stands_at(void *context, const char *standing) {
    const struct place *place = context;
    for (size_t i = 0; i < place->decision.standing_count; i++)
        if (strcmp(place->decision.standing[i], standing) == 0)
            return true;
    return false;
}

static void take_decisions(struct summary *summary, stridec *compilation,
                           const struct deadline *deadline) {
    struct place place = {.compilation = compilation, .decision = {.size = sizeof place.decision}};
    for (; stridec_decision_at(compilation, place.index, &place.decision); place.index++) {
        const struct decision_record record = {.kind = place.decision.kind,
                                               .state = place.decision.state,
                                               .priority = place.decision.priority,
                                               .stands = stands_at,
                                               .text = text_at,
                                               .context = &place};
        summary_take(summary, &record, deadline);
    }
}

static bool take_model(struct summary *summary, stridec *compilation,
                       const struct deadline *deadline) {
    stridec_model model = {.size = sizeof model};
    if (!stridec_describe(compilation, &model))
        return false;
    summary->label = text_copy(*model.label ? model.label : model.id);
    summary->owner = text_copy(model.owner);
    summary->elements = model.elements - model.imported; /* they count in their own file */
    summary->flows = model.flows;
    for (int tier = 1; tier <= TIERS; tier++)
        summary->open[tier - 1] = stridec_open_rows(compilation, tier);
    take_decisions(summary, compilation, deadline);
    return true;
}

/* The first error, on a line. */
static char *first_error(stridec *compilation) {
    stridec_diagnostic at = {.size = sizeof at};
    char text[1024];
    size_t index = 0;
    while (stridec_diagnostic_at(compilation, index, &at) && at.level != STRIDEC_ERROR)
        index++;
    if (at.line)
        snprintf(text, sizeof text, "%s:%zu:%zu: %s [%s]", at.path, at.line, at.column, at.message,
                 at.code);
    else
        snprintf(text, sizeof text, "%s%s%s [%s]", at.path, *at.path ? ": " : "", at.message,
                 at.code);
    return text_copy(text);
}

static void fail(struct summary *summary, enum outcome outcome, char *problem) {
    summary->outcome = outcome;
    summary->problem = problem;
}

static void summarise_model(struct summary *summary, const struct invocation *run,
                            stridec_pack *pack, const struct deadline *deadline) {
    struct session session;
    bool opened =
        session_begin_in(&session, run, summary->path, (struct surroundings){.pack = pack}) &&
        session_compile(&session, summary->path);
    summary->is_other = opened && !take_model(summary, session.compilation, deadline);
    if (session.outcome == OUTCOME_INVALID)
        fail(summary, OUTCOME_INVALID, first_error(session.compilation));
    else if (session.outcome != OUTCOME_CLEAN)
        fail(summary, session.outcome, text_copy("cannot be read")); /* that was complained of */
    session_drop(&session);
}

static void summarise_json(struct summary *summary, const struct invocation *run,
                           const struct deadline *deadline) {
    struct text text = {0};
    char *root = root_of(run->root, summary->path);
    if (!input_text(summary->path, root, NULL, &text))
        fail(summary, OUTCOME_FAILURE, text_copy("cannot be read"));
    else if (!summary_from_json(summary, text.at ? text.at : "", text.length, deadline))
        fail(summary, OUTCOME_INVALID, text_copy("is not what threats --format json has printed"));
    text_free(&text);
    free(root);
}

void summarise(struct summary *summary, const struct invocation *run, const char *path,
               stridec_pack *pack, const struct deadline *deadline) {
    size_t length = strlen(path);
    *summary = (struct summary){.path = path};
    if (length > 5 && strcmp(path + length - 5, ".json") == 0)
        summarise_json(summary, run, deadline);
    else
        summarise_model(summary, run, pack, deadline);
}
