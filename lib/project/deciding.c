/* Takes the requests of a call one by one; when any is refused, nothing is changed. */
// SPDX-License-Identifier: MIT
#include "project/deciding.h"

#include "project/decider.h"

static bool (*const deciders[VERB_COUNT])(struct decider *decider,
                                          const struct decision_request *request) = {
#define VERB(id, word, kind, operands, about) decide_##word,
#include "project/verbs.def"
#undef VERB
};

static bool refuse_verb(struct decider *decider, struct slice word) {
    struct slice words[VERB_COUNT];
    for (size_t i = 0; i < VERB_COUNT; i++)
        words[i] = slice_of(verb_rows[i].word);
    int near = text_nearest(word, words, VERB_COUNT);
    return near < 0
               ? refuse_request(decider, "", "nothing is decided by '%.*s'", SLICE_ARGS(word))
               : refuse_request(decider, "", "nothing is decided by '%.*s'; did you mean '%s'?",
                                SLICE_ARGS(word), verb_rows[near].word);
}

static bool is_utf8(const struct slice *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *at = texts[i].at, *end = at + texts[i].length;
        while (at < end)
            if (utf8_next(&at, end) < 0)
                return false;
    }
    return true;
}

/* What cannot be read back is not written. */
static bool check_texts(struct decider *decider, const struct decision_request *request) {
    const char *code = diag_kind(DIAG_invalid_utf8)->code;
    for (size_t i = 0; i < request->attribute_count; i++)
        if (!is_utf8(request->attributes[i].values, request->attributes[i].count))
            return refuse_request(decider, code, "'%.*s' is not UTF-8",
                                  SLICE_ARGS(request->attributes[i].name));
    return is_utf8(&request->label, 1) || refuse_request(decider, code, "the label is not UTF-8");
}

static bool decide(struct decider *decider, const struct decision_request *request) {
    enum verb verb = verb_find(request->verb);
    if (verb == VERB_COUNT)
        return refuse_verb(decider, request->verb);
    return check_texts(decider, request) && deciders[verb](decider, request);
}

/* What rests on the model as it is cannot be written together with what changes that. */
static bool goes_together(struct decider *decider) {
    size_t changes = 0, reviews = 0;
    for (size_t i = 0; i < decider->deeds->list.count; i++) {
        const struct deed *deed = &decider->deeds->list.items[i];
        changes += deed->changes;
        reviews += deed->changes && strcmp(deed->kind, kind_rows[KIND_REVIEW].word) == 0;
    }
    if (reviews && changes > reviews)
        return refuse_request(decider, "",
                              "a review is recorded in a call of its own: its reader has not seen "
                              "what is decided beside it");
    return !decider->states_facts || !decider->rests_on_facts ||
           refuse_request(decider, "",
                          "facts of the model are stated in a call of their own: the decisions "
                          "would rest on what was before");
}

struct decider *begin_deciding(struct project *project) {
    struct decider *decider = ARENA_NEW(&project->arena, struct decider);
    edits_begin(project);
    decider_open(decider, project);
    project->deeds = decider->deeds;
    return decider;
}

enum edited finish_deciding(struct decider *decider, bool fine) {
    struct project *project = decider->project;
    fine = fine && goes_together(decider);
    if (fine && take_changes(decider)) {
        enum edited edited = edits_check(project);
        if (edited == NOTHING_SUCH)
            refuse_request(decider, "", "%s: decide about fewer at once, as by a tier",
                           project->refusal);
        return edited;
    }
    project->changes->list.count = 0;
    return fine ? NO_PLACE : NOTHING_SUCH;
}

enum edited project_decide(struct project *project, const struct decision_request *requests,
                           size_t count) {
    struct decider *decider = begin_deciding(project);
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        decider->request = i;
        fine &= decide(decider, &requests[i]);
    }
    return finish_deciding(decider, fine);
}

enum edited decide_without_model(struct project *project) {
    refuse_request(begin_deciding(project), "",
                   "the file holds no model, and decisions are about one");
    return NOTHING_SUCH;
}
