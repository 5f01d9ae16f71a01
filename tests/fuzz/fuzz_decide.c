/* Any bytes as a model and, after a line %%, the decisions beside it; what stands after a second
 * line
 * %% is said with each decision. Decisions of all sorts are made about what is pending. */
// SPDX-License-Identifier: MIT
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#define MODEL "x.dfd"
#define TRIAGE "x.triage.dfd"
#define STEPS 6

struct files {
    struct bytes model, triage;
    char *words; /* of the input */
    size_t seed;
};

/* ---- the input --------------------------------------------------------------------------- */

static struct files read_input(const uint8_t *data, size_t size) {
    struct files files = {.seed = size};
    struct bytes words = {0}, *const parts[] = {&files.model, &files.triage, &words};
    split_texts(data, size, parts, 3);
    bytes_add(&words, "", 1);
    files.words = words.at;
    return files;
}

/* ---- the files --------------------------------------------------------------------------- */

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct files *files = context;
    if (strcmp(path, TRIAGE) != 0 || !files->triage.length)
        return STRIDEC_NOT_THERE;
    return take(taker, files->triage.at, files->triage.length) ? STRIDEC_LOADED : STRIDEC_TOO_LARGE;
}

/* NULL when it does not compile. */
static stridec *compile(struct files *files) {
    const stridec_config config = {.size = sizeof config,
                                   .memory_limit = (size_t)64 << 20,
                                   .pack = built_in_pack(),
                                   .load = load,
                                   .load_context = files,
                                   .decisions = true};
    stridec *self = stridec_new(&config);
    if (stridec_compile(self, MODEL, files->model.at, files->model.length) == STRIDEC_OK)
        return self;
    stridec_free(self);
    return NULL;
}

static bool is_in_style(const struct bytes *text) {
    const stridec_config config = {.size = sizeof config, .pack = built_in_pack()};
    stridec *self = stridec_new(&config);
    struct bytes styled = {0};
    bool is = stridec_reformat(self, TRIAGE, text->at, text->length, false, bytes_take, &styled) ==
                  STRIDEC_OK &&
              bytes_equal(styled, *text);
    stridec_free(self);
    free(styled.at);
    return is;
}

static void take_file(stridec *self, const char *path, struct bytes *file) {
    struct bytes changed = {0};
    if (stridec_write_changed(self, path, bytes_take, &changed) != STRIDEC_OK)
        refuse("%s has changes and cannot be written", path);
    free(file->at);
    *file = changed;
}

/* False when nothing changes. */
static bool take_changes(stridec *self, struct files *files) {
    stridec_change change = {.size = sizeof change};
    bool triage = false, model = false;
    for (size_t i = 0; stridec_change_at(self, i, &change); i++) {
        triage |= strcmp(change.path, TRIAGE) == 0;
        model |= strcmp(change.path, MODEL) == 0;
    }
    if (triage)
        take_file(self, TRIAGE, &files->triage);
    if (model)
        take_file(self, MODEL, &files->model);
    return triage || model;
}

/* ---- decisions --------------------------------------------------------------------------- */

struct asking {
    stridec_request data;
    stridec_stated stated[2];
    const char *ids[2], *values[2];
    size_t shown; /* the question that it is about; SIZE_MAX: none */
};

static void state(struct asking *asking, const char *name, const char *value) {
    size_t i = asking->data.stated_count++;
    asking->values[i] = value;
    asking->stated[i] = (stridec_stated){.size = sizeof(stridec_stated),
                                         .name = name,
                                         .values = &asking->values[i],
                                         .value_count = 1};
}

/* A fact that settles the question; else a note about it. */
static void state_fact(stridec *self, const stridec_question *question, struct asking *asking) {
    stridec_fact fact = {.size = sizeof fact};
    for (size_t i = 0; question->pattern != STRIDEC_NO_PATTERN &&
                       stridec_fact_at(self, question->row, question->pattern, i, &fact);
         i++)
        if (!fact.joins && fact.value_count) {
            asking->ids[0] = fact.id;
            state(asking, fact.attribute, fact.values[0]);
            return;
        }
}

static const char *first_threat(stridec *self) {
    stridec_decision decision = {.size = sizeof decision};
    for (size_t i = 0; stridec_decision_at(self, i, &decision); i++)
        if (strcmp(decision.kind, "threat") == 0)
            return decision.id;
    return "T";
}

static void choose(stridec *self, const struct files *files, size_t step, struct asking *asking) {
    static const char *const verbs[] = {"dismiss", "add",      "seed",  "baseline", "confirm",
                                        "accept",  "mitigate", "state", "review",   "dismiss"};
    stridec_question question = {.size = sizeof question};
    size_t count = stridec_question_count(self), number = files->seed * 31 + step * 17;
    const char *verb = verbs[number % 10];
    *asking = (struct asking){.data = {.size = sizeof asking->data, .verb = verb}};
    asking->data.ids = asking->ids;
    asking->data.stated = asking->stated;
    asking->shown = count ? number / 10 % count : SIZE_MAX;
    if (count && stridec_question_at(self, asking->shown, &question))
        asking->ids[asking->data.id_count++] = question.id;
    if (strcmp(verb, "accept") == 0 || strcmp(verb, "mitigate") == 0)
        asking->ids[0] = first_threat(self), asking->data.id_count = 1;
    if (strcmp(verb, "review") == 0) {
        asking->data.id_count = 0;
        state(asking, "on", "2026-11-30");
        state(asking, "verdict", "passed");
    } else if (strcmp(verb, "state") == 0) {
        state_fact(self, &question, asking);
    } else if (strcmp(verb, "confirm") == 0) {
        asking->data.id_count = 0;
    } else if (strcmp(verb, "seed") != 0) {
        state(asking, strcmp(verb, "dismiss") == 0 ? "reason" : "note", files->words);
        asking->data.label = step % 2 ? files->words : NULL;
    }
}

/* ---- claims ------------------------------------------------------------------------------ */

static bool is_pending(stridec *self, const char *id) {
    stridec_question question = {.size = sizeof question};
    for (size_t i = 0; stridec_question_at(self, i, &question); i++)
        if (strcmp(question.id, id) == 0)
            return true;
    return false;
}

/* What has been answered waits no longer, and the same again changes nothing. */
static void check_after(struct files *files, const struct asking *asking) {
    stridec *after = compile(files);
    const char *verb = asking->data.verb;
    stridec_change change = {.size = sizeof change};
    if (!after && strcmp(verb, "state") == 0)
        return; /* a fact may clash with others that nobody has looked at */
    if (!after)
        refuse("after '%s' it does not compile", verb);
    bool answers =
        strcmp(verb, "dismiss") == 0 || strcmp(verb, "add") == 0 || strcmp(verb, "baseline") == 0;
    if (answers && is_pending(after, asking->ids[0]))
        refuse("'%s' is pending after '%s'", asking->ids[0], verb);
    if (stridec_decide(after, &asking->data, 1) != STRIDEC_OK)
        refuse("'%s' again: %s", verb, stridec_refusal(after));
    if (stridec_change_at(after, 0, &change))
        refuse("'%s' again changes something", verb);
    stridec_free(after);
}

static bool step(struct files *files, size_t number) {
    stridec *self = compile(files);
    struct asking asking;
    if (!self)
        return false;
    choose(self, files, number, &asking);
    bool was_in_style = !files->triage.length || is_in_style(&files->triage);
    stridec_status status = stridec_decide(self, &asking.data, 1);
    if (status == STRIDEC_MISUSE && !*stridec_refusal(self))
        refuse("'%s' is refused without a word", asking.data.verb);
    if (status == STRIDEC_OK && take_changes(self, files)) {
        check_after(files, &asking);
        if (was_in_style && files->triage.length && !is_in_style(&files->triage))
            refuse("'%s' is not in style", asking.data.verb);
    }
    stridec_free(self);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct files files = read_input(data, size);
    for (size_t i = 0; i < STEPS && step(&files, i); i++)
        ;
    free(files.model.at);
    free(files.triage.at);
    free(files.words);
    return 0;
}
